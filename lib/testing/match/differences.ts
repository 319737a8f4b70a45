import type { Shape } from './shape';
import { isAsymmetric, isPlainObject } from './attribute-names';

/** A difference between a resource and an expectation. */
export interface Difference {
  /** `vpcConfig.subnetIds[0]` */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * The differences between a value and an expectation. Objects may have additional fields at any depth; lists must have
 * the same length, sets match in any order. A block that occurs once can be an object or a list of one.
 */
export function differences(expected: unknown, actual: unknown, shape: Shape, path = ''): readonly Difference[] {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual) ? [] : [{ path, expected, actual }];
  if (Array.isArray(expected)) {
    const items = Array.isArray(actual) ? actual : isPlainObject(actual) ? [actual] : undefined;
    if (!items || items.length !== expected.length) return [{ path, expected, actual }];
    const paired = isUnordered(shape) ? pairUp(expected, items, shape) : items;
    return expected.flatMap((item, at) => differences(item, paired[at], shape, `${path}[${at}]`));
  }
  if (isPlainObject(expected)) {
    const one: unknown = Array.isArray(actual) && actual.length === 1 ? actual[0] : actual;
    if (!isPlainObject(one)) return [{ path, expected, actual }];
    return Object.entries(expected).flatMap(([key, item]) =>
      differences(item, one[key], below(shape, key), path === '' ? key : `${path}.${key}`),
    );
  }
  if (expected === undefined) return actual === undefined || actual === null ? [] : [{ path, expected, actual }];
  return same(expected, actual) ? [] : [{ path, expected, actual }];
}

/** cdktf writes some booleans and numbers as strings, which Terraform converts. */
function same(expected: unknown, actual: unknown): boolean {
  if (Object.is(expected, actual)) return true;
  if (expected === null) return actual === undefined;
  return isScalar(expected) && isScalar(actual) && String(expected) === String(actual);
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function below(shape: Shape, key: string): Shape {
  if (shape.kind === 'fields') return shape.fields.get(key)?.shape ?? { kind: 'unknown' };
  return shape.kind === 'map' ? shape.values : shape;
}

function isUnordered(shape: Shape): boolean {
  return (shape.kind === 'fields' || shape.kind === 'plain') && shape.unordered === true;
}

/** For each expected item, the closest of the remaining items. */
function pairUp(expected: readonly unknown[], items: readonly unknown[], shape: Shape): readonly unknown[] {
  const remaining = [...items];
  return expected.map((item) => {
    const distances = remaining.map((candidate) => differences(item, candidate, shape).length);
    return remaining.splice(distances.indexOf(Math.min(...distances)), 1)[0];
  });
}
