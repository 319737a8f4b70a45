import { withSession } from './offline-plan';
import type { AppVersion, OfflineOptions, OfflineSession } from './offline-session';
import type { ResourcePlan, Rehearsal, RehearsalStep, Stage, StackPlan } from './results';
import type { StackSession } from './stack-session';
import type { Diagnostic } from './terraform/diagnostics';

export interface RehearsalOptions extends Omit<OfflineOptions, 'providers'> {
  /**
   * Later versions of the app, applied one after another on the states of the version before.
   * @default only one version is rehearsed
   */
  readonly laterVersions?: readonly AppVersion[];
}

/**
 * Runs an app's lifecycle: plans and applies every stack in order, plans it again, which must show no changes, and
 * destroys all in reverse order; stacks with deletion protection or `prevent_destroy` are unprotected first. No real
 * infrastructure is touched: the providers are always mocked.
 */
export async function offlineRehearsal({ laterVersions, ...options }: RehearsalOptions): Promise<Rehearsal> {
  return withSession({ ...options, providers: 'mock' }, async (session) => {
    const lifecycle = new Lifecycle(session, laterVersions !== undefined);
    await lifecycle.bringUp();
    for (const { stacksDir, stacks } of laterVersions ?? []) {
      if (!lifecycle.ok) break;
      await lifecycle.change(stacksDir, stacks);
    }
    await lifecycle.destroy();
    return lifecycle.result();
  });
}

class Lifecycle {
  private readonly steps: RehearsalStep[] = [];
  private readonly removedStacks: (readonly string[])[] = [[]];
  /** The stacks that may hold resources, in the order in which they are destroyed. */
  private standing: readonly StackSession[] = [];
  private readonly seen = new Set<StackSession>();

  constructor(
    private readonly session: OfflineSession,
    private readonly hasVersions: boolean,
  ) {}

  get ok(): boolean {
    return this.steps.every(({ ok }) => ok);
  }

  /** Applies the stacks of the current version, up to the first failure. */
  async bringUp(): Promise<void> {
    for (const stack of this.session.stacks) {
      this.seen.add(stack);
      const plan = await stack.plan();
      this.add({ ...step('plan', plan), ...(this.hasVersions && plan.plan && { plan: plan.plan }) });
      if (!plan.ok) return;
      this.standing = [stack, ...this.standing.filter((one) => one !== stack)];
      if (!this.add(await stack.apply(plan))) return;
      if (!this.add(secondPlan(await stack.plan('replan')))) return;
    }
  }

  /** Applies another version. Stacks that it no longer has are left as they are, as `cdktf deploy` does. */
  async change(stacksDir: string, stacks: readonly string[] | undefined): Promise<void> {
    const removed = await this.session.advance(stacksDir, stacks);
    const gone = this.standing.filter((stack) => removed.includes(stack));
    this.removedStacks.push(gone.map(({ name }) => name).reverse());
    await this.bringUp();
    // None of the current stacks can read the state of one that is not in the app.
    const isGone = (stack: StackSession): boolean => !this.session.stacks.includes(stack);
    this.standing = [...this.standing.filter(isGone), ...this.standing.filter((stack) => !isGone(stack))];
  }

  /** After a failed change, only the failure is of interest: the configuration and the state differ. */
  async destroy(): Promise<void> {
    if (!this.ok && this.removedStacks.length > 1) return;
    for (const stack of this.standing) {
      const isPartial = this.steps.some((one) => one.stack === stack.name && one.stage === 'apply' && !one.ok);
      const unprotect = await stack.unprotect(isPartial);
      if (unprotect) this.add(unprotect);
      this.add(await stack.destroy(isPartial));
    }
  }

  result(): Rehearsal {
    const stacks = new Set([...this.seen, ...this.session.stacks]);
    const operations = Object.fromEntries([...stacks].map(({ name, log }) => [name, log.operations]));
    return {
      ok: this.ok,
      steps: this.steps,
      operations,
      ...(this.hasVersions && { removedStacks: this.removedStacks }),
    };
  }

  /** Adds a step; returns whether it succeeded. */
  private add(one: RehearsalStep): boolean {
    this.steps.push(this.hasVersions ? { ...one, version: this.removedStacks.length - 1 } : one);
    return one.ok;
  }
}

function step(stage: Stage, plan: StackPlan): RehearsalStep {
  const { name, ok, seconds, diagnostics, resources, skippedProvisioners } = plan;
  return {
    stack: name,
    stage,
    ok,
    seconds,
    diagnostics,
    resources,
    order: [],
    ...(stage === 'plan' && skippedProvisioners && { skippedProvisioners }),
  };
}

/** A second plan must be empty: a change is an error in the configuration (a timestamp, an unordered list). */
function secondPlan(plan: StackPlan): RehearsalStep {
  const remaining = plan.resources.filter(({ actions }) =>
    actions.some((action) => action !== 'no-op' && action !== 'read'),
  );
  const outputs = Object.entries(plan.plan?.output_changes ?? {}).filter(
    ([, { actions }]) => !actions.includes('no-op'),
  );
  const problems = [
    ...remaining.map(notEmpty),
    ...outputs.map(([name]) => problem(`The second plan is not empty: output ${name} changes`, `output.${name}`)),
  ];
  const again = step('replan', plan);
  return { ...again, ok: plan.ok && problems.length === 0, diagnostics: [...again.diagnostics, ...problems] };
}

function notEmpty({ address, path, actions, before, after, afterUnknown }: ResourcePlan): Diagnostic {
  const names = changedNames(before, after, afterUnknown);
  const attributes = names.length > 0 ? ` (${names.join(', ')})` : '';
  return problem(
    `The second plan is not empty: it would ${actions.join(' and ')} ${path ?? address}${attributes}`,
    address,
    path,
  );
}

function changedNames(before: unknown, after: unknown, unknown: unknown): readonly string[] {
  const old = (before ?? {}) as Record<string, unknown>;
  const current = (after ?? {}) as Record<string, unknown>;
  const unknowns = (unknown ?? {}) as Record<string, unknown>;
  return [...new Set([...Object.keys(old), ...Object.keys(current), ...Object.keys(unknowns)])].filter(
    (name) => unknowns[name] === true || JSON.stringify(old[name]) !== JSON.stringify(current[name]),
  );
}

function problem(summary: string, address: string, path?: string): Diagnostic {
  return {
    severity: 'error',
    summary,
    detail: 'The configuration is the same as in the first plan, so one of its values differs from run to run.',
    addresses: [address],
    paths: path === undefined ? [] : [path],
  };
}
