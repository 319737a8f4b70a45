import { EnvironmentProfile } from '../../../lib/environment/profile';
import type { NodeGroupSpec } from '../../../lib/environment/node-groups';
import { APPS_GROUP, environment, refused, synthEnvironments, synthInfrastructure } from './fixtures';

const SELF_MANAGED: NodeGroupSpec = { ...APPS_GROUP, kind: 'auto-scaling', name: 'batch' };

test('has outputs for operators', () => {
  const { output } = synthInfrastructure().json;
  expect(output!['kubeconfig_command']!['value']).toBe('aws eks update-kubeconfig --name staging --region eu-west-1');
  expect(Object.keys(output!)).toEqual(
    expect.arrayContaining(['kubeconfig_command', 'load_balancer_dns_name', 'name_servers']),
  );
});

test('the default tags include the environment and the tags of the props', () => {
  expect(synthInfrastructure({ tags: { owner: 'search' } }).json.provider!['aws']).toMatchObject([
    { default_tags: [{ tags: { environment: 'staging', owner: 'search' } }] },
  ]);
});

test('the state key is the name of the stack', () => {
  const backend = { kind: 's3', bucket: 'states', region: 'eu-west-1' } as const;
  expect(synthInfrastructure({ backend }).json.terraform!['backend']).toMatchObject({
    s3: { key: 'staging-infrastructure.tfstate', use_lockfile: true },
  });
});

test.each<{ of: string; nodeGroups: readonly NodeGroupSpec[]; targets: string[] }>([
  {
    of: 'the groups that host the ingress',
    nodeGroups: [
      { ...APPS_GROUP, name: 'edge', zones: ['eu-west-1a', 'eu-west-1b'] },
      { ...APPS_GROUP, ingress: undefined },
    ],
    targets: ['edge-eu-west-1a', 'edge-eu-west-1b'],
  },
  {
    of: 'managed and self-managed groups',
    nodeGroups: [
      { ...APPS_GROUP, spread: 'single', minSize: 3 },
      { ...SELF_MANAGED, zones: ['eu-west-1c'] },
    ],
    targets: ['apps-all-zones', 'batch-eu-west-1c'],
  },
])('the load balancer targets $of', ({ nodeGroups, targets }) => {
  const attachments = synthInfrastructure({ nodeGroups }).ofType('aws_autoscaling_attachment');
  expect(attachments.map(({ path }) => path.replace(/^.*attachment-/, '')).sort()).toEqual(targets);
});

test('nodes may import images through mirrors that are pull-through caches', () => {
  const mirrors = {
    'quay.io': '123456789012.dkr.ecr.eu-west-1.amazonaws.com/quay',
    'ghcr.io': 'mirror.example.com/github',
    'docker.io': '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  };
  const stack = synthInfrastructure({ images: { mirrors }, nodeGroups: [APPS_GROUP, SELF_MANAGED] });
  const imports = stack
    .ofType('aws_iam_role_policy')
    .filter(({ attributes }) => attributes['policy'].includes('ecr:BatchImportUpstreamImage'));
  expect(imports.map(({ path }) => path)).toEqual([
    'nodes-apps/managed-role/role/policy',
    'nodes-batch/self-managed-role/role/policy',
  ]);
  for (const { attributes } of imports) {
    expect(JSON.parse(attributes['policy']).Statement).toMatchObject([
      { Resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/quay/*' },
    ]);
  }
});

test.each([
  { volumeAccess: undefined, policy: 'AmazonEBSCSIDriverPolicyV2' },
  { volumeAccess: 'cluster', policy: 'AmazonEBSCSIDriverEKSClusterScopedPolicy' },
] as const)('volumeAccess $volumeAccess: the driver has $policy', ({ volumeAccess, policy }) => {
  const attachments = synthInfrastructure({ volumeAccess })
    .ofType('aws_iam_role_policy_attachment')
    .filter(({ path }) => path.includes('aws-ebs-csi-driver'));
  expect(attachments.map(({ attributes }) => attributes['policy_arn'])).toEqual([`arn:aws:iam::aws:policy/${policy}`]);
});

test.each([true, false])(
  'with deletionProtection %s AWS refuses to delete what holds data or requests',
  (deletionProtection) => {
    const stack = synthInfrastructure({ profile: EnvironmentProfile.ha({ deletionProtection }) });
    const settings = {
      // Records of ExternalDNS, which no state knows.
      zone: stack.getResource('aws_route53_zone').attributes['force_destroy'],
      logs: stack.getResource('aws_s3_bucket').attributes['force_destroy'],
      cluster: stack.getResource('aws_eks_cluster').attributes['deletion_protection'],
      loadBalancer: stack.getResource('aws_lb').attributes['enable_deletion_protection'],
    };
    expect(settings).toEqual({
      zone: !deletionProtection,
      logs: !deletionProtection,
      cluster: deletionProtection,
      loadBalancer: deletionProtection,
    });
  },
);

test('self-managed groups add a draining queue, with time for the slowest request', () => {
  expect(synthInfrastructure().ofType('aws_sqs_queue')).toEqual([]);
  const heartbeat = (drainSeconds: number) =>
    synthInfrastructure({
      nodeGroups: [APPS_GROUP, SELF_MANAGED],
      loadBalancer: { traffic: { drainSeconds } },
    }).getResource('aws_autoscaling_lifecycle_hook', 'drain-eu-west-1a').attributes['heartbeat_timeout'];
  expect(heartbeat(20)).toBe(300);
  // 35 accepting + 600 draining + 20 until SIGKILL + 60 until SIGTERM.
  expect(heartbeat(600)).toBe(715);
});

test('without NAT it is private: an internal load balancer, endpoints, no internet access', () => {
  const stack = synthInfrastructure({ network: { nat: { kind: 'none' } } });
  expect(stack.getResource('aws_lb').attributes['internal']).toBe(true);
  expect(stack.ofType('aws_internet_gateway')).toEqual([]);
  expect(stack.ofType('aws_vpc_endpoint').length).toBeGreaterThan(10);
});

test('a zone can be removed while the control plane stays in it', () => {
  const stack = synthInfrastructure({
    zones: ['eu-west-1a', 'eu-west-1c'],
    network: { intraZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] },
    profile: EnvironmentProfile.ha({ minZones: 2, minNodes: 2 }),
  });
  expect(stack.getResource('terraform_data', 'cluster/control-plane-zones').attributes['input']).toHaveLength(3);
  expect(stack.ofType('aws_eks_node_group')).toHaveLength(2);
});

test.each([
  { region: 'us-gov-west-1', zones: ['us-gov-west-1a', 'us-gov-west-1b'], partition: 'aws-us-gov' },
  { region: 'cn-north-1', zones: ['cn-north-1a', 'cn-north-1b'], partition: 'aws-cn' },
])('in $region, with two zones, every ARN is in $partition', ({ region, zones, partition }) => {
  const profile = EnvironmentProfile.ha({ minZones: 2, minNodes: 2 });
  const stack = synthInfrastructure({ region, zones, profile, nodeGroups: [APPS_GROUP, SELF_MANAGED] });
  const partitions = [...JSON.stringify(stack.json.resource).matchAll(/arn:([a-z-]+):/g)].map(([, name]) => name);
  expect([...new Set(partitions)]).toEqual([partition]);
});

test.each([
  {
    mistake: 'a cluster without an administrator',
    props: { access: [{ name: 'developers', role: 'developers', policy: 'view' as const }] },
    problem:
      "staging-infrastructure/cluster: access has no cluster-wide 'cluster-admin': nobody could administer the cluster, not even its creator; add an entry with that policy and without namespaces",
  },
  {
    mistake: 'a VPC that overlaps the Services',
    props: { cidr: '172.20.0.0/16' },
    problem:
      'staging-infrastructure: cidr 172.20.0.0/16 overlaps the address range of Services, 172.20.0.0/16: choose another block for cidr, or set cluster.serviceCidr to one outside, such as 10.100.0.0/16',
  },
  {
    mistake: 'pods that overlap the Services',
    props: { cidr: '172.16.0.0/16', network: { secondaryCidrs: ['172.20.0.0/16'] } },
    problem:
      'staging-infrastructure: network.secondaryCidrs 172.20.0.0/16 overlaps the address range of Services, 172.20.0.0/16: choose another block for network.secondaryCidrs, or set cluster.serviceCidr to one outside, such as 10.100.0.0/16',
  },
  {
    mistake: 'Services in the VPC',
    props: { cidr: '10.100.0.0/16', cluster: { serviceCidr: '10.100.128.0/20' } },
    problem:
      'staging-infrastructure: cidr 10.100.0.0/16 overlaps the address range of Services, 10.100.128.0/20: choose another block for cidr, or set cluster.serviceCidr to one outside, such as 172.20.0.0/16',
  },
  {
    mistake: 'a traffic contract that drops requests',
    props: { loadBalancer: { traffic: { acceptGraceSeconds: 5, deregistrationDelaySeconds: 0 } } },
    problem:
      'staging-infrastructure/load-balancer: traffic: acceptGraceSeconds (5) must be at least 12, healthCheckIntervalSeconds x unhealthyThreshold + healthCheckTimeoutSeconds: the load balancer sends requests until it has seen the health checks fail',
  },
])('rejects $mistake', ({ props, problem }) => {
  expect(refused(() => synthInfrastructure(props))).toBe(problem);
});

test('every add-on that cannot be scheduled is reported at once', () => {
  const taints = [{ key: 'pool', value: 'apps', effect: 'NoSchedule' }] as const;
  const tainted = environment({ nodeGroups: [{ ...APPS_GROUP, taints }] });
  expect(refused(() => synthEnvironments(tainted)).split('\n')).toEqual([
    'app: 3 problems',
    ...['coredns', 'metrics-server', 'aws-ebs-csi-driver'].map((name) =>
      expect.stringContaining(`staging-infrastructure/add-ons/${name}: pods of '${name}' cannot be scheduled`),
    ),
  ]);
});
