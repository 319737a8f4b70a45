import { ROLLOUT_MINUTES } from './rollout';

export interface StatefulSetRollout {
  readonly podManagement?: 'ordered' | 'parallel';
  /** The pods that a create starts. */
  readonly created: number;
  /** The most pods that an update replaces. */
  readonly updated: number;
  readonly minReadySeconds?: number;
  readonly graceSeconds?: number;
}

/** Part of `ROLLOUT_MINUTES`. */
const USUAL_GRACE_SECONDS = 30;

/**
 * How long Terraform waits for the pods of a StatefulSet. A create that takes longer is tainted, and the next apply replaces the
 * set: the pods are started one after the other unless they are `parallel`, and are always updated one after the other.
 */
export function statefulSetTimeouts(rollout: StatefulSetRollout): { readonly create: string; readonly update: string } {
  const { podManagement = 'ordered', created, updated, minReadySeconds = 0, graceSeconds = 0 } = rollout;
  const start = ROLLOUT_MINUTES + minutes(minReadySeconds);
  const replacement = start + (graceSeconds > USUAL_GRACE_SECONDS ? minutes(graceSeconds) : 0);
  return {
    create: `${start * (podManagement === 'parallel' ? 1 : Math.max(1, created))}m`,
    update: `${replacement * Math.max(1, updated)}m`,
  };
}

function minutes(seconds: number): number {
  return Math.ceil(seconds / 60);
}
