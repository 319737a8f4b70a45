import type { Problem } from './check';
import { formatValue } from './format';
import { didYouMean } from './suggestions';
import { isRecord } from './record';

/** The shape of data that is not type-checked. Objects are closed: unknown keys are problems at any depth. */
export type Shape =
  | { readonly kind: 'value'; readonly expected: string; readonly matches: (value: unknown) => boolean }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'record'; readonly of: Shape }
  | { readonly kind: 'object'; readonly shapes: Readonly<Record<string, Shape>> }
  | { readonly kind: 'optional'; readonly of: Shape }
  | { readonly kind: 'union'; readonly by: string; readonly shapes: Readonly<Record<string, Shape>> };

/** A shape for each property of a type. */
export type Shapes<T> = { readonly [P in keyof Required<T>]: Shape };

export const text = (expected = 'a string', pattern = /./s): Shape => ({
  kind: 'value',
  expected,
  matches: (value) => typeof value === 'string' && pattern.test(value),
});
export const integer: Shape = { kind: 'value', expected: 'a whole number', matches: Number.isSafeInteger };
export const bool: Shape = { kind: 'value', expected: 'true or false', matches: (value) => typeof value === 'boolean' };
export const oneOf = (...values: readonly string[]): Shape => ({
  kind: 'value',
  expected: `one of ${values.join(', ')}`,
  matches: (value) => values.includes(value as string),
});
export const list = (of: Shape): Shape => ({ kind: 'list', of });
export const record = (of: Shape): Shape => ({ kind: 'record', of });
/** An object of type `T`: the compiler keeps the shapes complete. */
export const object = <T>(shapes: Shapes<T>): Shape => ({ kind: 'object', shapes });
export const optional = (of: Shape): Shape => ({ kind: 'optional', of });
/** A discriminated union: objects whose property `by` selects the shape. */
export const union = (by: string, shapes: Readonly<Record<string, Shape>>): Shape => ({ kind: 'union', by, shapes });

/** All deviations of data from its shape, by path. */
export function shapeProblems(data: unknown, shape: Shape, path = ''): readonly Problem[] {
  switch (shape.kind) {
    case 'optional':
      return data === undefined ? [] : shapeProblems(data, shape.of, path);
    case 'value':
      return [!shape.matches(data) && mismatch(path, shape.expected, data)];
    case 'list':
      if (!Array.isArray(data)) return [mismatch(path, 'a list', data)];
      return data.flatMap((item, index) => shapeProblems(item, shape.of, `${path}[${index}]`));
    case 'record':
      if (!isRecord(data)) return [mismatch(path, 'an object', data)];
      return Object.entries(data).flatMap(([key, item]) => shapeProblems(item, shape.of, below(path, key)));
    case 'union': {
      if (!isRecord(data)) return [mismatch(path, 'an object', data)];
      const key = String(data[shape.by]);
      const selected = Object.hasOwn(shape.shapes, key) ? shape.shapes[key] : undefined;
      return selected
        ? shapeProblems(data, selected, path)
        : [mismatch(below(path, shape.by), `one of ${Object.keys(shape.shapes).join(', ')}`, data[shape.by])];
    }
    case 'object':
      return isRecord(data) ? objectProblems(data, shape.shapes, path) : [mismatch(path, 'an object', data)];
  }
}

function objectProblems(
  data: Readonly<Record<string, unknown>>,
  shapes: Readonly<Record<string, Shape>>,
  path: string,
): readonly Problem[] {
  const known = Object.keys(shapes);
  return [
    ...Object.keys(data)
      .filter((key) => !known.includes(key))
      .map((key) => `unknown property '${below(path, key)}'${didYouMean(key, known)}`),
    ...known.flatMap((key) =>
      shapeProblems(Object.hasOwn(data, key) ? data[key] : undefined, shapes[key]!, below(path, key)),
    ),
  ];
}

function mismatch(path: string, expected: string, value: unknown): string {
  return value === undefined
    ? `${path} is required: ${expected}`
    : `${path} must be ${expected}, got ${JSON.stringify(value) ?? formatValue(value)}`;
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
