import type { Diagnostic, OfflinePlan, SkippedProvisioners, StackPlan } from '../../offline';
import { changesOf, KINDS, unchangedOf, type Change, type ChangeKind } from './change';

export type Counts = Readonly<Record<ChangeKind, number>>;

export interface OutputChange {
  readonly name: string;
  readonly kind: 'create' | 'change' | 'destroy';
}

/** The plan of a stack, ready to be rendered. */
export interface StackReport {
  readonly name: string;
  readonly ok: boolean;
  readonly counts: Counts;
  /** The number of unchanged resources. */
  readonly unchanged: number;
  readonly changes: readonly Change[];
  readonly outputs: readonly OutputChange[];
  readonly diagnostics: readonly Diagnostic[];
  readonly seconds: number;
  /** The file with Terraform's plan JSON. */
  readonly planFile?: string;
  readonly skippedProvisioners?: readonly SkippedProvisioners[];
}

/** A plan, ready to be rendered. */
export interface PlanReport {
  readonly ok: boolean;
  /** The revision that is planned against; undefined for an empty state. */
  readonly against?: string;
  readonly stacks: readonly StackReport[];
  readonly counts: Counts;
}

export interface ReportOptions {
  /**
   * Which providers made the plan: real ones know which changes force replacement.
   * @default 'mock'
   */
  readonly providers?: 'mock' | 'real';
  readonly against?: string | undefined;
  /** The plan JSON file of each stack. */
  readonly planFiles?: ReadonlyMap<string, string>;
}

export function planReport(plan: OfflinePlan, { against, planFiles, providers }: ReportOptions = {}): PlanReport {
  const stacks = plan.stacks.map((stack) => stackReport(stack, planFiles?.get(stack.name), providers === 'real'));
  const counts = countsOf(stacks.flatMap(({ changes }) => changes));
  return { ok: stacks.every(({ ok }) => ok), ...(against !== undefined && { against }), stacks, counts };
}

/** The changes that lose data, in all stacks. */
export function statefulChanges({ stacks }: PlanReport): readonly Change[] {
  return stacks.flatMap(({ changes }) => changes.filter(({ dataLost }) => dataLost !== undefined));
}

/** Every resource that would be destroyed or replaced. */
export function destroyed({ stacks }: PlanReport): readonly Change[] {
  return stacks.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'destroy' || kind === 'replace'));
}

function stackReport(plan: StackPlan, planFile: string | undefined, isReal: boolean): StackReport {
  const changes = changesOf(plan).map((change) => (isReal ? { ...change, mayReplace: false } : change));
  const { name, ok, diagnostics, seconds, skippedProvisioners } = plan;
  return {
    name,
    ok,
    counts: countsOf(changes),
    unchanged: unchangedOf(plan),
    changes,
    outputs: outputsOf(plan),
    diagnostics,
    seconds,
    ...(planFile !== undefined && { planFile }),
    ...(skippedProvisioners && { skippedProvisioners }),
  };
}

function countsOf(changes: readonly Change[]): Counts {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

function outputsOf({ plan }: StackPlan): readonly OutputChange[] {
  return Object.entries(plan?.output_changes ?? {}).flatMap(([name, { actions }]): OutputChange[] => {
    if (actions.includes('no-op')) return [];
    if (actions.length > 1 || actions.includes('update')) return [{ name, kind: 'change' }];
    return [{ name, kind: actions.includes('delete') ? 'destroy' : 'create' }];
  });
}
