import { cidrContains, cidrsOverlap } from '../core/cidr';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { count } from '../core/format';
import { iamTagProblems } from '../core/tag-shape';
import { openPortProblems } from '../cluster/open-port';
import { cidrPlanProblems } from '../network/subnet-plan';
import { zoneNameProblems } from '../network/zones';
import { ENVIRONMENT_NAME } from '../platform/facts';
import { accessProblem } from './environment-access';
import { domainProblems } from './environment-domain';
import { SERVICE_CIDR } from '../cluster/cluster';
import { serviceCidr } from './cluster-settings';
import type { EnvironmentProps } from './environment-props';
import { ingressProblem, minNodes } from './node-groups';

/** Problems of an environment's data that its constructs do not check themselves. */
export function environmentProblems(props: EnvironmentProps): readonly Problem[] {
  const { zones, profile, nodeGroups = profile.nodeGroups } = props;
  const nodes = minNodes(nodeGroups, zones);
  const fewZones = zones.length < profile.minZones;
  return [
    environmentNameProblem(props),
    fewZones &&
      `zones has ${zones.length} (${zones.join(', ')}), but profile '${profile.name}' requires at least ${profile.minZones}: add zones, or choose a smaller profile`,
    profile.toleratedNodeLosses >= profile.minNodes &&
      `profile.toleratedNodeLosses (${profile.toleratedNodeLosses}) must be less than profile.minNodes (${profile.minNodes}), or no node would be left: change one of them`,
    nodeGroups.length === 0 && 'nodeGroups is empty: add a group, or omit it for those of the profile',
    // The profile's own groups have enough once there are enough zones.
    nodeGroups.length > 0 &&
      !(fewZones && props.nodeGroups === undefined) &&
      nodes < profile.minNodes &&
      `nodeGroups have a minimum of ${count(nodes, 'node')}, but profile '${profile.name}' requires ${profile.minNodes} to tolerate the loss of ${profile.toleratedNodeLosses}: raise minSize, or choose a smaller profile`,
    ...duplicates(nodeGroups.map(({ name }) => name)).map(
      (shared) => `nodeGroups has two groups named '${shared}': use unique names`,
    ),
    ...duplicates(nodeGroups.flatMap(({ formerly = [] }) => formerly)).map(
      (shared) => `nodeGroups has two groups that were formerly '${shared}': keep formerly in one of them`,
    ),
    ...nodeGroups
      .filter(({ formerly }) => nodeGroups.some((group) => group.name === formerly && formerly !== undefined))
      .filter(({ name, formerly }) => name !== formerly)
      .map(
        ({ name, formerly }) =>
          `node group '${name}' was formerly '${formerly}', which is the name of another group: remove formerly, or rename one group per apply`,
      ),
    ...nodeGroups
      .filter((group) => group.zones?.length === 0)
      .map(
        (group) =>
          `node group '${group.name}' has no zones: list at least one, or omit zones for all of the environment's`,
      ),
    ...nodeGroups.flatMap((group) =>
      (group.zones ?? [])
        .filter((zone) => !zones.includes(zone))
        .map(
          (zone) =>
            `node group '${group.name}' is in zone ${zone}, but the environment has ${zones.join(', ')}: add it to zones`,
        ),
    ),
    ingressProblem(nodeGroups),
    ...environmentTagProblems(props),
    ...openPortProblems(props.cluster?.openPorts ?? [], 'cluster.openPorts'),
    ...domainProblems(props, props.domains),
    ...props.access.map((entry) => accessProblem(entry, props.account)),
    ...addressingProblems(props),
    serviceCidrProblem(props),
    ...cidrPlanProblems(props.cidr, props.network?.secondaryCidrs ?? []),
    ...zoneNameProblems(zones, props.region),
    ...(props.network?.intraZones
      ? zoneNameProblems(props.network.intraZones, props.region, 'network.intraZones')
      : []),
  ];
}

export function environmentNameProblem({ name }: EnvironmentProps): Problem {
  return (
    !ENVIRONMENT_NAME.test(name) &&
    `name must be 2 to 32 lowercase letters, digits and hyphens, starting with a letter, got '${name}'`
  );
}

function environmentTagProblems({ name, tags = {} }: EnvironmentProps): readonly Problem[] {
  return [
    tags['environment'] !== undefined &&
      tags['environment'] !== name &&
      `tags has 'environment': '${tags['environment']}', which would be overwritten with the environment's name, '${name}': remove it`,
    ...iamTagProblems('tags', tags),
  ];
}

/** IPv6 needs subnets that have it. */
function addressingProblems({ cluster, network, loadBalancer }: EnvironmentProps): readonly Problem[] {
  const { ipFamily } = cluster ?? {};
  const isDualStack = network?.addressing === 'dual-stack';
  return [
    ipFamily === 'ipv6' &&
      !isDualStack &&
      "cluster.ipFamily 'ipv6' needs subnets with IPv6: set network.addressing to 'dual-stack', or omit it",
    loadBalancer?.ipAddressType === 'dualstack' &&
      !isDualStack &&
      "loadBalancer.ipAddressType 'dualstack' needs subnets with IPv6: set network.addressing to 'dual-stack'",
  ];
}

/** Facts may be exported all the same. */
export function ipv6Problem({ cluster }: EnvironmentProps): Problem {
  return (
    cluster?.ipFamily === 'ipv6' && {
      code: 'ipv6-environment',
      problem:
        "cluster.ipFamily 'ipv6': the load balancer and the policies of add-ons reach pods and the API server over IPv4 only: omit it, or acknowledge it with an ingress of your own",
    }
  );
}

/** In the order of preference; the last one is for a VPC that uses both others. */
const SERVICE_RANGES = [SERVICE_CIDR, '10.100.0.0/16', '192.168.0.0/20'] as const;

/** The cluster's own message would name a prop that the data may not have. */
function serviceCidrProblem(props: EnvironmentProps): Problem {
  const services = serviceCidr(props.cluster);
  const blocks = [
    { prop: 'cidr', cidr: props.cidr },
    ...(props.network?.secondaryCidrs ?? []).map((cidr) => ({ prop: 'network.secondaryCidrs', cidr })),
  ];
  const taken = blocks.find(({ cidr }) => cidrsOverlap(cidr, services));
  const free = SERVICE_RANGES.find((range) => !blocks.some(({ cidr }) => cidrsOverlap(cidr, range)));
  return (
    taken &&
    `${taken.prop} ${taken.cidr} overlaps the address range of Services, ${services}: choose another block for ${taken.prop}, or set cluster.serviceCidr to one outside, such as ${free}`
  );
}

export function sameNameProblem({ name }: EnvironmentProps, others: readonly EnvironmentProps[]): Problem {
  return (
    others.some((other) => other.name === name) &&
    `name '${name}' is already used by another environment, and both would share the same state: use unique names`
  );
}

/** Used for pods in many VPCs, and not routed between them. Source: RFC 6598, https://www.rfc-editor.org/rfc/rfc6598 */
const NOT_ROUTED = '100.64.0.0/10';

/** Conflicts between two environments of an app. */
export function environmentConflicts(one: EnvironmentProps, other: EnvironmentProps): readonly Problem[] {
  return [
    ...domainsOf(one)
      .filter((domain) => domainsOf(other).includes(domain))
      .map(
        (domain) =>
          `domain '${domain}' is already used by environment '${other.name}', but a domain can only be delegated to one zone: choose another`,
      ),
    ...nodeGroupNameConflicts(one, other),
    ...blocksOf(one).flatMap(({ prop, cidr: ownCidr }): readonly Problem[] =>
      blocksOf(other)
        .filter(({ cidr: otherCidr }) => cidrsOverlap(ownCidr, otherCidr))
        .map(({ cidr: otherCidr }) => ({
          code: 'overlapping-environments',
          problem: `${prop} ${ownCidr} overlaps ${otherCidr} of environment '${other.name}', so their networks cannot be connected: choose another`,
        })),
    ),
  ];
}

function domainsOf({ domain, domains = [] }: EnvironmentProps): readonly string[] {
  return [domain, ...domains.map((one) => one.domain)];
}

/** Launch templates and Auto Scaling groups are named by environment and group, with a hyphen in between. */
function nodeGroupNameConflicts(one: EnvironmentProps, other: EnvironmentProps): readonly Problem[] {
  if (one.account !== other.account || one.region !== other.region) return [];
  const theirs = new Map(groupNames(other).map((group) => [`${other.name}-${group}`, group]));
  return groupNames(one).map((group) => {
    const name = `${one.name}-${group}`;
    return (
      theirs.has(name) &&
      `node group '${group}' and '${theirs.get(name)}' of environment '${other.name}' would both be named '${name}' in AWS: rename one of the groups`
    );
  });
}

function groupNames({ nodeGroups, profile }: EnvironmentProps): readonly string[] {
  return (nodeGroups ?? profile.nodeGroups).map(({ name }) => name);
}

function blocksOf({ cidr, network }: EnvironmentProps): readonly { readonly prop: string; readonly cidr: string }[] {
  return [
    { prop: 'cidr', cidr },
    ...(network?.secondaryCidrs ?? []).map((secondary) => ({ prop: 'network.secondaryCidrs', cidr: secondary })),
  ].filter((block) => !cidrContains(NOT_ROUTED, block.cidr));
}
