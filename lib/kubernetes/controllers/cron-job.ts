import type { ControllerKind } from './controller-kind';
import { updatableTemplate } from '../pod/template';
import { jobPodProps, jobSpec, runProblems, type RunProps } from './job-spec';

/** Pods that run to completion on a schedule. A run is skipped while the one before it lasts. */
export interface CronJobController extends RunProps {
  readonly kind: 'cron-job';
  /** A cron expression: `0 3 * * *`. */
  readonly schedule: string;
  /** @default 'Etc/UTC' */
  readonly timeZone?: string;
}

const DEADLINE_SECONDS = 3600;
/** A run that could not start by then is skipped: after 100 of them Kubernetes would start none again. */
const START_DEADLINE_SECONDS = 300;
/** Runs whose pods and logs are kept. */
const HISTORY_LIMITS = { successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 3 };
/**
 * 11 characters are appended for each run. Source: "CronJob",
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
const LONGEST_NAME = 52;
/** Five fields, or a name such as @hourly. The API server validates each field. */
const CRON = /^(@[a-z]+|\S+(\s+\S+){4})$/;

export const cronJob: ControllerKind<CronJobController, 'kubernetes_cron_job_v1'> = {
  type: 'kubernetes_cron_job_v1',
  pods: 'to-completion',
  longestName: LONGEST_NAME,
  podProps: jobPodProps,
  config: (
    { schedule, timeZone = 'Etc/UTC', deadlineSeconds = DEADLINE_SECONDS, retries },
    { metadata, template },
  ) => ({
    metadata,
    spec: {
      schedule,
      timezone: timeZone,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: START_DEADLINE_SECONDS,
      ...HISTORY_LIMITS,
      jobTemplate: {
        metadata: { labels: metadata.labels },
        spec: jobSpec({ deadlineSeconds, retries }, updatableTemplate(template)),
      },
    },
  }),
  problems: (controller) => [
    !CRON.test(controller.schedule) &&
      `schedule '${controller.schedule}' is not a cron expression: write minute, hour, day, month and weekday, such as '0 3 * * *'`,
    ...runProblems(controller),
  ],
};
