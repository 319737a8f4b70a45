import type { Problem } from '../../core/check';
import { integer, object, optional } from '../../core/shape';
import { wholeNumberProblem } from '../whole-number';
import { updatableTemplate, type PodTemplate } from '../pod/template';
import type { ControlledPods } from './controller-kind';

/** Old revisions to roll back to. Another number would replace every StatefulSet. */
const REVISIONS = 3;
/** Longer than any image takes to pull, and a pod to terminate in its default grace period. */
export const ROLLOUT_MINUTES = 10;
const TIMEOUT = `${ROLLOUT_MINUTES}m`;

/** How long Terraform waits for the pods of a create or an update, which start together. */
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

export const ROLLOUT_PROPS = object<RolloutProps>({ minReadySeconds: optional(integer) });

export function rolloutProblems({ minReadySeconds }: RolloutProps, most?: number): readonly Problem[] {
  return [wholeNumberProblem('controller.minReadySeconds', minReadySeconds, 0, most)];
}

/** What controllers of long-running pods have in common in their `spec`. */
export function rolloutSpec({ minReadySeconds = 0 }: RolloutProps, { selector, template }: ControlledPods) {
  return {
    minReadySeconds,
    revisionHistoryLimit: REVISIONS,
    selector: { matchLabels: { ...selector } },
    template: updatableTemplate(template),
  };
}

/** Set by `kubectl rollout restart`. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/**
 * Changes that are left to others: a restart by hand, which the next apply would otherwise undo and so restart the pods again,
 * unless the annotation is among the workload's own; and `others`.
 */
export function ignoredChanges({ metadata }: PodTemplate, others: readonly string[] = []) {
  const isOwn = metadata.annotations && RESTARTED_AT in metadata.annotations;
  const restart = `spec[0].template[0].metadata[0].annotations["${RESTARTED_AT}"]`;
  return { ignoreChanges: [...others, ...(isOwn ? [] : [restart])] };
}
