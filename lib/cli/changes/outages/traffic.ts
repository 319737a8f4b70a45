import { exists, isGone, isUnknown, stays, type PlannedResource, type PlannedResources } from '../planned-resources';
import { numbersAt, textAt, textsAt, valuesAt } from '../values-at';
import { pointsAt } from './dns-names';

/** A registration of targets in a target group. */
export interface Attachment {
  /** What registers the targets; the Auto Scaling group if it is what loses them. */
  readonly resource: PlannedResource;
  /** ARN before the plan is applied. */
  readonly targetGroup: string;
  /** Whether the targets stay registered while the plan is applied. */
  readonly stays: boolean;
}

/** The ports that a target group needs. */
export interface TargetPorts {
  readonly traffic: readonly number[];
  readonly all: readonly number[];
}

/** Where the actions of a listener and of a rule are. */
export const ACTIONS: Readonly<Record<string, string>> = {
  aws_lb_listener: 'default_action',
  aws_lb_listener_rule: 'action',
};

/** Who sends requests where, before the plan is applied. */
export class Traffic {
  /** Listeners and rules of load balancers that serve requests. */
  readonly forwarders: readonly PlannedResource[];
  readonly attachments: readonly Attachment[];
  /** Ports of the Services of type NodePort or LoadBalancer. */
  readonly nodePorts: ReadonlySet<number>;
  private readonly idle: ReadonlySet<string>;

  constructor(private readonly resources: PlannedResources) {
    this.idle = new Set(
      resources
        .existing('aws_lb')
        .filter((lb) => this.isReplaced(lb))
        .map((lb) => textAt(lb.before, 'arn')),
    );
    this.forwarders = resources.existing('aws_lb_listener', 'aws_lb_listener_rule').filter((one) => !this.isIdle(one));
    this.attachments = attachments(resources);
    this.nodePorts = new Set(resources.existing('kubernetes_service').flatMap(({ before }) => nodePortsOf(before)));
  }

  /** Whether a load balancer, or what belongs to one, has already been replaced by another. */
  isIdle({ family, before }: PlannedResource): boolean {
    if (family === 'aws_lb') return this.idle.has(textAt(before, 'arn'));
    if (family === 'aws_lb_listener') return this.idle.has(textAt(before, 'load_balancer_arn'));
    const listener = this.listener(textAt(before, 'listener_arn'));
    return listener !== undefined && this.isIdle(listener);
  }

  listener(arn: string): PlannedResource | undefined {
    return this.resources.existing('aws_lb_listener').find(({ before }) => textAt(before, 'arn') === arn);
  }

  /** The listeners and rules that forward to a target group. */
  forwardersTo(arn: string): readonly PlannedResource[] {
    return this.forwarders.filter((one) => forwardedBefore(one).includes(arn));
  }

  /** The target groups that a listener or rule forwards to once the plan is applied. */
  forwardedAfter(forwarder: PlannedResource): readonly PlannedResource[] {
    const actions = ACTIONS[forwarder.family]!;
    const known = forwardedIn(forwarder.after, actions);
    const groups = this.resources.of('aws_lb_target_group');
    const byArn = groups.filter((group) => exists(group) && known.includes(textAt(group.before, 'arn')));
    const expressions = [
      ...(isUnknown(forwarder, `${actions}.target_group_arn`)
        ? this.resources.expressionsAt(forwarder, `${actions}.target_group_arn`)
        : []),
      ...(isUnknown(forwarder, `${actions}.forward.target_group`)
        ? this.resources
            .expressionsAt(forwarder, `${actions}.forward.target_group`)
            .filter((group) => valuesAt(group, 'weight.constant_value')[0] !== 0)
            .flatMap((group) => valuesAt(group, 'arn'))
        : []),
    ];
    const byReference = this.resources.referredIn(forwarder.stack, expressions);
    return [...new Set([...byArn, ...byReference.filter(({ family }) => family === 'aws_lb_target_group')])];
  }

  /** The same, or undefined if some are not in the plan. */
  allForwardedAfter(forwarder: PlannedResource): readonly PlannedResource[] | undefined {
    const actions = ACTIONS[forwarder.family]!;
    const groups = this.forwardedAfter(forwarder);
    const arns = new Set(groups.map(({ before }) => textAt(before, 'arn')));
    if (forwardedIn(forwarder.after, actions).some((arn) => !arns.has(arn))) return undefined;
    const isKnown = (expression: unknown) =>
      textsAt(expression, 'references').length === 0 ||
      this.resources.referredIn(forwarder.stack, [expression]).some(({ family }) => family === 'aws_lb_target_group');
    const expressions = [`${actions}.target_group_arn`, `${actions}.forward.target_group.arn`]
      .filter((path) => isUnknown(forwarder, path))
      .flatMap((path) => this.resources.expressionsAt(forwarder, path));
    return expressions.every(isKnown) ? groups : undefined;
  }

  /** The target groups that a listener or rule forwards to before the plan is applied. */
  groupsBefore(forwarder: PlannedResource): readonly PlannedResource[] {
    const arns = forwardedBefore(forwarder);
    return this.resources.existing('aws_lb_target_group').filter(({ before }) => arns.includes(textAt(before, 'arn')));
  }

  /** Whether anything attaches targets to a target group, before or after, as far as that is known. */
  isAttached(group: PlannedResource): boolean {
    const arn = exists(group) ? textAt(group.before, 'arn') : undefined;
    const places = [
      ...Object.entries(ATTACHMENTS),
      ...OF_A_GROUP.map((path) => ['aws_autoscaling_group', path] as const),
    ];
    return places.some(([family, path]) =>
      this.resources.of(family).some((one) => {
        if (arn !== undefined && [one.before, one.after].some((value) => textsAt(value, path).includes(arn)))
          return true;
        if (!isUnknown(one, path)) return false;
        const groups = this.resources.referred(one, path).filter((referred) => referred.family === group.family);
        const isComputed = this.resources.expressionsAt(one, path).length === 0;
        return groups.includes(group) || (groups.length === 0 && !isComputed);
      }),
    );
  }

  /** Whether requests are forwarded to a target group that exists. */
  isInUse(group: PlannedResource): boolean {
    return exists(group) && this.forwardersTo(textAt(group.before, 'arn')).length > 0;
  }

  /** A load balancer to which nobody points any more, as another one, which stays, has taken its place. */
  private isReplaced(lb: PlannedResource): boolean {
    const others = this.resources.existing('aws_lb').filter((one) => one !== lb && stays(one));
    const records = this.resources.existing('aws_route53_record');
    if (records.some((record) => pointsAt(record, lb))) return false;
    const ports = this.portsOf(lb);
    return others.some(
      (one) =>
        valuesAt(one.before, 'internal')[0] === valuesAt(lb.before, 'internal')[0] &&
        records.some((record) => stays(record) && pointsAt(record, one)) &&
        ports.every((port) => this.portsOf(one).includes(port)),
    );
  }

  private portsOf(lb: PlannedResource): readonly number[] {
    const arn = textAt(lb.before, 'arn');
    return this.resources
      .existing('aws_lb_listener')
      .filter(({ before }) => textAt(before, 'load_balancer_arn') === arn)
      .flatMap(({ before }) => numbersAt(before, 'port'));
  }
}

export function forwardedBefore({ family, before }: PlannedResource): readonly string[] {
  return forwardedIn(before, ACTIONS[family]!);
}

/** The ports of a target group's targets and of their health checks. */
export function targetPorts(value: unknown): TargetPorts {
  const traffic = numbersAt(value, 'port');
  return { traffic, all: [...traffic, ...numbersAt(value, 'health_check.port')] };
}

/** The node ports of a Service. */
export function nodePortsOf(service: unknown): readonly number[] {
  if (!isExposed(service)) return [];
  return numbersAt(service, 'spec.port.node_port').filter((port) => port > 0);
}

/** Whether a Service is reachable from outside the cluster. */
export function isExposed(service: unknown): boolean {
  return ['NodePort', 'LoadBalancer'].includes(textAt(service, 'spec.type'));
}

function forwardedIn(value: unknown, actions: string): readonly string[] {
  const weighted = valuesAt(value, `${actions}.forward.target_group`);
  return [
    ...textsAt(value, `${actions}.target_group_arn`),
    ...weighted.filter((group) => textAt(group, 'weight') !== '0').flatMap((group) => textsAt(group, 'arn')),
  ].filter((arn) => arn !== '');
}

/** Whether an Auto Scaling group may have no instance. */
export function isEmpty(group: unknown): boolean {
  return textAt(group, 'max_size') === '0';
}

/** Of each type of attachment: the argument that names the target group. */
const ATTACHMENTS: Readonly<Record<string, string>> = {
  aws_autoscaling_attachment: 'lb_target_group_arn',
  aws_autoscaling_traffic_source_attachment: 'traffic_source.identifier',
  aws_lb_target_group_attachment: 'target_group_arn',
};
const OF_A_GROUP = ['target_group_arns', 'traffic_source.identifier'];

function attachments(resources: PlannedResources): readonly Attachment[] {
  const groups = resources.existing('aws_autoscaling_group');
  const own = Object.entries(ATTACHMENTS).flatMap(([family, path]) =>
    resources.existing(family).flatMap((resource) => {
      const name = textAt(resource.before, 'autoscaling_group_name');
      const group = groups.find(({ before }) => name !== '' && textAt(before, 'name') === name);
      if (group && isEmpty(group.before)) return [];
      const targetGroup = textAt(resource.before, path);
      return group && isEmpty(group.after) && stays(resource)
        ? [{ resource: group, targetGroup, stays: false }]
        : [{ resource, targetGroup, stays: stays(resource) }];
    }),
  );
  const filled = groups.filter(({ before }) => !isEmpty(before));
  const ofGroups = filled.flatMap((resource) =>
    OF_A_GROUP.flatMap((path) => {
      const after = textsAt(resource.after, path);
      return textsAt(resource.before, path).map((targetGroup) => ({
        resource,
        targetGroup,
        stays:
          !isGone(resource) && !isEmpty(resource.after) && (isUnknown(resource, path) || after.includes(targetGroup)),
      }));
    }),
  );
  return [...own, ...ofGroups];
}
