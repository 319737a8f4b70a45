import type { ITerraformDependable } from 'cdktf';
import type { ClusterRef } from '../cluster/cluster-ref';
import type { HostedZoneRef } from '../dns/dns-ref';
import type { NamespaceRef } from '../kubernetes/namespace-ref';
import type { TrafficRule } from '../kubernetes/network-policy';
import type { NodePool } from '../kubernetes/placement';
import type { TrafficContract } from '../load-balancing/traffic-contract';

/** The facts of an environment's profile that add-ons are sized by. */
export interface PlatformProfile {
  readonly name: string;
  /** Copies of what must not stop. */
  readonly replicas: number;
  /** Machines that may be lost at once without a visitor noticing. */
  readonly toleratedNodeLosses: number;
  /** Whether what holds data is kept when it is destroyed. */
  readonly deletionProtection: boolean;
  readonly prefixDelegation: boolean;
  /**
   * The most that a namespace of applications may use, by resource.
   * @default no limit
   */
  readonly namespaceQuota?: Readonly<Record<string, string>>;
}

/** What an environment tells its add-ons. Account, region and tags: `awsContext(scope)`. */
export interface Platform {
  /** The environment's name. */
  readonly environment: string;
  readonly cluster: ClusterRef;
  /** Where the control plane's network interfaces are: the addresses behind the API server. */
  readonly controlPlaneCidrs: readonly string[];
  /** `example.com`: the environment's hosts are below it. */
  readonly domain: string;
  /**
   * The zone of the domain.
   * @default its names are not ours
   */
  readonly zone?: HostedZoneRef;
  readonly traffic: TrafficContract;
  readonly nodePools: readonly NodePool[];
  readonly profile: PlatformProfile;
  /**
   * Where the termination handler gets its work.
   * @default no node group is self-managed
   */
  readonly nodeDrainingQueueUrl?: string;
  /** What must exist before a pod can run, and must outlive it, where it is in the same stack: the node groups. */
  readonly readyForPods: readonly ITerraformDependable[];
  /** A namespace, made the first time that it is asked for. `kube-system` is Kubernetes' own. */
  namespace(name: string): NamespaceRef;
  /** For a pod's `priorityClass`. A class that is not the system's is made the first time that it is asked for. */
  priorityClass(name: PriorityClassName): string;
  /** For the network policy of pods that speak to the API server. */
  toApiServer(): TrafficRule;
}

export type PriorityClassName = 'system-node-critical' | 'system-cluster-critical' | keyof typeof PRIORITY_CLASSES;

/** By name; of the system's there are two more. */
export const PRIORITY_CLASSES = {
  'platform-critical': { value: 100_000_000, description: 'Without it no request is answered: the ingress.' },
  platform: { value: 10_000_000, description: 'What watches and serves the applications: monitoring, logs, builds.' },
} as const;
