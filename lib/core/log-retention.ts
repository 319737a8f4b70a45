import type { Problem } from './check';

/** Intrusions are often detected months later. */
export const LOG_RETENTION_DAYS = 365;

/** Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTIONS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Validates the retention of a log group. */
export function logRetentionProblem(prop: string, days: number): Problem {
  return (
    !RETENTIONS.includes(days) &&
    `${prop} ${days} is not supported by CloudWatch Logs: use one of ${RETENTIONS.join(', ')}`
  );
}
