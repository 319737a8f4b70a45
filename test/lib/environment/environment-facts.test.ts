import { Tokenization } from 'cdktf';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { nodeTerminationHandler } from '../../../lib/addons/node-termination-handler/node-termination-handler';
import { environmentFacts } from '../../../lib/environment/environment-facts';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { FACTS_VERSION, type SubnetFacts } from '../../../lib/platform/facts';
import { APPS_GROUP, environment, refused, synthInfrastructure } from './fixtures';

const facts = (overrides: Partial<EnvironmentProps> = {}) => environmentFacts(environment(overrides));

const PRIVATE: Partial<EnvironmentProps> = { network: { nat: { kind: 'none' } } };
/** Many optional props. */
const RICH: Partial<EnvironmentProps> = {
  profile: EnvironmentProfile.flexible(),
  nodeGroups: undefined,
  network: { secondaryCidrs: ['100.64.0.0/16'], addressing: 'dual-stack' },
  images: { allowed: ['registry.example.com'], mirrors: { 'docker.io': 'registry.example.com/hub' }, pin: 'digest' },
  backend: { kind: 's3', bucket: 'states', region: 'eu-west-1' },
  loadBalancer: { traffic: { drainSeconds: 60 } },
  addOns: [ingress(), nodeTerminationHandler()],
  tags: { owner: 'search' },
};

test.each(
  Object.entries({ 'of defaults': {}, 'of a private environment': PRIVATE, 'of everything': RICH }) as [
    string,
    Partial<EnvironmentProps>,
  ][],
)('facts %s are JSON, without undefined values or tokens', (_, overrides) => {
  const data = facts(overrides);
  const text = JSON.stringify(data);
  expect(JSON.parse(text)).toStrictEqual(data);
  expect(Tokenization.isResolvable(data)).toBe(false);
  expect(text).not.toMatch(/TfToken|\$\{/);
  expect(data.version).toBe(FACTS_VERSION);
});

test('the version is 1', () => {
  expect(FACTS_VERSION).toBe(1);
});

describe('facts match the infrastructure stack', () => {
  test.each<{ of: string; overrides: Partial<EnvironmentProps>; tiers: SubnetFacts['tier'][] }>([
    { of: 'by default', overrides: {}, tiers: ['public', 'private', 'intra'] },
    { of: 'without NAT', overrides: PRIVATE, tiers: ['private', 'intra'] },
    {
      of: 'without NAT, with public subnets',
      overrides: { network: { nat: { kind: 'none' }, publicSubnets: true } },
      tiers: ['public', 'private', 'intra'],
    },
    {
      of: 'with more intra zones than zones',
      overrides: {
        zones: ['eu-west-1a', 'eu-west-1c'],
        network: { intraZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] },
        profile: EnvironmentProfile.ha({ minZones: 2, minNodes: 2 }),
      },
      tiers: ['public', 'private', 'intra'],
    },
  ])('subnets $of', ({ overrides, tiers }) => {
    const { network, traffic } = facts(overrides);
    const built = synthInfrastructure(overrides)
      .ofType('aws_subnet')
      .map(({ attributes }) => ({ zone: attributes['availability_zone'], cidr: attributes['cidr_block'] }));
    const byCidr = (one: { cidr: string }, other: { cidr: string }) => (one.cidr < other.cidr ? -1 : 1);
    expect(network.subnets.map(({ zone, cidr }) => ({ zone, cidr })).sort(byCidr)).toEqual(
      (built as { zone: string; cidr: string }[]).sort(byCidr),
    );
    expect([...new Set(network.subnets.map(({ tier }) => tier))].sort()).toEqual([...tiers].sort());
    const cidrsOf = (tier: string) => network.subnets.filter((one) => one.tier === tier).map(({ cidr }) => cidr);
    expect(network.controlPlaneCidrs).toEqual(cidrsOf('intra'));
    expect(traffic.trustedCidrs).toEqual(cidrsOf(overrides === PRIVATE ? 'private' : 'public'));
  });

  test.each<{ of: string; overrides: Partial<EnvironmentProps>; roles: string[] }>([
    { of: 'by default', overrides: {}, roles: ['aws-ebs-csi-driver', 'vpc-cni'] },
    {
      of: 'without the EBS driver',
      overrides: { eksAddOns: { 'aws-ebs-csi-driver': 'none' } },
      roles: ['vpc-cni'],
    },
    {
      of: 'without the Pod Identity agent',
      overrides: { eksAddOns: { 'eks-pod-identity-agent': 'none' } },
      roles: ['aws-ebs-csi-driver'],
    },
  ])('roles of EKS add-ons $of', ({ overrides, roles }) => {
    const { eksAddOnRoleNames } = facts(overrides);
    const built = synthInfrastructure(overrides)
      .ofType('aws_iam_role')
      .map(({ attributes }) => attributes['name'] as string);
    expect(Object.keys(eksAddOnRoleNames).sort()).toEqual(roles);
    expect(built).toEqual(expect.arrayContaining(Object.values(eksAddOnRoleNames)));
    // No missing and no extra names.
    expect(built.filter((name) => /-(aws-ebs-csi-driver|vpc-cni)$/.test(name)).sort()).toEqual(
      Object.values(eksAddOnRoleNames).sort(),
    );
  });

  test('version, service CIDR and sizes', () => {
    const overrides: Partial<EnvironmentProps> = {
      kubernetesVersion: '1.34',
      nodeGroups: [
        { ...APPS_GROUP, ingress: true, spread: 'single', minSize: 3 },
        {
          ...APPS_GROUP,
          ingress: false,
          kind: 'auto-scaling',
          name: 'batch',
          zones: ['eu-west-1a', 'eu-west-1b'],
          maxSize: 5,
        },
      ],
    };
    const { kubernetesVersion, network, nodePools } = facts(overrides);
    const { attributes } = synthInfrastructure(overrides).getResource('aws_eks_cluster');
    expect(attributes).toMatchObject({
      version: kubernetesVersion,
      kubernetes_network_config: { service_ipv4_cidr: network.serviceCidr },
    });
    expect(nodePools).toMatchObject([
      { name: 'apps', kind: 'managed', minNodes: 3, maxNodes: 3, ingress: true, architecture: 'arm64' },
      {
        name: 'batch',
        kind: 'auto-scaling',
        minNodes: 2,
        maxNodes: 10,
        ingress: false,
        zones: ['eu-west-1a', 'eu-west-1b'],
      },
    ]);
  });
});

test.each<{ of: string; overrides: Partial<EnvironmentProps>; trusted: string[] }>([
  {
    of: 'an explicit value',
    overrides: { loadBalancer: { traffic: { trustedCidrs: ['192.0.2.0/24'] } } },
    trusted: ['192.0.2.0/24'],
  },
  {
    of: "the load balancer's subnets if the value is undefined",
    overrides: { loadBalancer: { traffic: { trustedCidrs: undefined } } },
    trusted: ['10.30.0.0/24', '10.30.1.0/24', '10.30.2.0/24'],
  },
])('the ingress trusts $of', ({ overrides, trusted }) => {
  expect(facts(overrides).traffic.trustedCidrs).toEqual(trusted);
});

test.each<{ value: Partial<EnvironmentProps>; part: object }>([
  { value: { name: 'qa' }, part: { name: 'qa' } },
  { value: {}, part: { backend: { kind: 'local' } } },
  { value: {}, part: { images: {} } },
  {
    value: { domains: [{ domain: 'example.org' }, { domain: 'example.net' }] },
    part: { domains: ['example.org', 'example.net'] },
  },
  { value: { addOns: [ingress()] }, part: { addOns: ['ingress'] } },
  {
    value: { profile: EnvironmentProfile.solo() },
    part: {
      profile: {
        name: 'solo',
        replicas: 1,
        toleratedNodeLosses: 0,
        deletionProtection: false,
        prefixDelegation: false,
      },
    },
  },
])('facts of $value have $part', ({ value, part }) => {
  expect(facts(value)).toMatchObject(part);
});

test.each<{ changes: object; problem: RegExp }>([
  { changes: { zones: undefined }, problem: /^staging: zones is required/ },
  { changes: { cidr: 'x' }, problem: /^staging: .*'x'/ },
  { changes: { zones: ['eu-west-1'] }, problem: /^staging: (.|\n)*zone/ },
  { changes: { profile: undefined }, problem: /^staging: profile is required/ },
])('facts of invalid data are rejected: $problem', ({ changes, problem }) => {
  expect(refused(() => environmentFacts(environment(changes)))).toMatch(problem);
});
