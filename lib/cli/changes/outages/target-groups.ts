import { exists, isGone, type PlannedResource, type PlannedResources } from '../planned-resources';
import { textAt } from '../values-at';
import { forwardedBefore, isEmpty, targetPorts, type Traffic } from './traffic';
import { gone, outage, unordered, type Judge, type JudgeContext, type Verdict } from './verdict';

/** Where Kubernetes allocates node ports, unless the API server is configured otherwise. */
const NODE_PORT_RANGE = { from: 30_000, to: 32_767 } as const;

export const targetGroup: Judge = (resource, { traffic }) => {
  if (!traffic.isInUse(resource) || !isGone(resource)) return undefined;
  const users = traffic.forwardersTo(textAt(resource.before, 'arn'));
  if (resource.action === 'replace')
    return outage(`${gone(resource)}: ${users[0]!.path} has no targets until the new one has`);
  const staying = users.filter((user) => !isGone(user));
  const using = staying.find((user) => !switches(user, resource, traffic));
  if (using) return outage(`deleted while ${using.path} forwards to it`);
  return staying.length > 0
    ? unordered(`deleted while ${staying[0]!.path} changes to another target group`)
    : undefined;
};

/** Targets that a target group loses. Those added in the same apply have no ready pods yet. */
export const attachment: Judge = (resource, context) => {
  const { resources, traffic } = context;
  const lost = traffic.attachments.filter((one) => one.resource === resource && !one.stays);
  for (const { targetGroup: arn } of lost) {
    const [group] = groupOf(arn, resources);
    if (group && (!traffic.isInUse(group) || group.action === 'destroy')) continue;
    const siblings = traffic.attachments.filter((one) => one.targetGroup === arn);
    if (siblings.some((one) => one.stays)) continue;
    const how = isGone(resource) ? gone(resource) : isEmpty(resource.after) ? 'set to no instance' : 'detached';
    const others = siblings.length > 1 ? ', as is every other target that the group has' : '';
    return outage(`${how}${others}: ${group?.path ?? 'its target group'} has no target that serves requests`);
  }
  return newTargetsOnly(resource, context);
};

/** What names the instances of a registration. */
const INSTANCES = ['autoscaling_group_name', 'target_id'];

/** The only registration, replaced, created first: the old instances are detached before pods on the new ones are ready. */
function newTargetsOnly(resource: PlannedResource, { resources, traffic }: JudgeContext): Verdict | undefined {
  if (resource.action !== 'replace') return undefined;
  const isNew =
    resource.family === 'aws_autoscaling_group' || INSTANCES.some((path) => resource.forcedBy.includes(path));
  if (!isNew) return undefined;
  const group = traffic.attachments
    .filter((one) => one.resource === resource)
    .filter(({ targetGroup: arn }) => traffic.attachments.filter((one) => one.targetGroup === arn).length === 1)
    .flatMap(({ targetGroup: arn }) => groupOf(arn, resources))
    .find((one) => traffic.isInUse(one));
  return group && outage(`replaced: ${group.path} has no other target while pods start on the new nodes`);
}

function groupOf(arn: string, resources: PlannedResources): readonly PlannedResource[] {
  return resources.existing('aws_lb_target_group').filter(({ before }) => textAt(before, 'arn') === arn);
}

/** A listener or rule that leaves targets for target groups to which nothing is attached. IPs are registered by controllers. */
export function untargeted(forwarder: PlannedResource, { traffic }: JudgeContext): Verdict | undefined {
  const before = forwardedBefore(forwarder);
  if (!traffic.attachments.some(({ targetGroup: arn }) => before.includes(arn))) return undefined;
  const groups = traffic.allForwardedAfter(forwarder);
  const isUntargeted = (group: PlannedResource) =>
    !isGone(group) && textAt(group.after, 'target_type') === 'instance' && !traffic.isAttached(group);
  if (!groups || groups.length === 0 || !groups.every(isUntargeted)) return undefined;
  return outage(`forwards only to ${groups.map(({ path }) => path).join(' and ')}, to which no target is attached`);
}

/** A port on which no Service listens yet, as the Service changes in the apply of another stack. */
export const targetPort: Judge = (resource, { resources, traffic }) => {
  if (resource.action === 'destroy' || textAt(resource.after, 'target_type') !== 'instance') return undefined;
  const before = portsBefore(resource, traffic);
  const ports = targetPorts(resource.after).all.filter((port) => !before.includes(port));
  if (ports.length === 0 || before.length === 0) return undefined;
  const { nodePorts } = traffic;
  if (before.some((port) => nodePorts.has(port))) {
    const unserved = [...new Set(ports)].filter((port) => !nodePorts.has(port));
    return unserved.length > 0
      ? outage(`sends requests to port ${unserved.join(' and ')}, on which no Service listens yet`)
      : undefined;
  }
  if (resources.of('kubernetes_service').length > 0 || !before.some(isNodePort)) return undefined;
  return {
    kind: 'note',
    reason: `sends requests to port ${ports.join(' and ')}: whether a Service listens there is known if the stack of the ingress is planned as well`,
  };
};

/** Whether a forwarder sends its requests to other target groups after the plan. */
function switches(user: PlannedResource, group: PlannedResource, traffic: Traffic): boolean {
  const after = traffic.forwardedAfter(user);
  return user.action === 'change' && !after.includes(group) && after.length > 0;
}

/** The ports that requests are sent to now: by this target group, or by those whose place it takes. */
function portsBefore(resource: PlannedResource, traffic: Traffic): readonly number[] {
  if (exists(resource)) return traffic.isInUse(resource) ? targetPorts(resource.before).all : [];
  const forwarders = traffic.forwarders.filter((one) => traffic.forwardedAfter(one).includes(resource));
  return forwarders.flatMap((one) => traffic.groupsBefore(one)).flatMap(({ before }) => targetPorts(before).all);
}

function isNodePort(port: number): boolean {
  return port >= NODE_PORT_RANGE.from && port <= NODE_PORT_RANGE.to;
}
