import { Token, Tokenization } from 'cdktf';
import { Construct } from 'constructs';
import { isPromise } from './async-problem';
import { formatValue } from './format';
import { isRecord } from './record';
import { suggestions } from './suggestions';

/**
 * The shape of data that is not type-checked, such as JSON. Objects are closed: unknown keys are problems at any depth.
 * Exactly `T`: the compiler reports a property or a value that one of the two lacks. Tokens and references of cdktf have
 * any shape, except where what is created depends on the value (`isLiteral`).
 */
export interface Shape<T> extends AnyShape {
  /** Never set: makes the type exact. */
  readonly exact?: (value: T) => T;
}

/** The shape of whichever type. */
export interface AnyShape {
  /** What the value must be, for messages: `a whole number`. */
  readonly expected: string;
  /** All deviations of a value, which is not a token, by path. */
  readonly problems: (value: unknown, path: string) => readonly string[];
  /** The value without nulls that stand for omitted properties. */
  readonly withoutNulls: (value: unknown) => unknown;
  readonly isOptional?: boolean;
  /** Whether what is created depends on the value: one that is known after apply comes too late. */
  readonly isLiteral?: boolean;
}

/** A shape for each property of a type. */
export type Shapes<T> = { readonly [P in keyof T]-?: Shape<T[P]> };

/** The shape of an object, with those of its properties, for types that extend it. */
export interface ObjectShape<T> extends Shape<T> {
  readonly shapes: Shapes<T>;
}

const unchanged = (value: unknown): unknown => value;

/** A value by itself. */
export function value<T>(expected: string, matches: (value: unknown) => boolean): Shape<T> {
  return {
    expected,
    problems: (given, path) => (matches(given) ? [] : [mismatch(path, expected, given)]),
    withoutNulls: unchanged,
  };
}

export const text = <T extends string = string>(expected = 'a string', pattern = /./s): Shape<T> =>
  value(expected, (given) => typeof given === 'string' && pattern.test(given));
/** A string that may be empty. */
export const anyText: Shape<string> = text('a string', /^/);
export const integer: Shape<number> = value('a whole number', Number.isSafeInteger);
/** A whole number in a range. */
export const wholeNumber = (min: number, max = Number.MAX_SAFE_INTEGER): Shape<number> =>
  value(
    max === Number.MAX_SAFE_INTEGER ? `a whole number of at least ${min}` : `a whole number from ${min} to ${max}`,
    (given) => Number.isSafeInteger(given) && (given as number) >= min && (given as number) <= max,
  );
export const number: Shape<number> = value('a number', Number.isFinite);
/** A value that must be known when the stack is synthesized: a part of a construct's id, for example. */
export const literal = <S extends AnyShape>(of: S): S => ({ ...of, isLiteral: true });
export const bool: Shape<boolean> = literal(value('true or false', (given) => typeof given === 'boolean'));
export const oneOf = <const V extends readonly (string | number | boolean)[]>(...values: V): Shape<V[number]> =>
  literal(
    value(values.length === 1 ? formatValue(values[0]) : `one of ${values.join(', ')}`, (given) =>
      values.includes(given as never),
    ),
  );
/** A value with a check of its own. */
export const checkedBy = <T>(expected: string, problems: AnyShape['problems']): Shape<T> => ({
  expected,
  problems,
  withoutNulls: unchanged,
});

export const optional = <T>(of: Shape<T>): Shape<T | undefined> => ({
  expected: of.expected,
  problems: (given, path) => (given === undefined ? [] : of.problems(given, path)),
  withoutNulls: of.withoutNulls,
  isOptional: true,
  isLiteral: of.isLiteral,
});

export const list = <T>(of: Shape<T>, expected = 'a list'): Shape<readonly T[]> => ({
  expected,
  problems: (given, path) =>
    Array.isArray(given)
      ? // A copy: the gaps of a sparse list would be skipped.
        [...(given as unknown[])].flatMap((item, index) => shapeProblems(item, of, `${path}[${index}]`))
      : [mismatch(path, expected, given)],
  withoutNulls: (given) => (Array.isArray(given) ? given.map(of.withoutNulls) : given),
  isLiteral: true,
});

/** An object with arbitrary keys. */
export const record = <T>(of: Shape<T>, expected = 'an object'): Shape<Readonly<Record<string, T>>> => ({
  expected,
  problems: (given, path) =>
    isRecord(given)
      ? Object.entries(given).flatMap(([key, item]) => shapeProblems(item, of, below(path, key)))
      : [mismatch(path, expected, given)],
  withoutNulls: (given) => mapRecord(given, (_, item) => of.withoutNulls(item)),
  isLiteral: true,
});

/**
 * An object with the properties of a type.
 * @param renamed new names by old name
 */
export function object<T>(
  shapes: Shapes<T>,
  { expected = 'an object', renamed = {} }: { expected?: string; renamed?: Readonly<Record<string, string>> } = {},
): ObjectShape<T> {
  const entries = Object.entries(shapes) as [string, AnyShape][];
  const known = new Map(entries);
  const isGivenByFormerName = (key: string, given: object) =>
    Object.entries(renamed).some(([former, name]) => name === key && Object.hasOwn(given, former));
  const unknownKey = (key: string, path: string) =>
    Object.hasOwn(renamed, key)
      ? `${below(path, key)} was renamed: use ${renamed[key]}`
      : `unknown property '${below(path, key)}': ${nearest(key, [...known.keys()])}`;
  return {
    expected,
    shapes,
    isLiteral: true,
    problems: (given, path) =>
      isRecord(given)
        ? [
            ...Object.keys(given)
              .filter((key) => !known.has(key) && given[key] !== undefined)
              .map((key) => unknownKey(key, path)),
            ...entries
              .filter(([key]) => Object.hasOwn(given, key) || !isGivenByFormerName(key, given))
              .flatMap(([key, shape]) =>
                shapeProblems(Object.hasOwn(given, key) ? given[key] : undefined, shape, below(path, key)),
              ),
          ]
        : [mismatch(path, expected, given)],
    withoutNulls: (given) =>
      mapRecord(given, (key, item) => {
        const shape = known.get(key);
        return item === null && shape?.isOptional ? undefined : (shape?.withoutNulls(item) ?? item);
      }),
  };
}

/** The members of a union whose property `By` may be `Key`. */
type Member<T, By extends keyof T, Key> = T extends unknown ? (Key extends T[By] ? T : never) : never;

/** Objects whose property `by` selects the shape; one that omits it has the shape of `otherwise`. */
export function union<T, By extends keyof T & string = keyof T & string>(
  by: By,
  shapes: { readonly [K in T[By] & string]: Shape<Member<T, By, K>> },
  otherwise?: T[By] & string,
): Shape<T> {
  const kinds = Object.keys(shapes) as (T[By] & string)[];
  const select = (given: Readonly<Record<string, unknown>>): AnyShape | undefined => {
    const kind = (given[by] ?? otherwise) as T[By] & string;
    return Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
  };
  return {
    expected: 'an object',
    isLiteral: true,
    problems: (given, path) => {
      if (!isRecord(given)) return [mismatch(path, `an object whose ${by} is ${kinds.join(' or ')}`, given)];
      const selected = select(given);
      return selected
        ? selected.problems(given, path)
        : [mismatch(below(path, by), `one of ${kinds.join(', ')}`, given[by])];
    },
    withoutNulls: (given) => (isRecord(given) ? (select(given)?.withoutNulls(given) ?? given) : given),
  };
}

/** A value of either shape; an object is compared with the last one. */
export function either<A, B>(one: Shape<A>, other: Shape<B>): Shape<A | B> {
  const expected = `${one.expected} or ${other.expected}`;
  const isOne = (given: unknown) => one.problems(given, '').length === 0;
  const isClose = (given: unknown) => (Array.isArray(given) ? other.expected.includes('list') : isRecord(given));
  return {
    expected,
    isLiteral: one.isLiteral && other.isLiteral,
    problems: (given, path) => {
      if (isOne(given)) return [];
      const problems = other.problems(given, path);
      return problems.length === 0 || isClose(given) ? problems : [mismatch(path, expected, given)];
    },
    withoutNulls: (given) => (isOne(given) ? given : other.withoutNulls(given)),
  };
}

/**
 * What stands for something that exists: a construct, accepted as it is, or a plain object.
 * @param expected such as `a VPC, such as new Vpc(...)`
 * @param shapes of the plain object, if it is data
 */
export function ref<T>(expected: string, shapes?: Shapes<T>): Shape<T> {
  const data = shapes && object<T>(shapes, { expected });
  const isPlain = (given: object) => [Object.prototype, null].includes(Object.getPrototypeOf(given) as object | null);
  return {
    expected,
    problems: (given, path) => {
      if (!isRecord(given)) return [mismatch(path, expected, given)];
      return data && isPlain(given) ? data.problems(given, path) : [];
    },
    withoutNulls: (given) => (data && isRecord(given) && isPlain(given) ? data.withoutNulls(given) : given),
  };
}

/**
 * The properties of an object that are used here, of a construct or of data that has more.
 * @param expected such as `a cluster, such as new Cluster(...)`
 */
export function part<T>(expected: string, shapes: Shapes<T>): Shape<T> {
  const known = object<T>(shapes, { expected });
  return {
    expected,
    problems: (given, path) => {
      if (!isRecord(given)) return [mismatch(path, expected, given)];
      return known.problems(Object.fromEntries(Object.keys(shapes).map((key) => [key, given[key]])), path);
    },
    withoutNulls: unchanged,
    isLiteral: true,
  };
}

/** What only a construct can be. */
export const construct = <T>(expected: string): Shape<T> => value(expected, (given) => Construct.isConstruct(given));

/** A function. */
export const callback = <T>(expected = 'a function'): Shape<T> =>
  value(expected, (given) => typeof given === 'function');

/** All deviations of data from its shape, by path. */
export function shapeProblems(data: unknown, shape: AnyShape, path = ''): readonly string[] {
  if (Token.isUnresolved(data)) return isTooLate(data, shape) ? [tooLate(shape, path)] : [];
  return isPromise(data) ? [`${path || 'the value'} is a promise: await it before`] : shape.problems(data, path);
}

/** The entries of lists and maps that cdktf encodes are tokens, one by one. */
function isTooLate(token: unknown, { isLiteral }: AnyShape): boolean {
  return isLiteral === true && (typeof token !== 'object' || Tokenization.isResolvable(token));
}

function tooLate({ expected }: AnyShape, path: string): string {
  return `${path || 'the value'} is known after apply: use a literal, ${expected}`;
}

/** Data from JSON, in which null stands for an omitted property. */
export function withoutNulls<T>(data: T, shape: Shape<T>): T {
  return shape.withoutNulls(data) as T;
}

function mapRecord(given: unknown, map: (key: string, item: unknown) => unknown): unknown {
  if (!isRecord(given) || Token.isUnresolved(given)) return given;
  return Object.fromEntries(Object.entries(given).map(([key, item]) => [key, map(key, item)]));
}

/** A string with a check of its own, whose messages give the remedy. */
export function textCheckedBy(expected: string, problem: (prop: string, text: string) => unknown): Shape<string> {
  const isText = text(expected);
  return checkedBy<string>(expected, (given, path) => {
    const problems = isText.problems(given, path);
    return problems.length > 0 ? problems : [problem(path, given as string)].filter((one) => typeof one === 'string');
  });
}

const EXAMPLE = /, (such as .*)$/s;

function mismatch(path: string, expected: string, given: unknown): string {
  const subject = path === '' ? 'the value' : path;
  if (given !== undefined && given !== '') return `${subject} must be ${expected}, got ${formatValue(given)}`;
  const [, example] = EXAMPLE.exec(expected) ?? [];
  return example === undefined ? `${subject} is required: ${expected}` : `${subject} is required, ${example}`;
}

/** More names are not read. */
const MOST_NAMES = 12;

function nearest(key: string, known: readonly string[]): string {
  const [closest] = suggestions(key, known);
  if (closest !== undefined) return `did you mean '${closest}'?`;
  return known.length > MOST_NAMES || known.length === 0 ? 'remove it' : `use one of ${known.join(', ')}, or remove it`;
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
