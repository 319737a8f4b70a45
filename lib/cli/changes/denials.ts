import { destroyed, statefulChanges, type PlanReport } from './plan-report';

/** Why a plan is denied. */
export type DenialReason = 'rejected' | 'outages' | 'data-losses' | 'destroyed';

export interface Denial {
  readonly reason: DenialReason;
  /** The number of changes. */
  readonly count: number;
}

export interface DenialOptions {
  /** Denies outages and data losses. */
  readonly denyDestroy: boolean;
  /** Denies every resource that is destroyed or replaced. */
  readonly denyAnyDestroy: boolean;
}

/** What of a plan is denied: what would be rejected in any case, the rest as requested. */
export function denialsOf(report: PlanReport, { denyDestroy, denyAnyDestroy }: DenialOptions): readonly Denial[] {
  const denials: readonly Denial[] = [
    { reason: 'rejected', count: report.rejected.length },
    { reason: 'outages', count: denyDestroy ? report.outages.length : 0 },
    { reason: 'data-losses', count: denyDestroy && !denyAnyDestroy ? statefulChanges(report).length : 0 },
    { reason: 'destroyed', count: denyAnyDestroy ? destroyed(report).length : 0 },
  ];
  return denials.filter(({ count }) => count > 0);
}
