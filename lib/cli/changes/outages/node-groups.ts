import { exists, isGone, type PlannedResource, type PlannedResources } from '../planned-resources';
import { outage, type Judge, type Verdict } from './verdict';

export const NODE_GROUPS = ['aws_eks_node_group', 'aws_autoscaling_group'];

/** The groups of one construct: when all are deleted, its pods wait for nodes that are only being created. */
export const nodeGroup: Judge = (resource, { resources }) => {
  if (!exists(resource) || !isGone(resource)) return undefined;
  const siblings = resources.of(...NODE_GROUPS).filter((one) => parentOf(one) === parentOf(resource));
  if (siblings.some((one) => exists(one) && !isGone(one))) return undefined;
  const name = parentOf(resource);
  const created = siblings.filter((one) => one.action === 'create' || one.action === 'replace');
  if (created.length === 0) return otherKind(resource, resources);
  if (resource.action === 'replace')
    return outage(`replaced, deleted first: ${name} has no nodes until the new ones are ready`);
  const others = [...new Set(created.map(({ path }) => path.slice(name.length + 1)))].join(', ');
  return outage(`deleted in the apply that creates ${others}: ${name} may have no nodes in between`);
};

/** Groups of another kind that are all created: a rename along with a change of the kind moves no group. */
function otherKind(resource: PlannedResource, resources: PlannedResources): Verdict | undefined {
  const others = resources
    .of(...NODE_GROUPS)
    .filter((one) => one.stack === resource.stack && one.family !== resource.family);
  const created = [...new Set(others.map(parentOf))].filter((other) =>
    others.every((one) => parentOf(one) !== other || one.action === 'create'),
  );
  return created.length === 0
    ? undefined
    : outage(
        `deleted in the apply that creates ${created.join(', ')}: the pods of ${parentOf(resource)} may have no nodes in between`,
      );
}

/** The path of the construct that has the groups of all zones. */
export function parentOf({ path }: PlannedResource): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
