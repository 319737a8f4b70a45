import { withSession } from './offline-plan';
import type { OfflineOptions, OfflineSession } from './offline-session';
import type { ResourcePlan, Rehearsal, RehearsalStep, Stage, StackPlan } from './results';
import type { StackSession } from './stack-session';
import type { Diagnostic } from './terraform/diagnostics';

/**
 * Runs an app's lifecycle: plans and applies every stack in order, plans it again, which must show no changes, and
 * destroys all in reverse order. No real infrastructure is touched: the providers are always mocked.
 */
export async function offlineRehearsal(options: Omit<OfflineOptions, 'providers'>): Promise<Rehearsal> {
  return withSession({ ...options, providers: 'mock' }, async (session) => {
    const steps: RehearsalStep[] = [];
    const up = await bringUp(session, steps);
    for (const stack of [...up].reverse()) steps.push(await stack.destroy());
    const operations = Object.fromEntries(session.stacks.map(({ name, log }) => [name, log.operations]));
    return { ok: steps.every(({ ok }) => ok), steps, operations };
  });
}

/** Applies stacks up to the first failure. Returns the stacks that may hold resources. */
async function bringUp(session: OfflineSession, steps: RehearsalStep[]): Promise<readonly StackSession[]> {
  const applied: StackSession[] = [];
  for (const stack of session.stacks) {
    const plan = step('plan', await stack.plan());
    steps.push(plan);
    if (!plan.ok) break;
    const apply = await stack.apply();
    steps.push(apply);
    applied.push(stack);
    if (!apply.ok) break;
    const again = secondPlan(await stack.plan({ stage: 'replan' }));
    steps.push(again);
    if (!again.ok) break;
  }
  return applied;
}

function step(stage: Stage, { name, ok, seconds, diagnostics, resources }: StackPlan): RehearsalStep {
  return { stack: name, stage, ok, seconds, diagnostics, resources, order: [] };
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
