import type { ITerraformDependable } from 'cdktf';
import type { SubnetRef, VpcRef } from '../network/vpc-ref';

/** Reachable from the internet, or only from the VPC and networks connected to it. */
export type LoadBalancerScheme = 'internet-facing' | 'internal';

/** The subnets of a load balancer with this scheme. */
export function loadBalancerSubnets(vpc: VpcRef, scheme: LoadBalancerScheme): readonly SubnetRef[] {
  return scheme === 'internal' ? vpc.privateSubnets : vpc.publicSubnets;
}

/** `trustedCidrs` of a traffic contract: a load balancer with this scheme connects from these subnets. */
export function loadBalancerCidrs(vpc: VpcRef, scheme: LoadBalancerScheme): readonly string[] {
  return loadBalancerSubnets(vpc, scheme).map(({ cidr }) => cidr);
}

export function subnetsReady(subnets: readonly SubnetRef[]): readonly ITerraformDependable[] {
  return [...new Set(subnets.flatMap(({ ready }) => ready ?? []))];
}
