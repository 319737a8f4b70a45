import { Fn } from 'cdktf';
import { AddOnsStack, type AddOnsStackProps } from '../../../lib/environment/add-ons-stack';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { SharedStack } from '../../../lib/environment/shared-stack';
import type { SharedProps } from '../../../lib/environment/shared-props';
import { writeFacts } from '../../../lib/environment/write-facts';
import type { AddOn } from '../../../lib/platform/add-on';
import type { EnvironmentFacts } from '../../../lib/platform/facts';
import { GITHUB_ACTIONS } from '../../../lib/registry/oidc-provider';
import { existingCluster, existingVpc } from '../../support/cluster';
import { NODE_POOLS, testFacts } from '../../support/platform';
import { directory, group, inApp, inStack, PLACE, type Group } from '../try';

const GROUP = { name: 'apps', architecture: 'arm64', instanceTypes: ['t4g.large'], minSize: 2, maxSize: 3 } as const;
const ADMIN = { name: 'platform', role: 'platform', policy: 'cluster-admin' } as const;
const THREE = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const ONE_ZONE = ['eu-west-1a'];

const environment = (overrides: Partial<EnvironmentProps>): EnvironmentProps => ({
  ...PLACE,
  name: 'staging',
  zones: ['eu-west-1a', 'eu-west-1b'],
  cidr: '10.30.0.0/16',
  domain: 'staging.example.com',
  kubernetesVersion: '1.35',
  profile: EnvironmentProfile.solo(),
  access: [ADMIN],
  ...overrides,
});

const REPOSITORIES = [{ name: 'shop' }];
const ROLE = {
  name: 'ci-shop',
  issuer: GITHUB_ACTIONS,
  subjects: ['repo:example/shop:ref:refs/heads/main'],
  pushTo: ['shop'],
};

const OTHER_ROLE = 'arn:aws:iam::210987654321:role/platform';
const ZONE = { zoneId: 'Z1', zoneName: 'staging.example.com' };
const PARENT_ZONE = { zoneId: 'Z2', zoneName: 'example.com' };
const IPV6: Partial<EnvironmentProps> = {
  cluster: { ipFamily: 'ipv6' },
  acknowledge: { 'ipv6-environment': 'the ingress listens on IPv6' },
};
const DNS: AddOn = { name: 'dns', platform: () => {}, settings: { eksAddOns: { coredns: { replicaCount: 2 } } } };
const BUCKET: AddOn = { name: 'bucket', infrastructure: () => {} };
const LOGS: AddOn = { name: 'logs', platform: () => {} };
const ADD_ONS: AddOnsStackProps = {
  ...PLACE,
  cluster: existingCluster(),
  vpc: existingVpc(),
  domain: 'example.com',
  profile: EnvironmentProfile.ha(),
  nodePools: NODE_POOLS,
  addOns: [],
};

export const GROUPS: readonly Group[] = [
  group(
    inApp((app, overrides: Partial<EnvironmentProps>) => void new Environment(app, environment(overrides))),
    {
      "access '{}' has the role '{}', which is not a valid role name: use the name, with its path if it has one": {
        wrong: { access: [{ ...ADMIN, role: 'the platform' }] },
        right: { access: [ADMIN] },
      },
      "name must be 2 to 32 lowercase letters, digits and hyphens, starting with a letter, got '{}'": {
        wrong: { name: 'Staging' },
        right: { name: 'staging' },
      },
      "access '{}' has a role ('{}') and a principalArn ('{}'): remove one": {
        wrong: { access: [{ ...ADMIN, principalArn: OTHER_ROLE }] },
        right: { access: [ADMIN] },
      },
      "access '{}' has a role of account {} ({}): write the ARN as principalArn instead": {
        wrong: { access: [{ ...ADMIN, role: OTHER_ROLE }] },
        right: { access: [{ ...ADMIN, role: undefined, principalArn: OTHER_ROLE }] },
      },
      "access '{}' has an ARN as role ({}): use the name, '{}'": {
        wrong: { access: [{ ...ADMIN, role: 'arn:aws:iam::123456789012:role/people/platform' }] },
        right: { access: [{ ...ADMIN, role: 'people/platform' }] },
      },
      "access '{}' has no role: set it to the name of an IAM role of the account, or set principalArn for one of another account":
        {
          wrong: { access: [{ ...ADMIN, role: undefined }] },
          right: { access: [ADMIN] },
        },

      "{}domain '{}' is a top-level domain: use one below it, such as production.example.com": {
        wrong: { domain: 'example' },
        right: { domain: 'production.example.com' },
      },
      "{}domain '{}' is a wildcard: use '{}', whose certificate covers it": {
        wrong: { domains: [{ domain: '*.example.org' }] },
        right: { domains: [{ domain: 'example.org' }] },
      },
      "domain '{}' is listed twice: remove it from domains": {
        wrong: { domains: [{ domain: 'staging.example.com' }] },
        right: { domains: [] },
      },
      '{}parentZone delegates to a new zone, but {}zone exists: remove one of the two': {
        wrong: { zone: ZONE, parentZone: PARENT_ZONE },
        right: { zone: ZONE },
      },
      "{}zone '{}' is private, and certificates are validated in public ones: give the public zone of that name": {
        wrong: { zone: { ...ZONE, visibility: 'private' } },
        right: { zone: ZONE },
      },
      "{}zone is of '{}', but the domain is '{}': give the zone of that name, or use parentZone for a new one that it delegates to":
        {
          wrong: { zone: PARENT_ZONE },
          right: { parentZone: PARENT_ZONE },
        },

      "cluster.ipFamily 'ipv6' needs subnets with IPv6: set network.addressing to 'dual-stack', or omit it": {
        wrong: IPV6,
        right: { ...IPV6, network: { addressing: 'dual-stack' } },
      },
      "cluster.ipFamily 'ipv6': the load balancer and the policies of add-ons reach pods and the API server over IPv4 only: omit it, or acknowledge it with an ingress of your own":
        {
          wrong: { cluster: { ipFamily: 'ipv6' }, network: { addressing: 'dual-stack' } },
          right: { network: { addressing: 'dual-stack' } },
        },
      "loadBalancer.ipAddressType 'dualstack' needs subnets with IPv6: set network.addressing to 'dual-stack'": {
        wrong: { loadBalancer: { ipAddressType: 'dualstack' } },
        right: { loadBalancer: { ipAddressType: 'dualstack' }, network: { addressing: 'dual-stack' } },
      },
      '{} {} overlaps the address range of Services, {}: choose another block for {}, or set cluster.serviceCidr to one outside, such as {}':
        {
          wrong: { cidr: '172.20.0.0/16' },
          right: { cidr: '172.20.0.0/16', cluster: { serviceCidr: '10.100.0.0/16' } },
        },
      'endpoint.privateCidrs has {}, but replies of the Kubernetes API have no route there: add it to network.routes, or remove it':
        {
          wrong: { endpoint: { kind: 'private', privateCidrs: ['10.99.0.0/16'] } },
          right: {
            endpoint: { kind: 'private', privateCidrs: ['10.99.0.0/16'] },
            network: {
              routes: [{ cidr: '10.99.0.0/16', via: { kind: 'vpn-gateway', vpnGatewayId: 'vgw-0123456789abcdef0' } }],
            },
          },
        },
      'tunnel needs Session Manager, and network.endpoints lacks {}: add them, or omit network.endpoints for all that are needed':
        {
          wrong: { tunnel: {}, network: { nat: { kind: 'none' }, endpoints: ['ssm'] } },
          right: { tunnel: {}, network: { nat: { kind: 'none' } } },
        },

      'no node group hosts the ingress ({}), so the load balancer would have no targets: set ingress: true on one': {
        wrong: { nodeGroups: [{ ...GROUP, ingress: false }] },
        right: { nodeGroups: [{ ...GROUP, ingress: true }] },
        unnamed: 'its value is false',
      },
      'nodeGroups has several groups ({}), and none with ingress: true: set it on those that host the ingress; a single group does without it, and so did all groups in earlier releases':
        {
          wrong: { nodeGroups: [GROUP, { ...GROUP, name: 'batch' }] },
          right: {
            nodeGroups: [
              { ...GROUP, ingress: true },
              { ...GROUP, name: 'batch' },
            ],
          },
        },
      "nodeGroups has two groups that were formerly '{}': keep formerly in one of them": {
        wrong: {
          nodeGroups: [
            { ...GROUP, ingress: true, formerly: 'old' },
            { ...GROUP, name: 'batch', formerly: 'old' },
          ],
        },
        right: {
          nodeGroups: [
            { ...GROUP, ingress: true, formerly: 'old' },
            { ...GROUP, name: 'batch' },
          ],
        },
      },
      "{}.{} is of groups with kind '{}' only: use that kind, or remove it": {
        wrong: { nodeGroups: [{ ...GROUP, image: { kind: 'latest' } } as never] },
        right: { nodeGroups: [{ ...GROUP, image: { kind: 'latest' }, kind: 'auto-scaling' }] },
      },
      "node group '{}' has no zones: list at least one, or omit zones for all of the environment's": {
        wrong: { nodeGroups: [{ ...GROUP, zones: [] }] },
        right: { nodeGroups: [GROUP] },
      },
      "node group '{}' is in zone {}, but the environment has {}: add it to zones": {
        wrong: { nodeGroups: [{ ...GROUP, zones: ['eu-west-1c'] }] },
        right: { nodeGroups: [{ ...GROUP, zones: ['eu-west-1b'] }] },
      },
      "tags has 'environment': '{}', which would be overwritten with the environment's name, '{}': remove it": {
        wrong: { tags: { environment: 'production' } },
        right: { tags: {} },
      },
      "{} has '{}': '{}', which IAM rejects: use letters, digits, spaces and _.:/=+-@": {
        wrong: { tags: { owner: 'shop, web' } },
        right: { tags: { owner: 'shop web' } },
      },
      "nodeGroups has two groups named '{}': use unique names": {
        wrong: { nodeGroups: [GROUP, GROUP] },
        right: {
          nodeGroups: [
            { ...GROUP, ingress: true },
            { ...GROUP, name: 'batch' },
          ],
        },
      },
      "node group '{}' was formerly '{}', which is the name of another group: remove formerly, or rename one group per apply":
        {
          wrong: { nodeGroups: [GROUP, { ...GROUP, name: 'batch', formerly: 'apps' }] },
          right: {
            nodeGroups: [
              { ...GROUP, ingress: true },
              { ...GROUP, name: 'batch' },
            ],
          },
        },
      "nodeGroups have a minimum of {}, but profile '{}' requires {} to tolerate the loss of {}: raise minSize, or choose a smaller profile":
        {
          wrong: { profile: EnvironmentProfile.business(), zones: THREE, nodeGroups: [{ ...GROUP, minSize: 1 }] },
          right: { profile: EnvironmentProfile.business(), zones: THREE, nodeGroups: [{ ...GROUP, minSize: 3 }] },
          unnamed: 'it has the sum of minSize over groups and zones',
        },
      'profile.toleratedNodeLosses ({}) must be less than profile.minNodes ({}), or no node would be left: change one of them':
        {
          wrong: { profile: EnvironmentProfile.solo({ toleratedNodeLosses: 1 }) },
          right: { profile: EnvironmentProfile.solo() },
        },
      'nodeGroups is empty: add a group, or omit it for those of the profile': {
        wrong: { nodeGroups: [] },
        right: {},
      },
      "zones has {} ({}), but profile '{}' requires at least {}: add zones, or choose a smaller profile": {
        wrong: { zones: ONE_ZONE },
        right: {},
      },
      'zone {} has {} addresses for nodes, but the maximum of the node groups needs {}: lower maxSize, or add network.secondaryCidrs, such as 100.64.0.0/16':
        {
          wrong: { cidr: '10.30.0.0/20', nodeGroups: [{ ...GROUP, maxSize: 50 }] },
          right: { cidr: '10.30.0.0/20', nodeGroups: [GROUP] },
          unnamed: 'it has the sum for the zone',
        },
      'zone {} has {} addresses, but the minimum of the node groups needs {}: lower minSize, or add network.secondaryCidrs, such as 100.64.0.0/16':
        {
          wrong: { cidr: '10.30.0.0/20', nodeGroups: [{ ...GROUP, minSize: 40, maxSize: 50 }] },
          right: { cidr: '10.30.0.0/20', nodeGroups: [GROUP] },
          unnamed: 'it has the sum for the zone',
        },
      "add-on '{}' configures '{}', which eksAddOns sets to 'none': remove one of the two": {
        wrong: {
          addOns: [DNS],
          eksAddOns: { coredns: 'none' },
        },
        right: {
          addOns: [DNS],
        },
      },
      "additionalEksAddOns has '{}', which add-on '{}' installs: remove it from additionalEksAddOns": {
        wrong: { addOns: [BUCKET], additionalEksAddOns: { bucket: { version: 'v1.2.3-eksbuild.1' } } },
        right: { addOns: [BUCKET], additionalEksAddOns: {} },
      },
      "{} has '{}', which is a standard add-on: configure it in {}": {
        wrong: { additionalEksAddOns: { 'kube-proxy': { version: 'v1.35.0-eksbuild.2' } } },
        right: { eksAddOns: { 'kube-proxy': { version: 'v1.35.0-eksbuild.2' } } },
      },
    },
  ),
  group(
    inApp((app, overrides: Partial<EnvironmentProps>) => {
      new Environment(app, environment(overrides));
      new Environment(
        app,
        environment({ name: 'staging-eu', domain: 'eu.example.com', cidr: '10.31.0.0/16', nodeGroups: [GROUP] }),
      );
    }),
    {
      "node group '{}' and '{}' of environment '{}' would both be named '{}' in AWS: rename one of the groups": {
        wrong: { nodeGroups: [{ ...GROUP, name: 'eu-apps' }] },
        right: { nodeGroups: [{ ...GROUP, name: 'apps' }] },
      },
    },
  ),
  group(
    inApp((app, props: Partial<AddOnsStackProps>) => void new AddOnsStack(app, 'add-ons', { ...ADD_ONS, ...props })),
    {
      '{} is required, such as [ingress()]': { wrong: { addOns: undefined }, right: { addOns: [] } },
      "add-on '{}' requires cluster settings that this stack does not manage ({}): configure them where the cluster is managed, and acknowledge it":
        {
          wrong: { addOns: [DNS] },
          right: { addOns: [DNS], acknowledge: { 'unmanaged-settings': 'the cluster has two replicas' } },
        },
    },
  ),
  group(
    inApp((app, stacks: readonly (readonly AddOn[])[]) => {
      stacks.forEach((addOns, index) => new AddOnsStack(app, `add-ons-${index}`, { ...ADD_ONS, addOns }));
    }),
    {
      "cluster '{}' already has the add-ons of stack '{}': list them all in one stack": {
        wrong: [[BUCKET], [LOGS]],
        right: [[BUCKET, LOGS]],
      },
    },
  ),
  group(
    inStack((stack, facts: Partial<EnvironmentFacts>) => writeFacts(stack, directory(), testFacts(facts))),
    {
      '{} is known only after apply, but facts are exported at synthesis: use a literal': {
        wrong: { domain: Fn.join('.', ['shop', 'example.com']) },
        right: { domain: 'shop.example.com' },
        unnamed: 'the value is known after apply',
      },
    },
  ),
  group(
    inApp((app, overrides: Partial<EnvironmentProps>) => {
      new Environment(app, environment({}));
      new Environment(app, environment({ name: 'other', domain: 'o.example.com', cidr: '10.31.0.0/16', ...overrides }));
    }),
    {
      "domain '{}' is already used by environment '{}', but a domain can only be delegated to one zone: choose another":
        {
          wrong: { domain: 'staging.example.com' },
          right: { domain: 'other.example.com' },
        },
      "name '{}' is already used by another environment, and both would share the same state: use unique names": {
        wrong: { name: 'staging' },
        right: { name: 'other' },
      },
      "{} {} overlaps {} of environment '{}', so their networks cannot be connected: choose another": {
        wrong: { cidr: '10.30.0.0/16' },
        right: { cidr: '10.32.0.0/16' },
      },
    },
  ),
  group(
    inApp((app, props: Partial<SharedProps>) => {
      new SharedStack(app, 'shared', { ...PLACE, repositories: REPOSITORIES, ...props });
    }),
    {
      "ciRoles[{}].pushTo has '{}', which is not in repositories ({}): add it there": {
        wrong: { ciRoles: [{ ...ROLE, pushTo: ['web'] }] },
        right: { ciRoles: [{ ...ROLE, pushTo: ['web'] }], repositories: [...REPOSITORIES, { name: 'web' }] },
      },
      'dns has no effect without domain: set domain, or remove dns': {
        wrong: { dns: { dnssec: 'signed' } },
        right: { domain: 'example.com', dns: { dnssec: 'signed' } },
      },
      'ciRoles use the audiences {} for {}, but share its identity provider: use one audience for all': {
        wrong: { ciRoles: [ROLE, { ...ROLE, name: 'ci-web', issuer: { ...GITHUB_ACTIONS, audience: 'other' } }] },
        right: { ciRoles: [ROLE, { ...ROLE, name: 'ci-web' }] },
      },
      "{} has '{}' twice: remove one": {
        wrong: { repositories: [...REPOSITORIES, ...REPOSITORIES] },
        right: { repositories: REPOSITORIES },
      },
    },
  ),
];
