import { textAt, textsAt, valuesAt } from '../values-at';

/** A part of the requests that match: one value for each condition. */
export type Requests = readonly (readonly [field: string, value: string])[];

/** One condition: the requests whose field has one of the values. */
interface Condition {
  readonly field: string;
  readonly values: readonly string[];
}

const LISTS = ['host_header', 'path_pattern', 'http_request_method', 'source_ip'] as const;
/** More combinations than that are compared as one. */
const MOST_COMBINATIONS = 200;

/** The requests that a listener rule matches, one by one. */
export function requestsOf(rule: unknown): readonly Requests[] {
  const conditions = conditionsOf(rule);
  const count = conditions.reduce((product, { values }) => product * Math.max(1, values.length), 1);
  if (count > MOST_COMBINATIONS) return [conditions.map(({ field, values }) => [field, [...values].sort().join(' ')])];
  return conditions.reduce<readonly Requests[]>(
    (all, { field, values }) =>
      all.flatMap((requests) => values.map((value): Requests => [...requests, [field, value]])),
    [[]],
  );
}

/** Whether a rule matches all of these requests. */
export function matchesAll(rule: unknown, requests: Requests): boolean {
  return conditionsOf(rule).every(({ field, values }) =>
    requests.some(([name, value]) => name === field && values.some((pattern) => matches(pattern, value))),
  );
}

/** `shop.example.com/api`: hosts and paths; without either, the other conditions. */
export function formatRequests(requests: Requests): string {
  const host = requests.find(([field]) => field === 'host_header')?.[1];
  const path = requests.find(([field]) => field === 'path_pattern')?.[1];
  if (host !== undefined || path !== undefined) return `${host ?? '*'}${path ?? ''}`;
  return requests.map(([field, value]) => `${field} ${value}`).join(', ');
}

function conditionsOf(rule: unknown): readonly Condition[] {
  return valuesAt(rule, 'condition').flatMap((condition) => [
    ...LISTS.flatMap((field) => listed(field, textsAt(condition, `${field}.values`))),
    ...LISTS.flatMap((field) => listed(`${field} regex`, textsAt(condition, `${field}.regex_values`))),
    ...valuesAt(condition, 'http_header').flatMap((header) =>
      listed(`header ${textAt(header, 'http_header_name')}`, textsAt(header, 'values')),
    ),
    ...listed(
      'query',
      valuesAt(condition, 'query_string').map((query) => `${textAt(query, 'key')}=${textAt(query, 'value')}`),
    ),
  ]);
}

function listed(field: string, values: readonly string[]): readonly Condition[] {
  return values.length > 0 ? [{ field, values }] : [];
}

/** `*` stands for any text, `?` for one character. */
function matches(pattern: string, value: string): boolean {
  if (pattern.toLowerCase() === value.toLowerCase()) return true;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'i').test(value);
}
