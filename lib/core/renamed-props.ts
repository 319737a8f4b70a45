import type { Problem } from './check';

/**
 * The problems of data that has a prop under its old name, for `check`. TypeScript reports such a prop; in JSON and JavaScript
 * it would be ignored.
 * @param names the new name by the old one
 * @param path what precedes the prop in the message, such as `nodeGroups[0].`
 */
export function renamedProps(
  data: object | null | undefined,
  names: Readonly<Record<string, string>>,
  path = '',
): string[] {
  const given: Readonly<Record<string, unknown>> = { ...data };
  return Object.entries(names)
    .filter(([old]) => given[old] !== undefined)
    .map(([old, current]) => `${path}${old} was renamed: write ${current}`);
}

/** As `renamedProps`, of a prop's value: the kind of a union. */
export function renamedValue(prop: string, value: unknown, names: Readonly<Record<string, string>>): Problem {
  return (
    typeof value === 'string' &&
    Object.hasOwn(names, value) &&
    `${prop} '${value}' was renamed: write '${names[value]}'`
  );
}
