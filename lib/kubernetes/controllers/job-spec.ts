import type { Problem } from '../../core/check';
import { integer, object, optional } from '../../core/shape';
import type { PodProps, PodTemplate } from '../pod/template';
import { wholeNumberProblem } from '../whole-number';

/** How pods that run to completion are bounded. */
export interface RunProps {
  /**
   * A run that takes longer, its retries included, is terminated and has failed.
   * @default 600 of a job, 3600 of a cron-job
   */
  readonly deadlineSeconds?: number;
  /**
   * How often a pod that failed is replaced before the run has failed.
   * @default 0
   */
  readonly retries?: number;
}

export const RUN_PROPS = object<RunProps>({ deadlineSeconds: optional(integer), retries: optional(integer) });

/** The `spec` of a job, or of those that a cron job creates. */
export function jobSpec({ deadlineSeconds, retries = 0 }: RunProps, template: PodTemplate) {
  return { activeDeadlineSeconds: deadlineSeconds, backoffLimit: retries, template };
}

/** With `Never`, a pod that failed is kept for its logs. A single pod has nothing to spread. */
export function jobPodProps(pod: PodProps): PodProps {
  return { ...pod, restart: pod.restart ?? 'Never', topologySpread: pod.topologySpread ?? 'none' };
}

export function runProblems({ deadlineSeconds, retries }: RunProps): readonly Problem[] {
  return [wholeNumberProblem('deadlineSeconds', deadlineSeconds, 1), wholeNumberProblem('retries', retries, 0)];
}
