import { exists, isGone, isUnknown, type PlannedResource } from '../planned-resources';
import { textAt } from '../values-at';
import { isReached, selects, WORKLOADS } from './kubernetes-objects';
import { gone, outage, type Judge } from './verdict';

/** Pods behind a Service that receives requests from outside the cluster. */
export const workload: Judge = (resource, { resources }) => {
  if (!exists(resource) || resource.action === 'keep' || isScaledToZero(resource.before)) return undefined;
  const workloads = resources.existing(...WORKLOADS);
  for (const service of resources.existing('kubernetes_service')) {
    if (!selects(service.before, resource.before) || !isReached(service.before, resources)) continue;
    const how = howLost(resource, service);
    const others = workloads.filter((one) => one !== resource && selects(service.before, one.before));
    if (how === undefined || others.some((one) => howLost(one, service) === undefined)) continue;
    return outage(`${how}: ${service.path} sends requests to nothing else`);
  }
  return undefined;
};

/** How a Service loses the pods of a workload; undefined if it keeps them, or is what changes. */
function howLost(resource: PlannedResource, service: PlannedResource): string | undefined {
  if (isGone(resource)) return gone(resource);
  if (isScaledToZero(resource.after)) return 'scaled to no pod';
  if (isGone(service) || isUnknown(resource, 'spec.template.metadata.labels')) return undefined;
  if (
    isUnknown(service, 'spec.selector') ||
    [service.before, service.after].some((one) => selects(one, resource.after))
  )
    return undefined;
  return 'its pods change labels';
}

function isScaledToZero(workload: unknown): boolean {
  return textAt(workload, 'spec.replicas') === '0';
}
