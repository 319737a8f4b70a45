import { AccessLogBucket, type AccessLogBucketProps } from '../../../lib/load-balancing/access-logs';
import { refusal, synthStack } from '../../support/stack';

function bucketIn(region: string, props: Partial<AccessLogBucketProps> = {}) {
  return synthStack((stack) => void new AccessLogBucket(stack, 'logs', { name: 'logs', ...props }), { region });
}

function statements(region: string): Record<string, unknown>[] {
  const { policy } = bucketIn(region).getResource('aws_s3_bucket_policy').attributes;
  return (JSON.parse(policy) as { Statement: Record<string, unknown>[] }).Statement;
}

test('is private, versioned, encrypted with SSE-S3, and expires logs', () => {
  const stack = bucketIn('eu-west-1');
  expect(stack.getResource('aws_s3_bucket').attributes).toMatchObject({ bucket: 'logs', force_destroy: false });
  expect(stack.getResource('aws_s3_bucket_server_side_encryption_configuration').attributes['rule']).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
  ]);
  expect(stack.getResource('aws_s3_bucket_public_access_block').attributes).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(stack.getResource('aws_s3_bucket_lifecycle_configuration').attributes['rule']).toMatchObject([
    { status: 'Enabled', expiration: [{ days: 90 }], noncurrent_version_expiration: [{ noncurrent_days: 1 }] },
  ]);
});

test.each([
  { region: 'eu-west-1', principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' } },
  { region: 'us-east-1', principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' } },
  { region: 'us-gov-west-1', principal: { AWS: 'arn:aws-us-gov:iam::048591011584:root' } },
  { region: 'cn-north-1', principal: { AWS: 'arn:aws-cn:iam::638102146993:root' } },
])('in $region $principal may write, below its own account', ({ region, principal }) => {
  expect(statements(region)[0]).toMatchObject({
    Effect: 'Allow',
    Principal: principal,
    Action: 's3:PutObject',
    Resource: expect.stringMatching(/\/AWSLogs\/123456789012\/\*$/),
  });
});

test('denies requests without TLS', () => {
  expect(statements('eu-west-1')[1]).toMatchObject({
    Effect: 'Deny',
    Action: 's3:*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
});

test.each<{ props: Partial<AccessLogBucketProps>; problem: string }>([
  {
    props: { name: 'x'.repeat(64) },
    problem: `name '${'x'.repeat(64)}' has 64 characters, AWS allows at most 63: shorten it`,
  },
  {
    props: { name: 'Logs.example' },
    problem:
      "name 'Logs.example' must consist of 3 or more lowercase letters, digits and inner hyphens, without a prefix or suffix that S3 reserves",
  },
  { props: { retentionDays: 0 }, problem: 'retentionDays must be a whole number of at least 1, got 0' },
])('rejects: $problem', ({ props, problem }) => {
  expect(refusal((stack) => void new AccessLogBucket(stack, 'logs', { name: 'logs', ...props }))).toBe(
    `test/logs: ${problem}`,
  );
});
