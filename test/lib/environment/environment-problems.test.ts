import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentAccess } from '../../../lib/environment/environment-access';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { APPS_GROUP, appFor, environment, refused, synthEnvironments } from './fixtures';

const ADMIN: EnvironmentAccess = { name: 'platform', role: 'platform', policy: 'cluster-admin' };

test.each(['two words', '${x}', ''])('the name %p is rejected before cdktf sees it', (name) => {
  expect(refused(() => synthEnvironments(environment({ name })))).toMatch(/name (must be|is required)/);
});

test.each<{ mistake: string; props: Partial<EnvironmentProps>; problem: string }>([
  {
    mistake: 'fewer zones than the profile requires',
    props: { zones: ['eu-west-1a', 'eu-west-1b'], nodeGroups: [{ ...APPS_GROUP, minSize: 2 }] },
    problem:
      "zones has 2 (eu-west-1a, eu-west-1b), but profile 'ha' requires at least 3: add zones, or choose a smaller profile",
  },
  {
    mistake: 'a tag that would be overwritten',
    props: { tags: { environment: 'production' } },
    problem:
      "tags has 'environment': 'production', which would be overwritten with the environment's name, 'staging': remove it",
  },
  {
    mistake: 'a tag that IAM rejects',
    props: { tags: { 'Kostenstelle 1': 'Größe 名前 1+2=a@b_c.d:e/f-g', empty: '', owner: 'shop, web' } },
    problem: "tags has 'owner': 'shop, web', which IAM rejects: use letters, digits, spaces and _.:/=+-@",
  },
  {
    mistake: 'a port that is open for two purposes',
    props: {
      cluster: {
        openPorts: [
          { from: 'nodes', port: 9500, purpose: 'webhooks' },
          { from: 'nodes', port: 9500, purpose: 'metrics' },
        ],
      },
    },
    problem: 'cluster.openPorts has tcp 9500 from nodes twice: list it once',
  },
  {
    mistake: 'no node group',
    props: { nodeGroups: [] },
    problem: 'nodeGroups is empty: add a group, or omit it for those of the profile',
  },
  {
    mistake: 'fewer nodes than the profile requires',
    props: { nodeGroups: [{ ...APPS_GROUP, zones: ['eu-west-1a', 'eu-west-1b'] }] },
    problem:
      "nodeGroups have a minimum of 2 nodes, but profile 'ha' requires 3 to tolerate the loss of 1: raise minSize, or choose a smaller profile",
  },
  {
    mistake: 'two node groups with the same name',
    props: { nodeGroups: [APPS_GROUP, { ...APPS_GROUP, instanceTypes: ['m7g.large'] }] },
    problem: "nodeGroups has two groups named 'apps': use unique names",
  },
  {
    mistake: 'two node groups with the same former name',
    props: { nodeGroups: ['a', 'b'].map((name) => ({ ...APPS_GROUP, name, formerly: 'apps' })) },
    problem: "nodeGroups has two groups that were formerly 'apps': keep formerly in one of them",
  },
  {
    mistake: 'a former name that is taken',
    props: { nodeGroups: [APPS_GROUP, { ...APPS_GROUP, name: 'new', formerly: 'apps' }] },
    problem:
      "node group 'new' was formerly 'apps', which is the name of another group: remove formerly, or rename one group per apply",
  },
  {
    mistake: 'a node group in a zone without subnets',
    props: { nodeGroups: [{ ...APPS_GROUP, minSize: 3, zones: ['eu-west-1d'] }] },
    problem:
      "node group 'apps' is in zone eu-west-1d, but the environment has eu-west-1a, eu-west-1b, eu-west-1c: add it to zones",
  },
  {
    mistake: 'a node group without zones',
    props: { nodeGroups: [APPS_GROUP, { ...APPS_GROUP, name: 'batch', zones: [] }] },
    problem: "node group 'batch' has no zones: list at least one, or omit zones for all of the environment's",
  },
  {
    mistake: 'an ARN instead of a role name',
    props: { access: [{ ...ADMIN, role: 'arn:aws:iam::123456789012:role/people/platform' }] },
    problem:
      "access 'platform' has an ARN as role (arn:aws:iam::123456789012:role/people/platform): use the name, 'people/platform'",
  },
  {
    mistake: 'a role of another account',
    props: { access: [{ ...ADMIN, role: 'arn:aws:iam::210987654321:role/platform' }] },
    problem:
      "access 'platform' has a role of account 210987654321 (arn:aws:iam::210987654321:role/platform): write the ARN as principalArn instead",
  },
  {
    mistake: 'a role and an ARN',
    props: { access: [{ ...ADMIN, principalArn: 'arn:aws:iam::210987654321:role/platform' }] },
    problem:
      "access 'platform' has a role ('platform') and a principalArn ('arn:aws:iam::210987654321:role/platform'): remove one",
  },
  ...[
    { zone: { zoneId: 'Z1', zoneName: 'example.com' }, parentZone: undefined },
    { domains: [{ domain: 'shop.example.org', zone: { zoneId: 'Z1', zoneName: 'example.com' } }] },
  ].map((props) => ({
    mistake: `a zone of another domain: ${Object.keys(props)[0]}`,
    props,
    problem: props.domains
      ? "domains[0].zone is of 'example.com', but the domain is 'shop.example.org': give the zone of that name, or use parentZone for a new one that it delegates to"
      : "zone is of 'example.com', but the domain is 'staging.example.com': give the zone of that name, or use parentZone for a new one that it delegates to",
  })),
  {
    mistake: 'an existing zone with a parent',
    props: { zone: { zoneId: 'Z1', zoneName: 'staging.example.com' } },
    problem: 'parentZone delegates to a new zone, but zone exists: remove one of the two',
  },
  {
    mistake: 'a private zone',
    props: { parentZone: undefined, zone: { zoneId: 'Z1', zoneName: 'staging.example.com', visibility: 'private' } },
    problem:
      "zone 'staging.example.com' is private, and certificates are validated in public ones: give the public zone of that name",
  },
  {
    mistake: 'a domain without a parent',
    props: { domains: [{ domain: 'shop' }] },
    problem: "domains[0].domain 'shop' is a top-level domain: use one below it, such as production.example.com",
  },
  {
    mistake: 'a domain twice',
    props: { domains: [{ domain: 'staging.example.com' }] },
    problem: "domain 'staging.example.com' is listed twice: remove it from domains",
  },
  {
    mistake: 'a wildcard as domain',
    props: { domains: [{ domain: '*.example.org' }] },
    problem: "domains[0].domain '*.example.org' is a wildcard: use 'example.org', whose certificate covers it",
  },
  {
    mistake: 'an IPv6 cluster without IPv6 subnets',
    props: { cluster: { ipFamily: 'ipv6' }, acknowledge: { 'ipv6-environment': 'has an ingress of its own' } },
    problem: "cluster.ipFamily 'ipv6' needs subnets with IPv6: set network.addressing to 'dual-stack', or omit it",
  },
  {
    mistake: 'an IPv6 cluster',
    props: { cluster: { ipFamily: 'ipv6' }, network: { addressing: 'dual-stack' } },
    problem:
      "cluster.ipFamily 'ipv6': the load balancer and the policies of add-ons reach pods and the API server over IPv4 only: omit it, or acknowledge it with an ingress of your own " +
      "(if intended: acknowledge(scope, 'ipv6-environment', 'the reason'))",
  },
  {
    mistake: 'a load balancer with IPv6 without IPv6 subnets',
    props: { loadBalancer: { ipAddressType: 'dualstack' } },
    problem: "loadBalancer.ipAddressType 'dualstack' needs subnets with IPv6: set network.addressing to 'dual-stack'",
  },
  {
    mistake: 'several groups of which none says that it hosts the ingress',
    props: { nodeGroups: ['a', 'b'].map((name) => ({ ...APPS_GROUP, name, ingress: undefined })) },
    problem:
      "nodeGroups has several groups ('a', 'b'), and none with ingress: true: set it on those that host the ingress; a single group does without it, and so did all groups in earlier releases",
  },
  ...[
    [{ ...APPS_GROUP, ingress: false }],
    [
      { ...APPS_GROUP, ingress: false },
      { ...APPS_GROUP, name: 'batch', ingress: undefined },
    ],
  ].map((nodeGroups) => ({
    mistake: `no host for the ingress: ${nodeGroups.length}`,
    props: { nodeGroups },
    problem: `no node group hosts the ingress (${nodeGroups.map(({ name }) => `'${name}'`).join(', ')}), so the load balancer would have no targets: set ingress: true on one`,
  })),
  {
    mistake: 'access without a role',
    props: { access: [{ name: 'platform', policy: 'cluster-admin' } as EnvironmentAccess] },
    problem:
      "access 'platform' has no role: set it to the name of an IAM role of the account, or set principalArn for one of another account",
  },
  {
    mistake: 'an invalid role name',
    props: { access: [{ ...ADMIN, role: 'platform team' }] },
    problem:
      "access 'platform' has the role 'platform team', which is not a valid role name: use the name, with its path if it has one",
  },
  {
    mistake: 'a CIDR with host bits set',
    props: { cidr: '10.30.4.0/16' },
    problem: "cidr '10.30.4.0/16' has host bits set: use 10.30.0.0/16",
  },
  {
    mistake: 'a VPC too small for its subnets',
    props: { cidr: '10.30.0.0/26' },
    problem:
      "cidr '10.30.0.0/26' is not a valid size: use a /16 (AWS maximum) to a /22 (minimum for every zone's public, private and intra subnet), such as 10.30.0.0/22",
  },
  {
    mistake: 'a zone of another region',
    props: { zones: ['eu-west-1a', 'eu-west-1b', 'us-east-1c'] },
    problem:
      "zones has 'us-east-1c', which is not a zone of eu-west-1: use names such as eu-west-1a, or ids such as euw1-az1",
  },
  {
    mistake: 'an intra zone of another region',
    props: { network: { intraZones: ['us-east-1c'] } },
    problem:
      "network.intraZones has 'us-east-1c', which is not a zone of eu-west-1: use names such as eu-west-1a, or ids such as euw1-az1",
  },
])('rejects $mistake', ({ props, problem }) => {
  expect(refused(() => synthEnvironments(environment(props)))).toBe(`staging-infrastructure: ${problem}`);
});

test.each<{ props: Partial<EnvironmentProps>; problem: string }>([
  {
    props: { access: [{ name: 'ci', principalArn: 'arn:aws-cn:iam::210987654321:role/ci', policy: 'cluster-admin' }] },
    problem:
      "staging-infrastructure/cluster/principal-210987654321-role-ci: principalArn 'arn:aws-cn:iam::210987654321:role/ci' is of partition aws-cn, and the stack's region is in aws: begin it with arn:aws:",
  },
  {
    props: { cluster: { secretsKmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-1111' } },
    problem:
      "staging-infrastructure/cluster: secretsKmsKeyArn 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-1111' is of a key in us-east-1: use a key, or a replica of a multi-Region key, in eu-west-1",
  },
])('an ARN of elsewhere is rejected: $problem', ({ props, problem }) => {
  expect(refused(() => synthEnvironments(environment(props)))).toBe(problem);
});

test('reports all problems of an environment at once', () => {
  const props = environment({
    name: 'Staging',
    zones: ['eu-west-1a'],
    profile: EnvironmentProfile.business(),
    nodeGroups: [APPS_GROUP],
    cidr: '10.30.0.0',
  });
  expect(refused(() => synthEnvironments(props))).toBe(
    [
      'Staging-infrastructure: 4 problems',
      "  - name must be 2 to 32 lowercase letters, digits and hyphens, starting with a letter, got 'Staging'",
      "  - zones has 1 (eu-west-1a), but profile 'business' requires at least 3: add zones, or choose a smaller profile",
      "  - nodeGroups have a minimum of 1 node, but profile 'business' requires 5 to tolerate the loss of 2: raise minSize, or choose a smaller profile",
      "  - cidr '10.30.0.0' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16",
    ].join('\n'),
  );
});

test.each<{ mistake: string; other: Partial<EnvironmentProps>; problem: string }>([
  {
    mistake: 'the same name, and state key',
    other: { cidr: '10.40.0.0/16' },
    problem:
      "name 'staging' is already used by another environment, and both would share the same state: use unique names",
  },
  {
    mistake: 'the same domain',
    other: { name: 'production', cidr: '10.40.0.0/16', domain: 'staging.example.com' },
    problem:
      "domain 'staging.example.com' is already used by environment 'staging', but a domain can only be delegated to one zone: choose another",
  },
  {
    mistake: 'a domain of the other',
    other: { name: 'production', cidr: '10.40.0.0/16', domains: [{ domain: 'staging.example.com' }] },
    problem:
      "domain 'staging.example.com' is already used by environment 'staging', but a domain can only be delegated to one zone: choose another",
  },
  {
    mistake: 'overlapping CIDRs',
    other: { name: 'production', cidr: '10.30.128.0/17' },
    problem:
      "cidr 10.30.128.0/17 overlaps 10.30.0.0/16 of environment 'staging', so their networks cannot be connected: choose another " +
      "(if intended: acknowledge(scope, 'overlapping-environments', 'the reason'))",
  },
  {
    mistake: 'a secondary CIDR in the other VPC',
    other: { name: 'production', cidr: '10.40.0.0/16', network: { secondaryCidrs: ['10.30.128.0/17'] } },
    problem:
      "network.secondaryCidrs 10.30.128.0/17 overlaps 10.30.0.0/16 of environment 'staging', so their networks cannot be connected: choose another " +
      "(if intended: acknowledge(scope, 'overlapping-environments', 'the reason'))",
  },
])('rejects two environments with $mistake', ({ other, problem }) => {
  const second = environment({ domain: 'other.example.com', ...other });
  expect(refused(() => synthEnvironments(environment(), second))).toBe(`${second.name}: ${problem}`);
});

const meeting = (name: string, group: string, cidr: string, overrides: Partial<EnvironmentProps> = {}) =>
  environment({
    name,
    domain: `${name}.example.com`,
    cidr,
    nodeGroups: [{ ...APPS_GROUP, name: group }],
    ...overrides,
  });

test('names that meet in one account and region are rejected, also if only one of the stacks is selected', () => {
  const [one, other] = [meeting('aa', 'bb-cc', '10.40.0.0/16'), meeting('aa-bb', 'cc', '10.50.0.0/16')];
  expect(refused(() => synthEnvironments(one, other))).toBe(
    "aa-bb: node group 'cc' and 'bb-cc' of environment 'aa' would both be named 'aa-bb-cc' in AWS: rename one of the groups",
  );
  const app = appFor('aa-infrastructure');
  new Environment(app, one);
  expect(refused(() => new Environment(app, other))).toContain("would both be named 'aa-bb-cc'");
});

test.each<Partial<EnvironmentProps>>([
  { account: '210987654321' },
  { region: 'eu-central-1', zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] },
  { nodeGroups: [{ ...APPS_GROUP, name: 'ccc' }] },
])('names that meet elsewhere are not: %j', (overrides) => {
  const other = meeting('aa-bb', 'cc', '10.50.0.0/16', overrides);
  expect([...synthEnvironments(meeting('aa', 'bb-cc', '10.40.0.0/16'), other).keys()]).toHaveLength(4);
});

test('pods of several environments may have the same addresses of 100.64.0.0/10', () => {
  const network = { secondaryCidrs: ['100.64.0.0/16'] };
  const domain = 'example.com';
  const other = environment({ name: 'production', cidr: '10.40.0.0/16', domain, parentZone: undefined, network });
  expect([...synthEnvironments(environment({ network }), other).keys()]).toEqual([
    'staging-infrastructure',
    'staging-platform',
    'production-infrastructure',
    'production-platform',
  ]);
});

test('overlapping CIDRs can be acknowledged', () => {
  const other = environment({
    name: 'production',
    domain: 'production.example.com',
    acknowledge: { 'overlapping-environments': 'they will never be connected' },
  });
  expect([...synthEnvironments(environment(), other).keys()]).toHaveLength(4);
});
