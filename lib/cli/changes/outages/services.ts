import { exists, isGone, isUnknown, stays, type PlannedResource } from '../planned-resources';
import { textAt } from '../values-at';
import { backendsOf, ingressesTo, isReached, nameOf, namespaceOf, selects, WORKLOADS } from './kubernetes-objects';
import { isExposed, nodePortsOf, targetPorts } from './traffic';
import { gone, outage, unordered, type Judge, type JudgeContext, type Verdict } from './verdict';

/** A Service that receives requests from outside the cluster. */
export const service: Judge = (resource, context) => {
  if (!exists(resource)) return undefined;
  const { before, action } = resource;
  if (isGone(resource))
    return isExposed(before) ? outage(`${gone(resource)}: its ports are closed`) : backendLost(resource, context);
  if (action !== 'change') return undefined;
  if (textAt(before, 'spec.type') === 'LoadBalancer' && textAt(resource.after, 'spec.type') !== 'LoadBalancer') {
    return outage('no longer of type LoadBalancer: its load balancer is deleted');
  }
  return podsLost(resource, context);
};

/** A node port that a load balancer needs. */
export const servicePorts: Judge = (resource, { resources, traffic }) => {
  const { before, after, action } = resource;
  if (action !== 'change' || isUnknown(resource, 'spec.port.node_port')) return undefined;
  const lost = nodePortsOf(before).filter((port) => !nodePortsOf(after).includes(port));
  if (lost.length === 0) return undefined;
  const groups = resources.existing('aws_lb_target_group');
  const used = lost.filter((port) =>
    groups.some((group) => traffic.isInUse(group) && targetPorts(group.before).all.includes(port)),
  );
  if (used.length > 0) {
    return outage(`no longer listens on port ${used.join(' and ')}, to which a target group sends requests`);
  }
  if (groups.length > 0) return undefined;
  return {
    kind: 'note',
    reason: `no longer listens on port ${lost.join(' and ')}: whether a load balancer sends requests there is known if its stack is planned as well`,
  };
};

/** A Service behind Ingresses: those that remain need another one. */
function backendLost(resource: PlannedResource, { resources }: JudgeContext): Verdict | undefined {
  const users = ingressesTo(resource.before, resources).filter((ingress) => !isGone(ingress));
  const isServed = (ingress: PlannedResource) =>
    !backendsOf(ingress.after).includes(nameOf(resource.before)) &&
    backendsOf(ingress.after).every((name) =>
      resources
        .existing('kubernetes_service')
        .some(
          (one) => stays(one) && nameOf(one.before) === name && namespaceOf(one.before) === namespaceOf(ingress.before),
        ),
    );
  const [user] = users;
  if (!user) return undefined;
  const unserved = users.find((ingress) => !isServed(ingress));
  return unserved
    ? outage(`${gone(resource)} while ${unserved.path} sends requests to it`)
    : unordered(`${gone(resource)} while ${user.path} changes to another Service`);
}

/** A selector that no pod has before this apply. */
function podsLost({ before, after }: PlannedResource, { resources }: JudgeContext): Verdict | undefined {
  const workloads = resources.existing(...WORKLOADS);
  const isSelected = (object: unknown) => workloads.some((one) => stays(one) && selects(object, one.before));
  if (!isReached(before, resources) || !isSelected(before) || isSelected(after)) return undefined;
  return outage('selects other pods, none of which exists before this apply');
}
