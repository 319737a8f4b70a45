import { types } from 'node:util';

/** An object with keys: not a list, a map, a set, a date, and not null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isCollection(value);
}

/** What has no keys, though it is an object. */
function isCollection(value: object): boolean {
  return types.isMap(value) || types.isSet(value) || types.isDate(value);
}

/** The same record with its keys in order: empty for none. */
export function sortedRecord<T>(record: Readonly<Record<string, T>> = {}): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
