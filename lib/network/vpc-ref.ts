import type { ITerraformDependable } from 'cdktf';

/** A subnet, of ours or not. */
export interface SubnetRef {
  readonly subnetId: string;
  /** The availability zone's name, such as `eu-west-1a`; its id where the VPC was given ids, such as `euw1-az1`. */
  readonly zone: string;
  readonly cidr: string;
  /**
   * What must exist before a machine in the subnet reaches AWS and must outlive it: routes, NAT gateway, endpoints.
   * @default nothing: an existing subnet works already
   */
  readonly ready?: readonly ITerraformDependable[];
}

/**
 * A VPC, of ours or an existing one as a plain object. Subnets are in the order of their zones' names.
 */
export interface VpcRef {
  readonly vpcId: string;
  readonly cidr: string;
  /**
   * Its further CIDRs.
   * @default none
   */
  readonly secondaryCidrs?: readonly string[];
  /** For internet-facing load balancers. */
  readonly publicSubnets: readonly SubnetRef[];
  /** For machines. */
  readonly privateSubnets: readonly SubnetRef[];
  /**
   * For the network interfaces of the EKS control plane: no route out of the VPC.
   */
  readonly intraSubnets: readonly SubnetRef[];
}
