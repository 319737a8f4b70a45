import {
  offlineRehearsal,
  type AppliedResource,
  type OfflineOptions,
  type Rehearsal,
  type RehearsalStep,
} from '../offline';
import type { AppSource } from './app-source';
import { packages, withWrittenApp } from './plan';
import { PlanError } from './plan-error';
import { startRun } from './runs';
import { stacksOf, type SynthesizedStack } from './synthesized-stack';

export type RehearseOptions = Pick<OfflineOptions, 'stacks' | 'remoteStates' | 'statesFrom' | 'terraform' | 'signal'>;

/** A resource that was created or destroyed. */
export interface RehearsedResource {
  readonly stack: string;
  readonly type: string;
  readonly address: string;
  /** The construct's path below its stack: `network/vpc`. */
  readonly path: string;
  /** Times as ISO 8601, from Terraform's log. */
  readonly start: string;
  readonly end: string;
}

/** A full lifecycle of an app: everything was created, planned again without changes, and destroyed. */
export class RehearsedApp {
  /** By name. */
  readonly stacks: ReadonlyMap<string, SynthesizedStack>;
  /** In the order of their creation. */
  readonly created: readonly RehearsedResource[];
  /** In the order of their destruction. */
  readonly destroyed: readonly RehearsedResource[];

  constructor(stacks: ReadonlyMap<string, SynthesizedStack>, steps: readonly RehearsalStep[]) {
    this.stacks = stacks;
    this.created = ordered(steps, 'apply');
    this.destroyed = ordered(steps, 'destroy');
  }

  get name(): string {
    return [...this.stacks.keys()].join(', ');
  }
}

/**
 * Runs an app's lifecycle with mock providers: plans and applies every stack in order, plans it again, which must show
 * no changes, and destroys all in reverse order. Stacks with deletion protection or `prevent_destroy` are unprotected
 * first.
 * @throws PlanError that names the constructs, if a stage fails
 */
export function rehearse(source: AppSource, options: RehearseOptions = {}): Promise<RehearsedApp> {
  return startRun(rehearse, options.signal, (signal) =>
    withWrittenApp(source, async (app) => {
      const only = options.stacks ?? (app.named === undefined ? undefined : [app.named]);
      const rehearsal = await offlineRehearsal({
        ...options,
        signal,
        ...(only && { stacks: only }),
        stacksDir: app.directory,
        packagesFrom: packages(),
      });
      if (!rehearsal.ok) throw rehearsalError(rehearsal);
      return new RehearsedApp(stacksOf(app.stacks), rehearsal.steps);
    }),
  );
}

/** The message for a failure of each stage. */
const FAILED: Readonly<Record<RehearsalStep['stage'], string>> = {
  init: 'cannot be initialised',
  validate: 'is not valid',
  plan: 'cannot be planned',
  apply: 'cannot be applied',
  replan: 'is not idempotent',
  unprotect: 'cannot be unprotected',
  destroy: 'cannot be destroyed',
};

/** Names the step, if there are several versions, and the stack and the stage of every failure. */
export function rehearsalError({ steps }: Rehearsal): PlanError {
  const failed = steps.filter(({ ok }) => !ok);
  const what = failed
    .map(({ version, stack, stage }) => {
      const step = version === undefined ? '' : `step ${version + 1}: `;
      return `${step}${stack} ${FAILED[stage]}`;
    })
    .join('; ');
  return new PlanError(
    what,
    failed.flatMap(({ diagnostics }) => diagnostics),
  );
}

function ordered(steps: readonly RehearsalStep[], stage: RehearsalStep['stage']): readonly RehearsedResource[] {
  return steps
    .filter((step) => step.stage === stage)
    .flatMap(({ stack, order }) => order.map((resource) => rehearsedResource(stack, resource)));
}

export function rehearsedResource(stack: string, { address, path, start, end }: AppliedResource): RehearsedResource {
  const below = path?.split('/').slice(1).join('/') ?? address;
  return { stack, type: address.split('.')[0]!, address, path: below, start, end };
}
