import type { NodeGroupSpec } from './node-groups';

export type ProfileName = 'solo' | 'ha' | 'business' | 'flexible' | 'massive';

/** How an environment's sizing follows from what it must survive. */
export interface EnvironmentProfile {
  readonly name: ProfileName;
  /** Availability zones that the environment spans at least; EKS asks for two even where one holds every machine. */
  readonly minZones: number;
  /** Machines, in all groups together, below which the profile's promise does not hold. */
  readonly minNodes: number;
  /** Machines that may be lost at once without a visitor noticing. */
  readonly toleratedNodeLosses: number;
  readonly nat: 'single' | 'per-zone';
  /** Refuses to delete the cluster and the load balancer while it is on. */
  readonly deletionProtection: boolean;
  /** Copies of a workload where nothing else is said. */
  readonly replicas: number;
  /** Gives network interfaces /28 prefixes: many more pods for each machine, from larger blocks of addresses. */
  readonly prefixDelegation: boolean;
  /**
   * The most that a namespace of applications may use where it says nothing, by resource.
   * @default no limit
   */
  readonly namespaceQuota?: Readonly<Record<string, string>>;
  /** Machines where the environment names none. */
  readonly nodeGroups: readonly NodeGroupSpec[];
}

type Overrides = Partial<Omit<EnvironmentProfile, 'name'>>;

/** A label and a taint by which pods are kept to, or off, a pool of machines. */
function pool(name: string): Pick<NodeGroupSpec, 'name' | 'labels'> {
  return { name, labels: { pool: name } };
}

/** Only the ingress, and daemons, tolerate it: applications cannot crowd it out. */
const INGRESS_ONLY = [{ key: 'pool', value: 'ingress', effect: 'NoSchedule' }] as const;

const ARM = { architecture: 'arm64' } as const;
const SMALL = { ...ARM, instanceTypes: ['t4g.large'] };
const GENERAL = { ...ARM, instanceTypes: ['m7g.xlarge'] };
const EDGE = { ...ARM, ...pool('ingress'), instanceTypes: ['c7g.large'], taints: INGRESS_ONLY, ingress: true };

/**
 * Of a load balancer's kind there is the environment's own: a Service of type LoadBalancer would open the cluster to the
 * internet past it.
 */
const NO_LOAD_BALANCERS = { 'services.loadbalancers': '0' } as const;
/** A third of the workers where there are the fewest: one team cannot starve the others. */
const TEAM_QUOTA = { 'requests.cpu': '8', 'requests.memory': '32Gi', pods: '100', ...NO_LOAD_BALANCERS };
/** A tenth of the workers where there are the fewest. */
const DIVISION_QUOTA = { 'requests.cpu': '140', 'requests.memory': '560Gi', pods: '1k', ...NO_LOAD_BALANCERS };

/**
 * Five sizes, from one machine to hundreds. Each is a starting point: give what differs,
 * `EnvironmentProfile.business({ deletionProtection: false })`.
 */
export const EnvironmentProfile = {
  /** One machine, for trying things: it survives nothing. */
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
    ...overrides,
  }),

  /** Three machines in three zones: it survives the loss of one. One NAT gateway. */
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
    ...overrides,
  }),

  /** Five machines and more, the ingress on its own: it survives the loss of two, or of a zone with its NAT gateway. */
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
    ...overrides,
  }),

  /** Ten machines and more in pools for system, ingress and work, each scaled by itself. */
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
    ...overrides,
  }),

  /** A hundred machines and more. */
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
      { ...ARM, ...pool('workers'), instanceTypes: ['m7g.4xlarge'], minSize: 30, maxSize: 150 },
    ],
    ...overrides,
  }),
};
