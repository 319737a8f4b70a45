import fc from 'fast-check';

/** Lists that are sets: their order means nothing. */
export type SetProps = ReadonlySet<string>;

/** The same data: the keys of every object, and the items of the lists in these props, in any order. */
export function shuffled<T>(data: T, sets: SetProps = new Set()): fc.Arbitrary<T> {
  return permuted(data, '', sets) as fc.Arbitrary<T>;
}

function permuted(data: unknown, prop: string, sets: SetProps): fc.Arbitrary<unknown> {
  if (Array.isArray(data)) {
    const items = fc.tuple(...data.map((item) => permuted(item, '', sets)));
    return sets.has(prop) ? items.chain((list) => shuffledList(list)) : items;
  }
  if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype)
    return fc.constant(data);
  const entries = Object.entries(data).map(([key, value]) =>
    permuted(value, key, sets).map((item) => [key, item] as const),
  );
  return fc
    .tuple(...entries)
    .chain((list) => shuffledList(list))
    .map((list) => Object.fromEntries(list));
}

function shuffledList<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
}
