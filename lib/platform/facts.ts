import type { VolumeAccess } from '../cluster/cluster-ref';
import type { StateBackend } from '../core/state-backend';
import type { ImagePolicy } from '../kubernetes/image-policy';
import type { NodePool } from '../kubernetes/pod/placement';
import type { TrafficContract } from '../load-balancing/traffic-contract';
import type { Tier } from '../network/subnet-plan';

/** The schema version of `EnvironmentFacts`. Incompatible changes increment it. */
export const FACTS_VERSION = 1;

/** The name of an environment: the prefix of stack names, resource names and state keys. */
export const ENVIRONMENT_NAME = /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/;

/**
 * Facts of an environment that are known before deployment: plain data, without tokens. Read by the environment's own
 * stacks, and by teams from the file that `quayside facts` writes. Values known only after apply are read from the
 * state of the infrastructure stack: `environmentRef`.
 */
export interface EnvironmentFacts {
  readonly version: typeof FACTS_VERSION;
  /** The name of the environment and of its cluster. */
  readonly name: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** The parent domain of the environment's hosts. */
  readonly domain: string;
  /**
   * Further domains whose hosts resolve to the environment's load balancer, which has their certificates.
   * @default none
   */
  readonly domains?: readonly string[];
  /** The minor version, such as `1.35`. */
  readonly kubernetesVersion: string;
  readonly profile: ProfileFacts;
  readonly network: NetworkFacts;
  readonly nodePools: readonly NodePool[];
  /** IAM role names of EKS add-ons, by add-on, to grant them additional permissions. */
  readonly eksAddOnRoleNames: Readonly<Record<string, string>>;
  /** The ingress that sends requests to applications. */
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
  /** Allowed registries, mirrors and pinning of images. */
  readonly images: ImagePolicy;
  /**
   * EBS volumes that the driver may attach. With `cluster`, self-managed nodes of teams need a tag too.
   * @default 'account'
   */
  readonly volumeAccess?: VolumeAccess;
  /** The add-ons of the cluster, by name. */
  readonly addOns: readonly string[];
  /** The backend of the infrastructure stack. */
  readonly backend: StateBackend;
}

/** The class and namespace of the ingress add-on. */
export const INGRESS: EnvironmentFacts['ingress'] = { className: 'traefik', namespace: 'ingress' };
export const MONITORING: EnvironmentFacts['monitoring'] = { namespace: 'monitoring' };

/** The part of an environment's profile that sizes add-ons and workloads. */
export interface ProfileFacts {
  readonly name: string;
  /** Replicas of highly available workloads. */
  readonly replicas: number;
  /** Nodes that may fail at once without user impact. */
  readonly toleratedNodeLosses: number;
  /** Whether data is retained when its resources are destroyed. */
  readonly deletionProtection: boolean;
  readonly prefixDelegation: boolean;
  /**
   * Resource quota of a namespace for applications.
   * @default no limit
   */
  readonly namespaceQuota?: Readonly<Record<string, string>>;
}

/** CIDR blocks of the environment. */
export interface NetworkFacts {
  readonly cidr: string;
  readonly secondaryCidrs: readonly string[];
  readonly subnets: readonly SubnetFacts[];
  /** The CIDR block of Kubernetes Services; with IPv6 `fc00::/7`, the range that EKS chooses it from. */
  readonly serviceCidr: string;
  /** CIDR blocks of the control plane's network interfaces: the endpoints of the API server. */
  readonly controlPlaneCidrs: readonly string[];
}

export interface SubnetFacts {
  readonly tier: Exclude<Tier, 'pods'>;
  readonly zone: string;
  readonly cidr: string;
}
