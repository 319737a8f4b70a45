import type { ChangeKind } from '../changes/change';
import type { Counts } from '../changes/plan-report';

/** `1 stack`, `2 stacks`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** `12,345`. Intl would do it too, and takes 20 ms to load. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

const SUMMARY_WORDS: Readonly<Record<ChangeKind, string>> = {
  create: 'to create',
  change: 'to change',
  replace: 'to replace',
  destroy: 'to destroy',
  import: 'to import',
  move: 'to move',
  forget: 'to forget',
};

/** `3 to create, 1 to destroy`; `no changes` for nothing. */
export function formatSummary(counts: Counts): string {
  const parts = Object.entries(SUMMARY_WORDS).flatMap(([kind, words]) => {
    const number = counts[kind as ChangeKind];
    return number > 0 ? [`${number} ${words}`] : [];
  });
  return parts.length > 0 ? parts.join(', ') : 'no changes';
}
