import type { ClusterRef } from '../../../lib/cluster/cluster-ref';
import { NodeRole } from '../../../lib/cluster/node-role';
import { existingCluster } from '../../support/cluster';
import { synthStack } from '../../support/stack';

const nodeRole = (overrides: Partial<ClusterRef> = {}) =>
  synthStack((stack) => new NodeRole(stack, 'nodes', { cluster: existingCluster(overrides), name: 'apps' }));

test('nodes may import images through the caches, in any order, and only there', () => {
  const caches = [
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com/quay',
    // The registry of a shared account.
    '210987654321.dkr.ecr.eu-west-1.amazonaws.com/docker-hub',
  ];
  const policies = [caches, caches.toReversed()].map(
    (pullThroughCaches) => nodeRole({ pullThroughCaches }).getResource('aws_iam_role_policy').attributes['policy'],
  );
  expect(policies[1]).toBe(policies[0]);
  expect(JSON.parse(policies[0]).Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository', 'ecr:TagResource'],
      Resource: [
        'arn:aws:ecr:eu-west-1:123456789012:repository/quay/*',
        'arn:aws:ecr:eu-west-1:210987654321:repository/docker-hub/*',
      ],
    },
  ]);
});

test('without caches they only pull', () => {
  expect(nodeRole().ofType('aws_iam_role_policy')).toEqual([]);
});
