import { anyText, object, oneOf, optional } from '../../core/shape';
import { contentHash } from './content-hash';
import type { ControllerKind } from './controller-kind';
import { jobPodProps, jobSpec, RUN_PROPS, runProblems, type RunProps } from './job-spec';

/**
 * Pods that run once, to completion, while Terraform waits: what depends on the job is created or updated after it has
 * succeeded, and a run that failed fails the apply. The next apply runs it again.
 *
 * It runs again whenever its pods change, which the image's version and `configHash` are part of. Never give it a TTL, nor
 * delete it: the next apply would run it again, and while Terraform waits a deleted job counts as one that succeeded.
 */
export interface JobController extends RunProps {
  readonly kind: 'job';
  /**
   * Another text runs it again though nothing else has changed: a ticket's number, a date.
   * @default none
   */
  readonly runId?: string;
}

export const JOB_CONTROLLER = object<JobController>({
  ...RUN_PROPS.shapes,
  kind: oneOf('job'),
  runId: optional(anyText),
});

const DEADLINE_SECONDS = 600;
/** Until the pod is scheduled, and until the job's status follows the pod's. */
const MARGIN_SECONDS = 60;
/** The hash of its pods follows the name. */
const LONGEST_NAME = 63 - '-01234567'.length;

export const job: ControllerKind<JobController, 'kubernetes_job_v1'> = {
  type: 'kubernetes_job_v1',
  pods: 'to-completion',
  afterNetworkPolicy: true,
  longestName: LONGEST_NAME,
  podProps: jobPodProps,
  config: ({ deadlineSeconds = DEADLINE_SECONDS, retries, runId }, { metadata, template }) => {
    const graceSeconds = template.spec?.terminationGracePeriodSeconds ?? 0;
    const timeout = `${deadlineSeconds + graceSeconds + MARGIN_SECONDS}s`;
    return {
      // A job's pods cannot be changed. The provider replaces it for some of their attributes; for the others, such as labels,
      // annotations and volumes, it would report an update in place, change nothing, and plan the same again.
      metadata: {
        ...metadata,
        name: `${metadata.name}-${contentHash(runId === undefined ? template : [template, runId])}`,
      },
      spec: jobSpec({ deadlineSeconds, retries }, template),
      waitForCompletion: true,
      // The provider's own timeout is one minute.
      timeouts: { create: timeout, update: timeout, delete: timeout },
    };
  },
  problems: runProblems,
};
