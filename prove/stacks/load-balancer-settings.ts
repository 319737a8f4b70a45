import {
  asObject,
  isList,
  type Json,
  type JsonObject,
  type Resource,
  type SynthesizedStack,
} from './synthesized-stack';

/**
 * As in the table of "Health checks for Application Load Balancer target groups",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export interface HealthCheckSettings {
  readonly port: number;
  readonly path: string;
  readonly matcher: readonly number[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export interface TargetGroupSettings {
  readonly name: string;
  readonly port: number;
  readonly deregistrationDelaySeconds: number;
  readonly healthCheck: HealthCheckSettings;
}

export interface LoadBalancerSettings {
  readonly idleSeconds: number;
  /** CIDR blocks of the subnets in which it has a node each. */
  readonly subnets: readonly string[];
  readonly targetGroups: readonly TargetGroupSettings[];
  /** The name of the target group that the listener's rule forwards to. */
  readonly forwardTo: string;
}

/** The load balancer of an infrastructure stack. What the model does not do is rejected. */
export function loadBalancerSettings(stack: SynthesizedStack): LoadBalancerSettings {
  const { config } = stack.only('aws_lb');
  return {
    idleSeconds: Number(config['idle_timeout'] ?? 60),
    subnets: stack
      .resources('aws_subnet')
      .filter(({ name }) => references(config['subnets'], name))
      .map((subnet) => String(subnet.config['cidr_block'])),
    targetGroups: stack.resources('aws_lb_target_group').map(targetGroup),
    forwardTo: forwardTo(stack),
  };
}

/** Those of weight 0 stand by. */
function forwardTo(stack: SynthesizedStack): string {
  const groups = stack.resources('aws_lb_target_group');
  const actions = stack.resources('aws_lb_listener_rule').flatMap(({ config }) => {
    const action = asObject(config['action']!);
    return action['type'] === 'forward' ? [action] : [];
  });
  if (actions.length === 0) throw new Error('no rule of the load balancer forwards');
  const arns = actions.flatMap(({ forward, target_group_arn: arn }) => [
    ...(arn === undefined ? [] : [arn]),
    ...(forward === undefined ? [] : asList(asObject(forward)['target_group']!))
      .map((one) => asObject(one))
      .filter(({ weight }) => weight !== 0)
      .map((one) => one['arn']!),
  ]);
  const used = groups.filter(({ name }) => arns.some((arn) => String(arn).includes(`aws_lb_target_group.${name}.`)));
  if (used.length !== 1) throw new Error(`the rule forwards to ${used.length} target groups: only one is modelled`);
  return String(used[0]!.config['name']);
}

function asList(value: Json): readonly Json[] {
  return isList(value) ? value : [value];
}

function references(value: unknown, name: string): boolean {
  return Array.isArray(value) && value.some((one) => String(one).includes(`aws_subnet.${name}.`));
}

function targetGroup({ name, config }: Resource): TargetGroupSettings {
  const check = asObject(config['health_check'] ?? {});
  const unsupported = [
    Number(config['slow_start'] ?? 0) > 0 && 'slow_start',
    config['protocol'] !== 'HTTP' && `protocol ${String(config['protocol'])}`,
    config['target_type'] !== 'instance' && `target_type ${String(config['target_type'])}`,
    config['load_balancing_algorithm_type'] !== 'round_robin' && 'an algorithm other than round_robin',
    asObject(config['stickiness'] ?? { enabled: false })['enabled'] === true && 'stickiness',
    (config['protocol_version'] ?? 'HTTP1') !== 'HTTP1' && `protocol_version ${String(config['protocol_version'])}`,
    check['enabled'] === false && 'health_check.enabled = false',
    (check['protocol'] ?? 'HTTP') !== 'HTTP' && `health_check.protocol ${String(check['protocol'])}`,
  ].filter((one) => one !== false);
  if (unsupported.length > 0)
    throw new Error(`aws_lb_target_group.${name} has ${unsupported.join(', ')}: not modelled`);
  const missing = HEALTH_CHECK_SETTINGS.filter((setting) => check[setting] === undefined);
  if (missing.length > 0)
    throw new Error(`aws_lb_target_group.${name} leaves ${missing.join(', ')} of its health_check to AWS: set them`);
  return {
    name: String(config['name']),
    port: Number(config['port']),
    deregistrationDelaySeconds: Number(config['deregistration_delay'] ?? 300),
    healthCheck: healthCheck(check, Number(config['port'])),
  };
}

const HEALTH_CHECK_SETTINGS = ['path', 'interval', 'timeout', 'healthy_threshold', 'unhealthy_threshold'] as const;

function healthCheck(block: JsonObject, trafficPort: number): HealthCheckSettings {
  const port = block['port'] ?? 'traffic-port';
  return {
    port: port === 'traffic-port' ? trafficPort : Number(port),
    path: String(block['path']),
    matcher: String(block['matcher'] ?? '200')
      .split(',')
      .flatMap(statuses),
    intervalSeconds: Number(block['interval']),
    timeoutSeconds: Number(block['timeout']),
    healthyThreshold: Number(block['healthy_threshold']),
    unhealthyThreshold: Number(block['unhealthy_threshold']),
  };
}

/** A status, or a range of them: `200-299`. */
function statuses(range: string): readonly number[] {
  const [from = 0, to = from] = range.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export interface NodeSettings {
  readonly name: string;
  readonly zone: string;
  /** The CIDR block of its subnet. */
  readonly subnet: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  /** The node group, to tell groups apart. */
  readonly group: string;
}

const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: 'NoSchedule',
  NO_EXECUTE: 'NoExecute',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
};

/** The least nodes of every managed node group. */
export function nodeSettings(stack: SynthesizedStack): readonly NodeSettings[] {
  const subnets = stack.resources('aws_subnet');
  return stack.resources('aws_eks_node_group').flatMap(({ name, config }) => {
    const subnet = subnets.find((one) => JSON.stringify(config['subnet_ids']).includes(`aws_subnet.${one.name}.`));
    if (!subnet) throw new Error(`aws_eks_node_group.${name}: its subnet is not in the stack`);
    const count = Number(asObject(config['scaling_config']!)['min_size']);
    const taints = isList(config['taint']) ? config['taint'].map((taint) => asObject(taint)) : [];
    const group = String(config['node_group_name_prefix'] ?? config['node_group_name']).replace(/-$/, '');
    return Array.from({ length: count }, (_, index) => ({
      name: `${group}-${index + 1}`,
      group,
      zone: String(subnet.config['availability_zone']),
      subnet: String(subnet.config['cidr_block']),
      labels: (config['labels'] ?? {}) as Record<string, string>,
      taints: taints.map((taint) => ({
        key: String(taint['key']),
        ...(taint['value'] !== undefined && { value: String(taint['value']) }),
        effect: EFFECTS[String(taint['effect'])] ?? String(taint['effect']),
      })),
    }));
  });
}
