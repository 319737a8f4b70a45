import { exists, isGone, isUnknown, stays, type PlannedResource } from '../planned-resources';
import { numbersAt, textAt, textsAt } from '../values-at';
import { targetPorts } from './traffic';
import { gone, outage, unordered, type Judge, type JudgeContext } from './verdict';

const FAMILIES = [
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
];
const SOURCES = ['source_security_group_id', 'referenced_security_group_id'];

/** What a rule allows, whichever of the provider's types it has. */
interface Allowed {
  readonly direction: string;
  readonly group: string;
  /** The other security group, if it is not a range of addresses. */
  readonly peer: string;
  readonly from: number;
  readonly to: number;
}

/** A rule that lets clients reach a load balancer, or a load balancer its targets. */
export const securityGroupRule: Judge = (resource, context) => {
  if (!exists(resource) || !isGone(resource)) return undefined;
  const rule = allowed(resource, resource.before);
  const port = portsInUse(rule, context).find((one) => one >= rule.from && one <= rule.to);
  if (port === undefined) return undefined;
  const others = context.resources
    .of(...FAMILIES)
    .filter((one) => one !== resource && !isGone(one) && replaces(one, rule, port));
  if (others.some(stays)) return undefined;
  return others.length > 0
    ? unordered(`${gone(resource)} while another rule for port ${port} is added`)
    : outage(`${gone(resource)}: port ${port} is in use, and no other rule allows it`);
};

/** The ports that requests take through a rule, before and after the plan. */
function portsInUse({ direction, group, peer }: Allowed, { resources, traffic }: JudgeContext): readonly number[] {
  const loadBalancers = resources.existing('aws_lb').filter((one) => stays(one) && !traffic.isIdle(one));
  const isOfLoadBalancer = (id: string) =>
    loadBalancers.some(({ before }) => textsAt(before, 'security_groups').includes(id));
  const toTargets = direction === 'ingress' ? isOfLoadBalancer(peer) : isOfLoadBalancer(group);
  if (toTargets) {
    const groups = resources.existing('aws_lb_target_group').filter((one) => stays(one) && traffic.isInUse(one));
    return groups.flatMap(({ before, after }) => {
      const now = targetPorts(before).all;
      return targetPorts(after).all.filter((port) => now.includes(port));
    });
  }
  if (direction !== 'ingress' || peer !== '' || !isOfLoadBalancer(group)) return [];
  return traffic.forwarders
    .filter((one) => one.family === 'aws_lb_listener' && stays(one))
    .flatMap(({ after }) => numbersAt(after, 'port'));
}

function replaces(one: PlannedResource, rule: Allowed, port: number): boolean {
  const other = allowed(one, one.after);
  const isSame = (path: string, value: string, wanted: string) => isUnknown(one, path) || value === wanted;
  if (other.direction !== rule.direction || port < other.from || port > other.to) return false;
  if (!isSame('security_group_id', other.group, rule.group)) return false;
  return other.peer === '' || SOURCES.some((path) => isSame(path, other.peer, rule.peer));
}

function allowed({ family }: PlannedResource, value: unknown): Allowed {
  const protocol = textAt(value, 'ip_protocol') || textAt(value, 'protocol');
  const isAll = protocol === '-1' || protocol === 'all';
  const type = textAt(value, 'type');
  return {
    direction: type !== '' ? type : family.includes('ingress') ? 'ingress' : 'egress',
    group: textAt(value, 'security_group_id'),
    peer: SOURCES.map((path) => textAt(value, path)).find((id) => id !== '') ?? '',
    from: isAll ? 0 : (numbersAt(value, 'from_port')[0] ?? 0),
    to: isAll ? 65_535 : (numbersAt(value, 'to_port')[0] ?? 65_535),
  };
}
