import type { StateBackend } from '../core/state-backend';
import type { ImagePolicy } from '../kubernetes/image-policy';
import type { NodePool } from '../kubernetes/pod/placement';
import type { TrafficContract } from '../load-balancing/traffic-contract';
import type { Tier } from '../network/subnet-plan';

/** The version of the form of `EnvironmentFacts`. A change that a reader would misunderstand raises it. */
export const FACTS_VERSION = 1;

/** Stack names, and through them resource names and state keys, begin with it. */
export const ENVIRONMENT_NAME = /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/;

/**
 * What an environment knows before anything is deployed: plain data, without tokens. The environment's own stacks read
 * it, and so do teams, from the file that `quayside facts` writes. What only AWS knows comes through the state of the
 * infrastructure stack: `environmentRef`.
 */
export interface EnvironmentFacts {
  readonly version: typeof FACTS_VERSION;
  /** The environment's name, which is its cluster's too. */
  readonly name: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** The environment's hosts are below it. */
  readonly domain: string;
  /** The minor version, such as `1.35`. */
  readonly kubernetesVersion: string;
  readonly profile: ProfileFacts;
  readonly network: NetworkFacts;
  readonly nodePools: readonly NodePool[];
  /** The names of the IAM roles that EKS add-ons have, by add-on: for whoever grants one of them more. */
  readonly eksAddOnRoleNames: Readonly<Record<string, string>>;
  /** Where requests for applications come from. */
  readonly ingress: {
    /** For `ingressClassName`. */
    readonly className: string;
    readonly namespace: string;
  };
  readonly monitoring: {
    /** Where Prometheus runs. */
    readonly namespace: string;
  };
  /** Ports and timings between load balancer and pods. */
  readonly traffic: TrafficContract;
  /** Where images come from, and how they must be pinned. */
  readonly images: ImagePolicy;
  /** The add-ons of the cluster, by name. */
  readonly addOns: readonly string[];
  /** Where the infrastructure stack keeps its state. */
  readonly backend: StateBackend;
}

/** The class of the ingress add-on. */
export const INGRESS: EnvironmentFacts['ingress'] = { className: 'traefik', namespace: 'ingress' };
export const MONITORING: EnvironmentFacts['monitoring'] = { namespace: 'monitoring' };

/** What of an environment's profile its add-ons and workloads are sized by. */
export interface ProfileFacts {
  readonly name: string;
  /** Replicas of what must not stop. */
  readonly replicas: number;
  /** Nodes that may be lost at once without a visitor noticing. */
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

/** The environment's addresses. */
export interface NetworkFacts {
  readonly cidr: string;
  readonly secondaryCidrs: readonly string[];
  readonly subnets: readonly SubnetFacts[];
  /** The addresses of Kubernetes Services. */
  readonly serviceCidr: string;
  /** The subnets of the control plane's network interfaces: the addresses behind the API server. */
  readonly controlPlaneCidrs: readonly string[];
}

export interface SubnetFacts {
  readonly tier: Exclude<Tier, 'pods'>;
  readonly zone: string;
  readonly cidr: string;
}
