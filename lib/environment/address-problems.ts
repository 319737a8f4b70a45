import { leastAddresses, usualAddresses, type NodeAddresses } from '../cluster/node-addresses';
import { nodesAtOnce } from '../cluster/node-updates';
import type { Problem } from '../core/check';
import { grouped } from '../core/format';
import { planSubnets, subnetAddresses } from '../network/subnet-plan';
import { sortZones } from '../network/zones';
import type { EnvironmentProps } from './environment-props';
import type { NodeGroupSpec } from './node-groups';

/** Of a private subnet: for up to 15 interface endpoints and, to scale, eight of an internal load balancer. */
const RESERVED = 24;
/**
 * While nodes are replaced, EKS launches at least this many in advance: twice the number of zones of the group. Source:
 * "Understand each phase of node updates",
 * https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
const LEAST_SURGE = 2;

/** Whether the node groups' minimum and maximum fit into the addresses of each zone. */
export function addressProblems(props: EnvironmentProps): readonly Problem[] {
  if (hasOwnAddressing(props)) return [];
  return sortZones(props.zones).flatMap((zone): readonly Problem[] => {
    const all = subnetAddressesOf(props, zone);
    const available = availableAddresses(props, zone);
    const [least, most] = [leastNeeded(props, zone), mostNeeded(props, zone)];
    if (least > all) {
      return [
        `zone ${zone} has ${grouped(all)} addresses, but the minimum of the node groups needs ${grouped(least)}: lower minSize, or add network.secondaryCidrs, such as 100.64.0.0/16`,
      ];
    }
    return [
      most > available && {
        code: 'insufficient-addresses' as const,
        problem: `zone ${zone} has ${grouped(available)} addresses for nodes, but the maximum of the node groups needs ${grouped(most)}: lower maxSize, or add network.secondaryCidrs, such as 100.64.0.0/16`,
      },
    ];
  });
}

/** For nodes and their pods. */
export function availableAddresses(props: EnvironmentProps, zone: string): number {
  return subnetAddressesOf(props, zone) - RESERVED;
}

/** Of the private subnet, and of the subnets for pods in secondary CIDRs. */
function subnetAddressesOf({ cidr, zones, network }: EnvironmentProps, zone: string): number {
  const { intraZones, secondaryCidrs = [] } = network ?? {};
  const subnets = planSubnets({ cidr, zones, intraZones, secondaryCidrs }).filter(
    (subnet) => subnet.zone === zone && (subnet.tier === 'private' || subnet.tier === 'pods'),
  );
  return sum(subnets.map((subnet) => subnetAddresses(subnet.cidr)));
}

/** For the minimum of every group, with a few pods on each node. */
export function leastNeeded(props: EnvironmentProps, zone: string): number {
  return sum(groupsIn(props, zone).map(({ node, minNodes }) => minNodes * (leastAddresses(node) ?? 0)));
}

/** For the maximum of every group, with the usual number of pods, and for the nodes that an update launches in advance. */
export function mostNeeded(props: EnvironmentProps, zone: string): number {
  return sum(
    groupsIn(props, zone).map(({ node, maxNodes }) => {
      const surge = Math.max(LEAST_SURGE, nodesAtOnce(maxNodes));
      return maxNodes * (usualAddresses(node) ?? 0) + surge * (leastAddresses(node) ?? 0);
    }),
  );
}

function groupsIn({ zones, profile, nodeGroups = profile.nodeGroups }: EnvironmentProps, zone: string) {
  return nodeGroups
    .filter((group) => (group.zones ?? zones).includes(zone))
    .map((group) => ({
      node: { ...group, prefixDelegation: profile.prefixDelegation } satisfies NodeAddresses,
      minNodes: nodesInZone(group, group.minSize, zones),
      maxNodes: nodesInZone(group, group.maxSize, zones),
    }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** A group across all zones balances its nodes. */
function nodesInZone({ spread, zones: own }: NodeGroupSpec, size: number, zones: readonly string[]): number {
  return spread === 'single' ? Math.ceil(size / (own ?? zones).length) : size;
}

/** Another CNI, or other settings of this one, need other numbers of addresses. */
function hasOwnAddressing({ eksAddOns = {} }: EnvironmentProps): boolean {
  const cni = eksAddOns?.['vpc-cni'];
  return cni === 'none' || cni?.configuration?.['env'] !== undefined;
}
