import type { ITerraformDependable } from 'cdktf';
import { IPV4_CIDR } from '../core/cidr';
import { DEPENDABLES } from '../core/depends-on';
import { list, literal, oneOf, optional, ref, text } from '../core/shape';

/** A subnet: created by `Vpc`, or an existing one as a plain object. */
export interface SubnetRef {
  readonly subnetId: string;
  /** The availability zone's name, such as `eu-west-1a`, or its id, such as `euw1-az1`, if the VPC's zones are ids. */
  readonly zone: string;
  readonly cidr: string;
  /**
   * What must exist before a node in the subnet can reach AWS, and must be deleted after it: routes, NAT gateway,
   * endpoints.
   * @default none: an existing subnet is ready
   */
  readonly ready?: readonly ITerraformDependable[];
}

export const SUBNET_REF = ref<SubnetRef>('a subnet, such as one of vpc.privateSubnets', {
  subnetId: text('the id of a subnet, such as subnet-0123456789abcdef0', /^subnet-/),
  zone: literal(text('an availability zone, such as eu-west-1a', /^[a-z0-9-]+$/)),
  cidr: IPV4_CIDR,
  ready: optional(DEPENDABLES),
});

/** A VPC: a `Vpc`, or an existing one as a plain object. Subnets are sorted by zone name. */
export interface VpcRef {
  readonly vpcId: string;
  readonly cidr: string;
  /**
   * Further CIDRs of the VPC.
   * @default none
   */
  readonly secondaryCidrs?: readonly string[];
  /**
   * `dual-stack`: the subnets have IPv6 blocks too.
   * @default not known
   */
  readonly addressing?: 'ipv4' | 'dual-stack';
  /** For internet-facing load balancers. */
  readonly publicSubnets: readonly SubnetRef[];
  /** For nodes. */
  readonly privateSubnets: readonly SubnetRef[];
  /** For the network interfaces of the EKS control plane: no route out of the VPC. */
  readonly intraSubnets: readonly SubnetRef[];
}

export const VPC_REF = ref<VpcRef>('a VPC, such as new Vpc(...)', {
  vpcId: text('the id of a VPC, such as vpc-0123456789abcdef0', /^vpc-/),
  cidr: IPV4_CIDR,
  secondaryCidrs: optional(list(IPV4_CIDR)),
  addressing: optional(oneOf('ipv4', 'dual-stack')),
  publicSubnets: list(SUBNET_REF),
  privateSubnets: list(SUBNET_REF),
  intraSubnets: list(SUBNET_REF),
});
