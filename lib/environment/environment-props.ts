import { ENDPOINT_ACCESS, SECURITY_GROUP_MODE } from '../cluster/cluster-props';
import type { ClusterSecurityGroupMode, EndpointAccess } from '../cluster/cluster-props';
import { VOLUME_ACCESS, type VolumeAccess } from '../cluster/cluster-ref';
import { missingVersionProblem } from '../cluster/cluster-problems';
import { ADDITIONAL_EKS_ADD_ON, type AdditionalEksAddOn } from '../cluster/eks-add-on-props';
import { TUNNEL_SETTINGS, type TunnelSettings } from '../cluster/session-manager-tunnel-props';
import { ACKNOWLEDGEMENTS, type Acknowledgements } from '../core/acknowledge';
import { AWS_STACK_PROPS, type AwsStackProps } from '../core/aws-stack';
import { formatValue } from '../core/format';
import { bool, checkedBy, list, object, oneOf, optional, record, text } from '../core/shape';
import { HOSTED_ZONE_REF, type HostedZoneRef } from '../dns/dns-ref';
import { IMAGE_POLICY, type ImagePolicy } from '../kubernetes/image-policy';
import { FLOW_LOG_SETTINGS } from '../network/flow-log-props';
import { NAT } from '../network/nat-props';
import { VPC_ROUTE } from '../network/route-props';
import type { VpcProps } from '../network/vpc-props';
import type { AddOn } from '../platform/add-on';
import type { KubernetesVersion } from '../versions';
import { ADD_ONS } from './add-on-list';
import { CLUSTER_SETTINGS, type ClusterSettings } from './cluster-settings';
import { EKS_ADD_ON_SETTINGS, type EksAddOnSettings } from './eks-add-ons';
import { ENVIRONMENT_ACCESS, type EnvironmentAccess } from './environment-access';
import { ADDITIONAL_DOMAIN, DOMAIN, type AdditionalDomain } from './environment-domain';
import { LOAD_BALANCER_SETTINGS, type LoadBalancerSettings } from './load-balancer-settings';
import { NODE_GROUP_SPEC, type NodeGroupSpec } from './node-groups';
import { ENVIRONMENT_PROFILE, type EnvironmentProfile } from './profile';

/** An environment as data: no generated ARNs, no conditionals, no secrets. */
export interface EnvironmentProps extends Pick<AwsStackProps, 'backend' | 'iam'> {
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
  /**
   * The hosted zone of `domain`, if it exists already and belongs to no other stack. Its CAA records must allow Amazon.
   * @default a new zone
   */
  readonly zone?: HostedZoneRef;
  /**
   * Further domains that resolve to the load balancer, each with a zone and a certificate of its own.
   * @default none
   */
  readonly domains?: readonly AdditionalDomain[];
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
   * Control plane: logs, address family and range of Services, encryption, support.
   * @default see each setting
   */
  readonly cluster?: ClusterSettings;
  /**
   * Network overrides; `nat: { kind: 'none' }` makes the environment private.
   * @default the profile's
   */
  readonly network?: NetworkSettings;
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
   * EKS add-ons besides those of every environment, by name: they are installed after the node groups.
   * @default none
   */
  readonly additionalEksAddOns?: Readonly<Record<string, AdditionalEksAddOn>>;
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

export type NetworkSettings = Partial<
  Pick<
    VpcProps,
    | 'intraZones'
    | 'nat'
    | 'endpoints'
    | 'routes'
    | 'secondaryCidrs'
    | 'addressing'
    | 'publicSubnets'
    | 'flowLogs'
    | 'trustedAccounts'
  >
>;

export const NETWORK_SETTINGS = object<NetworkSettings>({
  intraZones: optional(list(text())),
  nat: optional(NAT),
  endpoints: optional(list(text())),
  routes: optional(list(VPC_ROUTE)),
  secondaryCidrs: optional(list(text())),
  addressing: optional(oneOf('ipv4', 'dual-stack')),
  publicSubnets: optional(bool),
  flowLogs: optional(FLOW_LOG_SETTINGS),
  trustedAccounts: optional(list(text('an account id of twelve digits in quotes', /^\d{12}$/))),
});

/** Supported versions are checked with the cluster. */
const KUBERNETES_VERSION = checkedBy<KubernetesVersion>('a minor version', (given, path) => {
  if (given === undefined || given === '') return [missingVersionProblem()];
  return typeof given === 'string' ? [] : [`${path} must be a string, such as '1.35', got ${formatValue(given)}`];
});

export const ENVIRONMENT_PROPS = object<EnvironmentProps>({
  name: text("a string, such as 'production'"),
  account: AWS_STACK_PROPS.shapes.account,
  region: AWS_STACK_PROPS.shapes.region,
  zones: list(text(), "a list, such as ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']"),
  cidr: text("a string, such as '10.20.0.0/16'"),
  domain: DOMAIN,
  parentZone: optional(HOSTED_ZONE_REF),
  zone: optional(HOSTED_ZONE_REF),
  domains: optional(list(ADDITIONAL_DOMAIN)),
  profile: ENVIRONMENT_PROFILE,
  access: list(ENVIRONMENT_ACCESS, "a list, such as [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }]"),
  nodeGroups: optional(list(NODE_GROUP_SPEC)),
  kubernetesVersion: KUBERNETES_VERSION,
  endpoint: optional(ENDPOINT_ACCESS),
  tunnel: optional(TUNNEL_SETTINGS),
  nodeSecurityGroups: optional(SECURITY_GROUP_MODE),
  volumeAccess: optional(VOLUME_ACCESS),
  cluster: optional(CLUSTER_SETTINGS),
  network: optional(NETWORK_SETTINGS),
  loadBalancer: optional(LOAD_BALANCER_SETTINGS),
  eksAddOns: optional(EKS_ADD_ON_SETTINGS),
  additionalEksAddOns: optional(record(ADDITIONAL_EKS_ADD_ON)),
  addOns: optional(ADD_ONS),
  images: optional(IMAGE_POLICY),
  backend: AWS_STACK_PROPS.shapes.backend,
  tags: AWS_STACK_PROPS.shapes.tags,
  iam: AWS_STACK_PROPS.shapes.iam,
  acknowledge: optional(ACKNOWLEDGEMENTS),
});
