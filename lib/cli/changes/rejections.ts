import type { StackPlan } from '../../offline';
import type { Rejection } from './finding';
import { exists, PlannedResources, type PlannedResource } from './planned-resources';
import { keptAccessEntry, networkInUse, protectedResource, secondAddress, takenPriority } from './rejections/in-use';
import { claimTemplate, reclaimPolicy } from './rejections/kubernetes-objects';
import type { Rejected } from './rejections/rejected';
import { clusterVersion, nodeGroupVersion } from './rejections/versions';

type Reject = (resource: PlannedResource, resources: PlannedResources) => Rejected | undefined;

/** What AWS or Kubernetes rejects, or accepts without effect, by type. */
const REJECTED: readonly { readonly families?: readonly string[]; readonly reject: Reject }[] = [
  { reject: protectedResource },
  { reject: secondAddress },
  { families: ['aws_vpc'], reject: networkInUse },
  { families: ['aws_lb_listener_rule'], reject: takenPriority },
  { families: ['aws_eks_cluster'], reject: clusterVersion },
  { families: ['aws_eks_node_group'], reject: nodeGroupVersion },
  { families: ['aws_eks_node_group'], reject: keptAccessEntry },
  { families: ['kubernetes_stateful_set'], reject: claimTemplate },
  { families: ['kubernetes_storage_class'], reject: reclaimPolicy },
];

/** The planned changes that an apply cannot make. */
export function rejectedBy(stacks: readonly StackPlan[]): readonly Rejection[] {
  const resources = new PlannedResources(stacks);
  return REJECTED.flatMap(({ families, reject }) => {
    const candidates = families ? resources.of(...families) : resources.all;
    return candidates.filter(exists).flatMap((resource): Rejection[] => {
      const rejected = reject(resource, resources);
      const { stack, path, address, type } = resource;
      return rejected ? [{ stack, path, address, type, ...rejected }] : [];
    });
  });
}
