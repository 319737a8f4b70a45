import type { Shape } from './shape';
import { isAsymmetric, isPlainObject } from './attribute-names';

/** Where a resource is not as expected. */
export interface Difference {
  /** `vpcConfig.subnetIds[0]` */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * Where a value lacks what is expected of it. Objects may hold more than is expected, at any depth; lists must have as
 * many items, sets in any order. A block that may come once is an object or a list of one, as one likes.
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

/** cdktf writes some booleans and numbers as strings; to Terraform they are the same. */
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

/** For each expected item the one that is nearest to it among those that are left. */
function pairUp(expected: readonly unknown[], items: readonly unknown[], shape: Shape): readonly unknown[] {
  const left = [...items];
  return expected.map((item) => {
    const distances = left.map((candidate) => differences(item, candidate, shape).length);
    return left.splice(distances.indexOf(Math.min(...distances)), 1)[0];
  });
}
