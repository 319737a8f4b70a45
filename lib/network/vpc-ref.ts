import type { ITerraformDependable } from 'cdktf';
import { anything, list, optional, ref, text } from '../core/shape';

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
  subnetId: text(),
  zone: text(),
  cidr: text(),
  ready: optional(list(anything<ITerraformDependable>())),
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
  /** For internet-facing load balancers. */
  readonly publicSubnets: readonly SubnetRef[];
  /** For nodes. */
  readonly privateSubnets: readonly SubnetRef[];
  /** For the network interfaces of the EKS control plane: no route out of the VPC. */
  readonly intraSubnets: readonly SubnetRef[];
}

export const VPC_REF = ref<VpcRef>('a VPC, such as new Vpc(...)', {
  vpcId: text(),
  cidr: text(),
  secondaryCidrs: optional(list(text())),
  publicSubnets: list(SUBNET_REF),
  privateSubnets: list(SUBNET_REF),
  intraSubnets: list(SUBNET_REF),
});
