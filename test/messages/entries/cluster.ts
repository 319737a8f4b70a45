import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { AccessEntry } from '../../../lib/cluster/access';
import type { AccessEntryProps } from '../../../lib/cluster/access-props';
import { AutoScalingNodeGroup } from '../../../lib/cluster/auto-scaling-node-group';
import type { AutoScalingNodeGroupProps } from '../../../lib/cluster/auto-scaling-node-group-props';
import { Cluster } from '../../../lib/cluster/cluster';
import type { ClusterProps } from '../../../lib/cluster/cluster-props';
import { NodeDraining, type NodeDrainingProps } from '../../../lib/cluster/draining';
import { EksAddOn } from '../../../lib/cluster/eks-add-on';
import type { EksAddOnProps, StandardAddOnsProps } from '../../../lib/cluster/eks-add-on-props';
import { ManagedNodeGroup } from '../../../lib/cluster/managed-node-group';
import type { ManagedNodeGroupProps } from '../../../lib/cluster/managed-node-group-props';
import { NodeRole } from '../../../lib/cluster/node-role';
import { SessionManagerTunnel, type SessionManagerTunnelProps } from '../../../lib/cluster/session-manager-tunnel';
import { StandardAddOns } from '../../../lib/cluster/standard-add-ons';
import type { Taint } from '../../../lib/kubernetes/taint';
import { existingCluster, existingVpc } from '../../support/cluster';
import { group, inStack, type Group } from '../try';

const KNOWN_AFTER_APPLY = 'the value is known after apply';

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const ADMIN = { name: 'platform', principalArn: role('platform'), policy: 'cluster-admin' } as const;
const VPC = existingVpc();

const place = <P>(type: new (scope: Construct, id: string, props: P) => unknown, valid: NoInfer<P>) =>
  inStack<Partial<P>>((stack, props) => void new type(stack, 'construct', { ...valid, ...props }));

const CLUSTER: ClusterProps = { name: 'shop', kubernetesVersion: '1.35', vpc: VPC, access: [ADMIN] };
const NODES = {
  cluster: existingCluster(),
  subnets: VPC.privateSubnets,
  name: 'apps',
  architecture: 'arm64',
  instanceTypes: ['m7g.large', 'm6g.large'],
  minSize: 1,
  maxSize: 3,
} as const;
const WEBHOOK = { from: 'control-plane', port: 9090, purpose: 'Webhook' } as const;
const ENTRY: AccessEntryProps = { cluster: existingCluster(), principalArn: role('shop'), policy: 'view' };
const open = (endpoint: Partial<NonNullable<ClusterProps['endpoint']>>): Partial<ClusterProps> => ({
  endpoint: { kind: 'private-and-public', allowedCidrs: ['192.0.2.0/24'], ...endpoint } as ClusterProps['endpoint'],
});

const WITH_PREFIXES = existingCluster({ prefixDelegation: true });
const TAINT = { key: 'pool', value: 'apps', effect: 'NoSchedule' } as const;
const FLAGS = '  kubelet:\n    flags:\n      - --register-with-taints=pool=apps:NoSchedule';
const nodeConfig = (spec: string) => `apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n${spec}\n`;
const EBS_DRIVER = { name: 'aws-ebs-csi-driver', cluster: existingCluster({ volumeAccess: 'cluster' }) };
const VERSION = { version: 'v1.2.3-eksbuild.1' };
const DOCUMENT = 'a document is too long for a message, and may have secrets';

export const GROUPS: readonly Group[] = [
  group(place(Cluster, CLUSTER), {
    "access has no cluster-wide 'cluster-admin': nobody could administer the cluster, not even its creator; add an entry with that policy and without namespaces":
      {
        wrong: { access: [{ ...ADMIN, policy: 'view' }] },
        right: { access: [ADMIN] },
        unnamed: 'what is missing is a literal, or an entry',
      },
    'access has the entries {} for one principal, but EKS allows one: merge them, or remove one': {
      wrong: { access: [ADMIN, { ...ADMIN, name: 'again', policy: 'view' }] },
      right: { access: [ADMIN] },
    },
    "access has two entries named '{}': give each a unique name": {
      wrong: { access: [ADMIN, { name: 'platform', principalArn: role('shop'), policy: 'view' }] },
      right: { access: [ADMIN, { name: 'shop', principalArn: role('shop'), policy: 'view' }] },
    },

    'endpoint.allowedCidrs has {}: the Kubernetes API is open to everyone; list the networks that need access': {
      wrong: open({ allowedCidrs: ['0.0.0.0/0'] }),
      right: open({ allowedCidrs: ['192.0.2.0/24'] }),
    },
    "endpoint.allowedCidrs has {}, but only clusters with ipFamily 'ipv6' have a public endpoint with IPv6: remove it":
      {
        wrong: open({ allowedCidrs: ['192.0.2.0/24', '2001:db8::/32'] }),
        right: open({ allowedCidrs: ['192.0.2.0/24'] }),
      },
    "endpoint.allowedCidrs is empty, which opens the endpoint to everyone: list the networks, or set kind to 'private'":
      {
        wrong: open({ allowedCidrs: [] }),
        right: open({ allowedCidrs: ['192.0.2.0/24'] }),
      },
    'endpoint.privateCidrs has a CIDR block known only after apply: use a literal, it is part of a construct id': {
      wrong: open({ privateCidrs: [Fn.join('/', ['10.0.0.0', '8'])] }),
      right: open({ privateCidrs: ['10.0.0.0/8'] }),
      unnamed: KNOWN_AFTER_APPLY,
    },
    'endpoint.privateCidrs has {} twice: remove one': {
      wrong: open({ privateCidrs: ['10.0.0.0/8', '10.0.0.0/8'] }),
      right: open({ privateCidrs: ['10.0.0.0/8'] }),
    },

    'name must be a literal: names, tags and ARNs are derived from it': {
      wrong: { name: Fn.join('-', ['a', 'b']) },
      right: { name: 'a-b' },
      unnamed: 'what is missing is a literal, or an entry',
    },
    "name '{}' must begin with a letter or digit and hold only letters, digits, hyphens and underscores": {
      wrong: { name: 'the shop' },
      right: { name: 'the-shop' },
    },
    "ipFamily 'ipv6' needs subnets with IPv6, and those of vpc have IPv4 addresses only: set the VPC's addressing to 'dual-stack', or ipFamily to 'ipv4'":
      {
        wrong: { ipFamily: 'ipv6', vpc: { ...VPC, addressing: 'ipv4' } },
        right: { ipFamily: 'ipv6', vpc: { ...VPC, addressing: 'dual-stack' } },
      },
    "serviceCidr '{}' cannot be set with ipFamily 'ipv6', EKS assigns it: remove it": {
      wrong: { serviceCidr: '172.30.0.0/16', ipFamily: 'ipv6' },
      right: { ipFamily: 'ipv6' },
    },
    "serviceCidr '{}' must be between /{} and /{}": {
      wrong: { serviceCidr: '172.30.0.0/26' },
      right: { serviceCidr: '172.30.0.0/24' },
    },
    "serviceCidr '{}' must be within a private range: {}": {
      wrong: { serviceCidr: '100.64.0.0/16' },
      right: { serviceCidr: '172.30.0.0/16' },
    },
    "serviceCidr '{}' overlaps the VPC's {}: choose another CIDR block": {
      wrong: { serviceCidr: '10.20.0.0/16' },
      right: { serviceCidr: '172.30.0.0/16' },
    },
    'vpc has a control plane subnet in {}, which EKS does not support: use another zone': {
      wrong: { vpc: existingVpc(['use1-az3', 'use1-az1', 'use1-az2']) },
      right: { vpc: existingVpc(['use1-az1', 'use1-az2']) },
    },
    'vpc has control plane subnets in {}: EKS requires at least {} zones': {
      wrong: { vpc: existingVpc(['eu-west-1a']) },
      right: { vpc: VPC },
    },
    "'vpc-cni' is 'none', and without a CNI plugin no node becomes Ready: remove it, or install another plugin": {
      wrong: { addOns: { 'vpc-cni': 'none' } },
      right: { addOns: {} },
    },
    "logTypes has '{}' twice: remove one": {
      wrong: { logTypes: ['audit', 'audit'] },
      right: { logTypes: ['audit'] },
    },
    '{} has the port {}: it must be a whole number from 1 to 65535': {
      wrong: { openPorts: [{ ...WEBHOOK, port: 0 }] },
      right: { openPorts: [{ ...WEBHOOK, port: 65535 }] },
    },
    "{} has the purpose '{}': use 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*": {
      wrong: { openPorts: [{ ...WEBHOOK, purpose: 'What is it?' }] },
      right: { openPorts: [{ ...WEBHOOK, purpose: 'Webhook of (cert-manager)' }] },
    },
    '{} has {} twice: list it once': {
      wrong: { openPorts: [WEBHOOK, { ...WEBHOOK, purpose: 'Another' }] },
      right: { openPorts: [WEBHOOK] },
    },

    "{} is required: write the version that the cluster runs, one of {} (before it was required, it was '1.35')": {
      wrong: { kubernetesVersion: undefined },
      right: { kubernetesVersion: '1.35' },
    },
    '{} must be a string, got the number {}: put the version in quotes, one of {}': {
      wrong: { kubernetesVersion: 1.35 as never },
      right: { kubernetesVersion: '1.35' },
    },
    '{} {} has no pinned add-on versions: use one of {}': {
      wrong: { kubernetesVersion: '1.20' as never },
      right: { kubernetesVersion: '1.34' },
    },
    "{}.allowedCidrs ({}) has no effect on a private endpoint: remove it, or set kind to 'private-and-public'": {
      wrong: open({ kind: 'private' }),
      right: { endpoint: { kind: 'private' } },
    },
    "{}.kind '{}' {}: use 'private', or 'private-and-public' with allowedCidrs": {
      wrong: { endpoint: { kind: 'public' } as never },
      right: open({ kind: 'private-and-public' }),
    },

    "pullThroughCaches has '{}', which is not the URL of a cache: use <account>.dkr.ecr.<region>.amazonaws.com/<prefix>":
      {
        wrong: { pullThroughCaches: ['quay.io'] },
        right: { pullThroughCaches: ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/quay'] },
      },

    '{}namespaces is empty: list at least one namespace, or omit it for the whole cluster': {
      wrong: { access: [ADMIN, { name: 'shop', principalArn: role('shop'), policy: 'view', namespaces: [] }] },
      right: { access: [ADMIN, { name: 'shop', principalArn: role('shop'), policy: 'view' }] },
    },
    "{}namespaces has '{}', which is not the name of a namespace: use lowercase letters, digits and '-', with * as a wildcard":
      {
        wrong: {
          access: [ADMIN, { name: 'shop', principalArn: role('shop'), policy: 'view', namespaces: ['The Shop'] }],
        },
        right: {
          access: [ADMIN, { name: 'shop', principalArn: role('shop'), policy: 'view', namespaces: ['shop-*'] }],
        },
      },
    "{} must be the ARN of an IAM role or user, got '{}'": {
      wrong: { access: [{ ...ADMIN, principalArn: 'platform' }] },
      right: { access: [ADMIN] },
    },
    "{} '{}' is a session: use the ARN of its role, arn:{}:iam::{}:role/{} with the role's path if it has one": {
      wrong: { access: [{ ...ADMIN, principalArn: 'arn:aws:sts::123456789012:assumed-role/platform/ada' }] },
      right: { access: [ADMIN] },
    },
  }),
  group(
    inStack(
      (stack, props: Partial<ClusterProps>) => {
        const access = [{ ...ADMIN, principalArn: ADMIN.principalArn.replace('arn:aws:', 'arn:aws-cn:') }];
        new Cluster(stack, 'construct', { ...CLUSTER, access, ...props });
      },
      { region: 'cn-north-1' },
    ),
    {
      "ipFamily 'ipv6' is not available in {}: use 'ipv4'": {
        wrong: { ipFamily: 'ipv6' },
        right: { ipFamily: 'ipv4' },
      },
    },
  ),
  group(place(AccessEntry, ENTRY), {
    "groups has a blank name: write the group of a RoleBinding's subject, or remove it": {
      wrong: { groups: [' '] },
      right: { groups: ['shop'] },
    },
    "groups has '{}' twice: remove one": { wrong: { groups: ['shop', 'shop'] }, right: { groups: ['shop'] } },
    "groups has '{}', and EKS reserves the prefix system: for itself: use a group of your own, and bind the role to it{}":
      { wrong: { groups: ['system:masters'] }, right: { groups: ['masters'] } },

    'namespaces is set without policy: give each of policies its own namespaces': {
      wrong: { policy: undefined, policies: [{ policy: 'view' }], namespaces: ['shop'] },
      right: { policy: undefined, policies: [{ policy: 'view', namespaces: ['shop'] }] },
    },
    "policies has '{}' twice, EKS allows one scope per policy: merge their namespaces": {
      wrong: {
        policy: undefined,
        policies: [
          { policy: 'view', namespaces: ['a'] },
          { policy: 'view', namespaces: ['b'] },
        ],
      },
      right: { policy: undefined, policies: [{ policy: 'view', namespaces: ['a', 'b'] }] },
    },
    'policies is empty: list at least one policy, or omit it if the principal only has groups': {
      wrong: { policy: undefined, policies: [], groups: ['shop'] },
      right: { policy: undefined, groups: ['shop'] },
    },
    "policy '{}' and policies are both set: move policy into policies, with its namespaces": {
      wrong: { policies: [{ policy: 'edit' }] },
      right: { policy: undefined, policies: [{ policy: 'edit' }, { policy: 'view' }] },
    },
    'policy is required, or policies or groups: without them the principal may do nothing': {
      wrong: { policy: undefined },
      right: { policy: 'view' },
    },
  }),
  group(
    inStack((stack, names: readonly string[]) => {
      names.forEach((name, index) => new AccessEntry(stack, `entry-${index}`, { ...ENTRY, principalArn: role(name) }));
    }),
    {
      "{} already has an access entry in cluster '{}', {}: {}": { wrong: ['shop', 'shop'], right: ['shop'] },
    },
  ),
  group(place(ManagedNodeGroup, NODES as ManagedNodeGroupProps), {
    "name must consist of lowercase letters, digits and inner hyphens, got '{}'": {
      wrong: { name: '-apps' },
      right: { name: 'new-apps' },
    },
    '{} must be one of al2023, bottlerocket, got {}{}': {
      wrong: { os: 'al2' as never },
      right: { os: 'bottlerocket' },
    },
    '{} must be at least 0, got {}': { wrong: { minSize: -1 }, right: { minSize: 0 } },
    'updateTimeoutMinutes must be at least 1, got {}': {
      wrong: { updateTimeoutMinutes: 0 },
      right: { updateTimeoutMinutes: 1 },
    },
    "instanceTypes has '{}', but EKS does not support Mac instances: use another type, such as {}": {
      wrong: { instanceTypes: ['mac2.metal'] },
      right: { instanceTypes: ['m7g.large'] },
    },
    'instanceTypes has types with different drivers ({}), and the nodes of a group have one image: use one node group for each kind':
      {
        wrong: { instanceTypes: ['g5g.xlarge', 'm7g.xlarge'] },
        right: { instanceTypes: ['g5g.xlarge'] },
      },
    '{} has no {} image with the drivers of {}: {}': {
      wrong: { accelerator: 'neuron' },
      right: { accelerator: 'none' },
    },

    "labels has the key '{}' of {} characters: shorten it to at most {}, it is part of a tag for the autoscaler": {
      wrong: { labels: { [`${'a'.repeat(20)}.example.com/${'a'.repeat(51)}`]: 'shop' } },
      right: { labels: { [`${'a'.repeat(20)}.example.com/${'a'.repeat(49)}`]: 'shop' } },
    },
    "{} has an invalid key '{}': use at most 63 letters, digits, '-', '_' or '.', after a DNS name and a slash if it has a prefix":
      {
        wrong: { taints: [{ ...TAINT, key: 'The team' }] },
        right: { taints: [{ ...TAINT, key: 'example.com/The_team' }] },
      },
    "{} has '{}' twice, and Kubernetes allows one taint per key and effect: remove one": {
      wrong: { taints: [TAINT, { ...TAINT, value: 'batch' }] },
      right: { taints: [TAINT] },
    },
    "'{}' is in taints and in startupTaints: nothing removes a taint that stays, so keep one of them": {
      wrong: { taints: [TAINT], startupTaints: [TAINT] },
      right: { startupTaints: [TAINT] },
    },

    'diskGib must be from {} to {}, got {}': { wrong: { diskGib: 10 }, right: { diskGib: 20 } },
    "diskIops is required for diskType 'io2': set it, from {} to {}": {
      wrong: { diskType: 'io2' },
      right: { diskType: 'io2', diskIops: 50_000 },
    },
    'diskIops is {}, more than {} per GiB: raise diskGib to at least {}': {
      wrong: { diskIops: 30_000 },
      right: { diskIops: 30_000, diskGib: 60 },
    },
    'diskIops of {} must be from {} to {}, got {}': { wrong: { diskIops: 100 }, right: { diskIops: 3000 } },
    'diskThroughputMib is {}, and gp3 needs {} diskIops for each MiB/s: set diskIops to at least {}': {
      wrong: { diskThroughputMib: 2000 },
      right: { diskThroughputMib: 2000, diskIops: 8000 },
    },
    "diskThroughputMib is {}, and that of {} follows from diskIops: remove it, or set diskType to 'gp3'": {
      wrong: { diskType: 'io2', diskIops: 4000, diskThroughputMib: 500 },
      right: { diskType: 'gp3', diskIops: 4000, diskThroughputMib: 500 },
    },
    'diskThroughputMib must be from {} to {}, got {}': {
      wrong: { diskThroughputMib: 100 },
      right: { diskThroughputMib: 125 },
    },

    '{}.containerLogMaxFiles must be a whole number of at least {}, got {}': {
      wrong: { logRotation: { containerLogMaxFiles: 1 } },
      right: { logRotation: { containerLogMaxFiles: 2 } },
    },
    '{}.containerLogMaxMib must be a whole number of at least 1, got {}': {
      wrong: { logRotation: { containerLogMaxMib: 0 } },
      right: { logRotation: { containerLogMaxMib: 1 } },
    },
    'the user data of the nodes has {} bytes, EC2 allows at most {}: shorten nodeConfig, or build a custom AMI': {
      wrong: { nodeConfig: nodeConfig(`# ${'a'.repeat(16 * 1024)}`) },
      right: { nodeConfig: nodeConfig('# a') },
      unnamed: DOCUMENT,
    },
    'subnets has {} twice: remove one': {
      wrong: { subnets: [VPC.privateSubnets[0]!, VPC.privateSubnets[0]!] },
      right: { subnets: [VPC.privateSubnets[0]!] },
    },
    "{} has '{}', which the role of every node has: remove it": {
      wrong: { nodePolicies: ['AmazonEKSWorkerNodePolicy'] },
      right: { nodePolicies: [] },
    },
    "{} has '{}': managed node groups reject keys with {}; use your own prefix": {
      wrong: { labels: { 'eks.amazonaws.com/team': 'shop' } },
      right: { labels: { 'example.com/team': 'shop' } },
    },
    'maxUnavailablePercent must be between 1 and 100, got {}': {
      wrong: { maxUnavailablePercent: 0 },
      right: { maxUnavailablePercent: 1 },
    },
    "releaseVersion '{}' is not for Kubernetes {}, the cluster's version: use a release of it, or omit it for the latest":
      {
        wrong: { releaseVersion: '1.33.2-20260107' },
        right: { releaseVersion: '1.34.2-20260107' },
      },
    "releaseVersion must look like 1.34.2-20260107, got '{}'": {
      wrong: { releaseVersion: 'latest' },
      right: { releaseVersion: '1.34.2-20260107' },
    },
    'maxSize is 0: raise it, or remove the node group': {
      wrong: { minSize: 0, maxSize: 0 },
      right: { minSize: 0, maxSize: 1 },
    },
  }),
  group(
    inStack(
      (stack, props: { readonly managedPolicies?: readonly string[]; readonly nodePolicies?: readonly string[] }) => {
        const { managedPolicies, nodePolicies } = props;
        const nodeRole = new NodeRole(stack, 'role', { cluster: NODES.cluster, name: 'nodes', managedPolicies });
        new ManagedNodeGroup(stack, 'construct', { ...NODES, nodeRole, nodePolicies } as ManagedNodeGroupProps);
      },
    ),
    {
      'nodePolicies ({}) are for a new role, and nodeRole is set: move them to managedPolicies of that NodeRole, or remove nodeRole':
        {
          wrong: { nodePolicies: ['AmazonS3ReadOnlyAccess'] },
          right: { managedPolicies: ['AmazonS3ReadOnlyAccess'] },
        },
    },
  ),
  group(place(AutoScalingNodeGroup, NODES as AutoScalingNodeGroupProps), {
    'maxPods is not set, and the cluster has prefixDelegation: self-managed nodes would still take only as many pods as without them; set it, such as 110':
      {
        wrong: { cluster: WITH_PREFIXES },
        right: { cluster: WITH_PREFIXES, maxPods: 110 },
      },
    '{} has no {} image with the drivers of {}: {}': {
      wrong: { instanceTypes: ['inf2.xlarge'] },
      right: { instanceTypes: ['inf2.xlarge'], architecture: 'x86_64' },
    },
    'nodeConfig is not valid TOML: {}': {
      wrong: { os: 'bottlerocket', nodeConfig: '[settings.motd]\nmotd = hello\n' },
      right: { os: 'bottlerocket', nodeConfig: '[settings.motd]\nmotd = "hello"\n' },
      unnamed: DOCUMENT,
    },
    'nodeConfig is not valid YAML: {}': {
      wrong: { nodeConfig: nodeConfig('\tkubelet: {}') },
      right: { nodeConfig: nodeConfig('  kubelet: {}') },
      unnamed: DOCUMENT,
    },
    'nodeConfig sets the flag {}, which is also set by {}, and only the last one counts: remove one of the two': {
      wrong: { startupTaints: [TAINT], nodeConfig: nodeConfig(FLAGS) },
      right: { nodeConfig: nodeConfig(FLAGS) },
    },
    'nodeConfig sets {} with a dotted key: write it below [{}]': {
      wrong: { os: 'bottlerocket', maxPods: 40, nodeConfig: 'settings.kubernetes.cluster-domain = "x"\n' },
      right: { os: 'bottlerocket', maxPods: 40, nodeConfig: '[settings.kubernetes]\ncluster-domain = "x"\n' },
      unnamed: DOCUMENT,
    },
    'nodeConfig sets {}, which is also set by {}: remove one of the two': {
      wrong: {
        os: 'bottlerocket',
        logRotation: { containerLogMaxFiles: 5 },
        nodeConfig: '[settings.kubernetes]\ncontainer-log-max-files = 3\n',
      },
      right: { os: 'bottlerocket', nodeConfig: '[settings.kubernetes]\ncontainer-log-max-files = 3\n' },
    },
    'nodeConfig sets {}, which the node group sets itself: remove it from nodeConfig': {
      wrong: { nodeConfig: nodeConfig('  cluster:\n    name: other') },
      right: { nodeConfig: nodeConfig('  kubelet: {}') },
      unnamed: DOCUMENT,
    },
    'capacity.onDemandBase must be a whole number of at least 0, got {}': {
      wrong: { capacity: { kind: 'mixed', onDemandBase: -1, onDemandPercent: 25 } },
      right: { capacity: { kind: 'mixed', onDemandBase: 0, onDemandPercent: 25 } },
    },
    'capacity.onDemandPercent must be between 0 and 100, got {}': {
      wrong: { capacity: { kind: 'mixed', onDemandPercent: 101 } },
      right: { capacity: { kind: 'mixed', onDemandPercent: 100 } },
    },
    'desiredSize ({}) exceeds maxSize ({}): raise maxSize': {
      wrong: { desiredSize: 4 },
      right: { desiredSize: 4, maxSize: 4 },
    },
    'desiredSize ({}) is below minSize ({}): raise desiredSize': {
      wrong: { desiredSize: 0 },
      right: { desiredSize: 1 },
    },
    'minSize ({}) exceeds maxSize ({}): raise maxSize': {
      wrong: { minSize: 4 },
      right: { minSize: 4, maxSize: 4 },
    },

    "formerSpread is '{}', as is spread: remove it, or set spread to the other": {
      wrong: { spread: 'single', formerSpread: 'single' },
      right: { spread: 'single' },
    },
    "image.amiId must look like ami-0123456789abcdef0, got '{}'": {
      wrong: { image: { kind: 'ami', amiId: 'latest' } },
      right: { image: { kind: 'ami', amiId: 'ami-0123456789abcdef0' } },
    },
    "image.release of {} must look like {}, got '{}'": {
      wrong: { image: { kind: 'release', release: '1.34' } },
      right: { image: { kind: 'release', release: 'v20260107' } },
    },
    "instanceTypes has '{}' twice: remove one": {
      wrong: { instanceTypes: ['m7g.large', 'm7g.large'] },
      right: { instanceTypes: ['m7g.large'] },
    },
    "instanceTypes has '{}', which is not a valid instance type: use a name such as {}": {
      wrong: { instanceTypes: ['large'] },
      right: { instanceTypes: ['m7g.large'] },
    },
    "instanceTypes has '{}', which is {}, but architecture is {}: change one of them": {
      wrong: { instanceTypes: ['m7i.large'] },
      right: { instanceTypes: ['m7g.large'] },
    },
    'instanceTypes has only {}, and capacity is {}: when AWS reclaims that type nothing else can be launched; list several of one size':
      {
        wrong: { capacity: { kind: 'spot' }, instanceTypes: ['m7g.large'] },
        right: { capacity: { kind: 'spot' }, instanceTypes: ['m7g.large', 'm6g.large'] },
      },
    'instanceTypes ({}) has the sizes {}: the autoscaler assumes that all nodes of a group are alike; use types of one size, or one node group per size':
      {
        wrong: { instanceTypes: ['m7g.large', 'm7g.xlarge'] },
        right: { instanceTypes: ['m7g.large', 'm6g.large'] },
      },
    'instanceTypes is empty: list at least one, such as {}': {
      wrong: { instanceTypes: [] },
      right: { instanceTypes: ['m7g.large'] },
    },
    "labels has '{}': under kubernetes.io and k8s.io a node may only set labels of {}; use your own prefix": {
      wrong: { labels: { 'kubernetes.io/team': 'shop' } },
      right: { labels: { 'example.com/team': 'shop' } },
    },
    "labels['{}'] is '{}': use {} to 63 letters, digits, '-', '_' or '.'": {
      wrong: { labels: { team: 'the shop' } },
      right: { labels: { team: 'the-shop' } },
    },
    'maxHealthyPercent ({}) is more than 100 above minHealthyPercent ({}): bring them closer': {
      wrong: { minHealthyPercent: 50, maxHealthyPercent: 200 },
      right: { minHealthyPercent: 100, maxHealthyPercent: 200 },
    },
    'maxHealthyPercent must be between 100 and 200, got {}': {
      wrong: { maxHealthyPercent: 99 },
      right: { maxHealthyPercent: 120 },
    },
    'minHealthyPercent must be between 0 and 100, got {}': {
      wrong: { minHealthyPercent: -1 },
      right: { minHealthyPercent: 100 },
    },
    'minHealthyPercent and maxHealthyPercent are both 100: nodes can be neither added nor removed first; raise maxHealthyPercent':
      {
        wrong: { minHealthyPercent: 100, maxHealthyPercent: 100 },
        right: { minHealthyPercent: 100, maxHealthyPercent: 110 },
      },
    'maxPods must be between {} and {}, got {}': { wrong: { maxPods: 0 }, right: { maxPods: 60 } },
    'nodeConfig must be a NodeConfig document, with apiVersion: node.eks.aws/v1alpha1 and kind: NodeConfig': {
      wrong: { nodeConfig: 'spec: {}' },
      right: { nodeConfig: 'apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec: {}\n' },
      unnamed: DOCUMENT,
    },
    'nodeConfig is a shell script: nodeadm reads a NodeConfig document (apiVersion node.eks.aws/v1alpha1); run scripts from a DaemonSet or build a custom AMI':
      {
        wrong: { nodeConfig: '#!/bin/sh\n' },
        right: { nodeConfig: 'apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec: {}\n' },
        unnamed: DOCUMENT,
      },
    'nodeConfig is a shell script: Bottlerocket has no shell and reads TOML; use a bootstrap container': {
      wrong: { os: 'bottlerocket', nodeConfig: '#!/bin/sh\n' },
      right: { os: 'bottlerocket', nodeConfig: '[settings.bootstrap-containers.setup]\n' },
      unnamed: DOCUMENT,
    },

    'subnets is empty: list at least one, such as vpc.privateSubnets': {
      wrong: { subnets: [] },
      right: { subnets: VPC.privateSubnets },
    },
    "taint '{}' has an invalid value '{}': use at most 63 letters, digits, '-', '_' or '.'": {
      wrong: { taints: [{ key: 'pool', value: 'the apps', effect: 'NoSchedule' }] },
      right: { taints: [{ key: 'pool', value: 'the-apps', effect: 'NoSchedule' }] },
    },
  }),
  group(
    inStack((stack, names: readonly string[]) => {
      names.forEach(
        (name, index) => new ManagedNodeGroup(stack, `n${index}`, { ...NODES, name } as ManagedNodeGroupProps),
      );
    }),
    {
      "cluster '{}' already has a node group '{}', {}: choose another name": {
        wrong: ['apps', 'apps'],
        right: ['apps', 'batch'],
      },
    },
  ),
  group(
    inStack((stack, healthCheckType: string) => {
      const nodes = new AutoScalingNodeGroup(stack, 'construct', NODES as AutoScalingNodeGroupProps);
      for (const { resource } of nodes.groups) resource.healthCheckType = healthCheckType;
    }),
    {
      'the group of {} has health_check_type ELB: nodes are terminated before their ingress becomes healthy, so it never does; keep EC2':
        { wrong: 'ELB', right: 'EC2' },
    },
  ),
  group(place(NodeDraining, { cluster: existingCluster() } as NodeDrainingProps), {
    'heartbeatSeconds ({}) is below podGraceSeconds ({}): instances would terminate before their pods have stopped; raise heartbeatSeconds':
      { wrong: { heartbeatSeconds: 60, podGraceSeconds: 120 }, right: { heartbeatSeconds: 180, podGraceSeconds: 120 } },
    'heartbeatSeconds must be between {} and {}, got {}': {
      wrong: { heartbeatSeconds: 10 },
      right: { heartbeatSeconds: 300 },
    },
  }),
  group(place(SessionManagerTunnel, { cluster: existingCluster(), vpc: VPC } as SessionManagerTunnelProps), {
    "vpc has no privateSubnets: list at least one, for the tunnel's instance": {
      wrong: { vpc: existingVpc(undefined, ['intra']) },
      right: { vpc: VPC },
    },
    'egressCidrs has {} twice: remove one': {
      wrong: { egressCidrs: ['10.20.0.0/16', '10.20.0.0/16'] },
      right: { egressCidrs: ['10.20.0.0/16'] },
    },
    'egressCidrs is empty, so that the instance would reach nothing: list networks, or omit it for 0.0.0.0/0': {
      wrong: { egressCidrs: [] },
      right: { egressCidrs: ['10.20.0.0/16'] },
    },
    "roles has '{}' twice: remove one": { wrong: { roles: ['platform', 'platform'] }, right: { roles: ['platform'] } },
    "roles has '{}', which IAM Identity Center manages: add the policy to its permission set, and remove the role": {
      wrong: { roles: ['AWSReservedSSO_Admin_0123456789abcdef'] },
      right: { roles: ['platform'] },
    },
  }),
  group(place(EksAddOn, { name: 'coredns', cluster: existingCluster(), after: [] } as unknown as EksAddOnProps), {
    "no version of '{}' is pinned for Kubernetes {}: set version": {
      wrong: { name: 'adot' },
      right: { name: 'adot', version: 'v0.109.0-eksbuild.1' },
    },
    "after is required: pods of '{}' need nodes, so list the node groups, or [] if the cluster already has nodes": {
      wrong: { after: undefined },
      right: { after: [] },
    },
    "version '{}' of '{}' is not a version: use one such as v1.2.3-eksbuild.1, from aws eks describe-addon-versions --addon-name {} --kubernetes-version {}":
      { wrong: { version: 'latest' }, right: { version: 'v1.2.3-eksbuild.1' } },
    'version {} of kube-proxy is newer than the control plane, {}: use one of v{}, or omit version': {
      wrong: { name: 'kube-proxy', version: 'v1.35.0-eksbuild.2' },
      right: { name: 'kube-proxy', version: 'v1.34.0-eksbuild.2' },
    },
    "volumeAccess is 'cluster', but version {} of aws-ebs-csi-driver does not tag volumes with the cluster's name: use v1.{}.0 or later, or set volumeAccess to 'account'":
      {
        wrong: { ...EBS_DRIVER, version: 'v1.57.1-eksbuild.1' },
        right: { ...EBS_DRIVER, version: 'v1.58.0-eksbuild.1' },
      },
  }),
  group(
    inStack(
      (stack, { taints, configuration }: { readonly taints: readonly Taint[]; readonly configuration?: object }) => {
        const nodes = new ManagedNodeGroup(stack, 'nodes', { ...NODES, taints } as ManagedNodeGroupProps);
        const { cluster } = NODES;
        new EksAddOn(stack, 'coredns', { cluster, after: nodes.ready, configuration } as EksAddOnProps);
      },
    ),
    {
      "pods of '{}' cannot be scheduled ({}): add an untainted node group with a node, or set {} in configuration": {
        wrong: { taints: [TAINT] },
        right: { taints: [TAINT], configuration: { tolerations: [{ key: 'pool', operator: 'Exists' }] } },
      },
    },
  ),
  group(place(StandardAddOns, { cluster: existingCluster(), after: [] } as StandardAddOnsProps), {
    "{} has '{}', which is a standard add-on: configure it in {}": {
      wrong: { additional: { coredns: VERSION } },
      right: { settings: { coredns: VERSION } },
    },
    "{} has '{}', which is not installed here: {}remove it": {
      wrong: { additional: { efs: { ...VERSION, after: ['ebs'] } } },
      right: { additional: { efs: { ...VERSION, after: ['aws-ebs-csi-driver'] } } },
    },
    "{} leads back to '{}' ({}): remove one of the steps": {
      wrong: { additional: { a: { ...VERSION, after: ['b'] }, b: { ...VERSION, after: ['a'] } } },
      right: { additional: { a: { ...VERSION, after: ['b'] }, b: VERSION } },
    },
  }),
];
