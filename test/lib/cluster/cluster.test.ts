import type { ClusterAccessEntry } from '../../../lib/cluster/access-props';
import { Cluster } from '../../../lib/cluster/cluster';
import type { ClusterProps } from '../../../lib/cluster/cluster-props';
import { acknowledge } from '../../../lib/core/acknowledge';
import type { AwsStack } from '../../../lib/core/aws-stack';
import type { RuleCode } from '../../../lib/core/rules';
import { existingVpc } from '../../support/cluster';
import { refusal, synthStack } from '../../support/stack';

const ADMIN: ClusterAccessEntry = {
  name: 'platform',
  principalArn: 'arn:aws:iam::123456789012:role/platform',
  policy: 'cluster-admin',
};
const CIDRS = ['198.51.100.0/24'];
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1';

function cluster(scope: AwsStack, props: Partial<ClusterProps> = {}): Cluster {
  return new Cluster(scope, 'cluster', {
    name: 'production',
    kubernetesVersion: '1.35',
    vpc: existingVpc(),
    access: [ADMIN],
    ...props,
  });
}

function synth(props: Partial<ClusterProps> = {}) {
  return synthStack((scope) => cluster(scope, props));
}

test('by default it is private, keeps all logs for a year and grants its creator no permissions', () => {
  const stack = synth();
  expect(stack.getResource('aws_eks_cluster').attributes).toMatchObject({
    name: 'production',
    version: '1.35',
    access_config: { authentication_mode: 'API', bootstrap_cluster_creator_admin_permissions: false },
    bootstrap_self_managed_addons: false,
    deletion_protection: true,
    enabled_cluster_log_types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    kubernetes_network_config: { ip_family: 'ipv4', service_ipv4_cidr: '172.20.0.0/16' },
    upgrade_policy: { support_type: 'STANDARD' },
    vpc_config: {
      endpoint_private_access: true,
      endpoint_public_access: false,
      subnet_ids: ['subnet-intra-eu-west-1a', 'subnet-intra-eu-west-1b'],
    },
    zonal_shift_config: { enabled: true },
  });
  expect(stack.getResource('aws_cloudwatch_log_group').attributes).toMatchObject({
    name: '/aws/eks/production/cluster',
    retention_in_days: 365,
  });
  expect(JSON.parse(stack.getResource('aws_iam_role', 'cluster/role/role').attributes['assume_role_policy'])).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
      },
    ],
  });
  expect(stack.ofType('aws_iam_openid_connect_provider')).toEqual([]);
});

test.each<{ props: Partial<ClusterProps>; attributes: object }>([
  {
    props: { vpc: existingVpc(undefined, ['private']) },
    attributes: { vpc_config: { subnet_ids: ['subnet-private-eu-west-1a', 'subnet-private-eu-west-1b'] } },
  },
  {
    props: { endpoint: { kind: 'private-and-public', allowedCidrs: CIDRS } },
    attributes: { vpc_config: { endpoint_public_access: true, public_access_cidrs: CIDRS } },
  },
  { props: { ipFamily: 'ipv6' }, attributes: { kubernetes_network_config: { ip_family: 'ipv6' } } },
  {
    props: { secretsKmsKeyArn: KEY },
    attributes: { encryption_config: { resources: ['secrets'], provider: { key_arn: KEY } } },
  },
  { props: { upgradePolicy: 'EXTENDED' }, attributes: { upgrade_policy: { support_type: 'EXTENDED' } } },
  { props: { zonalShift: false }, attributes: { zonal_shift_config: { enabled: false } } },
  { props: { deletionProtection: false }, attributes: { deletion_protection: false } },
  { props: { logTypes: ['audit'] }, attributes: { enabled_cluster_log_types: ['audit'] } },
  { props: { kubernetesVersion: '1.34' }, attributes: { version: '1.34' } },
])('$props becomes $attributes', ({ props, attributes }) => {
  expect(synth(props).getResource('aws_eks_cluster').attributes).toMatchObject(attributes);
});

test.each([{ deletionProtection: false }, {}])(
  '%j also decides whether Terraform may destroy cluster and log',
  (props) => {
    const stack = synth(props);
    const prevented = ['aws_eks_cluster', 'aws_cloudwatch_log_group'].map(
      (type) => stack.getResource(type).attributes['lifecycle']?.['prevent_destroy'] ?? false,
    );
    const isProtected = props.deletionProtection ?? true;
    expect(prevented).toEqual([isProtected, isProtected]);
  },
);

test('the control plane may use a custom key for secrets', () => {
  const policy = synth({ secretsKmsKeyArn: KEY }).getResource('aws_iam_role_policy', 'cluster/role/policy').attributes[
    'policy'
  ];
  expect(JSON.parse(policy).Statement).toEqual([
    { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ListGrants'], Resource: KEY },
  ]);
});

test.each<{ props: Partial<ClusterProps>; cidrs: string[] }>([
  { props: {}, cidrs: ['10.20.0.0/16'] },
  {
    props: { endpoint: { kind: 'private', privateCidrs: ['10.20.0.0/16', '10.8.0.0/24'] } },
    cidrs: ['10.20.0.0/16', '10.8.0.0/24'],
  },
  { props: { endpoint: { kind: 'private-and-public', allowedCidrs: CIDRS } }, cidrs: ['10.20.0.0/16'] },
  { props: { endpoint: { kind: 'private', privateCidrs: [] } }, cidrs: [] },
])('with $props the private endpoint is reachable from $cidrs', ({ props, cidrs }) => {
  const rules = synth(props).ofType('aws_vpc_security_group_ingress_rule');
  expect(rules.map(({ attributes }) => attributes['cidr_ipv4'])).toEqual(cidrs);
});

test('the OIDC provider has no thumbprint', () => {
  const { attributes } = synth({ oidcProvider: true }).getResource('aws_iam_openid_connect_provider');
  expect(attributes).toMatchObject({ client_id_list: ['sts.amazonaws.com'] });
  expect(attributes).not.toHaveProperty('thumbprint_list');
  expect(attributes['url']).toMatch(/^\$\{aws_eks_cluster\..*\.identity\[0\]\.oidc\[0\]\.issuer\}$/);
});

test('creation order', () => {
  const stack = synth({ securityGroups: 'strict' });
  const eks = stack.getResource('aws_eks_cluster');
  const cni = stack.getResource('aws_eks_addon', 'add-ons/vpc-cni/add-on');
  const edges = [
    [eks, stack.getResource('aws_cloudwatch_log_group')],
    [eks, stack.getResource('aws_iam_role_policy_attachment', 'cluster/role/AmazonEKSClusterPolicy')],
    [stack.getResource('aws_eks_access_policy_association'), eks],
    [cni, stack.getResource('aws_iam_role_policy_attachment', 'vpc-cni/role/AmazonEKS_CNI_Policy')],
    [cni, stack.getResource('aws_eks_addon', 'eks-pod-identity-agent/add-on')],
    [stack.getResource('aws_eks_addon', 'kube-proxy/add-on'), eks],
  ] as const;
  expect(edges.map(([later, earlier]) => stack.isAfter(later, earlier))).toEqual(edges.map(() => true));
});

test('nodes depend on the network add-ons, and in strict mode on the rules', () => {
  let ready: readonly { fqn: string }[] = [];
  const stack = synthStack((scope) => {
    ready = cluster(scope, {
      securityGroups: 'strict',
      endpoint: { kind: 'private', privateCidrs: [] },
    }).readyForNodes;
  });
  expect(ready).toHaveLength(
    stack.ofType('aws_eks_addon').length +
      stack.ofType('aws_vpc_security_group_ingress_rule').length +
      stack.ofType('aws_vpc_security_group_egress_rule').length,
  );
});

test.each<{ props: Partial<ClusterProps>; addOn: string; expected: object }>([
  { props: {}, addOn: 'vpc-cni', expected: { configuration_values: '{"enableNetworkPolicy":"true"}' } },
  {
    props: { addOns: { 'vpc-cni': { configuration: { env: { ENABLE_PREFIX_DELEGATION: 'true' } } } } },
    addOn: 'vpc-cni',
    expected: { configuration_values: '{"enableNetworkPolicy":"true","env":{"ENABLE_PREFIX_DELEGATION":"true"}}' },
  },
  {
    props: { addOns: { 'kube-proxy': { version: 'v1.35.0-eksbuild.2' } } },
    addOn: 'kube-proxy',
    expected: { addon_version: 'v1.35.0-eksbuild.2' },
  },
])('add-on $addOn with $props is $expected', ({ props, addOn, expected }) => {
  expect(synth(props).getResource('aws_eks_addon', `${addOn}/add-on`).attributes).toMatchObject(expected);
});

test("without the Pod Identity agent the CNI uses the node's role", () => {
  let cniHasPodIdentity = true;
  const stack = synthStack((scope) => {
    ({ cniHasPodIdentity } = cluster(scope, { addOns: { 'eks-pod-identity-agent': 'none' } }));
  });
  expect(cniHasPodIdentity).toBe(false);
  expect(stack.getResource('aws_eks_addon', 'vpc-cni/add-on').attributes).not.toHaveProperty(
    'pod_identity_association',
  );
});

test('for IPv6 the CNI has a custom policy, and EKS assigns the service CIDR', () => {
  let serviceCidr = '';
  const stack = synthStack((scope) => {
    ({ serviceCidr } = cluster(scope, { ipFamily: 'ipv6' }));
  });
  expect(serviceCidr).not.toBe('172.20.0.0/16');
  const policy = stack.getResource('aws_iam_role_policy', 'vpc-cni/role/policy').attributes['policy'];
  expect(JSON.parse(policy).Statement[0].Action).toContain('ec2:AssignIpv6Addresses');
});

test.each(['ipv4', 'ipv6'] as const)("with %s the CNI cannot change interfaces of other clusters' VPCs", (ipFamily) => {
  const policy = synth({ ipFamily }).getResource('aws_iam_role_policy', 'vpc-cni/role/policy').attributes['policy'];
  const [denied, ...others] = JSON.parse(policy).Statement.filter(
    ({ Effect }: { Effect: string }) => Effect === 'Deny',
  );
  expect(others).toEqual([]);
  expect(denied.Resource).toBe('arn:aws:ec2:*:*:network-interface/*');
  // A request without the key is not denied: the CNI must never lose what it can do in its own VPC.
  expect(denied.Condition).toEqual({
    ArnNotEquals: { 'ec2:Vpc': 'arn:aws:ec2:*:*:vpc/vpc-1' },
    Null: { 'ec2:Vpc': 'false' },
  });
  // All that the CNI's policies allow on interfaces; a new one has no VPC that differs from its subnet's.
  expect(denied.Action).toEqual([
    'ec2:AssignIpv6Addresses',
    'ec2:AssignPrivateIpAddresses',
    'ec2:AttachNetworkInterface',
    'ec2:CreateTags',
    'ec2:DeleteNetworkInterface',
    'ec2:DetachNetworkInterface',
    'ec2:ModifyNetworkInterfaceAttribute',
    'ec2:UnassignPrivateIpAddresses',
  ]);
});

test('the CNI starts after its policies are complete', () => {
  const stack = synth();
  const cni = stack.getResource('aws_eks_addon', 'add-ons/vpc-cni/add-on');
  expect(stack.isAfter(cni, stack.getResource('aws_iam_role_policy', 'vpc-cni/role/policy'))).toBe(true);
});

test('exports the kubeconfig command', () => {
  let command = '';
  synthStack((scope) => {
    command = cluster(scope).kubeconfigCommand;
  });
  expect(command).toBe('aws eks update-kubeconfig --name production --region eu-west-1');
});

test.each<{ mistake: string; props: Partial<ClusterProps>; message: string; region?: string }>([
  {
    mistake: 'a long name',
    props: { name: 'x'.repeat(101) },
    message: `name '${'x'.repeat(101)}' has 101 characters, AWS allows at most 100: shorten it`,
  },
  {
    mistake: 'a name with a dot',
    props: { name: 'shop.production' },
    message:
      "name 'shop.production' must begin with a letter or digit and hold only letters, digits, hyphens and underscores",
  },
  {
    mistake: 'a version without pinned add-ons',
    props: { kubernetesVersion: '1.29' as never },
    message: "kubernetesVersion '1.29' has no pinned add-on versions: use one of '1.34', '1.35', '1.36'",
  },
  {
    mistake: 'one zone',
    props: { vpc: existingVpc(['eu-west-1a']) },
    message: 'vpc has control plane subnets in one zone (eu-west-1a): EKS requires at least 2 zones',
  },
  {
    mistake: 'no subnets',
    props: { vpc: existingVpc([]) },
    message: 'vpc has control plane subnets in no zone: EKS requires at least 2 zones',
  },
  ...['use1-az3', 'usw1-az2', 'cac1-az3'].map((zone) => ({
    mistake: `zone ${zone}`,
    props: { vpc: existingVpc([zone, 'use1-az1']) },
    message: `vpc has a control plane subnet in ${zone}, which EKS does not support: use another zone`,
  })),
  {
    mistake: 'a service CIDR in the VPC',
    props: { serviceCidr: '10.20.128.0/20' },
    message: "serviceCidr '10.20.128.0/20' overlaps the VPC's 10.20.0.0/16: choose another CIDR block",
  },
  {
    mistake: 'the default service CIDR in the VPC',
    props: { vpc: { ...existingVpc(), cidr: '172.16.0.0/12' } },
    message: "serviceCidr '172.20.0.0/16' overlaps the VPC's 172.16.0.0/12: choose another CIDR block",
  },
  {
    mistake: 'the default service CIDR in a block for pods',
    props: { vpc: { ...existingVpc(), secondaryCidrs: ['100.64.0.0/16', '172.20.128.0/17'] } },
    message: "serviceCidr '172.20.0.0/16' overlaps the VPC's 172.20.128.0/17: choose another CIDR block",
  },
  {
    mistake: 'a service CIDR in a secondary block of the VPC',
    props: {
      serviceCidr: '192.168.0.0/16',
      vpc: {
        ...existingVpc(),
        publicSubnets: [{ subnetId: 'subnet-1', zone: 'eu-west-1a', cidr: '192.168.4.0/24' }],
      },
    },
    message: "serviceCidr '192.168.0.0/16' overlaps the VPC's 192.168.4.0/24: choose another CIDR block",
  },
  {
    mistake: 'a public, tiny service CIDR',
    props: { serviceCidr: '203.0.113.0/25' },
    message:
      "2 problems\n  - serviceCidr '203.0.113.0/25' must be between /24 and /12\n" +
      "  - serviceCidr '203.0.113.0/25' must be within a private range: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16",
  },
  {
    mistake: 'an invalid service CIDR',
    props: { serviceCidr: '172.20.0.0' },
    message: "serviceCidr '172.20.0.0' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16",
  },
  {
    mistake: 'IPv6 without IPv6 subnets',
    props: { ipFamily: 'ipv6', vpc: { ...existingVpc(), addressing: 'ipv4' } },
    message:
      "ipFamily 'ipv6' needs subnets with IPv6, and those of vpc have IPv4 addresses only: set the VPC's addressing to 'dual-stack', or ipFamily to 'ipv4'",
  },
  ...(['logKmsKeyArn', 'secretsKmsKeyArn'] as const).map((prop) => ({
    mistake: `a key of another region in ${prop}`,
    props: { [prop]: KEY.replace('eu-west-1', 'us-east-1') },
    message: `${prop} '${KEY.replace('eu-west-1', 'us-east-1')}' is of a key in us-east-1: use a key, or a replica of a multi-Region key, in eu-west-1`,
  })),
  {
    mistake: 'a block that is none in the VPC',
    props: { vpc: { ...existingVpc(), cidr: '10.20.300.0/16' } },
    message: "vpc.cidr must be an IPv4 CIDR block, such as 10.20.0.0/16, got '10.20.300.0/16'",
  },
  {
    mistake: 'a service CIDR with IPv6',
    props: { ipFamily: 'ipv6', serviceCidr: '172.21.0.0/16' },
    message: "serviceCidr '172.21.0.0/16' cannot be set with ipFamily 'ipv6', EKS assigns it: remove it",
  },
  {
    mistake: 'IPv6 in China',
    region: 'cn-north-1',
    props: { ipFamily: 'ipv6', access: [{ ...ADMIN, principalArn: 'arn:aws-cn:iam::123456789012:role/platform' }] },
    message: "ipFamily 'ipv6' is not available in cn-north-1: use 'ipv4'",
  },
  {
    mistake: 'both API endpoints disabled',
    props: { endpoint: { kind: 'none' } as never },
    message:
      "endpoint.kind 'none' disables both API endpoints, so nobody could reach the cluster: " +
      "use 'private', or 'private-and-public' with allowedCidrs",
  },
  {
    mistake: 'public CIDRs with the private endpoint disabled',
    props: { endpoint: { kind: 'public', allowedCidrs: CIDRS } as never },
    message:
      "endpoint.kind 'public' disables the private endpoint, so nodes would reach the API only over the internet: " +
      "use 'private', or 'private-and-public' with allowedCidrs",
  },
  {
    mistake: 'public CIDRs with a private endpoint',
    props: { endpoint: { kind: 'private', allowedCidrs: CIDRS } as never },
    message:
      'endpoint.allowedCidrs (198.51.100.0/24) has no effect on a private endpoint: ' +
      "remove it, or set kind to 'private-and-public'",
  },
  {
    mistake: 'invalid or duplicate private networks',
    props: { endpoint: { kind: 'private', privateCidrs: ['10.1.0.0', '10.2.0.0/16', '10.2.0.0/16'] } },
    message:
      "2 problems\n  - endpoint.privateCidrs '10.1.0.0' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16\n" +
      '  - endpoint.privateCidrs has 10.2.0.0/16 twice: remove one',
  },
  {
    mistake: 'a public endpoint without CIDRs',
    props: { endpoint: { kind: 'private-and-public', allowedCidrs: [] } },
    message:
      "endpoint.allowedCidrs is empty, which opens the endpoint to everyone: list the networks, or set kind to 'private'",
  },
  {
    mistake: 'a public endpoint for everyone',
    props: { endpoint: { kind: 'private-and-public', allowedCidrs: ['0.0.0.0/0'] } },
    message:
      'endpoint.allowedCidrs has 0.0.0.0/0: the Kubernetes API is open to everyone; list the networks that need access ' +
      "(if intended: acknowledge(scope, 'public-api-open', 'the reason'))",
  },
  {
    mistake: 'a malformed CIDR',
    props: { endpoint: { kind: 'private-and-public', allowedCidrs: ['198.51.100.7/24'] } },
    message: "endpoint.allowedCidrs '198.51.100.7/24' has host bits set: use 198.51.100.0/24",
  },
  {
    mistake: 'a lockout',
    props: { access: [{ ...ADMIN, namespaces: ['shop'] }] },
    message:
      "access has no cluster-wide 'cluster-admin': nobody could administer the cluster, not even its creator; add an entry with that policy and without namespaces",
  },
  {
    mistake: 'two entries with the same name',
    props: { access: [ADMIN, { ...ADMIN, principalArn: 'arn:aws:iam::123456789012:role/ci' }] },
    message: "access has two entries named 'platform': give each a unique name",
  },
  {
    mistake: 'two entries for one principal',
    props: { access: [ADMIN, { ...ADMIN, name: 'ci', policy: 'view' }] },
    message:
      "access has the entries 'platform' and 'ci' for one principal, but EKS allows one: merge them, or remove one",
  },
  {
    mistake: 'an unknown volumeAccess',
    props: { volumeAccess: 'own' as 'cluster' },
    message: "volumeAccess must be one of account, cluster, got 'own'",
  },
  {
    mistake: 'a pull-through cache without a prefix',
    props: { pullThroughCaches: ['123456789012.dkr.ecr.eu-west-1.amazonaws.com'] },
    message:
      "pullThroughCaches has '123456789012.dkr.ecr.eu-west-1.amazonaws.com', which is not the URL of a cache: use <account>.dkr.ecr.<region>.amazonaws.com/<prefix>",
  },
  {
    mistake: 'a missing CNI',
    props: { addOns: { 'vpc-cni': 'none' } },
    message:
      "'vpc-cni' is 'none', and without a CNI plugin no node becomes Ready: remove it, or install another plugin " +
      "(if intended: acknowledge(scope, 'no-vpc-cni', 'the reason'))",
  },
  {
    mistake: 'a retention that CloudWatch Logs does not support',
    props: { logRetentionDays: 100 },
    message:
      'logRetentionDays 100 is not supported by CloudWatch Logs: use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, ' +
      '365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
  },
])('rejects $mistake', ({ props, message, region = 'eu-west-1' }) => {
  expect(refusal((scope) => cluster(scope, props), { region })).toBe(`test/cluster: ${message}`);
});

test.each<{ code: RuleCode; props: Partial<ClusterProps> }>([
  { code: 'public-api-open', props: { endpoint: { kind: 'private-and-public', allowedCidrs: ['0.0.0.0/0'] } } },
  { code: 'no-vpc-cni', props: { addOns: { 'vpc-cni': 'none' } } },
])('$code can be acknowledged', ({ code, props }) => {
  const stack = synthStack((scope) => {
    acknowledge(scope, code, 'for the test');
    cluster(scope, props);
  });
  expect(stack.ofType('aws_eks_cluster')).toHaveLength(1);
});

test('the control plane stays in the zones it was created in, and a plan that removes one fails', () => {
  const stack = synth();
  const { attributes, address } = stack.getResource('terraform_data', 'cluster/control-plane-zones');
  expect(attributes).toMatchObject({
    input: ['eu-west-1a', 'eu-west-1b'],
    lifecycle: { ignore_changes: ['input'] },
  });
  expect(stack.getResource('aws_eks_cluster').attributes['lifecycle']).toEqual({
    prevent_destroy: true,
    ignore_changes: ['vpc_config[0].subnet_ids'],
    precondition: [
      {
        condition: `\${alltrue([for zone in ${address}.output : contains(["eu-west-1a","eu-west-1b"], zone)])}`,
        error_message: `Cluster 'production' was made in \${join(", ", ${address}.output)}, which EKS never changes, and the VPC has subnets for it in eu-west-1a, eu-west-1b: keep the missing zones in the VPC's intraZones.`,
      },
    ],
  });
});
