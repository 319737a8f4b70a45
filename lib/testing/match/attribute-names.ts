import { didYouMean } from '../../core/suggestions';
import { camelCase, type Shape } from './shape';

/** Converts attribute names to the classes' camelCase, to compare a value with an expectation. */
export function toCamelCase(value: unknown, shape: Shape): unknown {
  if (Array.isArray(value)) return value.map((item) => toCamelCase(item, shape));
  if (!isPlainObject(value)) return value;
  const names = shape.kind === 'fields' ? fieldsByAttributeName(shape) : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (shape.kind === 'map') return [key, toCamelCase(item, shape.values)];
      if (shape.kind === 'plain') return [key, item];
      const field = names?.get(key);
      return [field?.camelName ?? camelCase(key), toCamelCase(item, field?.shape ?? { kind: 'unknown' })];
    }),
  );
}

/** The names in an expectation that a resource does not have: `vpcConfig.subnetIdz: did you mean 'subnetIds'?`. */
export function unrecognizedNames(expected: unknown, shape: Shape, path = ''): readonly string[] {
  if (isAsymmetric(expected)) return [];
  if (Array.isArray(expected)) return [...new Set(expected.flatMap((item) => unrecognizedNames(item, shape, path)))];
  if (!isPlainObject(expected)) return [];
  return Object.entries(expected).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (shape.kind === 'map') return unrecognizedNames(value, shape.values, at);
    if (shape.kind !== 'fields') return [];
    const field = shape.fields.get(key);
    return field ? unrecognizedNames(value, field.shape, at) : [`${at}${didYouMean(key, [...shape.fields.keys()])}`];
  });
}

/** Asymmetric matchers such as `expect.anything()`. */
export interface Asymmetric {
  asymmetricMatch(other: unknown): boolean;
}

export function isAsymmetric(value: unknown): value is Asymmetric {
  return typeof (value as Partial<Asymmetric> | null | undefined)?.asymmetricMatch === 'function';
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function fieldsByAttributeName(shape: Extract<Shape, { kind: 'fields' }>) {
  const names = new Map<string, { readonly camelName: string; readonly shape: Shape }>();
  for (const [camelName, field] of shape.fields) {
    if (names.has(field.name)) continue;
    names.set(field.name, {
      camelName: camelName,
      get shape() {
        return field.shape;
      },
    });
  }
  return names;
}
