import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { SharedStack } from '../../../lib/environment/shared-stack';
import type { SharedProps } from '../../../lib/environment/shared-props';
import { GITHUB_ACTIONS } from '../../../lib/registry/oidc-provider';
import { group, inApp, PLACE, type Group } from '../try';

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
      "node group '{}' was formerly '{}', which is the name of another group: rename in two applies": {
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
      'zone {} has {} addresses, but the minimum of the node groups needs {}: lower minSize, or add network.secondaryCidrs':
        {
          wrong: { cidr: '10.30.0.0/20', nodeGroups: [{ ...GROUP, minSize: 40, maxSize: 50 }] },
          right: { cidr: '10.30.0.0/20', nodeGroups: [GROUP] },
          unnamed: 'it has the sum for the zone',
        },
      "add-on '{}' configures '{}', which eksAddOns disables: remove one of the two": {
        wrong: {
          addOns: [{ name: 'dns', platform: () => {}, settings: { eksAddOns: { coredns: { replicaCount: 2 } } } }],
          eksAddOns: { coredns: 'none' },
        },
        right: {
          addOns: [{ name: 'dns', platform: () => {}, settings: { eksAddOns: { coredns: { replicaCount: 2 } } } }],
        },
        unnamed: 'what disables it is eksAddOns, whose value it does not repeat',
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
      "CI role '{}' pushes to '{}', which is not in repositories ({}): add it": {
        wrong: { ciRoles: [{ ...ROLE, pushTo: ['web'] }] },
        right: { ciRoles: [ROLE] },
        unnamed: 'its property is pushTo',
      },
      'dns has no effect without domain: set domain, or remove dns': {
        wrong: { dns: { dnssec: 'signed' } },
        right: { domain: 'example.com', dns: { dnssec: 'signed' } },
      },
      'ciRoles use the audiences {} for {}, but share its identity provider: use the same': {
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
