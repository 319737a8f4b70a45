import { offlineRehearsal, type AppVersion, type Rehearsal, type RehearsalStep, type StackPlan } from '../offline';
import type { AppSource, WrittenApp } from './app-source';
import { findStack } from './find-one';
import { packages, withWrittenApp } from './plan';
import { PlannedStack } from './planned-stack';
import { rehearsalError, rehearsedResource, type RehearsedResource, type RehearseOptions } from './rehearse';
import { startRun } from './runs';
import { stacksOf } from './synthesized-stack';

/** A resource that a step created, updated or deleted; a replacement is two of them. */
export interface AppliedChange extends RehearsedResource {
  readonly action: 'create' | 'update' | 'delete';
}

/** One version of an app in a rehearsal of changes: what it changed on the states of the version before. */
export class RehearsedStep {
  /** The plans of the stacks, by name, in the order in which they were applied. */
  readonly plans: ReadonlyMap<string, PlannedStack>;
  /** What was applied, in the order of completion. */
  readonly applied: readonly AppliedChange[];
  /** The stacks that this version no longer has. They are left as they are until the end of the rehearsal. */
  readonly removedStacks: readonly string[];

  constructor(app: WrittenApp, steps: readonly RehearsalStep[], removedStacks: readonly string[]) {
    const synthesized = stacksOf(app.stacks);
    const plans = steps.filter(({ stage }) => stage === 'plan');
    this.plans = new Map(
      plans.map((step) => [step.stack, new PlannedStack(planOf(step), synthesized.get(step.stack))]),
    );
    this.applied = steps
      .filter(({ stage }) => stage === 'apply')
      .flatMap(({ stack, order }) =>
        order.map((one) => ({
          ...rehearsedResource(stack, one),
          action: one.action as AppliedChange['action'],
        })),
      );
    this.removedStacks = removedStacks;
  }

  /**
   * The plan of the named stack, or of the only one.
   * @throws Error that lists the existing stacks
   */
  getPlan(stack?: string): PlannedStack {
    return findStack(this.plans, stack);
  }
}

/**
 * Applies versions of an app one after another on the same states, with mock providers: each version's stacks are
 * planned, applied and planned again, which must show no changes, in dependency order. Everything is destroyed at the
 * end; stacks with deletion protection or `prevent_destroy` are unprotected first.
 * @returns a step for each version, with its plans
 * @throws PlanError that names the step, the stack and the stage, if one fails
 */
export function rehearseChanges(
  versions: readonly AppSource[],
  options: RehearseOptions = {},
): Promise<readonly RehearsedStep[]> {
  return startRun(rehearseChanges, options.signal, (signal) => rehearsed(versions, { ...options, signal }));
}

async function rehearsed(versions: readonly AppSource[], options: RehearseOptions): Promise<readonly RehearsedStep[]> {
  const [first, ...later] = versions;
  if (first === undefined) throw new Error('rehearseChanges requires at least one version of an app');
  return withWrittenApp(first, async (app, write) => {
    const apps = [app, ...later.map(write)];
    const [before, ...laterVersions] = apps.map((one) => versionOf(one, options));
    const { stacks: _, ...rest } = options;
    const rehearsal = await offlineRehearsal({ ...rest, ...before!, laterVersions, packagesFrom: packages() });
    if (!rehearsal.ok) throw rehearsalError(rehearsal);
    return apps.map((one, version) => stepOf(one, version, rehearsal));
  });
}

function versionOf({ directory, named }: WrittenApp, options: RehearseOptions): AppVersion {
  const stacks = options.stacks ?? (named === undefined ? undefined : [named]);
  return { stacksDir: directory, ...(stacks && { stacks }) };
}

function stepOf(app: WrittenApp, version: number, { steps, removedStacks = [] }: Rehearsal): RehearsedStep {
  const own = steps.filter((step) => (step.version ?? 0) === version);
  return new RehearsedStep(app, own, removedStacks[version] ?? []);
}

function planOf({ stack, ok, plan, resources, diagnostics, seconds }: RehearsalStep): StackPlan {
  return { name: stack, ok, ...(plan && { plan }), resources, diagnostics, seconds };
}
