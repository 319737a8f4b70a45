import type { Problem } from './check';
/** An intrusion is often found months later. */
export const LOG_RETENTION_DAYS = 365;

/** Source: PutRetentionPolicy, CloudWatch Logs API Reference. */
const RETENTIONS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Says what is wrong with the number of days that a log group is to keep its events. */
export function logRetentionProblem(prop: string, days: number): Problem {
  return (
    !RETENTIONS.includes(days) &&
    `${prop} ${days} is not offered by CloudWatch Logs: take one of ${RETENTIONS.join(', ')}`
  );
}
