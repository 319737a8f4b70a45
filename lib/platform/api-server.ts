import { Token } from 'cdktf';
import { cidrAddress } from '../core/cidr';
import type { TrafficRule } from '../kubernetes/network-policy';
import type { EnvironmentFacts } from './facts';

/** For the network policy of pods that call the API server. */
export function toApiServer({ network }: Pick<EnvironmentFacts, 'network'>): TrafficRule {
  const { serviceCidr, controlPlaneCidrs } = network;
  // A policy sees the Service's address or the one behind it: which of the two, depends on who enforces it.
  const service = Token.isUnresolved(serviceCidr) ? serviceCidr : `${cidrAddress(serviceCidr, 1)}/32`;
  return { peers: [service, ...controlPlaneCidrs].map((cidr) => ({ cidr })), ports: [443] };
}
