import type { ValueChange } from '../changes/value-changes';

/** The width of a terminal, less the text around a value. */
const LONGEST = 72;
const UNKNOWN = '(known after apply)';
const SENSITIVE = '(sensitive value)';

/** `version: "1.31" -> "1.32"`. */
export function valueLine(change: ValueChange): string {
  const { name, before, after, isSensitive, isUnknown } = change;
  if (isSensitive) return `${name}: ${SENSITIVE}${isUnknown ? ` -> ${UNKNOWN}` : ' changes'}`;
  if (isUnknown) return before === undefined ? `${name}: ${UNKNOWN}` : `${name}: ${formatValue(before)} -> ${UNKNOWN}`;
  if (before === undefined) return `${name}: ${formatValue(after)}`;
  if (after === undefined) return `${name}: ${formatValue(before)} -> (none)`;
  if (Array.isArray(before) && Array.isArray(after)) return `${name}: ${listChange(before, after)}`;
  return `${name}: ${difference(before, after)}`;
}

/** A value of a created resource. */
export function settingLine({ name, after, isSensitive, isUnknown }: ValueChange): string {
  return `${name}: ${isSensitive ? SENSITIVE : isUnknown ? UNKNOWN : formatValue(after)}`;
}

function formatValue(value: unknown): string {
  const text = JSON.stringify(value) ?? '(none)';
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

/** The items removed from and added to a list. */
function listChange(before: readonly unknown[], after: readonly unknown[]): string {
  const [removed, added] = [without(before, after), without(after, before)];
  if (removed.length === 0 && added.length === 0) return `${formatValue(before)} -> ${formatValue(after)}`;
  const parts = [...removed.map((item) => `- ${formatValue(item)}`), ...added.map((item) => `+ ${formatValue(item)}`)];
  return parts.length <= 4 ? parts.join(', ') : `${removed.length} removed, ${added.length} added of ${before.length}`;
}

function without(items: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const texts = new Set(others.map((item) => JSON.stringify(item)));
  return items.filter((item) => !texts.has(JSON.stringify(item)));
}

/** Long values are cut to the part where they start to differ. */
function difference(before: unknown, after: unknown): string {
  const [old, current] = [JSON.stringify(before), JSON.stringify(after)];
  if (old.length <= LONGEST && current.length <= LONGEST) return `${old} -> ${current}`;
  let at = 0;
  while (at < old.length && old[at] === current[at]) at += 1;
  const from = Math.max(0, at - 12);
  return `${excerpt(old, from)} -> ${excerpt(current, from)}`;
}

function excerpt(text: string, from: number): string {
  const part = text.slice(from, from + LONGEST);
  return `${from > 0 ? '…' : ''}${part}${from + LONGEST < text.length ? '…' : ''}`;
}
