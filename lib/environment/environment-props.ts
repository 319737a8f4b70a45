import type { ClusterAccessEntry } from '../cluster/access';
import type { EndpointAccess } from '../cluster/cluster-problems';
import type { Acknowledgements } from '../core/acknowledge';
import type { ClusterSecurityGroupMode } from '../cluster/cluster-security-groups';
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

/** An environment is data: no ARN that AWS gives out, no conditional, no secret. */
export interface EnvironmentProps {
  /** Such as `production`: begins the names of stacks and resources. */
  readonly name: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** Availability zones, such as `eu-west-1a`. */
  readonly zones: readonly string[];
  /** The VPC's addresses, unlike any other environment's, such as `10.20.0.0/16`. */
  readonly cidr: string;
  /** The environment's own domain: its applications are below it, and a wildcard certificate covers them. */
  readonly domain: string;
  /**
   * The zone above `domain`, which delegates to it; `SharedStack` makes one and prints its id.
   * @default none: enter the `name_servers` output wherever the domain is registered, before the certificate can be issued
   */
  readonly parentZone?: HostedZoneRef;
  readonly profile: EnvironmentProfile;
  /** Who may use the Kubernetes API; at least one `cluster-admin`. */
  readonly access: readonly EnvironmentAccess[];
  /** @default the profile's */
  readonly nodeGroups?: readonly NodeGroupSpec[];
  /** @default one behind the newest that is pinned */
  readonly kubernetesVersion?: KubernetesVersion;
  /**
   * Who reaches the Kubernetes API over the network.
   * @default only the VPC
   */
  readonly endpoint?: EndpointAccess;
  /**
   * Which traffic nodes take. A change replaces every node.
   * @default 'cluster': everything between nodes and control plane
   */
  readonly nodeSecurityGroups?: ClusterSecurityGroupMode;
  /**
   * What differs in the network; `nat: { kind: 'none' }` makes the environment private.
   * @default as the profile says
   */
  readonly network?: Partial<
    Pick<VpcProps, 'intraZones' | 'nat' | 'endpoints' | 'secondaryCidrs' | 'addressing' | 'publicSubnets'>
  >;
  /** @default reachable from the internet, without a web application firewall */
  readonly loadBalancer?: LoadBalancerSettings;
  /**
   * Versions and configuration of the EKS add-ons, such as CoreDNS; `none` leaves one out. What a configuration does not
   * name stays as the profile has it.
   * @default pinned versions, configured by the profile
   */
  readonly eksAddOns?: EksAddOnSettings;
  /**
   * What the cluster is given for all applications: ingress, logs, monitoring.
   * @default none
   */
  readonly addOns?: readonly AddOn[];
  /**
   * Where images come from, and how they must be pinned.
   * @default each from its own registry, by a version's tag
   */
  readonly images?: ImagePolicy;
  /** @default a local file */
  readonly backend?: StateBackend;
  /**
   * Tags of every resource, beside `environment`. Machines get theirs when they are launched: a change replaces every
   * node, zone by zone.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Rules that the environment breaks on purpose: the reason by the rule's code.
   * @default none
   */
  readonly acknowledge?: Acknowledgements;
}

/** A role of the environment's account that may use the Kubernetes API. */
export interface EnvironmentAccess extends Omit<ClusterAccessEntry, 'principalArn'> {
  /** The role's name, with its path if it has one. */
  readonly role: string;
}

export interface LoadBalancerSettings {
  /** @default 'internet-facing', or 'internal' where there are no public subnets */
  readonly scheme?: LoadBalancerScheme;
  /** Networks that may send requests. @default everyone, or the VPC for an internal one */
  readonly clientCidrs?: readonly string[];
  /** Filters requests with AWS's managed rules, for a monthly price and one by the request. @default false */
  readonly waf?: boolean;
  /** Ports and timings that differ from the contract's own. @default none */
  readonly traffic?: TrafficContractProps;
}
