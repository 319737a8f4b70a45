import type { Diagnostic, OfflinePlan, StackPlan } from '../../offline';
import { changesOf, KINDS, unchangedOf, type Change, type ChangeKind } from './change';

export type Counts = Readonly<Record<ChangeKind, number>>;

export interface OutputChange {
  readonly name: string;
  readonly kind: 'create' | 'change' | 'destroy';
}

/** What there is to say about the plan of a stack. */
export interface StackReport {
  readonly name: string;
  readonly ok: boolean;
  readonly counts: Counts;
  /** Resources that stay as they are. */
  readonly unchanged: number;
  readonly changes: readonly Change[];
  readonly outputs: readonly OutputChange[];
  readonly diagnostics: readonly Diagnostic[];
  readonly seconds: number;
  /** Where Terraform's plan JSON was written. */
  readonly planFile?: string;
}

/** What there is to say about a plan. */
export interface PlanReport {
  readonly ok: boolean;
  /** What the plan is made on top of; undefined for nothing. */
  readonly against?: string;
  readonly stacks: readonly StackReport[];
  readonly counts: Counts;
}

export interface ReportOptions {
  /**
   * Which providers made the plan: real ones know what a change replaces.
   * @default 'mock'
   */
  readonly providers?: 'mock' | 'real';
  readonly against?: string | undefined;
  /** Where the plan JSON of each stack was written. */
  readonly planFiles?: ReadonlyMap<string, string>;
}

export function planReport(plan: OfflinePlan, { against, planFiles, providers }: ReportOptions = {}): PlanReport {
  const stacks = plan.stacks.map((stack) => stackReport(stack, planFiles?.get(stack.name), providers === 'real'));
  const counts = countsOf(stacks.flatMap(({ changes }) => changes));
  return { ok: stacks.every(({ ok }) => ok), ...(against !== undefined && { against }), stacks, counts };
}

/** The changes that lose data, with the stack's name. */
export function statefulChanges({ stacks }: PlanReport): readonly Change[] {
  return stacks.flatMap(({ changes }) => changes.filter(({ dataLost }) => dataLost !== undefined));
}

/** Every resource that would be destroyed, to be replaced or not. */
export function destroyed({ stacks }: PlanReport): readonly Change[] {
  return stacks.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'destroy' || kind === 'replace'));
}

function stackReport(plan: StackPlan, planFile: string | undefined, isReal: boolean): StackReport {
  const changes = changesOf(plan).map((change) => (isReal ? { ...change, mayReplace: false } : change));
  const { name, ok, diagnostics, seconds } = plan;
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
