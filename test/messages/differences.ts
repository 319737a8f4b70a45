/** A value that a remedy changes, with the keys that lead to it. */
export interface Difference {
  readonly keys: readonly string[];
  readonly wrong: unknown;
  /** Whether the right input lacks the key: then the message is about the key, not about its value. */
  readonly isRemoved: boolean;
}

/** What differs between two inputs, as deep as possible. */
export function differences(wrong: unknown, right: unknown, keys: readonly string[] = []): readonly Difference[] {
  if (Object.is(wrong, right)) return [];
  if (isPlain(wrong) && isPlain(right)) {
    const all = [...new Set([...Object.keys(wrong), ...Object.keys(right)])];
    return all.flatMap((key) => differences(wrong[key], right[key], [...keys, key]));
  }
  return [{ keys, wrong, isRemoved: right === undefined }];
}

/** The texts of a value, any of which a message may have. */
export function textsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null || value === '') return [];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'object') return isPlain(value) ? Object.values(value).flatMap(textsOf) : [];
  return typeof value === 'function' ? [] : [String(value)];
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}
