import { PullThroughCache, type PullThroughCacheProps, type Upstream } from '../../../lib/registry/pull-through';
import { refusal, synthStack } from '../../support/stack';

const credentialsSecretArn =
  'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/docker-hub-AbCdEf';

const cache = (props: PullThroughCacheProps, tags?: Record<string, string>) =>
  synthStack((stack) => new PullThroughCache(stack, 'cache', props), { tags });
const refused = (props: PullThroughCacheProps) => refusal((stack) => new PullThroughCache(stack, 'cache', props));

test.each<{ upstream: Upstream; url: string }>([
  { upstream: { kind: 'docker-hub', credentialsSecretArn }, url: 'registry-1.docker.io' },
  { upstream: { kind: 'github', credentialsSecretArn }, url: 'ghcr.io' },
  { upstream: { kind: 'quay' }, url: 'quay.io' },
  { upstream: { kind: 'kubernetes' }, url: 'registry.k8s.io' },
  { upstream: { kind: 'ecr-public' }, url: 'public.ecr.aws' },
])('$upstream.kind is at $url', ({ upstream, url }) => {
  const { attributes } = cache({ upstream }).getResource('aws_ecr_pull_through_cache_rule');
  expect(attributes).toMatchObject({ ecr_repository_prefix: upstream.kind, upstream_registry_url: url });
  expect(attributes['credential_arn']).toBe('credentialsSecretArn' in upstream ? credentialsSecretArn : undefined);
});

test('the template exists before the first pull and sets encryption, tags and lifecycle of new repositories', () => {
  const stack = cache({ upstream: { kind: 'quay' } }, { team: 'platform' });
  const template = stack.getResource('aws_ecr_repository_creation_template');
  expect(template.attributes).toMatchObject({
    prefix: 'quay',
    applied_for: ['PULL_THROUGH_CACHE'],
    image_tag_mutability: 'MUTABLE',
    encryption_configuration: [{ encryption_type: 'KMS' }],
    resource_tags: { team: 'platform' },
  });
  expect(JSON.parse(template.attributes['lifecycle_policy']).rules).toHaveLength(1);
  expect(stack.isAfter(stack.getResource('aws_ecr_pull_through_cache_rule'), template)).toBe(true);
  expect(stack.isAfter(template, stack.getResource('aws_iam_role_policy'))).toBe(true);
});

test('ECR may create repositories under the prefix only, with the given key', () => {
  const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/1';
  const stack = cache({ upstream: { kind: 'quay' }, kmsKeyArn });
  expect(JSON.parse(stack.getResource('aws_iam_role_policy').attributes['policy']).Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['ecr:CreateRepository', 'ecr:ReplicateImage', 'ecr:TagResource'],
      Resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/quay/*',
    },
    {
      Effect: 'Allow',
      Action: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:RetireGrant'],
      Resource: kmsKeyArn,
      Condition: { StringEquals: { 'kms:ViaService': 'ecr.eu-west-1.amazonaws.com' } },
    },
  ]);
});

test('immutableTags and pullAccounts', () => {
  const { attributes } = cache({
    upstream: { kind: 'kubernetes' },
    immutableTags: true,
    pullAccounts: ['111111111111'],
  }).getResource('aws_ecr_repository_creation_template');
  expect(attributes['image_tag_mutability']).toBe('IMMUTABLE');
  expect(JSON.parse(attributes['repository_policy']).Statement[0].Principal).toEqual({
    AWS: 'arn:aws:iam::111111111111:root',
  });
});

test('pullStatements include the first pull', () => {
  synthStack((stack) => {
    const quay = new PullThroughCache(stack, 'quay', { upstream: { kind: 'quay' }, prefix: 'mirror/quay' });
    expect(quay.url).toBe('123456789012.dkr.ecr.eu-west-1.amazonaws.com/mirror/quay');
    expect(quay.pullStatements.at(-1)).toEqual({
      actions: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository', 'ecr:TagResource'],
      resources: ['arn:aws:ecr:eu-west-1:123456789012:repository/mirror/quay/*'],
    });
  });
});

test.each<{ props: PullThroughCacheProps; problem: string }>([
  {
    props: { upstream: { kind: 'quay' }, prefix: 'q' },
    problem: "prefix 'q' is not valid: use 2 to 30 lowercase letters and digits, with single . _ - / between them",
  },
  {
    props: { upstream: { kind: 'quay' }, prefix: 'q'.repeat(31) },
    problem: `prefix '${'q'.repeat(31)}' is not valid: use 2 to 30 lowercase letters and digits, with single . _ - / between them`,
  },
  {
    props: { upstream: { kind: 'docker-hub', credentialsSecretArn: 'docker' } },
    problem: "credentialsSecretArn 'docker' is not a valid Secrets Manager ARN: give the full ARN of the secret",
  },
  {
    props: {
      upstream: {
        kind: 'docker-hub',
        credentialsSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:docker-AbCdEf',
      },
    },
    problem:
      "credentialsSecretArn refers to secret 'docker-AbCdEf', but ECR requires the prefix ecr-pullthroughcache/: create a secret whose name begins with it",
  },
  {
    props: {
      upstream: { kind: 'github', credentialsSecretArn: credentialsSecretArn.replace('eu-west-1', 'eu-west-3') },
    },
    problem:
      'credentialsSecretArn is in account 123456789012, eu-west-3, but the cache is in account 123456789012, eu-west-1: create the secret there',
  },
  {
    props: { upstream: { kind: 'quay' }, pullAccounts: ['12'] },
    problem: "pullAccounts has '12', which is not a valid account id: use twelve digits",
  },
])('$problem', ({ props, problem }) => {
  expect(refused(props)).toBe(`test/cache: ${problem}`);
});
