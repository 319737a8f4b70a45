import type { ITerraformDependable } from 'cdktf';
import type { SubnetRef, VpcRef } from '../network/vpc-ref';

/** Reached from the Internet, or only from the VPC and what is connected to it. */
export type LoadBalancerScheme = 'internet-facing' | 'internal';

/** The subnets that a load balancer of this scheme is in. */
export function loadBalancerSubnets(vpc: VpcRef, scheme: LoadBalancerScheme): readonly SubnetRef[] {
  return scheme === 'internal' ? vpc.privateSubnets : vpc.publicSubnets;
}

/** What a traffic contract must trust, since a load balancer of this scheme speaks from there. */
export function loadBalancerCidrs(vpc: VpcRef, scheme: LoadBalancerScheme): readonly string[] {
  return loadBalancerSubnets(vpc, scheme).map(({ cidr }) => cidr);
}

export function subnetsReady(subnets: readonly SubnetRef[]): readonly ITerraformDependable[] {
  return [...new Set(subnets.flatMap(({ ready }) => ready ?? []))];
}
