import type { AwsStack } from '../../../lib/core/aws-stack';
import { PullThroughCache } from '../../../lib/registry/pull-through';
import { RegistryPolicy } from '../../../lib/registry/registry-policy';
import { refusal, synthStack } from '../../support/stack';

const cache = (stack: AwsStack, kind: 'quay' | 'kubernetes', pullAccounts?: readonly string[]) =>
  new PullThroughCache(stack, kind, { upstream: { kind }, pullAccounts });

test('other accounts may import through the caches that they may pull from, in any order', () => {
  const policies = [false, true].map(
    (reversed) =>
      synthStack((stack) => {
        const quay = cache(stack, 'quay', ['222222222222', '111111111111']);
        const caches = [quay, cache(stack, 'kubernetes', ['111111111111'])];
        new RegistryPolicy(stack, 'policy', { pullThroughCaches: reversed ? caches.toReversed() : caches });
      }).getResource('aws_ecr_registry_policy').attributes['policy'],
  );
  expect(policies[1]).toBe(policies[0]);
  expect(JSON.parse(policies[0]).Statement).toEqual([
    {
      Sid: 'ImportThroughKubernetes',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
      Resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/kubernetes/*',
    },
    {
      Sid: 'ImportThroughQuay',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::222222222222:root'] },
      Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
      Resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/quay/*',
    },
  ]);
});

test('without other accounts it would allow nothing', () => {
  expect(refusal((stack) => new RegistryPolicy(stack, 'policy', { pullThroughCaches: [cache(stack, 'quay')] }))).toBe(
    'test/policy: pullThroughCaches has no cache with pullAccounts, so nothing would be allowed: set pullAccounts on one of them, or remove the policy',
  );
});

test('a registry has one policy', () => {
  expect(
    refusal((stack) => {
      const pullThroughCaches = [cache(stack, 'quay', ['111111111111'])];
      new RegistryPolicy(stack, 'first', { pullThroughCaches });
      new RegistryPolicy(stack, 'second', { pullThroughCaches });
    }),
  ).toBe(
    'test/second: the registry policy of account 123456789012 in eu-west-1 is already declared by test/first: keep only one of them',
  );
});
