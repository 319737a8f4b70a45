import { withSession } from './offline-plan';
import type { OfflineOptions, OfflineSession } from './offline-session';
import type { ResourcePlan, Rehearsal, RehearsalStep, Stage, StackPlan } from './results';
import type { StackSession } from './stack-session';
import type { Diagnostic } from './terraform/diagnostics';

/**
 * Plays an app's life through: plans and applies every stack in order, plans it again, which must find nothing to do,
 * and destroys all in reverse. Nothing real is touched: the providers are always doubles.
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

/** Up to the first stack that fails. Gives the stacks that hold something. */
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

/** A second plan must be empty: what is not is a fault of the configuration (a timestamp, an unordered list). */
function secondPlan(plan: StackPlan): RehearsalStep {
  const left = plan.resources.filter(({ actions }) =>
    actions.some((action) => action !== 'no-op' && action !== 'read'),
  );
  const outputs = Object.entries(plan.plan?.output_changes ?? {}).filter(
    ([, { actions }]) => !actions.includes('no-op'),
  );
  const faults = [
    ...left.map(notEmpty),
    ...outputs.map(([name]) => fault(`The second plan is not empty: output ${name} changes`, `output.${name}`)),
  ];
  const again = step('replan', plan);
  return { ...again, ok: plan.ok && faults.length === 0, diagnostics: [...again.diagnostics, ...faults] };
}

function notEmpty({ address, path, actions, before, after, afterUnknown }: ResourcePlan): Diagnostic {
  const names = changedNames(before, after, afterUnknown);
  const of = names.length > 0 ? ` for ${names.join(', ')}` : '';
  return fault(
    `The second plan is not empty: it would ${actions.join(' and ')} ${path ?? address}${of}`,
    address,
    path,
  );
}

function changedNames(before: unknown, after: unknown, unknown: unknown): readonly string[] {
  const old = (before ?? {}) as Record<string, unknown>;
  const fresh = (after ?? {}) as Record<string, unknown>;
  const open = (unknown ?? {}) as Record<string, unknown>;
  return [...new Set([...Object.keys(old), ...Object.keys(fresh), ...Object.keys(open)])].filter(
    (name) => open[name] === true || JSON.stringify(old[name]) !== JSON.stringify(fresh[name]),
  );
}

function fault(summary: string, address: string, path?: string): Diagnostic {
  return {
    severity: 'error',
    summary,
    detail: 'Nothing was changed in between, so something in the configuration differs from one run to the next.',
    addresses: [address],
    paths: path === undefined ? [] : [path],
  };
}
