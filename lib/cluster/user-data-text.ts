import { sortedRecord } from '../core/record';

/** The values that are set, sorted, as `"key"` and `"value"`. */
export function table(values: object | undefined): Readonly<Record<string, string>> {
  const set = Object.entries(sortedRecord({ ...values })).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set.map(([key, value]) => [quoted(key), quoted(value)]));
}

/** A JSON string, or a list of them, is valid YAML and TOML. */
export function quoted(value: unknown): string {
  return JSON.stringify(value);
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
