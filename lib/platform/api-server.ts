import { Token } from 'cdktf';
import { cidrAddress, sortedCidrs } from '../core/cidr';
import type { TrafficRule } from '../kubernetes/network-policy';
import type { EnvironmentFacts } from './facts';

/** Egress rule for pods that call the API server. */
export function toApiServer({ network }: Pick<EnvironmentFacts, 'network'>): TrafficRule {
  const { serviceCidr, controlPlaneCidrs } = network;
  // Depending on its implementation, a network policy matches the Service's address or its endpoints.
  // Of an IPv6 range, which EKS chooses, the first address is not known.
  const isRange = Token.isUnresolved(serviceCidr) || serviceCidr.includes(':');
  const service = isRange ? serviceCidr : `${cidrAddress(serviceCidr, 1)}/32`;
  return { peers: [service, ...sortedCidrs(controlPlaneCidrs)].map((cidr) => ({ cidr })), ports: [443] };
}
