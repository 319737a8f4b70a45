import type { Type } from '../schema/schema';

/** A value known after apply. */
export class Unknown {
  private constructor() {}
  static readonly value = new Unknown();
}

export const UNKNOWN = Unknown.value;

/** A value that carries its type, for the schema type `dynamic`. */
export class Dynamic {
  constructor(
    readonly type: Type,
    readonly value: Value,
  ) {}
}

/** A value of Terraform's type system. Lists, sets and tuples are arrays; maps and objects are records. */
export type Value = null | string | number | bigint | boolean | Unknown | Dynamic | readonly Value[] | ObjectValue;

export interface ObjectValue {
  readonly [name: string]: Value;
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Dynamic)
  );
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isWhollyKnown(value: Value): boolean {
  if (value === UNKNOWN) return false;
  if (value instanceof Dynamic) return isWhollyKnown(value.value);
  if (isList(value)) return value.every(isWhollyKnown);
  if (isObject(value)) return Object.values(value).every(isWhollyKnown);
  return true;
}

export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]!));
  if (a instanceof Dynamic) return b instanceof Dynamic && equal(a.value, b.value);
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(a[key]!, b[key]!));
}

/** The same text for equal values, whatever the order of keys; for hashing. */
export function canonical(value: Value): string {
  if (value === UNKNOWN) return '?';
  if (value instanceof Dynamic) return canonical(value.value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObject(value)) {
    const fields = Object.keys(value).sort();
    return `{${fields.map((key) => `${JSON.stringify(key)}:${canonical(value[key]!)}`).join(',')}}`;
  }
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
