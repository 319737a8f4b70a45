import { AutoScalingNodeGroup } from '../../../lib/cluster/auto-scaling-node-group';
import type { VolumeAccess } from '../../../lib/cluster/cluster-ref';
import { EksAddOn } from '../../../lib/cluster/eks-add-on';
import type { EksAddOnProps } from '../../../lib/cluster/eks-add-on-props';
import { EKS_ADD_ON_VERSIONS } from '../../../lib/versions';
import { existingCluster, existingVpc } from '../../support/cluster';
import { refusal, synthStack } from '../../support/stack';

const driver = (volumeAccess?: VolumeAccess, props: Partial<EksAddOnProps> = {}): EksAddOnProps => ({
  cluster: existingCluster({ volumeAccess }),
  name: 'aws-ebs-csi-driver',
  after: [],
  ...props,
});

test.each<{ access?: VolumeAccess; policy: string; tags?: object }>([
  { policy: 'AmazonEBSCSIDriverPolicyV2' },
  { access: 'account', policy: 'AmazonEBSCSIDriverPolicyV2' },
  {
    access: 'cluster',
    policy: 'AmazonEBSCSIDriverEKSClusterScopedPolicy',
    tags: { 'eks-cluster-name': 'legacy' },
  },
])('volumeAccess $access: the role has $policy and the tags $tags', ({ access, policy, tags }) => {
  const stack = synthStack((scope) => new EksAddOn(scope, 'driver', driver(access)));
  expect(stack.ofType('aws_iam_role_policy_attachment').map(({ attributes }) => attributes['policy_arn'])).toEqual([
    `arn:aws:iam::aws:policy/${policy}`,
  ]);
  expect(stack.getResource('aws_iam_role').attributes['tags']).toEqual(tags);
});

test('self-managed instances are tagged by their group, so that no node is replaced', () => {
  const [account, cluster] = (['account', 'cluster'] as const).map((volumeAccess) => {
    const stack = synthStack(
      (scope) =>
        new AutoScalingNodeGroup(scope, 'apps', {
          cluster: existingCluster({ volumeAccess }),
          subnets: existingVpc().privateSubnets,
          name: 'apps',
          architecture: 'arm64',
          instanceTypes: ['m7g.large'],
          minSize: 1,
          maxSize: 3,
        }),
    );
    return {
      template: stack.getResource('aws_launch_template').attributes,
      tags: stack.getResource('aws_autoscaling_group', 'apps/group-eu-west-1a').attributes['tag'] as object[],
    };
  });
  const tag = { key: 'ebs.csi.aws.com/cluster-name', value: 'legacy', propagate_at_launch: true };
  expect(cluster!.tags).toEqual(expect.arrayContaining([tag]));
  expect(
    cluster!.tags.filter((one) => !account!.tags.some((other) => JSON.stringify(one) === JSON.stringify(other))),
  ).toEqual([tag]);
  expect(cluster!.template).toEqual(account!.template);
});

test('a driver that does not tag volumes with the cluster is rejected', () => {
  expect(refusal((scope) => new EksAddOn(scope, 'driver', driver('cluster', { version: 'v1.57.1-eksbuild.1' })))).toBe(
    "test/driver: volumeAccess is 'cluster', but version v1.57.1-eksbuild.1 of aws-ebs-csi-driver does not tag volumes with the cluster's name: use v1.58.0 or later, or set volumeAccess to 'account'",
  );
  synthStack((scope) => new EksAddOn(scope, 'driver', driver('account', { version: 'v1.57.1-eksbuild.1' })));
});

test.each(Object.entries(EKS_ADD_ON_VERSIONS))('the pinned driver of %s tags them', (kubernetesVersion) => {
  const cluster = existingCluster({ kubernetesVersion, volumeAccess: 'cluster' });
  const stack = synthStack((scope) => new EksAddOn(scope, 'driver', driver('cluster', { cluster })));
  expect(stack.ofType('aws_eks_addon')).toHaveLength(1);
});
