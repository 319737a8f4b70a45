import type { FlowLogSettings } from './flow-logs';
import type { Nat } from './nat';

export interface VpcProps {
  /** Letters, digits and hyphens. Every resource's name starts with it. */
  readonly name: string;
  /**
   * A /16 to a /22, for example `10.20.0.0/16`, of which half stays free for later. To change it replaces the VPC; add to
   * `secondaryCidrs` instead.
   */
  readonly cidr: string;
  /**
   * Availability zones, by name (`eu-west-1a`) or by id (`euw1-az1`, the same place in every account). Each has a place
   * of its own in the CIDR: one may be added or dropped without moving the others. To turn names into ids moves all.
   */
  readonly zones: readonly string[];
  /**
   * Zones with an intra subnet. An EKS control plane stays in the zones that it was made in: of those, one that is
   * dropped from `zones` is kept here.
   * @default zones
   */
  readonly intraZones?: readonly string[];
  /**
   * How machines in private subnets reach the internet.
   * @default a NAT gateway in each zone
   */
  readonly nat?: Nat;
  /**
   * Whether there are public subnets, for internet-facing load balancers and NAT gateways.
   * @default unless nat is 'none'
   */
  readonly publicSubnets?: boolean;
  /**
   * AWS services with an interface endpoint in every private subnet, such as `ecr.api`; each has its price by the hour and
   * zone. S3 and DynamoDB always have a (free) gateway endpoint.
   * @default where nat is 'none' all that nodes and EKS add-ons call, otherwise none
   */
  readonly endpoints?: readonly string[];
  /**
   * Other accounts whose identities may reach data through the endpoints, such as one whose roles your pods assume. Only
   * where nat is 'none': elsewhere endpoints are not restricted.
   * @default this account's only
   */
  readonly trustedAccounts?: readonly string[];
  /**
   * Further CIDRs, for pods, for example `100.64.0.0/16`: each gets a subnet in every zone, tagged for the VPC CNI.
   * @default pods share the private subnets
   */
  readonly secondaryCidrs?: readonly string[];
  /**
   * `dual-stack` adds a block of IPv6 addresses from AWS; private subnets reach the IPv6 internet, but are not reached.
   * @default 'ipv4'
   */
  readonly addressing?: 'ipv4' | 'dual-stack';
  /**
   * A cluster whose Karpenter may put nodes into the private subnets.
   * @default none
   */
  readonly clusterName?: string;
  /** @default all traffic, kept for a year */
  readonly flowLogs?: FlowLogSettings;
  /**
   * Encrypts the flow logs; its policy must let CloudWatch Logs use it (an `EncryptionKey` does).
   * @default CloudWatch Logs' own key
   */
  readonly kmsKeyArn?: string;
}
