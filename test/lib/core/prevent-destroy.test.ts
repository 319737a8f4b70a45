import { AccessLogBucket } from '../../../lib/load-balancing/access-logs';
import { ApplicationLoadBalancer } from '../../../lib/load-balancing/application-load-balancer';
import { WebAcl } from '../../../lib/load-balancing/web-acl';
import { HostedZone } from '../../../lib/dns/hosted-zone';
import { EncryptionKey } from '../../../lib/iam/encryption-key';
import { Vpc } from '../../../lib/network/vpc';
import { ImageRepository } from '../../../lib/registry/image-repository';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { SharedStack } from '../../../lib/environment/shared-stack';
import { synthApp, type SynthesizedStack } from '../../../lib/testing/synthesized-stack';
import { props as loadBalancer } from '../load-balancing/fixtures';
import { synthStack } from '../../support/stack';

interface Protection {
  readonly deletionProtection?: boolean;
}

const VPC = { name: 'test', cidr: '10.20.0.0/16', zones: ['eu-west-1a'] };
const SIGNED = { zoneName: 'example.com', dnssec: 'signed' } as const;

const CONSTRUCTS: readonly [string, (stack: AwsStack, protection: Protection) => unknown, readonly string[]][] = [
  [
    'AccessLogBucket',
    (stack, given) => new AccessLogBucket(stack, 'it', { name: 'logs', ...given }),
    ['aws_s3_bucket'],
  ],
  [
    'ApplicationLoadBalancer',
    (stack, given) => new ApplicationLoadBalancer(stack, 'it', { ...loadBalancer, ...given }),
    ['aws_lb'],
  ],
  ['WebAcl', (stack, given) => new WebAcl(stack, 'it', { name: 'waf', ...given }), ['aws_cloudwatch_log_group']],
  [
    'HostedZone',
    (stack, given) => new HostedZone(stack, 'it', { ...SIGNED, ...given }),
    ['aws_kms_key', 'aws_route53_zone'],
  ],
  [
    'EncryptionKey',
    (stack, given) => new EncryptionKey(stack, 'it', { name: 'key', description: '', ...given }),
    ['aws_kms_key'],
  ],
  ['Vpc', (stack, given) => new Vpc(stack, 'it', { ...VPC, ...given }), ['aws_cloudwatch_log_group', 'aws_vpc']],
  [
    'ImageRepository',
    (stack, given) => new ImageRepository(stack, 'it', { name: 'shop', ...given }),
    ['aws_ecr_repository'],
  ],
];

function prevented(stack: SynthesizedStack): string[] {
  return stack.resources
    .filter(({ attributes }) => attributes['lifecycle']?.['prevent_destroy'] === true)
    .map(({ type }) => type)
    .sort();
}

test.each(CONSTRUCTS)('%s is protected unless deletionProtection is false', (_, add, types) => {
  const given = (protection: Protection) => prevented(synthStack((stack) => void add(stack, protection)));
  expect(given({})).toEqual(types);
  expect(given({ deletionProtection: false })).toEqual([]);
});

test.each<[string, (stack: AwsStack) => unknown]>([
  ['AccessLogBucket', (stack) => new AccessLogBucket(stack, 'it', { name: 'logs', forceDestroy: true })],
  ['HostedZone', (stack) => new HostedZone(stack, 'it', { ...SIGNED, forceDestroy: true })],
  ['ImageRepository', (stack) => new ImageRepository(stack, 'it', { name: 'shop', forceDelete: true })],
])('%s that may be deleted with its contents is not protected', (_, add) => {
  expect(prevented(synthStack((stack) => void add(stack)))).toEqual([]);
});

test('the shared stack passes it to its domain and repositories', () => {
  const shared = (protection: Protection) => {
    const stacks = synthApp((app) => {
      new SharedStack(app, 'shared', {
        account: '123456789012',
        region: 'eu-west-1',
        domain: 'example.com',
        dns: protection,
        repositories: [{ name: 'shop', ...protection }],
      });
    });
    return prevented(stacks.get('shared')!);
  };
  expect(shared({})).toEqual(['aws_ecr_repository', 'aws_route53_zone']);
  expect(shared({ deletionProtection: false })).toEqual([]);
});
