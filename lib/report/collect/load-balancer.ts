import type { Listener, ListenerRuleSummary, LoadBalancerSummary, TargetGroupSummary } from '../model';
import { list, read, unique, type Resource, type SynthesizedStacks } from '../synthesized';
import { zoneOf } from './network';
import { timings } from './timings';

export function loadBalancers(stacks: SynthesizedStacks): readonly LoadBalancerSummary[] {
  return stacks.ofType('aws_lb').map((balancer) => {
    const listeners = stacks.ofType('aws_lb_listener').filter((one) => one.target('load_balancer_arn') === balancer);
    const rules = stacks
      .ofType('aws_lb_listener_rule')
      .filter((one) => listeners.includes(one.target('listener_arn')!));
    return {
      construct: balancer.construct,
      name: balancer.text('name') ?? balancer.path,
      scheme: balancer.get('internal') === true ? 'internal' : 'internet-facing',
      zones: unique(balancer.targets('subnets').map(zoneOf)),
      listeners: listeners.map(listener).sort((a, b) => a.port - b.port),
      rules: rules.map(rule).sort((a, b) => Number(a.priority) - Number(b.priority)),
      targets: targetsOf(stacks, [...listeners, ...rules]).map((target) => targetGroup(stacks, balancer, target)),
      firewall: firewall(stacks, balancer),
      accessLogs: balancer.get('access_logs.enabled') === true,
      deletionProtection: balancer.get('enable_deletion_protection') === true,
      idleSeconds: balancer.number('idle_timeout'),
    };
  });
}

function listener(one: Resource): Listener {
  return {
    construct: one.construct,
    port: one.number('port') ?? 0,
    protocol: one.text('protocol') ?? '',
    tlsPolicy: one.text('ssl_policy'),
    otherwise: one
      .blocks('default_action')
      .map((action) => describeAction(one, action))
      .join(', '),
  };
}

function rule(one: Resource): ListenerRuleSummary {
  return {
    construct: one.construct,
    priority: one.text('priority') ?? '',
    conditions: one.blocks('condition').flatMap((condition) => Object.entries(condition).flatMap(describeCondition)),
    action: one
      .blocks('action')
      .map((action) => describeAction(one, action))
      .join(', '),
  };
}

function describeCondition([kind, value]: [string, unknown]): string[] {
  const values = list(read(value, 'values')).map(String);
  const name = read(value, 'http_header_name');
  const what = kind.replaceAll('_', ' ').replace(/ pattern$/, '');
  return value === null ? [] : [`${what}${name ? ` ${String(name)}` : ''}: ${values.join(', ')}`];
}

function describeAction(resource: Resource, action: Readonly<Record<string, unknown>>): string {
  const at = (path: string) => resource.show(read(action, path) ?? '');
  switch (action['type']) {
    case 'redirect':
      return `redirect to ${at('redirect.protocol')} ${at('redirect.port')} (${at('redirect.status_code')})`;
    case 'fixed-response':
      return `fixed response ${at('fixed_response.status_code')}`;
    case 'forward':
      return `forward to ${forwardTargets(resource, action).join(', ')}`;
    default:
      return at('type');
  }
}

function forwardTargets(resource: Resource, action: Readonly<Record<string, unknown>>): readonly string[] {
  const groups = list(read(action, 'forward')).flatMap((forward) => list(read(forward, 'target_group')));
  return [action['target_group_arn'], ...groups.map((group) => read(group, 'arn'))]
    .filter((arn) => arn !== undefined)
    .map((arn) => resource.named(arn)[0]?.text('name') ?? resource.show(arn));
}

function targetsOf(stacks: SynthesizedStacks, senders: readonly Resource[]): readonly Resource[] {
  const named = new Set(senders.flatMap((sender) => stacks.named(sender.stack, JSON.stringify(sender.attributes))));
  return stacks.ofType('aws_lb_target_group').filter((target) => named.has(target));
}

function targetGroup(stacks: SynthesizedStacks, balancer: Resource, target: Resource): TargetGroupSummary {
  const at = (path: string) => target.text(`health_check.${path}`) ?? '?';
  return {
    construct: target.construct,
    name: target.text('name') ?? target.path,
    port: target.number('port') ?? 0,
    healthCheck: `${at('protocol')} ${at('port')} ${at('path')}`,
    timings: timings(stacks, balancer, target),
  };
}

function firewall(stacks: SynthesizedStacks, balancer: Resource): readonly string[] {
  const [acl] = stacks
    .ofType('aws_wafv2_web_acl_association')
    .filter((one) => one.target('resource_arn') === balancer)
    .flatMap((one) => one.targets('web_acl_arn'));
  return acl?.blocks('rule').map(({ name }) => acl.show(name)) ?? [];
}
