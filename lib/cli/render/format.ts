import type { ChangeKind } from '../changes/change';
import type { Counts } from '../changes/plan-report';

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

/** `3 to create, 1 to destroy`, or `no changes`. */
export function formatSummary(counts: Counts): string {
  const parts = Object.entries(SUMMARY_WORDS).flatMap(([kind, words]) => {
    const number = counts[kind as ChangeKind];
    return number > 0 ? [`${number} ${words}`] : [];
  });
  return parts.length > 0 ? parts.join(', ') : 'no changes';
}
