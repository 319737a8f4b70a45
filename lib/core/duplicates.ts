/** The values that occur more than once, each once. */
export function duplicates<T>(values: readonly T[]): readonly T[] {
  return [...new Set(repetitions(values, (value) => value).map(({ second }) => second))];
}

export interface Repetition<T> {
  readonly first: T;
  readonly second: T;
}

/** Each item whose key occurred before, with the first item of that key. */
export function repetitions<T>(items: readonly T[], keyOf: (item: T) => unknown): readonly Repetition<T>[] {
  const firsts = new Map<unknown, T>();
  return items.flatMap((second) => {
    const key = keyOf(second);
    if (firsts.has(key)) return [{ first: firsts.get(key)!, second }];
    firsts.set(key, second);
    return [];
  });
}
