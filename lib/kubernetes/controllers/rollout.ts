import type { ControlledPods } from './controller-kind';

/** Old revisions to roll back to. */
const REVISIONS = 3;
/** Longer than any image takes to pull. */
const TIMEOUT = '10m';

/** How long Terraform waits for the pods of a create or an update. */
export const ROLLOUT_TIMEOUTS = { create: TIMEOUT, update: TIMEOUT };
/** Below Terraform's own timeout, which gives no reason. */
export const PROGRESS_DEADLINE_SECONDS = 480;

export interface RolloutProps {
  /**
   * How long a new pod must have been ready before it counts as available.
   * @default 0
   */
  readonly minReadySeconds?: number;
}

/** What controllers of long-running pods have in common in their `spec`. */
export function rolloutSpec({ minReadySeconds = 0 }: RolloutProps, { selector, template }: ControlledPods) {
  return {
    minReadySeconds,
    revisionHistoryLimit: REVISIONS,
    selector: { matchLabels: { ...selector } },
    template,
  };
}
