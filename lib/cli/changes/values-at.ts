/** Every value at a path of attribute names, through all lists on the way; none for null. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  const found = path
    .split('.')
    .reduce<readonly unknown[]>((values, name) => values.flatMap((one) => below(one, name)), [value]);
  return found.flat().filter((one) => one !== null && one !== undefined);
}

/** The texts at a path; numbers as text. */
export function textsAt(value: unknown, path: string): readonly string[] {
  return valuesAt(value, path).flatMap((one) =>
    typeof one === 'string' ? [one] : typeof one === 'number' ? [String(one)] : [],
  );
}

/** The first text at a path; empty if there is none. */
export function textAt(value: unknown, path: string): string {
  return textsAt(value, path)[0] ?? '';
}

export function numbersAt(value: unknown, path: string): readonly number[] {
  return textsAt(value, path)
    .filter((text) => text.trim() !== '')
    .map(Number)
    .filter((number) => Number.isFinite(number));
}

/** Whether a structure of unknown values, with `true` in their place, has one at a path, or above it. */
export function isUnknownAt(unknown: unknown, path: string): boolean {
  if (unknown === true) return true;
  if (Array.isArray(unknown)) return unknown.some((item) => isUnknownAt(item, path));
  if (typeof unknown !== 'object' || unknown === null) return false;
  const [name = '', ...rest] = path.split('.');
  const next = (unknown as Readonly<Record<string, unknown>>)[name];
  return rest.length === 0 ? containsTrue(next) : isUnknownAt(next, rest.join('.'));
}

function containsTrue(unknown: unknown): boolean {
  if (unknown === true) return true;
  return typeof unknown === 'object' && unknown !== null && Object.values(unknown).some(containsTrue);
}

function below(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => below(item, name));
  return typeof value === 'object' && value !== null ? [(value as Readonly<Record<string, unknown>>)[name]] : [];
}
