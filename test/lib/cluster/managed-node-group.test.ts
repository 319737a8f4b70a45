import { Token } from 'cdktf';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { acknowledge } from '../../../lib/core/acknowledge';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { registeredNodeGroups } from '../../../lib/cluster/cluster-registry';
import { ManagedNodeGroup } from '../../../lib/cluster/managed-node-group';
import type { ManagedNodeGroupProps } from '../../../lib/cluster/managed-node-group-props';
import { NodeRole } from '../../../lib/cluster/node-role';
import { existingCluster, existingVpc } from '../../support/cluster';
import { refusal, synthStack } from '../../support/stack';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

const props = (overrides: Partial<ManagedNodeGroupProps> = {}): ManagedNodeGroupProps => ({
  cluster: existingCluster(),
  subnets: existingVpc(ZONES).privateSubnets,
  name: 'apps',
  architecture: 'arm64',
  instanceTypes: ['m7g.large'],
  minSize: 1,
  maxSize: 3,
  ...overrides,
});
const group = (overrides?: Partial<ManagedNodeGroupProps>, tags = {}) =>
  synthStack((stack) => new ManagedNodeGroup(stack, 'apps', props(overrides)), { tags });
const groupIn = (zone: string, overrides?: Partial<ManagedNodeGroupProps>) =>
  group(overrides).getResource('aws_eks_node_group', `apps/group-${zone}`).attributes;

const refused = (overrides: Partial<ManagedNodeGroupProps>) =>
  refusal((stack) => new ManagedNodeGroup(stack, 'apps', props(overrides)));
const fromJavaScript = (overrides: Record<string, unknown>) => overrides as Partial<ManagedNodeGroupProps>;

test('one group per zone, each after the previous one', () => {
  const stack = group({ subnets: [...existingVpc(ZONES).privateSubnets].reverse() });
  const [a, b, c] = ZONES.map((zone) => stack.getResource('aws_eks_node_group', `apps/group-${zone}`));
  expect(stack.ofType('aws_eks_node_group')).toHaveLength(3);
  expect([a, b, c].map((resource) => resource!.attributes['subnet_ids'])).toEqual(
    ZONES.map((zone) => [`subnet-private-${zone}`]),
  );
  expect(b!.attributes['depends_on']).toContain(a!.address);
  expect(c!.attributes['depends_on']).toContain(b!.address);
  expect(stack.isAfter(a!, b!)).toBe(false);
});

test('removing a zone keeps the addresses of the others', () => {
  const addresses = (zones: string[]) =>
    group({ subnets: existingVpc(zones).privateSubnets }).resources.map(({ address }) => address);
  expect(addresses(ZONES)).toEqual(expect.arrayContaining(addresses(['eu-west-1a', 'eu-west-1c'])));
});

test('a single group spans all zones', () => {
  const stack = group({ spread: 'single' });
  expect(stack.getResource('aws_eks_node_group', 'apps/group-all-zones').attributes).toMatchObject({
    subnet_ids: ZONES.map((zone) => `subnet-private-${zone}`),
    node_group_name_prefix: 'apps-all-zones-',
  });
});

test('EKS replaces nodes without force and repairs them, and the autoscaler owns their number', () => {
  const attributes = groupIn('eu-west-1a', { labels: { pool: 'apps' }, desiredSize: 2, updateTimeoutMinutes: 90 });
  expect(attributes).toMatchObject({
    cluster_name: 'legacy',
    ami_type: 'AL2023_ARM_64_STANDARD',
    capacity_type: 'ON_DEMAND',
    instance_types: ['m7g.large'],
    version: '1.34',
    labels: { pool: 'apps' },
    scaling_config: { min_size: 1, max_size: 3, desired_size: 2 },
    update_config: { max_unavailable: 1 },
    node_repair_config: { enabled: true },
    timeouts: { create: '30m', update: '90m', delete: '60m' },
    lifecycle: { create_before_destroy: true, ignore_changes: ['scaling_config[0].desired_size'] },
  });
  expect(attributes).not.toHaveProperty('force_update_version');
  expect(attributes).not.toHaveProperty('release_version');
});

test.each<{ overrides: Partial<ManagedNodeGroupProps>; expected: object }>([
  { overrides: { os: 'bottlerocket' }, expected: { ami_type: 'BOTTLEROCKET_ARM_64' } },
  {
    overrides: { architecture: 'x86_64', instanceTypes: ['m6i.large', 'm6a.large'], capacity: { kind: 'spot' } },
    expected: { ami_type: 'AL2023_x86_64_STANDARD', capacity_type: 'SPOT' },
  },
  { overrides: { releaseVersion: '1.34.2-20260107' }, expected: { release_version: '1.34.2-20260107' } },
  { overrides: { maxUnavailablePercent: 33 }, expected: { update_config: { max_unavailable_percentage: 33 } } },
  {
    overrides: { taints: [{ key: 'pool', value: 'apps', effect: 'PreferNoSchedule' }] },
    expected: { taint: [{ key: 'pool', value: 'apps', effect: 'PREFER_NO_SCHEDULE' }] },
  },
  {
    overrides: { name: 'a-name-that-is-longer-than-thirty-characters' },
    expected: { node_group_name_prefix: expect.stringMatching(/^a-name-that-is-longer-than-[0-9a-f]{8}-$/) },
  },
])('$overrides', ({ overrides, expected }) => {
  expect(groupIn('eu-west-1a', overrides)).toMatchObject(expected);
});

test.each([
  { sizes: { minSize: 1, maxSize: 10 }, config: { max_unavailable: 1 }, update: '100m' },
  { sizes: { minSize: 2, maxSize: 20 }, config: { max_unavailable_percentage: 10 }, update: '190m' },
  {
    sizes: { minSize: 2, maxSize: 20, maxUnavailablePercent: 50 },
    config: { max_unavailable_percentage: 50 },
    update: '60m',
  },
  {
    sizes: { minSize: 2, maxSize: 20, updateTimeoutMinutes: 45 },
    config: { max_unavailable_percentage: 10 },
    update: '45m',
  },
])('a large group is updated in batches: $sizes', ({ sizes, config, update }) => {
  const attributes = groupIn('eu-west-1a', sizes);
  expect(attributes['update_config']).toEqual(config);
  expect(attributes['timeouts'].update).toBe(update);
});

test('a fixed number of nodes is set by every apply', () => {
  const attributes = groupIn('eu-west-1a', { minSize: 3, maxSize: 3 });
  expect(attributes['scaling_config']).toEqual({ min_size: 3, max_size: 3, desired_size: 3 });
  expect(attributes['lifecycle']).toEqual({ create_before_destroy: true });
});

test.each<{ props: Partial<ManagedNodeGroupProps>; problem: string }>([
  {
    props: { formerSpread: 'per-zone' },
    problem: "formerSpread is 'per-zone', as is spread: remove it, or set spread to the other",
  },
  { props: fromJavaScript({ spread: 'zonal' }), problem: "spread must be one of per-zone, single, got 'zonal'" },
  {
    props: fromJavaScript({ formerSpread: 'zonal' }),
    problem: "formerSpread must be one of per-zone, single, got 'zonal'",
  },
])('$props is rejected', ({ props: overrides, problem }) => {
  expect(refused(overrides)).toBe(`test/apps: ${problem}`);
});

test('the launch template has nothing that a managed node group rejects', () => {
  const { attributes } = group({}, { environment: 'test' }).getResource('aws_launch_template');
  expect(attributes).toMatchObject({
    name: 'legacy-apps',
    update_default_version: true,
    metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
    monitoring: { enabled: true },
    vpc_security_group_ids: ['sg-cluster', 'sg-targets'],
    block_device_mappings: [
      { device_name: '/dev/xvda', ebs: { encrypted: 'true', volume_type: 'gp3', volume_size: 50 } },
    ],
    tag_specifications: ['instance', 'volume', 'network-interface'].map((resource_type) => ({
      resource_type,
      tags: { environment: 'test', Name: 'legacy-apps' },
    })),
  });
  for (const forbidden of ['iam_instance_profile', 'instance_type', 'image_id', 'network_interfaces', 'user_data']) {
    expect(attributes).not.toHaveProperty(forbidden);
  }
});

test('Bottlerocket has a second volume for data', () => {
  const { attributes } = group({
    os: 'bottlerocket',
    diskGib: 80,
    kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/k',
  }).getResource('aws_launch_template');
  const ebs = { encrypted: 'true', volume_type: 'gp3', kms_key_id: 'arn:aws:kms:eu-west-1:123456789012:key/k' };
  expect(attributes['block_device_mappings']).toEqual([
    { device_name: '/dev/xvda', ebs: { ...ebs, delete_on_termination: 'true' } },
    { device_name: '/dev/xvdb', ebs: { ...ebs, delete_on_termination: 'true', volume_size: 80 } },
  ]);
});

test('kubelet settings are passed as user data, which EKS merges', () => {
  expect(group({ maxPods: 50, os: 'bottlerocket' }).getResource('aws_launch_template').attributes['user_data']).toBe(
    '${base64encode("[settings.kubernetes]\\nmax-pods = 50\\n")}',
  );
});

test('the autoscaler can scale a managed node group up from zero', () => {
  const stack = group({ labels: { pool: 'apps' } });
  const tag = stack.getResource('aws_autoscaling_group_tag', 'autoscaler-tags-eu-west-1b/label--pool').attributes;
  const owner = stack.getResource('aws_eks_node_group', 'apps/group-eu-west-1b').address;
  expect(tag).toMatchObject({
    autoscaling_group_name: `\${${owner}.resources[0].autoscaling_groups[0].name}`,
    tag: { key: 'k8s.io/cluster-autoscaler/node-template/label/pool', value: 'apps', propagate_at_launch: false },
  });
  expect(stack.ofType('aws_autoscaling_group_tag')).toHaveLength(9);
});

test('groups, and the dependency of resources that need nodes', () => {
  synthStack((stack) => {
    const { groups, ready } = new ManagedNodeGroup(stack, 'apps', props());
    expect(groups.map(({ zone }) => zone)).toEqual(ZONES);
    expect(Token.isUnresolved(groups[0]!.autoScalingGroupName)).toBe(true);
    expect(ready).toEqual([groups[2]!.resource]);
  });
});

test('nodes come after the network add-ons, the routes of their zone and the policies of their role', () => {
  const stack = synthStack((scope) => {
    const cluster = (name: string) =>
      new EksCluster(scope, name, { name, roleArn: 'arn:aws:iam::1:role/r', vpcConfig: { subnetIds: [] } });
    const [cni, route] = [cluster('cni'), cluster('route')];
    const subnets = existingVpc(ZONES).privateSubnets.map((subnet) =>
      subnet.zone === 'eu-west-1b' ? { ...subnet, ready: [route] } : subnet,
    );
    new ManagedNodeGroup(scope, 'apps', props({ cluster: existingCluster({ readyForNodes: [cni] }), subnets }));
  });
  const of = (zone: string) => stack.getResource('aws_eks_node_group', `apps/group-${zone}`).attributes['depends_on'];
  expect(of('eu-west-1a')).toEqual(
    expect.arrayContaining([
      'aws_eks_cluster.cni',
      ...stack.ofType('aws_iam_role_policy_attachment').map(({ address }) => address),
    ]),
  );
  expect(of('eu-west-1a')).not.toContain('aws_eks_cluster.route');
  expect(of('eu-west-1b')).toContain('aws_eks_cluster.route');
});

test.each([
  { cniHasPodIdentity: undefined, extra: [] },
  { cniHasPodIdentity: false, extra: ['arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy'] },
])('node policies if cniHasPodIdentity is $cniHasPodIdentity', ({ cniHasPodIdentity, extra }) => {
  const stack = group({ cluster: existingCluster({ cniHasPodIdentity }) });
  expect(stack.ofType('aws_iam_role_policy_attachment').map(({ attributes }) => attributes['policy_arn'])).toEqual([
    'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly',
    'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy',
    ...extra,
    'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
  ]);
});

test.each([
  { name: 'apps', prefix: /^legacy-eu-west-1-apps-nodes-$/ },
  { name: 'a-name-that-is-longer-than-thirty', prefix: /^legacy-eu-west-1-a-name-that-[0-9a-f]{8}-$/ },
])('the role of $name gets a name of its own each time, and keeps the one it has', ({ name, prefix }) => {
  const { attributes } = group({ name }).getResource('aws_iam_role');
  expect(attributes).not.toHaveProperty('name');
  expect(attributes['name_prefix']).toMatch(prefix);
  expect(attributes['lifecycle']).toEqual({ ignore_changes: ['name', 'name_prefix'] });
});

test('the group is registered with the cluster; EKS creates its access entry', () => {
  const cluster = existingCluster();
  const taints = [{ key: 'pool', effect: 'NoSchedule' }] as const;
  const stack = synthStack((scope) => {
    new ManagedNodeGroup(scope, 'apps', props({ cluster, taints, minSize: 0, desiredSize: 2 }));
    expect(registeredNodeGroups(scope, cluster)).toEqual([{ path: 'test/apps', taints, nodes: 2 }]);
  });
  expect(stack.ofType('aws_eks_access_entry')).toEqual([]);
});

test('managed groups may share a role', () => {
  const cluster = existingCluster();
  const stack = synthStack((scope) => {
    const nodeRole = new NodeRole(scope, 'nodes', { cluster, name: 'shared' });
    new ManagedNodeGroup(scope, 'apps', props({ cluster, nodeRole }));
    new ManagedNodeGroup(scope, 'jobs', props({ cluster, nodeRole, name: 'jobs' }));
  });
  expect(stack.ofType('aws_iam_role')).toHaveLength(1);
});

test.each<{ overrides: Partial<ManagedNodeGroupProps>; problem: string }>([
  {
    overrides: { instanceTypes: ['m6i.large'] },
    problem: "instanceTypes has 'm6i.large', which is x86_64, but architecture is arm64: change one of them",
  },
  { overrides: { minSize: -1 }, problem: 'minSize must be at least 0, got -1' },
  { overrides: { minSize: 4 }, problem: 'minSize (4) exceeds maxSize (3): raise maxSize' },
  { overrides: { desiredSize: 0 }, problem: 'desiredSize (0) is below minSize (1): raise desiredSize' },
  { overrides: { desiredSize: 4 }, problem: 'desiredSize (4) exceeds maxSize (3): raise maxSize' },
  { overrides: { minSize: 0, maxSize: 0 }, problem: 'maxSize is 0: raise it, or remove the node group' },
  { overrides: { maxSize: 1.5 }, problem: 'maxSize must be a whole number, got 1.5' },
  { overrides: { subnets: [] }, problem: 'subnets is empty: list at least one, such as vpc.privateSubnets' },
  { overrides: { diskGib: 10 }, problem: 'diskGib must be from 20 to 65536, got 10' },
  { overrides: { maxPods: 4 }, problem: 'maxPods must be between 8 and 250, got 4' },
  { overrides: { maxPods: 300 }, problem: 'maxPods must be between 8 and 250, got 300' },
  {
    overrides: { name: 'Apps' },
    problem: "name must consist of lowercase letters, digits and inner hyphens, got 'Apps'",
  },
  {
    overrides: { releaseVersion: 'v20260107' },
    problem: "releaseVersion must look like 1.34.2-20260107, got 'v20260107'",
  },
  {
    overrides: { releaseVersion: '1.33.5-20260107' },
    problem:
      "releaseVersion '1.33.5-20260107' is not for Kubernetes 1.34, the cluster's version: use a release of it, or omit it for the latest",
  },
  { overrides: { maxUnavailablePercent: 0 }, problem: 'maxUnavailablePercent must be between 1 and 100, got 0' },
  {
    overrides: { labels: { 'node.kubernetes.io/pool': 'x' } },
    problem:
      "labels has 'node.kubernetes.io/pool': managed node groups reject keys with kubernetes.io/, k8s.io/, eks.amazonaws.com/; use your own prefix",
  },
  {
    overrides: { nodeConfig: '#!/bin/bash' },
    problem:
      'nodeConfig is a shell script: nodeadm reads a NodeConfig document (apiVersion node.eks.aws/v1alpha1); run scripts from a DaemonSet or build a custom AMI',
  },
  {
    overrides: { instanceTypes: ['m7g.large', 'm6g.2xlarge'] },
    problem:
      "instanceTypes (m7g.large, m6g.2xlarge) has the sizes large, 2xlarge: the autoscaler assumes that all nodes of a group are alike; use types of one size, or one node group per size (if intended: acknowledge(scope, 'mixed-instance-sizes', 'the reason'))",
  },
  {
    overrides: { capacity: { kind: 'spot' } },
    problem:
      "instanceTypes has only m7g.large, and capacity is spot: when AWS reclaims that type nothing else can be launched; list several of one size (if intended: acknowledge(scope, 'spot-single-type', 'the reason'))",
  },
  {
    overrides: fromJavaScript({ os: 'al2' }),
    problem:
      "os must be one of al2023, bottlerocket, got 'al2': Amazon Linux 2 has no AMIs for Kubernetes 1.33 and later",
  },
  {
    overrides: fromJavaScript({ architecture: 'arm' }),
    problem: "architecture must be one of arm64, x86_64, got 'arm'",
  },
  {
    overrides: fromJavaScript({ capacity: { kind: 'mixed' }, instanceTypes: ['m7g.large', 'm6g.large'] }),
    problem: "capacity.kind must be one of on-demand, spot, got 'mixed'",
  },
  { overrides: { diskType: 'io2' }, problem: "diskIops is required for diskType 'io2': set it, from 100 to 50000" },
  {
    overrides: { diskGib: 20, diskIops: 16_000 },
    problem: 'diskIops is 16000, more than 500 per GiB: raise diskGib to at least 32',
  },
  {
    overrides: { diskThroughputMib: 1000 },
    problem: 'diskThroughputMib is 1000, and gp3 needs 4 diskIops for each MiB/s: set diskIops to at least 4000',
  },
  { overrides: { diskThroughputMib: 2001 }, problem: 'diskThroughputMib must be from 125 to 2000, got 2001' },
  {
    overrides: { kmsKeyArn: 'alias/nodes' },
    problem: "kmsKeyArn 'alias/nodes' is an alias: use the ARN of its key, arn:aws:kms:<region>:<account>:key/<id>",
  },
  {
    overrides: { kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/k' },
    problem:
      "kmsKeyArn 'arn:aws:kms:us-east-1:123456789012:key/k' is of a key in us-east-1: use a key, or a replica of a multi-Region key, in eu-west-1",
  },
  {
    overrides: { kmsKeyArn: 'arn:aws-cn:kms:eu-west-1:123456789012:key/k' },
    problem:
      "kmsKeyArn 'arn:aws-cn:kms:eu-west-1:123456789012:key/k' is of partition aws-cn, and the stack's region is in aws: begin it with arn:aws:",
  },
  { overrides: fromJavaScript({ diskGiB: 100 }), problem: "unknown property 'diskGiB': did you mean 'diskGib'?" },
  { overrides: fromJavaScript({ taint: [] }), problem: "unknown property 'taint': did you mean 'taints'?" },
  { overrides: fromJavaScript({ podHopLimit: 2 }), problem: 'podHopLimit was renamed: use metadataHopLimit' },
  { overrides: fromJavaScript({ metadataHopLimit: 3 }), problem: 'metadataHopLimit must be one of 1, 2, got 3' },
  {
    overrides: { taints: [{ key: 'a', effect: 'NoSchedule' }], startupTaints: [{ key: 'a', effect: 'NoExecute' }] },
    problem: "'a' is in taints and in startupTaints: nothing removes a taint that stays, so keep one of them",
  },
  {
    overrides: { systemReserved: { cpu: '100Mi' } },
    problem: "systemReserved.cpu '100Mi' has a unit of memory: write cores, such as 200m or 2",
  },
  {
    overrides: { systemReserved: { memory: '512m' } },
    problem: "systemReserved.memory '512m' is a fraction of a byte: write it like 512Mi",
  },
  {
    overrides: { systemReserved: { memory: '512' } },
    problem: "systemReserved.memory '512' is 512 bytes: add the unit, such as 512Mi",
  },
  {
    overrides: { kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/k' },
    problem:
      "kmsKeyArn 'arn:aws:kms:us-east-1:123456789012:key/k' is of a key in us-east-1: use a key, or a replica of a multi-Region key, in eu-west-1",
  },
  {
    overrides: { nodePolicies: ['AmazonSSMManagedInstanceCore'] },
    problem: "nodePolicies has 'AmazonSSMManagedInstanceCore', which the role of every node has: remove it",
  },
  {
    overrides: fromJavaScript({ nodeRole: {} }),
    problem: 'nodeRole must be a node role, such as new NodeRole(...), got {}',
  },
  {
    overrides: fromJavaScript({ architecture: Token.asString({ resolve: () => 'arm64' }) }),
    problem: 'architecture is known after apply: use a literal, one of arm64, x86_64',
  },
  {
    overrides: { systemReserved: { cpu: 'half' } },
    problem: "systemReserved.cpu 'half' is not a valid quantity: write it like 200m",
  },
])('$overrides is rejected', ({ overrides, problem }) => {
  expect(refused(overrides)).toBe(`test/apps: ${problem}`);
});

test('all problems are reported at once', () => {
  expect(refused({ instanceTypes: [], diskGib: 1 })).toBe(
    'test/apps: 2 problems\n  - instanceTypes is empty: list at least one, such as m7g.large\n  - diskGib must be from 20 to 65536, got 1',
  );
});

test('a single spot type can be acknowledged', () => {
  const build = (stack: AwsStack) => {
    acknowledge(stack, 'spot-single-type', 'a batch that may wait');
    new ManagedNodeGroup(stack, 'apps', props({ capacity: { kind: 'spot' } }));
  };
  expect(synthStack(build).ofType('aws_eks_node_group')).toHaveLength(3);
});

test('two groups of the same name are rejected', () => {
  const cluster = existingCluster();
  const message = refusal((stack) => {
    new ManagedNodeGroup(stack, 'apps', props({ cluster }));
    new ManagedNodeGroup(stack, 'again', props({ cluster }));
  });
  expect(message).toBe("test/again: cluster 'legacy' already has a node group 'apps', test/apps: choose another name");
});

test('apps of one process can share the object of an existing cluster', () => {
  const cluster = existingCluster();
  const build = (stack: AwsStack) => {
    new ManagedNodeGroup(stack, 'apps', props({ cluster }));
    expect(registeredNodeGroups(stack, cluster)).toHaveLength(1);
  };
  expect(synthStack(build).json).toEqual(synthStack(build).json);
});

test('untyped data is validated', () => {
  const build = (changes: object) => (stack: AwsStack) =>
    new ManagedNodeGroup(stack, 'apps', { ...props(), ...changes } as ManagedNodeGroupProps);
  expect(refusal(build({ cluster: undefined, subnets: undefined }))).toBe(
    'test/apps: 2 problems\n  - cluster is required, such as new Cluster(...)\n  - subnets is required: a list',
  );
  expect(refusal(build({ subnets: ['subnet-1'] }))).toBe(
    "test/apps: subnets[0] must be a subnet, such as one of vpc.privateSubnets, got 'subnet-1'",
  );
});

test('startup taints are on new nodes, but neither for the autoscaler nor for the checks of add-ons', () => {
  const cluster = existingCluster();
  const startupTaints = [{ key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' }] as const;
  const stack = synthStack((scope) => {
    new ManagedNodeGroup(scope, 'apps', props({ cluster, startupTaints, spread: 'single' }));
    expect(registeredNodeGroups(scope, cluster)).toMatchObject([{ taints: [] }]);
  });
  expect(stack.getResource('aws_eks_node_group').attributes['taint']).toEqual([
    { key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NO_EXECUTE' },
  ]);
  const tags = stack.ofType('aws_autoscaling_group_tag').map(({ attributes }) => attributes['tag'].key);
  expect(tags).toEqual(['k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage']);
});

test.each<{ os: 'al2023' | 'bottlerocket' }>([{ os: 'al2023' }, { os: 'bottlerocket' }])(
  'the data volume of $os has its type, operations and throughput',
  ({ os }) => {
    const stack = group({ os, diskGib: 100, diskIops: 4000, diskThroughputMib: 1000 });
    const disks = stack.getResource('aws_launch_template').attributes['block_device_mappings'];
    expect(disks.at(-1).ebs).toMatchObject({ volume_type: 'gp3', volume_size: 100, iops: 4000, throughput: 1000 });
    expect(disks.filter((disk: { ebs: object }) => 'iops' in disk.ebs)).toHaveLength(1);
  },
);

test("further policies of the group's own role", () => {
  const own = 'arn:aws:iam::123456789012:policy/platform/Logs';
  const stack = group({ nodePolicies: ['CloudWatchAgentServerPolicy', own] });
  const attached = stack.ofType('aws_iam_role_policy_attachment').map(({ attributes }) => attributes['policy_arn']);
  expect(attached).toEqual(expect.arrayContaining(['arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy', own]));
});

test('user text is literal', () => {
  const stack = group({ labels: { pool: 'apps' }, nodeConfig: undefined }, { owner: '${aws:PrincipalTag/team}' });
  expect(JSON.stringify(stack.getResource('aws_launch_template').attributes)).toContain('$${aws:PrincipalTag/team}');
});
