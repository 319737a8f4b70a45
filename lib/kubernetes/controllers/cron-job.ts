import type { ControllerKind } from './controller-kind';
import { object, oneOf, optional, text } from '../../core/shape';
import { updatableTemplate } from '../pod/template';
import { scheduleProblem } from './cron-schedule';
import { jobPodProps, jobSpec, RUN_PROPS, runProblems, type RunProps } from './job-spec';
import { timeZoneProblem, UTC } from './time-zone';

/** Pods that run to completion on a schedule. A run is skipped while the one before it lasts. */
export interface CronJobController extends RunProps {
  readonly kind: 'cron-job';
  /** A cron expression: `0 3 * * *`. */
  readonly schedule: string;
  /** @default 'Etc/UTC' */
  readonly timeZone?: string;
}

export const CRON_JOB_CONTROLLER = object<CronJobController>({
  ...RUN_PROPS.shapes,
  kind: oneOf('cron-job'),
  schedule: text("a cron expression, such as '0 3 * * *'"),
  timeZone: optional(text("a time zone, such as 'Europe/Berlin'")),
});

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

export const cronJob: ControllerKind<CronJobController, 'kubernetes_cron_job_v1'> = {
  type: 'kubernetes_cron_job_v1',
  pods: 'to-completion',
  longestName: LONGEST_NAME,
  podProps: jobPodProps,
  config: ({ schedule, timeZone = UTC, deadlineSeconds = DEADLINE_SECONDS, retries }, { metadata, template }) => ({
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
    scheduleProblem('schedule', controller.schedule),
    controller.timeZone !== undefined && timeZoneProblem('timeZone', controller.timeZone),
    ...runProblems(controller),
  ],
};
