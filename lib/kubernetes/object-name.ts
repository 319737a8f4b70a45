import { Token } from 'cdktf';
import type { Problem } from '../core/check';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/**
 * The strictest form, which is valid for every kind. Source: "Object Names and IDs",
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
const LONGEST = 63;

/** The problem of an object's name, if any. */
export function nameProblem(prop: string, name: string, longest = LONGEST): Problem {
  if (Token.isUnresolved(name)) return false;
  if (!LABEL.test(name)) {
    return `${prop} '${name}' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends`;
  }
  return (
    name.length > longest &&
    `${prop} '${name}' has ${name.length} characters, Kubernetes allows at most ${longest}: shorten it`
  );
}
