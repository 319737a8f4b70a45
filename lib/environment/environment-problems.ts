import { cidrContains, cidrsOverlap } from '../core/cidr';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { count } from '../core/format';
import { cidrPlanProblems } from '../network/subnet-plan';
import { zoneNameProblems } from '../network/zones';
import { ENVIRONMENT_NAME } from '../platform/facts';
import type { EnvironmentAccess, EnvironmentProps } from './environment-props';
import { minNodes } from './node-groups';
import { renamedEnvironmentProps } from './renamed-environment-props';

/** Problems of an environment's data that its constructs do not check themselves. */
export function environmentProblems(props: EnvironmentProps): readonly Problem[] {
  const { name, zones, profile, nodeGroups = profile.nodeGroups } = props;
  const nodes = minNodes(nodeGroups, zones);
  return [
    ...renamedEnvironmentProps(props),
    !ENVIRONMENT_NAME.test(name) &&
      `name must be 2 to 32 lowercase letters, digits and hyphens, starting with a letter, got '${name}'`,
    zones.length < profile.minZones &&
      `zones has ${zones.length} (${zones.join(', ')}), but profile '${profile.name}' requires at least ${profile.minZones}: add zones, or choose a smaller profile`,
    nodeGroups.length === 0 && 'nodeGroups is empty: add a group, or omit it for those of the profile',
    nodeGroups.length > 0 &&
      nodes < profile.minNodes &&
      `nodeGroups have a minimum of ${count(nodes, 'node')}, but profile '${profile.name}' requires ${profile.minNodes} to tolerate the loss of ${profile.toleratedNodeLosses}: raise minSize, or choose a smaller profile`,
    ...duplicates(nodeGroups.map(({ name }) => name)).map(
      (shared) => `nodeGroups has two groups named '${shared}': use unique names`,
    ),
    ...duplicates(nodeGroups.flatMap(({ formerly = [] }) => formerly)).map(
      (shared) => `nodeGroups has two groups that were formerly '${shared}': only one of them can be that group`,
    ),
    ...nodeGroups
      .filter(({ formerly }) => nodeGroups.some((group) => group.name === formerly && formerly !== undefined))
      .filter(({ name, formerly }) => name !== formerly)
      .map(
        ({ name, formerly }) =>
          `node group '${name}' was formerly '${formerly}', which is the name of another group: rename in two applies`,
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
    props.parentZone?.zoneId === '' &&
      'parentZone.zoneId is empty: use the id of the hosted zone, output zone_id of SharedStack',
    ...props.access.map(accessProblem),
    ...cidrPlanProblems(props.cidr, props.network?.secondaryCidrs ?? []),
    ...zoneNameProblems(zones, props.region),
    ...(props.network?.intraZones
      ? zoneNameProblems(props.network.intraZones, props.region, 'network.intraZones')
      : []),
  ];
}

/**
 * The path, with a trailing slash, and the name.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
const ROLE = /^([!-.0-~][!-~]*\/)?[\w+=,.@-]{1,64}$/;

function accessProblem({ name, role }: EnvironmentAccess, index: number): Problem {
  if (typeof name !== 'string' || name === '') return `access[${index}] has no name: set one, such as 'platform'`;
  if (typeof role !== 'string' || role === '')
    return `access '${name}' has no role: set the name of an IAM role of the account`;
  const [, roleName] = /^arn:.*?:role\/(.+)$/.exec(role) ?? [];
  if (roleName !== undefined)
    return `access '${name}' has an ARN as role (${role}): use '${roleName}', the role must be in the environment's account`;
  return (
    !ROLE.test(role) &&
    `access '${name}' has the role '${role}', which is not a valid role name: use the name, with its path if it has one`
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
    one.domain === other.domain &&
      `domain '${one.domain}' is already used by environment '${other.name}', but a domain can only be delegated to one zone: choose another`,
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
