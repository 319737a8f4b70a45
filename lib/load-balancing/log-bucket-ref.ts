import type { ITerraformDependable } from 'cdktf';
import { REGION } from '../core/aws-context';
import type { Problem } from '../core/check';
import { DEPENDABLES } from '../core/depends-on';
import { anyText, list, object, oneOf, optional, ref, text, union } from '../core/shape';

/** A bucket for load balancer logs: an `AccessLogBucket`, or an existing one as a plain object. */
export interface LogBucketRef {
  readonly bucketName: string;
  /**
   * The bucket's default encryption.
   * @default 's3'
   */
  readonly encryption?: 's3' | 'kms';
  /** @default the stack's region */
  readonly region?: string;
  /**
   * What must exist before a load balancer writes to the bucket, and be destroyed after it: the bucket policy.
   * @default none: an existing bucket already has its policy
   */
  readonly ready?: readonly ITerraformDependable[];
}

/** Log types of a load balancer: requests, TLS connections, results of health checks. */
export type LogRecords = 'access' | 'connection' | 'health-check';

export type LoadBalancerLogs =
  | {
      readonly kind: 'bucket';
      readonly bucket: LogBucketRef;
      /** @default only 'access' */
      readonly records?: readonly LogRecords[];
    }
  | {
      readonly kind: 'off';
      /** Why no logs are needed; recorded in the stack for reviewers. */
      readonly reason: string;
    };

const LOG_BUCKET = ref<LogBucketRef>('a bucket, such as new AccessLogBucket(...)', {
  bucketName: text('the name of a bucket, such as example-logs', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  encryption: optional(oneOf('s3', 'kms')),
  region: optional(text('an AWS region, such as eu-west-1', REGION)),
  ready: optional(DEPENDABLES),
});

type LogsOf<K extends LoadBalancerLogs['kind']> = Extract<LoadBalancerLogs, { readonly kind: K }>;

export const LOAD_BALANCER_LOGS = union<LoadBalancerLogs, 'kind'>('kind', {
  bucket: object<LogsOf<'bucket'>>({
    kind: oneOf('bucket'),
    bucket: LOG_BUCKET,
    records: optional(list(oneOf('access', 'connection', 'health-check'))),
  }),
  off: object<LogsOf<'off'>>({ kind: oneOf('off'), reason: anyText }),
});

export function logProblems(logs: LoadBalancerLogs, region: string): readonly Problem[] {
  if (logs.kind === 'off') return [logs.reason.trim() === '' && 'logs.reason is required when logs are off'];
  const { bucket, records } = logs;
  return [
    records?.length === 0 &&
      "logs.records is empty: list at least one, omit it for 'access', or use { kind: 'off', reason }",
    bucket.encryption === 'kms' &&
      `logs go to ${bucket.bucketName}, whose encryption is 'kms': load balancers write only to buckets with SSE-S3; use a separate bucket`,
    bucket.region !== undefined &&
      bucket.region !== region &&
      `logs go to ${bucket.bucketName} in ${bucket.region}: the bucket must be in the load balancer's region, ${region}`,
  ];
}
