import { acknowledge, acknowledgements } from '../../../lib/core/acknowledge';
import { AutoScalingNodeGroup } from '../../../lib/cluster/auto-scaling-node-group';
import type { AutoScalingNodeGroupProps } from '../../../lib/cluster/auto-scaling-node-group-props';
import { NodeDraining } from '../../../lib/cluster/draining';
import { ManagedNodeGroup } from '../../../lib/cluster/managed-node-group';
import { NodeRole } from '../../../lib/cluster/node-role';
import type { SynthesizedStack } from '../../../lib/testing/synthesized-stack';
import { existingCluster, existingVpc } from '../../support/cluster';
import { refusal, synthStack } from '../../support/stack';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

const props = (overrides: Partial<AutoScalingNodeGroupProps> = {}): AutoScalingNodeGroupProps => ({
  cluster: existingCluster(),
  subnets: existingVpc(ZONES).privateSubnets,
  name: 'apps',
  architecture: 'arm64',
  instanceTypes: ['m7g.large', 'm6g.large'],
  minSize: 1,
  maxSize: 3,
  ...overrides,
});
const group = (overrides?: Partial<AutoScalingNodeGroupProps>, tags = {}) =>
  synthStack((stack) => new AutoScalingNodeGroup(stack, 'apps', props(overrides)), { tags });
const inZone = (stack: SynthesizedStack, zone = 'eu-west-1a') =>
  stack.getResource('aws_autoscaling_group', `apps/group-${zone}`).attributes;
const tagsOf = (stack: SynthesizedStack, propagated: boolean) =>
  Object.fromEntries(
    (inZone(stack)['tag'] as { key: string; value: string; propagate_at_launch: boolean }[])
      .filter((tag) => tag.propagate_at_launch === propagated)
      .map(({ key, value }) => [key, value]),
  );

test('one group per zone, each after the waiter of the previous one', () => {
  const stack = group();
  const groups = ZONES.map((zone) => stack.getResource('aws_autoscaling_group', `apps/group-${zone}`));
  const waiters = ZONES.map((zone) => stack.getResource('terraform_data', `apps/gate-${zone}`));
  expect(groups.map(({ attributes }) => [attributes['name'], attributes['vpc_zone_identifier']])).toEqual(
    ZONES.map((zone) => [`legacy-apps-${zone}`, [`subnet-private-${zone}`]]),
  );
  for (const [index, waiter] of waiters.entries()) {
    expect(waiter.attributes['depends_on']).toEqual([groups[index]!.address]);
    expect(groups[index]!.attributes['depends_on'].includes(waiters[index - 1]?.address)).toBe(index > 0);
  }
});

test('new nodes launch before old ones terminate', () => {
  expect(inZone(group())).toMatchObject({
    min_size: 1,
    max_size: 3,
    desired_capacity: 1,
    health_check_type: 'EC2',
    capacity_rebalance: false,
    suspended_processes: ['AZRebalance'],
    instance_maintenance_policy: { min_healthy_percentage: 100, max_healthy_percentage: 200 },
    instance_refresh: {
      strategy: 'Rolling',
      preferences: { min_healthy_percentage: 100, max_healthy_percentage: 200 },
    },
    lifecycle: { create_before_destroy: true, ignore_changes: ['desired_capacity'] },
  });
  const preferences = inZone(group())['instance_refresh'].preferences;
  expect(preferences).not.toHaveProperty('auto_rollback');
  expect(inZone(group())).not.toHaveProperty('target_group_arns');
});

test.each([
  { minSize: 0, most: 200 },
  { minSize: 2, most: 150 },
  { minSize: 3, most: 134 },
  { minSize: 10, most: 110 },
  // A tenth, which is more than one.
  { minSize: 30, most: 110 },
])('with $minSize nodes there is room for one more, or for a tenth: $most %', ({ minSize, most }) => {
  const policy = inZone(group({ minSize, maxSize: 40 }))['instance_maintenance_policy'];
  expect(policy['max_healthy_percentage']).toBe(most);
});

test.each([
  { sizes: { minSize: 1, maxSize: 40 }, seconds: '3600' },
  { sizes: { minSize: 30, maxSize: 40 }, seconds: '11400' },
  { sizes: { minSize: 30, maxSize: 40, maxHealthyPercent: 150 }, seconds: '3600' },
  { sizes: { minSize: 30, maxSize: 40, updateTimeoutMinutes: 90 }, seconds: '5400' },
])('a large group is given time for its batches: $sizes', ({ sizes, seconds }) => {
  const { attributes } = group(sizes).getResource('terraform_data', 'apps/gate-eu-west-1a');
  expect(attributes['provisioner'][0]['local-exec'].environment.timeout_seconds).toBe(seconds);
});

test('a fixed number of nodes is set by every apply', () => {
  const attributes = inZone(group({ minSize: 3, maxSize: 3 }));
  expect(attributes).toMatchObject({ min_size: 3, max_size: 3, desired_capacity: 3 });
  expect(attributes['lifecycle']).toEqual({ create_before_destroy: true });
});

test.each<{ capacity: AutoScalingNodeGroupProps['capacity']; base: number; percent: number; rebalance: boolean }>([
  { capacity: undefined, base: 0, percent: 100, rebalance: false },
  { capacity: { kind: 'on-demand' }, base: 0, percent: 100, rebalance: false },
  { capacity: { kind: 'spot' }, base: 0, percent: 0, rebalance: true },
  { capacity: { kind: 'mixed', onDemandBase: 1, onDemandPercent: 25 }, base: 1, percent: 25, rebalance: true },
  { capacity: { kind: 'mixed', onDemandPercent: 50 }, base: 0, percent: 50, rebalance: true },
])('capacity $capacity', ({ capacity, base, percent, rebalance }) => {
  const attributes = inZone(group({ capacity }));
  expect(attributes['capacity_rebalance']).toBe(rebalance);
  expect(attributes['mixed_instances_policy']).toMatchObject({
    instances_distribution: {
      on_demand_base_capacity: base,
      on_demand_percentage_above_base_capacity: percent,
      spot_allocation_strategy: 'price-capacity-optimized',
      on_demand_allocation_strategy: 'prioritized',
    },
    launch_template: { override: [{ instance_type: 'm7g.large' }, { instance_type: 'm6g.large' }] },
  });
});

test('the group references the latest version of its launch template by number', () => {
  const stack = group();
  const template = stack.getResource('aws_launch_template').address;
  expect(inZone(stack)['mixed_instances_policy'].launch_template.launch_template_specification).toEqual({
    launch_template_id: `\${${template}.id}`,
    version: `\${${template}.latest_version}`,
  });
});

test.each<Partial<AutoScalingNodeGroupProps>>([
  { instanceTypes: ['m7g.large', 'm8g.large'] },
  { capacity: { kind: 'spot' } },
  { capacity: { kind: 'mixed', onDemandPercent: 10 } },
  { labels: { pool: 'x' } },
  { cluster: existingCluster({ kubernetesVersion: '1.35' }) },
  { instanceTypes: Array.from({ length: 30 }, (_, size) => `m${size + 6}g.large`) },
])('what replaces nodes creates a new launch template version, which triggers the waiters: %j', (overrides) => {
  const template = (stack: SynthesizedStack) => {
    const { tag_specifications, image_id, user_data } = stack.getResource('aws_launch_template').attributes;
    return JSON.stringify({ tag_specifications, image_id, user_data });
  };
  expect(template(group(overrides))).not.toBe(template(group()));
});

test('the launch template joins the cluster, with the AMI of its version and its own instance profile', () => {
  const stack = group({ labels: { pool: 'apps' } });
  const { attributes } = stack.getResource('aws_launch_template');
  expect(attributes).toMatchObject({
    image_id: 'resolve:ssm:/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/arm64/standard/recommended/image_id',
    iam_instance_profile: { arn: `\${${stack.getResource('aws_iam_instance_profile').address}.arn}` },
    metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
  });
  expect(attributes['user_data']).toContain('--node-labels=pool=apps');
  expect(stack.getResource('aws_iam_instance_profile').attributes).toMatchObject({
    name: 'legacy-eu-west-1-apps',
    lifecycle: { create_before_destroy: true },
  });
});

test('pods reach the instance metadata only if configured, which is acknowledged', () => {
  synthStack((stack) => {
    const { launchTemplate } = new AutoScalingNodeGroup(stack, 'apps', props({ metadataHopLimit: 2 }));
    expect(launchTemplate.resource.metadataOptions.httpPutResponseHopLimitInput).toBe(2);
    expect(acknowledgements(launchTemplate.resource)).toEqual([
      { code: 'CKV_AWS_341', reason: 'metadataHopLimit: pods of this group may reach the instance metadata' },
    ]);
  });
});

test('the access entry exists before nodes start', () => {
  const stack = group();
  const entry = stack.getResource('aws_eks_access_entry');
  expect(entry.attributes['type']).toBe('EC2_LINUX');
  expect(inZone(stack)['depends_on']).toContain(entry.address);
});

test('tags propagate to the instances, and the autoscaler discovers the group', () => {
  const stack = group({ labels: { pool: 'apps' } }, { environment: 'test' });
  expect(tagsOf(stack, true)).toEqual({
    environment: 'test',
    Name: 'legacy-apps',
    'kubernetes.io/cluster/legacy': 'owned',
    'k8s.io/cluster-autoscaler/enabled': 'true',
    'k8s.io/cluster-autoscaler/legacy': 'owned',
  });
  expect(tagsOf(stack, false)).toEqual({
    'k8s.io/cluster-autoscaler/node-template/label/pool': 'apps',
    'k8s.io/cluster-autoscaler/node-template/label/topology.ebs.csi.aws.com/zone': 'eu-west-1a',
    'k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage': '50Gi',
  });
});

test('draining delays termination of an instance until its pods are evicted', () => {
  const cluster = existingCluster();
  const stack = synthStack((scope) => {
    const draining = new NodeDraining(scope, 'draining', { cluster });
    new AutoScalingNodeGroup(scope, 'apps', props({ cluster, draining }));
  });
  const hook = stack.getResource('aws_autoscaling_lifecycle_hook', 'apps/drain-eu-west-1b');
  expect(hook.attributes).toMatchObject({
    name: 'drain',
    lifecycle_transition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    heartbeat_timeout: 300,
    default_result: 'CONTINUE',
  });
  expect(tagsOf(stack, true)).toMatchObject({
    'aws-node-termination-handler/managed': 'true',
    'aws-node-termination-handler/legacy': 'true',
  });
  expect(stack.getResource('terraform_data', 'apps/gate-eu-west-1b').attributes['depends_on']).toEqual([hook.address]);
});

test('the waiter polls its group, and synthesis needs no Terraform', () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '';
  try {
    const stack = group({ updateTimeoutMinutes: 30 });
    const template = stack.getResource('aws_launch_template').address;
    const { attributes } = stack.getResource('terraform_data', 'apps/gate-eu-west-1a');
    expect(attributes['triggers_replace']).toEqual([`\${${template}.latest_version}`]);
    expect(attributes['provisioner'][0]['local-exec']).toMatchObject({
      interpreter: ['/bin/sh', '-c'],
      environment: {
        group: `\${${stack.getResource('aws_autoscaling_group', 'apps/group-eu-west-1a').address}.name}`,
        region: 'eu-west-1',
        template_version: `\${${template}.latest_version}`,
        timeout_seconds: '1800',
        poll_seconds: '15',
      },
    });
  } finally {
    process.env['PATH'] = path;
  }
});

test('groups, and the dependency of resources that need nodes', () => {
  synthStack((stack) => {
    const { groups, ready } = new AutoScalingNodeGroup(stack, 'apps', props());
    expect(groups.map(({ zone }) => zone)).toEqual(ZONES);
    expect(ready).toEqual([groups[2]!.refreshWaiter]);
  });
});

const refused = (overrides: Partial<AutoScalingNodeGroupProps>) =>
  refusal((stack) => new AutoScalingNodeGroup(stack, 'apps', props(overrides)));
const fromJavaScript = (overrides: Record<string, unknown>) => overrides as Partial<AutoScalingNodeGroupProps>;

test.each<{ overrides: Partial<AutoScalingNodeGroupProps>; problem: string }>([
  {
    overrides: { maxHealthyPercent: 100 },
    problem:
      'minHealthyPercent and maxHealthyPercent are both 100: nodes can be neither added nor removed first; raise maxHealthyPercent',
  },
  { overrides: { maxHealthyPercent: 250 }, problem: 'maxHealthyPercent must be between 100 and 200, got 250' },
  {
    overrides: { minHealthyPercent: 50, maxHealthyPercent: 200 },
    problem: 'maxHealthyPercent (200) is more than 100 above minHealthyPercent (50): bring them closer',
  },
  {
    overrides: { minHealthyPercent: 101, maxHealthyPercent: 150 },
    problem: 'minHealthyPercent must be between 0 and 100, got 101',
  },
  {
    overrides: { capacity: { kind: 'mixed', onDemandPercent: 50 }, instanceTypes: ['m7g.large'] },
    problem:
      "instanceTypes has only m7g.large, and capacity is mixed: when AWS reclaims that type nothing else can be launched; list several of one size (if intended: acknowledge(scope, 'spot-single-type', 'the reason'))",
  },
  {
    overrides: { capacity: { kind: 'mixed', onDemandPercent: 101 } },
    problem: 'capacity.onDemandPercent must be between 0 and 100, got 101',
  },
  {
    overrides: { capacity: { kind: 'mixed', onDemandBase: -1, onDemandPercent: 10 } },
    problem: 'capacity.onDemandBase must be a whole number of at least 0, got -1',
  },
  {
    overrides: fromJavaScript({ capacity: { kind: 'cheap' } }),
    problem: "capacity.kind must be one of on-demand, spot, mixed, got 'cheap'",
  },
  {
    overrides: { image: { kind: 'ami', amiId: 'latest' } },
    problem: "image.amiId must look like ami-0123456789abcdef0, got 'latest'",
  },
  {
    overrides: { labels: { 'node-role.kubernetes.io/apps': '' } },
    problem:
      "labels has 'node-role.kubernetes.io/apps': under kubernetes.io and k8s.io a node may only set labels of kubelet.kubernetes.io and node.kubernetes.io; use your own prefix",
  },
  {
    overrides: { os: 'bottlerocket', nodeConfig: '#!/bin/bash' },
    problem: 'nodeConfig is a shell script: Bottlerocket has no shell and reads TOML; use a bootstrap container',
  },
])('$overrides is rejected', ({ overrides, problem }) => {
  expect(refused(overrides)).toBe(`test/apps: ${problem}`);
});

test.each(['self-managed', 'managed'])('a role that a %s group already has is rejected', (other) => {
  const cluster = existingCluster();
  const message = refusal((stack) => {
    const nodeRole = new NodeRole(stack, 'nodes', { cluster, name: 'shared' });
    const Group = other === 'managed' ? ManagedNodeGroup : AutoScalingNodeGroup;
    new Group(stack, 'first', props({ cluster, nodeRole, name: 'first', capacity: undefined }) as never);
    new AutoScalingNodeGroup(stack, 'apps', props({ cluster, nodeRole }));
  });
  const origin =
    other === 'managed' ? 'created by EKS for the managed node group test/first' : 'created by test/first/access';
  expect(message).toBe(
    `test/apps/access: the role test/nodes/role/role already has an access entry in cluster 'legacy', ${origin}: give each self-managed node group its own role`,
  );
});

const withElbHealth = (reason?: string) => (stack: Parameters<Parameters<typeof synthStack>[0]>[0]) => {
  if (reason) acknowledge(stack, 'elb-health-check', reason);
  const { groups } = new AutoScalingNodeGroup(stack, 'apps', props());
  groups[1]!.resource.healthCheckType = 'ELB';
};

test('ELB health checks of nodes are rejected', () => {
  expect(refusal(withElbHealth())).toContain(
    "the group of eu-west-1b has health_check_type ELB: nodes are terminated before their ingress becomes healthy, so it never does; keep EC2 (if intended: acknowledge(scope, 'elb-health-check', 'the reason'))",
  );
  expect(synthStack(withElbHealth('no ingress here')).ofType('aws_autoscaling_group')).toHaveLength(3);
});

test('with address prefixes, self-managed nodes need a number of pods', () => {
  const cluster = existingCluster({ prefixDelegation: true });
  expect(refused({ cluster })).toContain('maxPods is not set, and the cluster has prefixDelegation');
  expect(refused({ cluster })).toContain("'prefix-delegation-max-pods'");
  const build = () => synthStack((it) => new AutoScalingNodeGroup(it, 'apps', props({ cluster, maxPods: 110 })));
  expect(build).not.toThrow();
});
