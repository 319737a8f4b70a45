import { cidrProblem, cidrsOverlap } from '../core/cidr';
import type { Problem } from '../core/check';
import { cidrPlanProblems } from '../network/subnet-plan';
import { zoneProblems } from '../network/zones';
import type { EnvironmentProps } from './environment-props';
import { minNodes } from './node-groups';

/** Stack names, and through them resource names, begin with it. */
const NAME = /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/;

/** What is wrong with an environment's data, beside what its constructs say of themselves. */
export function environmentProblems(props: EnvironmentProps): readonly Problem[] {
  const { name, zones, profile, nodeGroups = profile.nodeGroups } = props;
  const nodes = minNodes(nodeGroups, zones);
  return [
    !NAME.test(name) &&
      `name must be 2 to 32 lower-case letters, digits and hyphens, beginning with a letter, got '${name}'`,
    zones.length < profile.minZones &&
      `zones has ${zones.length} (${zones.join(', ')}), profile '${profile.name}' needs ${profile.minZones}: add zones, or choose a smaller profile`,
    nodeGroups.length === 0 && 'nodeGroups is empty: add a group, or leave it out for those of the profile',
    nodeGroups.length > 0 &&
      nodes < profile.minNodes &&
      `nodeGroups have ${nodes} nodes at the least, profile '${profile.name}' needs ${profile.minNodes} to survive the loss of ${profile.toleratedNodeLosses}: raise minSize, or choose a smaller profile`,
    ...nodeGroups.flatMap((group) =>
      (group.zones ?? [])
        .filter((zone) => !zones.includes(zone))
        .map(
          (zone) =>
            `node group '${group.name}' is in zone ${zone}, the environment has ${zones.join(', ')}: add it to zones`,
        ),
    ),
    ...cidrPlanProblems(props.cidr, props.network?.secondaryCidrs ?? []),
    ...zoneProblems(zones, props.region),
    ...(props.network?.intraZones ? zoneProblems(props.network.intraZones, props.region, 'network.intraZones') : []),
  ];
}

/** What is wrong with two environments of one app. */
export function neighbourProblems(one: EnvironmentProps, other: EnvironmentProps): readonly Problem[] {
  if (one.name === other.name) {
    return [`name '${one.name}' is another environment's too, and so would its state be: give each a name of its own`];
  }
  const [mine, theirs] = [one.cidr, other.cidr];
  const comparable = !cidrProblem('cidr', mine) && !cidrProblem('cidr', theirs);
  return [
    comparable &&
      cidrsOverlap(mine, theirs) && {
        code: 'overlapping-environments',
        problem: `cidr ${mine} overlaps ${theirs} of environment '${other.name}': the two could never be connected, choose another`,
      },
  ];
}
