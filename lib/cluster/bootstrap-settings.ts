import { object, optional, text } from '../core/shape';
import type { Labels } from '../kubernetes/labels';
import type { Taint } from '../kubernetes/taint';
import type { LogRotation } from './log-rotation';

/** The node's operating system: Amazon Linux 2023, configured by nodeadm, or Bottlerocket, configured by TOML. */
export type NodeSystem = 'al2023' | 'bottlerocket';

/** What a self-managed node needs to join a cluster. For managed node groups EKS adds it. */
export interface JoinSettings {
  readonly clusterName: string;
  readonly endpoint: string;
  /** Base64. */
  readonly certificateAuthority: string;
  readonly serviceCidr: string;
  /** ClusterIP of the cluster's DNS Service: the tenth address of the service CIDR. */
  readonly dnsAddress: string;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
}

export interface KubeletSettings {
  readonly maxPods?: number;
  readonly systemReserved?: SystemReserved;
  readonly logRotation?: LogRotation;
}

/** Resources reserved for system daemons, as Kubernetes quantities. */
export interface SystemReserved {
  readonly cpu?: string;
  readonly memory?: string;
}

export const SYSTEM_RESERVED = object<SystemReserved>({ cpu: optional(text()), memory: optional(text()) });

export interface BootstrapSettings extends KubeletSettings {
  readonly join?: JoinSettings;
  /** Further settings in the operating system's own format: a NodeConfig document, or TOML. */
  readonly extra?: string;
}
