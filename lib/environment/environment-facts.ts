import { eksAddOnRoleNames } from '../cluster/eks-add-on-roles';
import { sortTaints } from '../cluster/taints-and-labels';
import { partitionOf } from '../core/aws-context';
import { checkData } from '../core/check';
import { sortedRecord } from '../core/record';
import type { ImagePolicy } from '../kubernetes/image-policy';
import type { NodePool } from '../kubernetes/pod/placement';
import type { LoadBalancerScheme } from '../load-balancing/load-balancer-subnets';
import { trafficContract } from '../load-balancing/traffic-contract';
import type { Nat } from '../network/nat';
import { routesEverywhere } from '../network/route-problems';
import { planSubnets } from '../network/subnet-plan';
import { sortZones } from '../network/zones';
import {
  FACTS_VERSION,
  INGRESS,
  MONITORING,
  type EnvironmentFacts,
  type ProfileFacts,
  type SubnetFacts,
} from '../platform/facts';
import { environmentData } from './environment-data';
import { environmentProblems } from './environment-problems';
import { serviceCidr } from './cluster-settings';
import type { EnvironmentProps } from './environment-props';
import { ingressGroups, minNodes, type NodeGroupSpec } from './node-groups';

/**
 * Facts of an environment for add-ons and teams: plain data, an input of `environmentRef`.
 * @throws ValidationError if the environment's data is not valid
 */
export function environmentFacts(given: EnvironmentProps): EnvironmentFacts {
  const props = environmentData(given);
  checkData(props.name, ...environmentProblems(props));
  return factsOf(props);
}

/** `environmentFacts` of valid data. */
export function factsOf(props: EnvironmentProps): EnvironmentFacts {
  const { name, account, region, domain, domains = [], zones, profile, addOns = [] } = props;
  const { kubernetesVersion, backend = { kind: 'local' } } = props;
  const nodeGroups = props.nodeGroups ?? profile.nodeGroups;
  const subnets = subnetFacts(props);
  const cidrsOf = (tier: SubnetFacts['tier']) =>
    subnets.filter((subnet) => subnet.tier === tier).map(({ cidr }) => cidr);
  return {
    version: FACTS_VERSION,
    name,
    account,
    region,
    domain,
    ...(domains.length > 0 && { domains: domains.map((one) => one.domain) }),
    kubernetesVersion,
    profile: profileFacts(profile),
    network: {
      cidr: props.cidr,
      secondaryCidrs: props.network?.secondaryCidrs ?? [],
      subnets,
      serviceCidr: serviceCidr(props.cluster),
      controlPlaneCidrs: cidrsOf('intra'),
    },
    nodePools: nodeGroups.map((group) => nodePool(group, nodeGroups, zones)),
    eksAddOnRoleNames: eksAddOnRoleNames(region, name, props.eksAddOns),
    ingress: INGRESS,
    monitoring: MONITORING,
    traffic: trafficContract({
      ...props.loadBalancer?.traffic,
      trustedCidrs:
        props.loadBalancer?.traffic?.trustedCidrs ??
        cidrsOf(loadBalancerScheme(props) === 'internal' ? 'private' : 'public'),
    }),
    images: imagePolicyOf(props),
    ...(props.volumeAccess && { volumeAccess: props.volumeAccess }),
    addOns: addOns.map((addOn) => addOn.name),
    backend,
  };
}

/** Drops other parts of the profile, such as node groups, which an environment may override. */
export function profileFacts(profile: ProfileFacts): ProfileFacts {
  const { name, replicas, toleratedNodeLosses, deletionProtection, prefixDelegation, namespaceQuota } = profile;
  return {
    name,
    replicas,
    toleratedNodeLosses,
    deletionProtection,
    prefixDelegation,
    ...(namespaceQuota && { namespaceQuota }),
  };
}

export function natOf({ network, profile }: EnvironmentProps): Nat {
  return network?.nat ?? { kind: profile.nat };
}

/** Whether nodes have no way to the internet, not even through another network. */
export function isPrivate(props: EnvironmentProps): boolean {
  return natOf(props).kind === 'none' && !routesEverywhere(props.network?.routes ?? []);
}

/** Without internet access, nodes pull from ECR of their region through its endpoint, and from what they have routes to. */
function imagePolicyOf(props: EnvironmentProps): ImagePolicy {
  const { region, images = {} } = props;
  if (!isPrivate(props)) return images;
  return {
    ...images,
    reachable: [`*.dkr.ecr.${region}.${partitionOf(region).dnsSuffix}`, ...(images.reachable ?? [])],
  };
}

export function loadBalancerScheme(props: EnvironmentProps): LoadBalancerScheme {
  return props.loadBalancer?.scheme ?? (hasPublicSubnets(props) ? 'internet-facing' : 'internal');
}

function hasPublicSubnets(props: EnvironmentProps): boolean {
  return props.network?.publicSubnets ?? natOf(props).kind !== 'none';
}

function subnetFacts(props: EnvironmentProps): SubnetFacts[] {
  const { cidr, zones, network } = props;
  const { intraZones, secondaryCidrs = [] } = network ?? {};
  return planSubnets({ cidr, zones, intraZones, secondaryCidrs }).flatMap(({ tier, zone, cidr: block }) =>
    tier === 'pods' || (tier === 'public' && !hasPublicSubnets(props)) ? [] : [{ tier, zone, cidr: block }],
  );
}

function nodePool(group: NodeGroupSpec, all: readonly NodeGroupSpec[], zones: readonly string[]): NodePool {
  const groups = group.spread === 'single' ? 1 : (group.zones ?? zones).length;
  const startupTaints = [...new Set((group.startupTaints ?? []).map(({ key }) => key))].sort();
  return {
    name: group.name,
    kind: group.kind ?? 'managed',
    labels: sortedRecord(group.labels ?? {}),
    taints: sortTaints(group.taints ?? []),
    ...(startupTaints.length > 0 && { startupTaints }),
    architecture: group.architecture === 'arm64' ? 'arm64' : 'amd64',
    zones: sortZones(group.zones ?? zones),
    minNodes: minNodes([group], zones),
    maxNodes: group.maxSize * groups,
    ingress: ingressGroups(all).includes(group),
  };
}
