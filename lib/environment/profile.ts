import { bool, list, object, oneOf, optional, value, type Shape } from '../core/shape';
import { quotaProblems } from '../kubernetes/namespace-limits';
import { QUOTA } from '../kubernetes/namespace-props';
import { NODE_GROUP_SPEC, type NodeGroupSpec } from './node-groups';

export type ProfileName = 'solo' | 'ha' | 'business' | 'flexible' | 'massive';

/** Sizing of an environment, by the failures that it must tolerate. */
export interface EnvironmentProfile {
  readonly name: ProfileName;
  /** The minimum number of availability zones; EKS requires two even if all nodes are in one. */
  readonly minZones: number;
  /** The minimum number of nodes, across all groups, for `toleratedNodeLosses`. */
  readonly minNodes: number;
  /** Nodes that may fail at once without user impact. */
  readonly toleratedNodeLosses: number;
  readonly nat: 'single' | 'per-zone';
  /**
   * Blocks deletion and replacement of VPC, hosted zone, cluster, load balancer, KMS key and logs. Turning it off is an
   * apply of its own, before anything of these can be replaced or destroyed.
   */
  readonly deletionProtection: boolean;
  /** Default replicas of a workload. */
  readonly replicas: number;
  /** Assigns /28 prefixes to network interfaces: many more pods per node, but larger address blocks. */
  readonly prefixDelegation: boolean;
  /**
   * Default resource quota of a namespace for applications.
   * @default no limit
   */
  readonly namespaceQuota?: Readonly<Record<string, string>>;
  /** Node groups, unless the environment sets its own. */
  readonly nodeGroups: readonly NodeGroupSpec[];
}

const atLeast = (min: number) =>
  value<number>(
    `a whole number of at least ${min}`,
    (given) => typeof given === 'number' && Number.isSafeInteger(given) && given >= min,
  );

const NAMESPACE_QUOTA: Shape<Readonly<Record<string, string>>> = {
  ...QUOTA,
  problems: (given, path) => {
    const problems = QUOTA.problems(given, path);
    return problems.length > 0
      ? problems
      : quotaProblems(path, given as Readonly<Record<string, string>>).filter((one) => typeof one === 'string');
  },
};

export const ENVIRONMENT_PROFILE = object<EnvironmentProfile>(
  {
    name: oneOf('solo', 'ha', 'business', 'flexible', 'massive'),
    minZones: atLeast(2),
    minNodes: atLeast(1),
    toleratedNodeLosses: atLeast(0),
    nat: oneOf('single', 'per-zone'),
    deletionProtection: bool,
    replicas: atLeast(1),
    prefixDelegation: bool,
    namespaceQuota: optional(NAMESPACE_QUOTA),
    nodeGroups: list(NODE_GROUP_SPEC),
  },
  { expected: 'a profile, such as EnvironmentProfile.ha()' },
);

type Overrides = Partial<Omit<EnvironmentProfile, 'name'>>;

/** Overrides may come from JSON, in which null stands for an omitted one. */
function given(overrides: Overrides): Overrides {
  return Object.fromEntries(
    Object.entries(overrides).filter(([, override]) => override !== undefined && override !== null),
  );
}

/** The name of a node group, and the label that selects its nodes. */
function pool(name: string): Pick<NodeGroupSpec, 'name' | 'labels'> {
  return { name, labels: { pool: name } };
}

/** Only the ingress and DaemonSets tolerate it: applications cannot take its resources. */
const INGRESS_ONLY = [{ key: 'pool', value: 'ingress', effect: 'NoSchedule' }] as const;

const ARM = { architecture: 'arm64' } as const;
const SMALL = { ...ARM, instanceTypes: ['t4g.large'] };
const GENERAL = { ...ARM, instanceTypes: ['m7g.xlarge'] };
const EDGE = { ...ARM, ...pool('ingress'), instanceTypes: ['c7g.large'], taints: INGRESS_ONLY, ingress: true };

/**
 * A Service of type LoadBalancer would expose the cluster to the internet, bypassing the environment's load balancer.
 */
const NO_LOAD_BALANCERS = { 'services.loadbalancers': '0' } as const;
/** A third of the minimum worker capacity: one team cannot starve the others. */
const TEAM_QUOTA = { 'requests.cpu': '8', 'requests.memory': '32Gi', pods: '100', ...NO_LOAD_BALANCERS };
/** A tenth of the minimum worker capacity. */
const DIVISION_QUOTA = { 'requests.cpu': '140', 'requests.memory': '560Gi', pods: '1k', ...NO_LOAD_BALANCERS };

/**
 * Five sizes, from one node to hundreds. Each is a starting point with overrides:
 * `EnvironmentProfile.business({ deletionProtection: false })`.
 */
export const EnvironmentProfile = {
  /** One node, for experiments: tolerates no failures. */
  solo: (overrides: Overrides = {}): EnvironmentProfile => ({
    name: 'solo',
    minZones: 2,
    minNodes: 1,
    toleratedNodeLosses: 0,
    nat: 'single',
    deletionProtection: false,
    replicas: 1,
    prefixDelegation: false,
    nodeGroups: [{ ...SMALL, ...pool('apps'), spread: 'single', minSize: 1, maxSize: 3 }],
    ...given(overrides),
  }),

  /** Three nodes in three zones: tolerates the loss of one. One NAT gateway. */
  ha: (overrides: Overrides = {}): EnvironmentProfile => ({
    name: 'ha',
    minZones: 3,
    minNodes: 3,
    toleratedNodeLosses: 1,
    nat: 'single',
    deletionProtection: false,
    replicas: 2,
    prefixDelegation: false,
    nodeGroups: [{ ...SMALL, ...pool('apps'), minSize: 1, maxSize: 3 }],
    ...given(overrides),
  }),

  /**
   * Five or more nodes, dedicated ingress nodes: tolerates the loss of two nodes, or of a zone with its NAT gateway.
   */
  business: (overrides: Overrides = {}): EnvironmentProfile => ({
    name: 'business',
    minZones: 3,
    minNodes: 5,
    toleratedNodeLosses: 2,
    nat: 'per-zone',
    deletionProtection: true,
    replicas: 3,
    prefixDelegation: false,
    nodeGroups: [
      { ...EDGE, minSize: 1, maxSize: 2 },
      { ...GENERAL, ...pool('apps'), minSize: 1, maxSize: 6 },
    ],
    ...given(overrides),
  }),

  /** Ten or more nodes, in independently scaled groups for system, ingress and workers. */
  flexible: (overrides: Overrides = {}): EnvironmentProfile => ({
    name: 'flexible',
    minZones: 3,
    minNodes: 10,
    toleratedNodeLosses: 3,
    nat: 'per-zone',
    deletionProtection: true,
    replicas: 3,
    prefixDelegation: false,
    namespaceQuota: TEAM_QUOTA,
    nodeGroups: [
      { ...GENERAL, ...pool('system'), minSize: 1, maxSize: 3 },
      { ...EDGE, minSize: 1, maxSize: 4 },
      { ...GENERAL, ...pool('workers'), minSize: 2, maxSize: 20 },
    ],
    ...given(overrides),
  }),

  /**
   * A hundred or more nodes, as many as the subnets of a /16 have addresses for. More nodes need
   * `network.secondaryCidrs` and node groups of your own.
   */
  massive: (overrides: Overrides = {}): EnvironmentProfile => ({
    name: 'massive',
    minZones: 3,
    minNodes: 100,
    toleratedNodeLosses: 10,
    nat: 'per-zone',
    deletionProtection: true,
    replicas: 3,
    prefixDelegation: true,
    namespaceQuota: DIVISION_QUOTA,
    nodeGroups: [
      { ...GENERAL, ...pool('system'), minSize: 2, maxSize: 6 },
      { ...EDGE, minSize: 3, maxSize: 12 },
      { ...ARM, ...pool('workers'), instanceTypes: ['m7g.4xlarge'], minSize: 30, maxSize: 40 },
    ],
    ...given(overrides),
  }),
};
