import { exists, isGone, isUnknown, stays, type PlannedResource } from '../planned-resources';
import { textAt, textsAt } from '../values-at';
import { formatRequests, matchesAll, requestsOf, type Requests } from './conditions';
import { untargeted } from './target-groups';
import { ACTIONS, forwardedBefore } from './traffic';
import { gone, outage, unordered, type Judge, type JudgeContext, type Verdict } from './verdict';

/** Every request, whatever its host and path. */
const ANY: Requests = [
  ['host_header', '*'],
  ['path_pattern', '/*'],
];

/** A listener rule that forwards or redirects: what it matches needs another rule. */
export const rule: Judge = (resource, context) => {
  if (!exists(resource) || context.traffic.isIdle(resource) || !answersBefore(resource)) return undefined;
  if (resource.action === 'keep' || (resource.action === 'replace' && resource.createsFirst)) return undefined;
  if (resource.action === 'change') {
    const failing = actionLost(resource, context);
    if (failing || isUnknown(resource, 'condition')) return failing;
  }
  const listener = context.traffic.listener(textAt(resource.before, 'listener_arn'));
  const requests = requestsOf(resource.before);
  const lost = requests.filter((one) => !successor(resource, one, listener, context));
  const how = isGone(resource) ? gone(resource) : 'narrowed';
  if (lost.length > 0)
    return outage(`${how}: no other rule forwards ${lost.map(formatRequests).join(', ') || 'its requests'}`);
  const late = requests.filter((one) => successor(resource, one, listener, context) === 'late');
  if (late.length === 0) return undefined;
  return unordered(`${how} while another rule for ${late.map(formatRequests).join(', ')} is added`);
};

/** The default action of a listener, for which no rule takes its place. */
export const defaultAction: Judge = (resource, context) => {
  if (resource.action !== 'change' || !answersBefore(resource)) return undefined;
  const failing = actionLost(resource, context);
  if (!failing) return undefined;
  const rules = context.resources
    .of('aws_lb_listener_rule')
    .filter((one) => !isGone(one) && belongsTo(one, textAt(resource.before, 'arn'), resource, context));
  if (rules.some((one) => stays(one) && matchesAll(one.before, ANY) && matchesAll(one.after, ANY))) return undefined;
  const late = rules.some((one) => answersAfter(one) && !isUnknown(one, 'condition') && matchesAll(one.after, ANY));
  return late
    ? unordered('its default action no longer serves requests while a rule for all of them is added')
    : failing;
};

/** Actions that change in place, so that requests fail which were served before. */
function actionLost(resource: PlannedResource, context: JudgeContext): Verdict | undefined {
  if (!answersAfter(resource)) return outage('no longer forwards: it answers with an error');
  return untargeted(resource, context);
}

/** Whether another rule takes the requests: all the time, or only once this plan is applied. */
function successor(
  resource: PlannedResource,
  requests: Requests,
  listener: PlannedResource | undefined,
  context: JudgeContext,
): 'always' | 'late' | undefined {
  if (resource.action === 'change' && matchesAll(resource.after, requests)) return 'always';
  const rules = context.resources
    .of('aws_lb_listener_rule')
    .filter(
      (one) =>
        one !== resource && !isGone(one) && belongsTo(one, textAt(resource.before, 'listener_arn'), listener, context),
    );
  const taking = rules.filter((one) => {
    if (!answersAfter(one) || isUnknown(one, 'condition') || !matchesAll(one.after, requests)) return false;
    return sameRequests(one, requests) || forwardsAlike(one, resource, context);
  });
  const isAlways = (one: PlannedResource) => answersBefore(one) && matchesAll(one.before, requests);
  if (taking.some((one) => stays(one) && isAlways(one)) || takesByDefault(listener, resource)) return 'always';
  return taking.length > 0 ? 'late' : undefined;
}

function belongsTo(
  one: PlannedResource,
  arn: string,
  listener: PlannedResource | undefined,
  { resources }: JudgeContext,
): boolean {
  if (!isUnknown(one, 'listener_arn')) return textAt(one.after, 'listener_arn') === arn;
  return listener !== undefined && resources.referred(one, 'listener_arn').includes(listener);
}

/** Whether a rule has the same conditions, not merely wider ones. */
function sameRequests({ after }: PlannedResource, requests: Requests): boolean {
  const text = JSON.stringify([...requests].sort());
  return requestsOf(after).some((one) => JSON.stringify([...one].sort()) === text);
}

/** Whether a wider rule sends requests where this one did. */
function forwardsAlike(one: PlannedResource, resource: PlannedResource, { traffic }: JudgeContext): boolean {
  const groups = new Set(traffic.forwardedAfter(one).map(({ before }) => textAt(before, 'arn')));
  return forwardedBefore(resource).some((arn) => groups.has(arn));
}

function takesByDefault(listener: PlannedResource | undefined, resource: PlannedResource): boolean {
  if (!listener || !stays(listener)) return false;
  const forwarded = forwardedBefore(listener);
  return forwarded.length > 0 && forwardedBefore(resource).some((arn) => forwarded.includes(arn));
}

/** Whether requests get what they ask for, rather than an error. */
function answers(value: unknown, actions: string): boolean {
  const types = textsAt(value, `${actions}.type`);
  if (types.includes('forward') || types.includes('redirect')) return true;
  return types.includes('fixed-response') && textAt(value, `${actions}.fixed_response.status_code`).startsWith('2');
}

function answersBefore({ family, before }: PlannedResource): boolean {
  return answers(before, ACTIONS[family]!);
}

function answersAfter({ family, after }: PlannedResource): boolean {
  return answers(after, ACTIONS[family]!);
}
