import type { ITerraformDependable } from 'cdktf';
import type { Problem } from '../core/check';

/** A bucket for load balancer logs: an `AccessLogBucket`, or an existing one as a plain object. */
export interface LogBucketRef {
  readonly bucketName: string;
  /**
   * The bucket's default encryption.
   * @default 's3'
   */
  readonly encryption?: 's3' | 'kms';
  /**
   * @default the stack's region
   */
  readonly region?: string;
  /**
   * What must exist before a load balancer may write to the bucket, and must outlive it: the bucket's policy.
   * @default nothing: an existing bucket has its policy already
   */
  readonly ready?: readonly ITerraformDependable[];
}

/** What the load balancer keeps a record of: requests, TLS connections, results of health checks. */
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
      /** Why nobody will miss them; shown to whoever reviews the stack. */
      readonly reason: string;
    };

/** What is wrong with where the logs shall go. */
export function logProblems(logs: LoadBalancerLogs, region: string): readonly Problem[] {
  if (logs.kind === 'off') return [logs.reason.trim() === '' && 'logs are off without a reason: give one'];
  const { bucket } = logs;
  return [
    bucket.encryption === 'kms' &&
      `logs go to ${bucket.bucketName}, which is encrypted with a KMS key: load balancers write to buckets with SSE-S3 only, so give them one of their own`,
    bucket.region !== undefined &&
      bucket.region !== region &&
      `logs go to ${bucket.bucketName} in ${bucket.region}: the bucket must be in the load balancer's region, ${region}`,
  ];
}
