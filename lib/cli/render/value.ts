import type { ValueChange } from '../changes/value-changes';

/** A line of a terminal, less what stands around a value. */
const LONGEST = 72;
const UNKNOWN = '(known after apply)';

/** `version: "1.31" -> "1.32"`. */
export function valueLine(change: ValueChange): string {
  const { name, before, after, isSensitive, isUnknown } = change;
  if (isSensitive) return `${name}: (secret)${isUnknown ? ` -> ${UNKNOWN}` : ' changes'}`;
  if (isUnknown) return before === undefined ? `${name}: ${UNKNOWN}` : `${name}: ${formatValue(before)} -> ${UNKNOWN}`;
  if (before === undefined) return `${name}: ${formatValue(after)}`;
  if (after === undefined) return `${name}: ${formatValue(before)} -> (none)`;
  if (Array.isArray(before) && Array.isArray(after)) return `${name}: ${listChange(before, after)}`;
  return `${name}: ${difference(before, after)}`;
}

/** A value that is set, as for something new. */
export function settingLine({ name, after, isSensitive, isUnknown }: ValueChange): string {
  return `${name}: ${isSensitive ? '(secret)' : isUnknown ? UNKNOWN : formatValue(after)}`;
}

function formatValue(value: unknown): string {
  const text = JSON.stringify(value) ?? '(none)';
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

/** What a list loses and gains. */
function listChange(before: readonly unknown[], after: readonly unknown[]): string {
  const [gone, come] = [without(before, after), without(after, before)];
  if (gone.length === 0 && come.length === 0) return `${formatValue(before)} -> ${formatValue(after)}`;
  const parts = [...gone.map((item) => `- ${formatValue(item)}`), ...come.map((item) => `+ ${formatValue(item)}`)];
  return parts.length <= 4 ? parts.join(', ') : `${gone.length} removed, ${come.length} added of ${before.length}`;
}

function without(items: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const texts = new Set(others.map((item) => JSON.stringify(item)));
  return items.filter((item) => !texts.has(JSON.stringify(item)));
}

/** Long values are cut to where they begin to differ. */
function difference(before: unknown, after: unknown): string {
  const [old, fresh] = [JSON.stringify(before), JSON.stringify(after)];
  if (old.length <= LONGEST && fresh.length <= LONGEST) return `${old} -> ${fresh}`;
  let at = 0;
  while (at < old.length && old[at] === fresh[at]) at += 1;
  const from = Math.max(0, at - 12);
  return `${excerpt(old, from)} -> ${excerpt(fresh, from)}`;
}

function excerpt(text: string, from: number): string {
  const part = text.slice(from, from + LONGEST);
  return `${from > 0 ? '…' : ''}${part}${from + LONGEST < text.length ? '…' : ''}`;
}
