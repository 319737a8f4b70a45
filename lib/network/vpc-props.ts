import { CLUSTER_NAME } from '../core/cluster-name';
import { bool, list, object, oneOf, optional, text } from '../core/shape';
import { FLOW_LOG_SETTINGS, type FlowLogSettings } from './flow-log-props';
import { NAT, type Nat } from './nat-props';
import { VPC_ROUTE, type VpcRoute } from './route-props';

export interface VpcProps {
  /** Letters, digits and hyphens. Prefix of all resource names. */
  readonly name: string;
  /**
   * A /16 to a /22, for example `10.20.0.0/16`, of which half stays free for later. Changing it replaces the VPC; add
   * to `secondaryCidrs` instead.
   */
  readonly cidr: string;
  /**
   * Availability zones, by name (`eu-west-1a`) or by id (`euw1-az1`, the same location in every account). Each has a
   * fixed slot in the CIDR: adding or removing one does not move the others. Changing from names to ids moves all.
   */
  readonly zones: readonly string[];
  /**
   * Zones with an intra subnet. An EKS control plane stays in the zones it was created in: keep those here when you
   * remove one from `zones`.
   * @default zones
   */
  readonly intraZones?: readonly string[];
  /**
   * How private subnets reach the internet.
   * @default a NAT gateway per zone
   */
  readonly nat?: Nat;
  /**
   * Whether there are public subnets, for internet-facing load balancers and NAT gateways.
   * @default true unless nat is 'none'
   */
  readonly publicSubnets?: boolean;
  /**
   * AWS services with an interface endpoint in every private subnet, such as `ecr.api`; each is billed per hour and
   * zone. S3 and DynamoDB always have a (free) gateway endpoint.
   * @default if nat is 'none', all that nodes and EKS add-ons call, otherwise none
   */
  readonly endpoints?: readonly string[];
  /**
   * Other accounts whose principals may access data through the endpoints, such as one whose roles your pods assume.
   * Only if nat is 'none': otherwise endpoints are not restricted.
   * @default this account only
   */
  readonly trustedAccounts?: readonly string[];
  /**
   * Networks that are reached through a transit gateway, a peering connection or a VPN gateway, from private, pod and
   * intra subnets: replies of nodes and of the Kubernetes API find their way back.
   * @default none
   */
  readonly routes?: readonly VpcRoute[];
  /**
   * Further CIDRs, for pods, for example `100.64.0.0/16`: each gets a subnet in every zone, tagged for the VPC CNI.
   * @default pods share the private subnets
   */
  readonly secondaryCidrs?: readonly string[];
  /**
   * `dual-stack` adds an Amazon-provided IPv6 block; private subnets have outbound access to the IPv6 internet only.
   * @default 'ipv4'
   */
  readonly addressing?: 'ipv4' | 'dual-stack';
  /**
   * A cluster whose Karpenter may launch nodes in the private subnets.
   * @default none
   */
  readonly clusterName?: string;
  /** @default all traffic, kept for a year */
  readonly flowLogs?: FlowLogSettings;
  /**
   * Encrypts the flow logs; the key policy must allow CloudWatch Logs to use it (that of an `EncryptionKey` does).
   * @default CloudWatch Logs' own key
   */
  readonly kmsKeyArn?: string;
  /**
   * Terraform rejects plans that destroy or replace the VPC, or its flow logs, until `false` is applied.
   * @default true
   */
  readonly deletionProtection?: boolean;
}

export const ACCOUNT = text('an account id of twelve digits', /^\d{12}$/);

export const VPC_PROPS = object<VpcProps>({
  name: text(),
  cidr: text("an IPv4 CIDR block, such as '10.20.0.0/16'"),
  zones: list(text(), "a list of zones, such as ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']"),
  intraZones: optional(list(text())),
  nat: optional(NAT),
  publicSubnets: optional(bool),
  endpoints: optional(list(text())),
  trustedAccounts: optional(list(ACCOUNT)),
  routes: optional(list(VPC_ROUTE)),
  secondaryCidrs: optional(list(text())),
  addressing: optional(oneOf('ipv4', 'dual-stack')),
  clusterName: optional(CLUSTER_NAME),
  flowLogs: optional(FLOW_LOG_SETTINGS),
  kmsKeyArn: optional(text()),
  deletionProtection: optional(bool),
});
