import { Token } from 'cdktf';
import type { Problem } from '../core/check';

/** The largest number that Kubernetes stores in most fields. */
export const LARGEST_INT32 = 2 ** 31 - 1;

/** The problem of a number that must be whole, if any. One that is known after apply is not checked. */
export function wholeNumberProblem(
  prop: string,
  value: number | undefined,
  least: number,
  most = LARGEST_INT32,
): Problem {
  if (value === undefined || Token.isUnresolved(value)) return false;
  const range = most === LARGEST_INT32 ? `of at least ${least}` : `from ${least} to ${most}`;
  return (
    !(Number.isInteger(value) && value >= least && value <= most) &&
    `${prop} must be a whole number ${range}, got ${value}`
  );
}
