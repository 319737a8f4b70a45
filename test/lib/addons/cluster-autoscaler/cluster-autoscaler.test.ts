import { Token } from 'cdktf';
import {
  clusterAutoscaler,
  type ClusterAutoscalerProps,
} from '../../../../lib/addons/cluster-autoscaler/cluster-autoscaler';
import { CLUSTER_AUTOSCALER_IMAGES, KUBERNETES_VERSIONS } from '../../../../lib/versions';
import { describeAddOn } from '../../../support/add-on-contract';
import { existingCluster } from '../../../support/cluster';
import { install, type PlatformOverrides } from '../../../support/platform';
import { refusal, synthStack } from '../../../support/stack';

describeAddOn('clusterAutoscaler', () => clusterAutoscaler());

const synth = (props?: ClusterAutoscalerProps, platform?: PlatformOverrides) =>
  synthStack((stack) => install(stack, [clusterAutoscaler(props)], platform));

function container(props?: ClusterAutoscalerProps, platform?: PlatformOverrides) {
  return synth(props, platform).getResource('kubernetes_deployment_v1').attributes['spec'].template.spec.container[0];
}

test('the image matches the minor version of the cluster', () => {
  for (const kubernetesVersion of KUBERNETES_VERSIONS) {
    const { image } = container({}, { cluster: existingCluster({ kubernetesVersion }) });
    expect(image).toBe(CLUSTER_AUTOSCALER_IMAGES[kubernetesVersion]);
    expect(image).toContain(`:v${kubernetesVersion}.`);
  }
});

test.each([
  { props: {}, flag: '--expander=least-waste' },
  { props: {}, flag: '--balance-similar-node-groups=true' },
  { props: {}, flag: '--skip-nodes-with-system-pods=false' },
  { props: {}, flag: '--leader-elect=true' },
  {
    props: {},
    flag: '--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/production',
  },
  { props: {}, flag: '--scale-down-unneeded-time=10m' },
  { props: { scaleDownAfterMinutes: 30 }, flag: '--scale-down-unneeded-time=30m' },
  { props: { scaleDownBelowPercent: 65 }, flag: '--scale-down-utilization-threshold=0.65' },
])('$props passes $flag', ({ props, flag }) => {
  expect(container(props).args).toContain(flag);
});

test.each([
  { replicas: 1, expected: '1' },
  { replicas: 3, expected: '2' },
])('a profile with $replicas replicas runs $expected', ({ replicas, expected }) => {
  const profile = {
    name: 'p',
    replicas,
    toleratedNodeLosses: 0,
    deletionProtection: false,
    prefixDelegation: false,
  };
  expect(synth({}, { profile }).getResource('kubernetes_deployment_v1').attributes['spec'].replicas).toBe(expected);
});

test('it changes only groups with the tag of its cluster; other actions only read', () => {
  const { policy } = synth().getResource('aws_iam_role_policy').attributes;
  const { Statement } = JSON.parse(policy) as { Statement: Record<string, unknown>[] };
  expect(Statement[0]).toEqual({
    Effect: 'Allow',
    Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
    Resource: 'arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:*:autoScalingGroupName/*',
    Condition: { StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/production': 'owned' } },
  });
  const others = Statement.slice(1).flatMap(({ Action }) => Action);
  expect(others.filter((action) => !/:(Describe|Get)/.test(String(action)))).toEqual([]);
});

test('its pods start after the role association, which does not apply to running pods', () => {
  const stack = synth();
  const association = stack.getResource('aws_eks_pod_identity_association');
  expect(stack.isAfter(stack.getResource('kubernetes_deployment_v1'), association)).toBe(true);
  expect(association.attributes).toMatchObject({
    cluster_name: 'production',
    namespace: 'kube-system',
    service_account: 'cluster-autoscaler',
  });
  expect(stack.getResource('kubernetes_service_account_v1').attributes['metadata']).toMatchObject({
    name: 'cluster-autoscaler',
    namespace: 'kube-system',
  });
});

test('it can only update its own lease', () => {
  const { rule } = synth().getResource('kubernetes_role_v1').attributes;
  expect(rule.filter(({ resources }: { resources: string[] }) => resources.includes('leases'))).toEqual([
    { api_groups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
    {
      api_groups: ['coordination.k8s.io'],
      resources: ['leases'],
      resource_names: ['cluster-autoscaler'],
      verbs: ['get', 'update'],
    },
  ]);
});

test.each<{ options: string; problems: readonly string[] }>([
  {
    options: '{"scaleDownAfterMinutes":0,"scaleDownBelowPercent":0.5}',
    problems: [
      'scaleDownAfterMinutes must be a whole number of at least 1, got 0',
      'scaleDownBelowPercent must be a percentage from 1 to 100, got 0.5',
    ],
  },
  {
    options: '{"scaleDownAfterMinutes":"10m","scaleDownBelowPercent":101}',
    problems: [
      "scaleDownAfterMinutes must be a whole number of at least 1, got '10m'",
      'scaleDownBelowPercent must be a percentage from 1 to 100, got 101',
    ],
  },
  {
    options: '{"scaleDownBelow":50,"resources":{"cpu":"100m"}}',
    problems: [
      "unknown property 'scaleDownBelow': did you mean 'scaleDownBelowPercent'?",
      'resources.memory is required, such as 128Mi',
    ],
  },
  {
    options: '{"resources":null}',
    problems: ['resources must be requests, such as { cpu, memory }, got null'],
  },
])('options $options are rejected when they are given', ({ options, problems }) => {
  const [problem, ...others] = problems;
  expect(() => clusterAutoscaler(JSON.parse(options) as ClusterAutoscalerProps)).toThrow(
    others.length === 0
      ? `clusterAutoscaler: ${problem}`
      : `clusterAutoscaler: ${problems.length} problems\n  - ${problems.join('\n  - ')}`,
  );
});

test('a number that is known only after apply is part of the arguments, unless it is divided', () => {
  const token = Token.asNumber({ resolve: () => '${var.number}' });
  expect(container({ scaleDownAfterMinutes: token }).args).toContain('--scale-down-unneeded-time=${var.number}m');
  expect(() => clusterAutoscaler({ scaleDownBelowPercent: token })).toThrow(
    'clusterAutoscaler: scaleDownBelowPercent is known only after apply: pass a literal number',
  );
});

test('a minor version without a pinned autoscaler is rejected', () => {
  const cluster = existingCluster({ kubernetesVersion: '1.29' });
  expect(refusal((stack) => install(stack, [clusterAutoscaler()], { cluster }))).toBe(
    "test/cluster-autoscaler/autoscaler: no cluster autoscaler version is pinned for Kubernetes 1.29 of cluster 'legacy': use one of 1.34, 1.35, 1.36, or remove the add-on",
  );
});
