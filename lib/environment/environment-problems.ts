import { cidrContains, cidrsOverlap } from '../core/cidr';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { cidrPlanProblems } from '../network/subnet-plan';
import { zoneNameProblems } from '../network/zones';
import { ENVIRONMENT_NAME } from '../platform/facts';
import type { EnvironmentAccess, EnvironmentProps } from './environment-props';
import { minNodes } from './node-groups';
import { renamedEnvironmentProps } from './renamed-environment-props';

/** What is wrong with an environment's data, beside what its constructs say of themselves. */
export function environmentProblems(props: EnvironmentProps): readonly Problem[] {
  const { name, zones, profile, nodeGroups = profile.nodeGroups } = props;
  const nodes = minNodes(nodeGroups, zones);
  return [
    ...renamedEnvironmentProps(props),
    !ENVIRONMENT_NAME.test(name) &&
      `name must be 2 to 32 lower-case letters, digits and hyphens, beginning with a letter, got '${name}'`,
    zones.length < profile.minZones &&
      `zones has ${zones.length} (${zones.join(', ')}), profile '${profile.name}' needs ${profile.minZones}: add zones, or choose a smaller profile`,
    nodeGroups.length === 0 && 'nodeGroups is empty: add a group, or leave it out for those of the profile',
    nodeGroups.length > 0 &&
      nodes < profile.minNodes &&
      `nodeGroups have ${nodes} nodes at the least, profile '${profile.name}' needs ${profile.minNodes} to survive the loss of ${profile.toleratedNodeLosses}: raise minSize, or choose a smaller profile`,
    ...duplicates(nodeGroups.map(({ name }) => name)).map(
      (shared) => `nodeGroups has two groups named '${shared}': give each a name of its own`,
    ),
    ...nodeGroups
      .filter((group) => group.zones?.length === 0)
      .map(
        (group) =>
          `node group '${group.name}' has no zones: name some, or leave zones out for all of the environment's`,
      ),
    ...nodeGroups.flatMap((group) =>
      (group.zones ?? [])
        .filter((zone) => !zones.includes(zone))
        .map(
          (zone) =>
            `node group '${group.name}' is in zone ${zone}, the environment has ${zones.join(', ')}: add it to zones`,
        ),
    ),
    props.parentZone?.zoneId === '' &&
      'parentZone.zoneId is empty: give the id of the zone, which SharedStack prints as zone_id',
    ...props.access.map(accessProblem),
    ...cidrPlanProblems(props.cidr, props.network?.secondaryCidrs ?? []),
    ...zoneNameProblems(zones, props.region),
    ...(props.network?.intraZones
      ? zoneNameProblems(props.network.intraZones, props.region, 'network.intraZones')
      : []),
  ];
}

/** Source: CreateRole, IAM API Reference: the path, which ends in a slash, and the name. */
const ROLE = /^([!-.0-~][!-~]*\/)?[\w+=,.@-]{1,64}$/;

function accessProblem({ name, role }: EnvironmentAccess, index: number): Problem {
  if (typeof name !== 'string' || name === '') return `access[${index}] has no name: give one, such as 'platform'`;
  if (typeof role !== 'string' || role === '')
    return `access '${name}' has no role: give the name of a role of the account`;
  const [, named] = /^arn:.*?:role\/(.+)$/.exec(role) ?? [];
  if (named !== undefined)
    return `access '${name}' has the role ${role}, an ARN: write '${named}', the role is one of the environment's account`;
  return (
    !ROLE.test(role) && `access '${name}' has the role '${role}': write a role's name, with its path if it has one`
  );
}

export function sameNameProblem({ name }: EnvironmentProps, others: readonly EnvironmentProps[]): Problem {
  return (
    others.some((other) => other.name === name) &&
    `name '${name}' is another environment's too, and so would its state be: give each a name of its own`
  );
}

/** Source: RFC 6598. Pods have these addresses in many a VPC, and never show them outside. */
const NOT_ROUTED = '100.64.0.0/10';

/** What is wrong with two environments of one app. */
export function environmentConflicts(one: EnvironmentProps, other: EnvironmentProps): readonly Problem[] {
  return [
    one.domain === other.domain &&
      `domain '${one.domain}' is environment '${other.name}''s too, and a domain is delegated to one zone: choose another`,
    ...blocksOf(one).flatMap(({ prop, cidr: mine }): readonly Problem[] =>
      blocksOf(other)
        .filter(({ cidr: theirs }) => cidrsOverlap(mine, theirs))
        .map(({ cidr: theirs }) => ({
          code: 'overlapping-environments',
          problem: `${prop} ${mine} overlaps ${theirs} of environment '${other.name}': the two could never be connected, choose another`,
        })),
    ),
  ];
}

function blocksOf({ cidr, network }: EnvironmentProps): readonly { readonly prop: string; readonly cidr: string }[] {
  return [
    { prop: 'cidr', cidr },
    ...(network?.secondaryCidrs ?? []).map((secondary) => ({ prop: 'network.secondaryCidrs', cidr: secondary })),
  ].filter((block) => !cidrContains(NOT_ROUTED, block.cidr));
}
