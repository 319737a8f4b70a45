import type { ClusterAccessEntry } from '../cluster/access-props';
import type { ClusterSecurityGroupMode, EndpointAccess } from '../cluster/cluster-props';
import type { VolumeAccess } from '../cluster/cluster-ref';
import type { TunnelSettings } from '../cluster/session-manager-tunnel-props';
import type { Acknowledgements } from '../core/acknowledge';
import type { StateBackend } from '../core/state-backend';
import type { HostedZoneRef } from '../dns/dns-ref';
import type { ImagePolicy } from '../kubernetes/image-policy';
import type { LoadBalancerScheme } from '../load-balancing/load-balancer-subnets';
import type { TrafficContractProps } from '../load-balancing/traffic-contract';
import type { VpcProps } from '../network/vpc-props';
import type { AddOn } from '../platform/add-on';
import type { KubernetesVersion } from '../versions';
import type { EksAddOnSettings } from './eks-add-ons';
import type { NodeGroupSpec } from './node-groups';
import type { EnvironmentProfile } from './profile';

/** An environment as data: no generated ARNs, no conditionals, no secrets. */
export interface EnvironmentProps {
  /** Such as `production`: the prefix of stack and resource names. */
  readonly name: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** Availability zones, such as `eu-west-1a`. */
  readonly zones: readonly string[];
  /** The VPC's CIDR block, distinct from other environments', such as `10.20.0.0/16`. */
  readonly cidr: string;
  /** The environment's own domain: the parent of its applications' hosts, which a wildcard certificate covers. */
  readonly domain: string;
  /**
   * The parent zone of `domain`, which delegates to it; `SharedStack` creates one and outputs its id.
   * @default none: enter the `name_servers` output at the registrar, before the certificate can be issued
   */
  readonly parentZone?: HostedZoneRef;
  readonly profile: EnvironmentProfile;
  /** Who may use the Kubernetes API; at least one entry is a `cluster-admin`. */
  readonly access: readonly EnvironmentAccess[];
  /** @default the profile's */
  readonly nodeGroups?: readonly NodeGroupSpec[];
  /**
   * The minor version that the cluster runs. There is no default: it must change only when you upgrade the cluster, one
   * minor version at a time.
   */
  readonly kubernetesVersion: KubernetesVersion;
  /**
   * Who can reach the Kubernetes API.
   * @default only the VPC
   */
  readonly endpoint?: EndpointAccess;
  /**
   * A way to the Kubernetes API from outside the VPC, through Session Manager: see the guide "Reaching a private
   * cluster". `{}` creates it, for roles that get its policy elsewhere.
   * @default none: whoever deploys the platform stack is in the VPC, or in a network connected to it
   */
  readonly tunnel?: TunnelSettings;
  /**
   * Security group of the nodes. Changing it replaces every node.
   * @default 'cluster': all traffic between nodes and control plane is allowed
   */
  readonly nodeSecurityGroups?: ClusterSecurityGroupMode;
  /**
   * Network overrides; `nat: { kind: 'none' }` makes the environment private.
   * @default the profile's
   */
  readonly network?: Partial<
    Pick<VpcProps, 'intraZones' | 'nat' | 'endpoints' | 'routes' | 'secondaryCidrs' | 'addressing' | 'publicSubnets'>
  >;
  /**
   * EBS volumes that the environment's driver may attach and delete: those that a driver of any cluster of the account
   * created, or only the environment's own. Set `cluster` in a new environment; an existing one first tags its volumes,
   * snapshots and self-managed instances, see the guide "Cluster and nodes".
   * @default 'account', with which the volumes of an existing environment can be attached
   */
  readonly volumeAccess?: VolumeAccess;
  /** @default reachable from the internet, without a web application firewall */
  readonly loadBalancer?: LoadBalancerSettings;
  /**
   * Versions and configuration of EKS add-ons, such as CoreDNS; `none` disables one. The configuration is merged into
   * the profile's.
   * @default pinned versions, configured by the profile
   */
  readonly eksAddOns?: EksAddOnSettings;
  /**
   * Services of the cluster for all applications: ingress, logs, monitoring.
   * @default none
   */
  readonly addOns?: readonly AddOn[];
  /**
   * Allowed registries, mirrors and pinning of images. Nodes may import images through mirrors that are pull-through
   * caches of ECR.
   * @default each image from its own registry, pinned by version tag
   */
  readonly images?: ImagePolicy;
  /** @default a local file */
  readonly backend?: StateBackend;
  /**
   * Tags of every resource, in addition to `environment`. Instances are tagged at launch: a change replaces every node,
   * zone by zone.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Intentional exceptions of the environment: reasons by rule code.
   * @default none
   */
  readonly acknowledge?: Acknowledgements;
}

/** An IAM role of the environment's account that may use the Kubernetes API. */
export interface EnvironmentAccess extends Omit<ClusterAccessEntry, 'principalArn'> {
  /** The role's name, with its path if it has one. */
  readonly role: string;
}

export interface LoadBalancerSettings {
  /**
   * A change replaces the load balancer, which deletion protection blocks.
   * @default 'internet-facing', or 'internal' without public subnets
   */
  readonly scheme?: LoadBalancerScheme;
  /** Client networks. @default everyone, or the VPC if the scheme is internal */
  readonly clientCidrs?: readonly string[];
  /** Filters requests with AWS managed rules, billed per month and per request. @default false */
  readonly waf?: boolean;
  /** Overrides of the traffic contract's ports and timings; a port changes in three steps. @default none */
  readonly traffic?: TrafficContractProps;
}
