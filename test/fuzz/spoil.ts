import fc from 'fast-check';

/** Data with one mistake. */
export interface Spoiled<T> {
  readonly data: T;
  /** What leads to the mistake: keys of objects, and indexes of lists. */
  readonly place: readonly string[];
  readonly mistake: string;
}

type Mistake = { readonly value: unknown } | { readonly unknownKey: string };

const VALUES: readonly unknown[] = [
  null,
  NaN,
  -1,
  1.5,
  1e9,
  true,
  false,
  '',
  '${x}',
  'other words',
  [],
  [null],
  {},
  { surplus: 1 },
];

/** Valid data with a mistake at any depth: an unknown key, or a value of another type, of none, or out of range. */
export function spoiled<T>(valid: T): fc.Arbitrary<Spoiled<T>> {
  return fc.constantFrom(...placesOf(valid)).chain((place) =>
    fc.constantFrom(...mistakesAt(valueAt(valid, place))).map((mistake) => ({
      data: replaced(valid, place, mistake) as T,
      place,
      mistake: describe(mistake),
    })),
  );
}

/** Every spoiled version of valid data. */
export function allSpoiled<T>(valid: T): readonly Spoiled<T>[] {
  return placesOf(valid).flatMap((place) =>
    mistakesAt(valueAt(valid, place)).map((mistake) => ({
      data: replaced(valid, place, mistake) as T,
      place,
      mistake: describe(mistake),
    })),
  );
}

function describe(mistake: Mistake): string {
  if ('unknownKey' in mistake) return `the unknown key ${mistake.unknownKey}`;
  return Number.isNaN(mistake.value) ? 'NaN' : JSON.stringify(mistake.value);
}

function placesOf(data: unknown, place: readonly string[] = []): readonly (readonly string[])[] {
  const below = isPlain(data) ? Object.keys(data).flatMap((key) => placesOf(data[key], [...place, key])) : [];
  return [place, ...below];
}

function mistakesAt(value: unknown): readonly Mistake[] {
  const keys: readonly Mistake[] = isPlain(value) && !Array.isArray(value) ? keysBeside(Object.keys(value)) : [];
  const values = VALUES.filter((one) => JSON.stringify(one) !== JSON.stringify(value)).map((one) => ({ value: one }));
  return [...keys, ...values];
}

/** A key that is close to none, and a misspelled one. */
function keysBeside(keys: readonly string[]): readonly Mistake[] {
  const [misspelled] = keys.filter((key) => key.length > 2).map((key) => key.slice(0, -1));
  return ['surplus', ...(misspelled === undefined || keys.includes(misspelled) ? [] : [misspelled])].map(
    (unknownKey) => ({
      unknownKey,
    }),
  );
}

function valueAt(data: unknown, place: readonly string[]): unknown {
  return place.reduce((value, key) => (value as Readonly<Record<string, unknown>>)[key], data);
}

function replaced(data: unknown, [key, ...rest]: readonly string[], mistake: Mistake): unknown {
  if (key === undefined) {
    return 'value' in mistake ? mistake.value : { ...(data as object), [mistake.unknownKey]: 'a value' };
  }
  const inner = (data as Readonly<Record<string, unknown>>)[key];
  const item = replaced(inner, rest, mistake);
  if (Array.isArray(data)) return data.map((one: unknown, index) => (String(index) === key ? item : one));
  return { ...(data as object), [key]: item };
}

/** Not what stands for something else: constructs, profiles, functions. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
