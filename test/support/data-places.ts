export type Path = readonly string[];

/** Every place in data below the root, with what is there. */
export function places(data: unknown, path: Path = []): readonly { readonly path: Path; readonly value: unknown }[] {
  const entries = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  return entries.flatMap(([key, value]) => [{ path: [...path, key], value }, ...places(value, [...path, key])]);
}

/** A copy with another value at a place. */
export function changed(data: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(data))
    return data.map((item, index) => (String(index) === key ? changed(item, rest, value) : item));
  const given = data as Readonly<Record<string, unknown>>;
  return Object.fromEntries([...Object.entries(given), [key, changed(given[key], rest, value)]]);
}

/** `nodeGroups[0].name`. */
export function format(path: Path): string {
  return path
    .map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .slice(1);
}

/** As JSON tells types apart. */
export function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}
