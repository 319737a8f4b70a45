import { renamedProps } from '../core/renamed-props';
import { OfflineSession, type AppVersion, type OfflineOptions } from './offline-session';
import type { OfflinePlan, RehearsalStep, StackPlan } from './results';
import type { StackSession } from './stack-session';
import type { Diagnostic } from './terraform/diagnostics';

export interface OfflinePlanOptions extends OfflineOptions {
  /**
   * Another version's `cdktf.out`: plans against the state that applying it would leave.
   * @default an empty state: everything is created
   */
  readonly baseline?: string;
}

/**
 * Plans synthesized stacks with real Terraform, in dependency order. A stack whose state another one reads is applied
 * in the private copy first, so that the other sees its outputs.
 * @throws if Terraform, the stacks or a provider's package are missing; errors of a stack are in the result
 */
export async function offlinePlan(options: OfflinePlanOptions): Promise<OfflinePlan> {
  const [renamed] = renamedProps(options, { onTopOf: 'baseline' });
  if (renamed !== undefined) throw new Error(renamed);
  const { baseline, ...rest } = options;
  if (baseline === undefined) return withSession(rest, (session) => planAll(session));
  if (options.providers === 'real') {
    throw new Error("baseline requires providers: 'mock': with real providers it would apply the other version");
  }
  // The selection applies to the later version only: the earlier one may not have these stacks.
  const { stacks, stacksDir, ...all } = rest;
  const [plan] = await offlinePlans(baseline, [{ stacksDir, ...(stacks && { stacks }) }], all);
  return plan!;
}

/**
 * Plans each of several versions, all against the state that applying one baseline would leave.
 * @returns the plans in the order of the versions
 */
export async function offlinePlans(
  baseline: string,
  versions: readonly AppVersion[],
  options: Omit<OfflineOptions, 'stacksDir' | 'stacks' | 'providers'> = {},
): Promise<readonly OfflinePlan[]> {
  return withSession({ ...options, stacksDir: baseline }, async (session) => {
    const failed = await applyAll(session);
    if (failed) return versions.map(() => failed);
    const goBack = versions.length > 1 ? await session.save() : undefined;
    const plans: OfflinePlan[] = [];
    for (const version of versions) {
      if (plans.length > 0) await goBack?.();
      plans.push(await planChange(session, version));
    }
    return plans;
  });
}

async function planChange(session: OfflineSession, { stacksDir, stacks }: AppVersion): Promise<OfflinePlan> {
  const removed = await session.advance(stacksDir, stacks);
  const plan = await planAll(session);
  const destroyed: StackPlan[] = [];
  for (const stack of [...removed].reverse()) destroyed.push(await stack.planDestroy());
  return { ok: plan.ok && destroyed.every(({ ok }) => ok), stacks: [...plan.stacks, ...destroyed] };
}

/** Opens a session, and closes it in any case. */
export async function withSession<T>(
  options: OfflineOptions,
  work: (session: OfflineSession) => Promise<T>,
): Promise<T> {
  const session = OfflineSession.open(options);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** The plan of a stack and, if others read its state, the concurrent apply. */
interface StackRun {
  readonly plan: Promise<StackPlan>;
  readonly applied?: Promise<RehearsalStep>;
}

/** Plans a stack as soon as the states that it reads are applied, even if the plans of their stacks are not done. */
async function planAll(session: OfflineSession): Promise<OfflinePlan> {
  const started = new Map<StackSession, StackRun>();
  try {
    for (const stack of session.stacks) {
      const read = await Promise.all(session.dependenciesOf(stack).map((one) => started.get(one)?.applied));
      if (!read.every((applied) => applied?.ok)) continue;
      const run = session.hasDependents(stack)
        ? await stack.planAndApply(session.outputDependencies(stack))
        : { plan: stack.plan() };
      started.set(stack, run);
      // `collected` reports the failure.
      run.plan.catch(() => {});
      await (run.applied ?? run.plan);
    }
  } finally {
    await Promise.allSettled([...started.values()].flatMap(({ plan, applied }) => [plan, applied]));
  }
  return collected(session, started);
}

async function collected(session: OfflineSession, started: ReadonlyMap<StackSession, StackRun>): Promise<OfflinePlan> {
  const plans: StackPlan[] = [];
  const failed = new Set<StackSession>();
  for (const stack of session.stacks) {
    const broken = session.dependenciesOf(stack).find((one) => failed.has(one));
    const run = started.get(stack);
    const plan = broken || !run ? skipped(stack, broken ?? stack) : await run.plan;
    if (session.isSelected(stack) || !plan.ok) plans.push(plan);
    const applied = await run?.applied;
    if (!plan.ok) failed.add(stack);
    else if (applied && !applied.ok) {
      failed.add(stack);
      plans.push({ name: stack.name, ok: false, resources: [], diagnostics: applied.diagnostics, seconds: 0 });
    }
  }
  return { ok: plans.every(({ ok }) => ok), stacks: plans };
}

/** Applies the earlier version of all stacks; returns the failure, if any. */
async function applyAll(session: OfflineSession): Promise<OfflinePlan | undefined> {
  for (const stack of session.stacks) {
    const { ok, diagnostics, seconds } = await stack.create();
    if (ok) continue;
    const formatted = diagnostics.map((one) => ({
      ...one,
      summary: `In the baseline: ${one.summary}`,
    }));
    return { ok, stacks: [{ name: stack.name, ok, resources: [], diagnostics: formatted, seconds }] };
  }
  return undefined;
}

function skipped(stack: StackSession, broken: StackSession): StackPlan {
  const diagnostic: Diagnostic = {
    severity: 'error',
    summary: `Not planned: reads the state of ${broken.name}, which failed`,
    detail: '',
    addresses: [],
    paths: [],
  };
  return { name: stack.name, ok: false, resources: [], diagnostics: [diagnostic], seconds: 0 };
}
