import type { Problem } from './check';

/**
 * Problems of data that sets a prop by its old name, for `check`. TypeScript reports it, but in JSON and JavaScript it
 * would be ignored.
 * @param names new names by old name
 */
export function renamedProps(data: object | null | undefined, names: Readonly<Record<string, string>>): string[] {
  const given: Readonly<Record<string, unknown>> = { ...data };
  return Object.entries(names)
    .filter(([old]) => given[old] !== undefined)
    .map(([old, current]) => `${old} was renamed: use ${current}`);
}

/** Like `renamedProps`, for the value of a prop, such as the kind of a union. */
export function renamedValue(prop: string, value: unknown, names: Readonly<Record<string, string>>): Problem {
  return (
    typeof value === 'string' && Object.hasOwn(names, value) && `${prop} '${value}' was renamed: use '${names[value]}'`
  );
}
