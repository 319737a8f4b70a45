import { exists, isGone, stays } from '../planned-resources';
import { textAt } from '../values-at';
import { isReached, selects, WORKLOADS } from './kubernetes-objects';
import { gone, outage, type Judge } from './verdict';

/** Pods behind a Service that receives requests from outside the cluster. */
export const workload: Judge = (resource, { resources }) => {
  const isScaledToZero =
    resource.action === 'change' &&
    textAt(resource.after, 'spec.replicas') === '0' &&
    textAt(resource.before, 'spec.replicas') !== '0';
  if (!exists(resource) || !(isGone(resource) || isScaledToZero)) return undefined;
  const services = resources
    .existing('kubernetes_service')
    .filter(({ before }) => selects(before, resource.before) && isReached(before, resources));
  const workloads = resources.existing(...WORKLOADS).filter((one) => one !== resource && stays(one));
  const alone = services.find(({ before }) => !workloads.some((one) => selects(before, one.before)));
  if (!alone) return undefined;
  return outage(
    `${isScaledToZero ? 'scaled to no pod' : gone(resource)}: ${alone.path} sends requests to nothing else`,
  );
};
