import type { NodePool } from '../kubernetes/placement';
import type { LoadBalancerScheme } from '../load-balancing/load-balancer-subnets';
import { trafficContract, type TrafficContract } from '../load-balancing/traffic-contract';
import type { Nat } from '../network/nat';
import { planSubnets, type PlannedSubnet } from '../network/subnet-plan';
import { eksAddOnSettings, type EksAddOnSettings } from './eks-add-ons';
import type { EnvironmentProps } from './environment-props';
import { ingressGroups, minNodes, type NodeGroupSpec } from './node-groups';

/** What follows from an environment's data alone, so that its stacks agree without reading each other's state. */
export interface EnvironmentSettings {
  readonly nat: Nat;
  readonly nodeGroups: readonly NodeGroupSpec[];
  readonly scheme: LoadBalancerScheme;
  readonly traffic: TrafficContract;
  /** Where the control plane's network interfaces are. */
  readonly controlPlaneCidrs: readonly string[];
  readonly nodePools: readonly NodePool[];
  readonly eksAddOns: EksAddOnSettings;
}

export function environmentSettings(props: EnvironmentProps): EnvironmentSettings {
  const { cidr, zones, profile, network, loadBalancer = {} } = props;
  const nodeGroups = props.nodeGroups ?? profile.nodeGroups;
  const nat = network?.nat ?? { kind: profile.nat };
  const hasPublicSubnets = network?.publicSubnets ?? nat.kind !== 'none';
  const scheme = loadBalancer.scheme ?? (hasPublicSubnets ? 'internet-facing' : 'internal');
  const { intraZones, secondaryCidrs = [] } = network ?? {};
  const plan = planSubnets({ cidr, zones, intraZones, secondaryCidrs });
  const cidrsOf = (tier: PlannedSubnet['tier']) =>
    plan.filter((subnet) => subnet.tier === tier).map((subnet) => subnet.cidr);
  const nodePools = nodeGroups.map((group) => nodePool(group, nodeGroups, zones));
  return {
    nat,
    nodeGroups,
    scheme,
    traffic: trafficContract({
      trustedCidrs: cidrsOf(scheme === 'internal' ? 'private' : 'public'),
      ...loadBalancer.traffic,
    }),
    controlPlaneCidrs: cidrsOf('intra'),
    nodePools,
    eksAddOns: eksAddOnSettings(profile, nodePools, props.eksAddOns),
  };
}

function nodePool(group: NodeGroupSpec, all: readonly NodeGroupSpec[], zones: readonly string[]): NodePool {
  const groups = group.spread === 'single' ? 1 : (group.zones ?? zones).length;
  return {
    name: group.name,
    labels: group.labels ?? {},
    taints: group.taints ?? [],
    architecture: group.architecture === 'arm64' ? 'arm64' : 'amd64',
    zones: group.zones ?? zones,
    minNodes: minNodes([group], zones),
    maxNodes: group.maxSize * groups,
    ingress: ingressGroups(all).includes(group),
  };
}
