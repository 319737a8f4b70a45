import { isProtected, protectionOf } from '../../../offline/facts/protection';
import { isGone, type PlannedResource, type PlannedResources } from '../planned-resources';
import { successorInPlace } from '../slots';
import { textAt, textsAt } from '../values-at';
import type { Rejected } from './rejected';

export function protectedResource(resource: PlannedResource): Rejected | undefined {
  if (resource.action !== 'destroy' && resource.action !== 'replace') return undefined;
  if (!isProtected(resource.type, resource.before as Readonly<Record<string, unknown>>)) return undefined;
  const protection = protectionOf(resource.type)!.attribute;
  return {
    reason: `${resource.action === 'destroy' ? 'deleted' : 'replaced'} while its ${protection} is on: AWS rejects it, after what depends on it is deleted`,
    steps: [`turn ${protection} off in an apply of its own`, 'then make this change'],
  };
}

/** Terraform does not order the deletion at one address and the creation at another. */
export function secondAddress(resource: PlannedResource, resources: PlannedResources): Rejected | undefined {
  const successor = successorInPlace(resource, resources);
  if (!successor) return undefined;
  return {
    reason: `deleted while ${successor.path} creates the same one, in no order: the second is rejected as a duplicate, or the deletion takes the new one`,
    steps: [
      successor.type === resource.type
        ? `keep it in the state: moved { from = ${resource.address}, to = ${successor.address} } (with quayside: formerly)`
        : `forget it at the old address (removed, with destroy = false), and import it as ${successor.address}`,
    ],
  };
}

/** Two rules of a listener never have one priority, even for a moment. */
export function takenPriority(resource: PlannedResource, resources: PlannedResources): Rejected | undefined {
  const [was, becomes] = [textAt(resource.before, 'priority'), textAt(resource.after, 'priority')];
  if (resource.action !== 'change' || becomes === '' || was === becomes) return undefined;
  const listener = textAt(resource.before, 'listener_arn');
  const owner = resources
    .existing('aws_lb_listener_rule')
    .find(
      (one) =>
        one !== resource &&
        textAt(one.before, 'listener_arn') === listener &&
        textAt(one.before, 'priority') === becomes,
    );
  if (!owner) return undefined;
  return {
    reason: `takes priority ${becomes} from ${owner.path}, in no order: AWS rejects a priority in use`,
    steps: ['move one of the two to a free priority, and apply', 'then set both'],
  };
}

/** AWS does not delete a VPC while anything is in it. */
export function networkInUse(resource: PlannedResource, resources: PlannedResources): Rejected | undefined {
  if (!isGone(resource) && resource.action !== 'replace') return undefined;
  const id = textAt(resource.before, 'id');
  const subnets = new Set(
    resources
      .existing('aws_subnet')
      .flatMap(({ before }) => (textAt(before, 'vpc_id') === id ? [textAt(before, 'id')] : [])),
  );
  const user = resources
    .existing('aws_lb', 'aws_eks_cluster')
    .filter(({ action }) => action !== 'destroy')
    .find(({ before }) =>
      [...textsAt(before, 'subnets'), ...textsAt(before, 'vpc_config.subnet_ids')].some((subnet) =>
        subnets.has(subnet),
      ),
    );
  if (!user) return undefined;
  return {
    reason: `replaced while ${user.path} is in it: AWS rejects it, after what can be deleted is gone`,
    steps: ['create another network (another environment), and move to it', 'delete this one'],
  };
}

/**
 * EKS creates an access entry for the role of a managed node group, and keeps it when the group is deleted.
 * Source: "Create access entries", https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function keptAccessEntry({ before }: PlannedResource, resources: PlannedResources): Rejected | undefined {
  const [cluster, role] = [textAt(before, 'cluster_name'), textAt(before, 'node_role_arn')];
  const entry = resources
    .of('aws_eks_access_entry')
    .find(
      ({ action, after }) =>
        action === 'create' && textAt(after, 'cluster_name') === cluster && textAt(after, 'principal_arn') === role,
    );
  if (role === '' || !entry) return undefined;
  return {
    reason: `EKS keeps the access entry of its role: ${entry.path} is rejected as a duplicate, also after the group is deleted`,
    steps: ['use another role for the other nodes'],
  };
}
