import { count } from '../../core/format';
import type { Finding } from '../changes/finding';

interface WithSteps extends Finding {
  readonly steps: readonly string[];
}

/** Findings that need the same steps. */
export interface StepGroup<T extends WithSteps> {
  readonly findings: readonly T[];
  readonly steps: readonly string[];
}

/** Groups findings, so that steps are printed once. */
export function bySteps<T extends WithSteps>(findings: readonly T[]): readonly StepGroup<T>[] {
  const groups = new Map<string, T[]>();
  for (const one of findings) {
    const key = one.steps.join('\n');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((same) => ({ findings: same, steps: same[0]!.steps }));
}

/** `2 changes would take the site down`. */
export function outageTitle(outages: number): string {
  return `${count(outages, 'change')} would take the site down`;
}

/** `1 change would be rejected, or never take effect`. */
export function rejectionTitle(rejected: number): string {
  return `${count(rejected, 'change')} would be rejected, or never take effect`;
}
