/** Text that needs no quotes, as it cannot be mistaken for another kind of value. */
const PLAIN_TEXT = /^(?!(true|false|null)$|[\d.]+$)[\w$(/*.:=%][^\n]*$/;
/** Longer values are spread over several lines. */
const LONGEST_LINE = 110;
/** Objects with more fields are spread over several lines, so that a changed field is a changed line. */
const MOST_FIELDS = 2;
const INDENT = '  ';

/** Lines for a reviewer, similar to YAML: one value per line, a list of scalars on one line. */
export function readable(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(item);
  return fieldsOf(value as object).flatMap(([key, field]) => entry(key, field));
}

/** A scalar, or a small collection of scalars, on one line; undefined if it needs several. */
export function inline(value: unknown): string | undefined {
  if (typeof value === 'string') {
    if (value.includes('\n')) return undefined;
    return PLAIN_TEXT.test(value) ? value : JSON.stringify(value);
  }
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    const items = value.map((one: unknown) => (typeof one === 'object' ? undefined : inline(one)));
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  const fields = fieldsOf(value).map(([key, field]) =>
    typeof field === 'object' ? undefined : `${key}: ${inline(field)}`,
  );
  return fields.includes(undefined) || fields.length > MOST_FIELDS ? undefined : `{${fields.join(', ')}}`;
}

function entry(key: string, value: unknown): readonly string[] {
  const short = inline(value);
  if (short !== undefined && key.length + short.length < LONGEST_LINE) return [`${key}: ${short}`];
  if (typeof value === 'string') {
    if (!value.includes('\n')) return [`${key}: ${short}`];
    return [
      `${key}: |`,
      ...value
        .trimEnd()
        .split('\n')
        .map((line) => INDENT + line),
    ];
  }
  return [`${key}:`, ...readable(value).map((line) => INDENT + line)];
}

function item(value: unknown): readonly string[] {
  const short = inline(value);
  if (short !== undefined && short.length >= LONGEST_LINE && typeof value === 'object') {
    return readable(value).map((line, at) => (at === 0 ? `- ${line}` : INDENT + line));
  }
  const lines = short === undefined ? (typeof value === 'string' ? value.split('\n') : readable(value)) : [short];
  return lines.map((line, at) => (at === 0 ? `- ${line}` : INDENT + line));
}

/** Sorted, without unset fields. */
function fieldsOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value as Readonly<Record<string, unknown>>)
    .filter(([, field]) => field !== null && field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
