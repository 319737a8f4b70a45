import { offlineRehearsal } from '../../lib/offline';
import { PlannedStack } from '../../lib/testing/planned-stack';
import { RehearsedApp, rehearsalError } from '../../lib/testing/rehearse';
import { synthesize } from '../lib/offline/support/app';
import { APPS, statesFrom, writeAppOf } from './apps';

/** What an app's first apply shows: its plans, by stack, and its rehearsal. */
export interface AppLifecycle {
  readonly plans: ReadonlyMap<string, PlannedStack>;
  readonly rehearsal: RehearsedApp;
}

const lifecycles = new Map<string, Promise<AppLifecycle>>();

/** Rehearses an app, once for all tests of a file: the plan that is applied is the one that `planApp` shows. */
export function lifecycleOf(name: string): Promise<AppLifecycle> {
  const known = lifecycles.get(name) ?? run(name);
  lifecycles.set(name, known);
  return known;
}

async function run(name: string): Promise<AppLifecycle> {
  const stacksDir = synthesize(() => {});
  writeAppOf(name, stacksDir);
  const states = statesFrom(name, () => synthesize(() => {}));
  // With versions, a rehearsal keeps its plans.
  const result = await offlineRehearsal({ stacksDir, ...states, laterVersions: [] });
  if (!result.ok) throw rehearsalError(result);
  const stacks = APPS.get(name)!();
  const planned = result.steps.filter(({ stack, stage }) => stage === 'plan' && stacks.has(stack));
  const plans = planned.map(
    (step) => [step.stack, new PlannedStack({ ...step, name: step.stack }, stacks.get(step.stack))] as const,
  );
  return { plans: new Map(plans), rehearsal: new RehearsedApp(stacks, result.steps) };
}
