import { loadBalancerSettings, nodeSettings } from '../../../prove/stacks/load-balancer-settings';
import type { JsonObject } from '../../../prove/stacks/synthesized-stack';
import { stackOf } from './fixtures';

const CHECK = {
  port: '30081',
  path: '/ping',
  matcher: '200',
  interval: 5,
  timeout: 2,
  healthy_threshold: 2,
  unhealthy_threshold: 3,
};
const GROUP = {
  name: 'web-1',
  port: 30080,
  protocol: 'HTTP',
  target_type: 'instance',
  load_balancing_algorithm_type: 'round_robin',
  deregistration_delay: '20',
  health_check: CHECK,
};
const FORWARD = { type: 'forward', target_group_arn: '${aws_lb_target_group.web.arn}' };
const SUBNETS = {
  a: { cidr_block: '10.0.0.0/24', availability_zone: 'eu-west-1a' },
  a2: { cidr_block: '10.0.1.0/24', availability_zone: 'eu-west-1a' },
  b: { cidr_block: '10.0.2.0/24', availability_zone: 'eu-west-1b' },
};

interface Given {
  readonly lb?: JsonObject;
  readonly groups?: JsonObject;
  readonly actions?: readonly JsonObject[];
}

function settings({ lb = {}, groups = { web: GROUP }, actions = [FORWARD] }: Given) {
  return loadBalancerSettings(
    stackOf({
      aws_lb: { lb: { subnets: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'], ...lb } },
      aws_subnet: SUBNETS,
      aws_lb_target_group: groups,
      aws_lb_listener_rule: Object.fromEntries(actions.map((action, index) => [`rule-${index}`, { action }])),
    }),
  );
}

test('what is read from a load balancer', () => {
  expect(settings({ lb: { idle_timeout: 75 } })).toEqual({
    idleSeconds: 75,
    subnets: ['10.0.0.0/24', '10.0.2.0/24'],
    targetGroups: [
      {
        name: 'web-1',
        port: 30080,
        deregistrationDelaySeconds: 20,
        healthCheck: {
          port: 30081,
          path: '/ping',
          matcher: [200],
          intervalSeconds: 5,
          timeoutSeconds: 2,
          healthyThreshold: 2,
          unhealthyThreshold: 3,
        },
      },
    ],
    forwardTo: 'web-1',
  });
});

/** Sources: "Edit attributes for your Application Load Balancer" and "Edit target group attributes for your Application Load
 * Balancer", https://docs.aws.amazon.com/elasticloadbalancing/latest/application/ */
test('what AWS takes where nothing is given', () => {
  const { deregistration_delay: _delay, ...group } = GROUP;
  const { port: _port, matcher: _matcher, ...check } = CHECK;
  const read = settings({ groups: { web: { ...group, health_check: [check] } } });
  expect(read.idleSeconds).toBe(60);
  expect(read.targetGroups[0]).toMatchObject({
    deregistrationDelaySeconds: 300,
    healthCheck: { port: 30080, matcher: [200] },
  });
});

test.each([
  { matcher: '200,202', statuses: [200, 202] },
  { matcher: '200-203', statuses: [200, 201, 202, 203] },
  { matcher: '200-201,404', statuses: [200, 201, 404] },
])('the matcher $matcher', ({ matcher, statuses }) => {
  const groups = { web: { ...GROUP, health_check: { ...CHECK, matcher, port: 'traffic-port' } } };
  expect(settings({ groups }).targetGroups[0]!.healthCheck).toMatchObject({ matcher: statuses, port: 30080 });
});

const target = (name: string, weight?: number) => ({
  arn: `\${aws_lb_target_group.${name}.arn}`,
  ...(weight !== undefined && { weight }),
});

test.each<{ title: string; actions: readonly JsonObject[]; forwardTo: string }>([
  { title: 'an ARN', actions: [FORWARD], forwardTo: 'web-1' },
  {
    title: 'one group',
    actions: [{ type: 'forward', forward: [{ target_group: target('other') }] }],
    forwardTo: 'other-1',
  },
  {
    title: 'the group whose weight is not 0',
    actions: [{ type: 'forward', forward: { target_group: [target('web', 0), target('other', 1)] } }],
    forwardTo: 'other-1',
  },
  { title: 'other rules', actions: [{ type: 'redirect' }, FORWARD, FORWARD], forwardTo: 'web-1' },
])('a rule forwards to $forwardTo: $title', ({ actions, forwardTo }) => {
  expect(settings({ groups: { web: GROUP, other: { ...GROUP, name: 'other-1' } }, actions }).forwardTo).toBe(forwardTo);
});

test.each<{ title: string; given: Given; message: string }>([
  { title: 'no rule', given: { actions: [] }, message: 'no rule of the load balancer forwards' },
  {
    title: 'no forward',
    given: { actions: [{ type: 'fixed-response' }] },
    message: 'no rule of the load balancer forwards',
  },
  {
    title: 'two weighted groups',
    given: { actions: [{ type: 'forward', forward: { target_group: [target('web', 1), target('other', 1)] } }] },
    message: 'the rule forwards to 2 target groups: only one is modelled',
  },
  {
    title: 'two rules',
    given: { actions: [FORWARD, { type: 'forward', target_group_arn: target('other').arn }] },
    message: 'the rule forwards to 2 target groups: only one is modelled',
  },
])('$title is rejected', ({ given, message }) => {
  const groups = { web: GROUP, other: { ...GROUP, name: 'other-1' } };
  expect(() => settings({ groups, ...given })).toThrow(message);
});

test.each<{ group: JsonObject; message: string }>([
  { group: { slow_start: 30 }, message: 'has slow_start: not modelled' },
  { group: { protocol: 'HTTPS' }, message: 'has protocol HTTPS: not modelled' },
  { group: { protocol_version: 'GRPC' }, message: 'has protocol_version GRPC: not modelled' },
  { group: { target_type: 'ip' }, message: 'has target_type ip: not modelled' },
  {
    group: { load_balancing_algorithm_type: 'least_outstanding_requests' },
    message: 'has an algorithm other than round_robin: not modelled',
  },
  { group: { stickiness: [{ enabled: true }] }, message: 'has stickiness: not modelled' },
  { group: { health_check: { ...CHECK, enabled: false } }, message: 'has health_check.enabled = false: not modelled' },
  {
    group: { health_check: { ...CHECK, protocol: 'HTTPS' } },
    message: 'has health_check.protocol HTTPS: not modelled',
  },
  { group: { slow_start: 30, target_type: 'ip' }, message: 'has slow_start, target_type ip: not modelled' },
  {
    group: { health_check: { path: '/', interval: 5, timeout: 2 } },
    message: 'leaves healthy_threshold, unhealthy_threshold of its health_check to AWS: set them',
  },
])('a target group that the model cannot follow is rejected: $message', ({ group, message }) => {
  expect(() => settings({ groups: { web: { ...GROUP, ...group } } })).toThrow(`aws_lb_target_group.web ${message}`);
});

test.each<JsonObject>([{ slow_start: 0 }, { protocol_version: 'HTTP1' }, { stickiness: { enabled: false } }])(
  'what changes nothing is accepted: %j',
  (group) => {
    expect(settings({ groups: { web: { ...GROUP, ...group } } })).toEqual(settings({}));
  },
);

test('nodes: as many of each group as its least, in its subnet', () => {
  const stack = stackOf({
    aws_subnet: SUBNETS,
    aws_eks_node_group: {
      apps: {
        node_group_name_prefix: 'apps-a-',
        subnet_ids: ['${aws_subnet.a2.id}'],
        scaling_config: { min_size: 2, max_size: 9, desired_size: 3 },
        labels: { pool: 'apps' },
        taint: [
          { key: 'pool', value: 'apps', effect: 'NO_SCHEDULE' },
          { key: 'any', effect: 'PREFER_NO_SCHEDULE' },
        ],
      },
      system: { node_group_name: 'system', subnet_ids: ['${aws_subnet.b.id}'], scaling_config: [{ min_size: 1 }] },
      none: { node_group_name: 'none', subnet_ids: ['${aws_subnet.b.id}'], scaling_config: { min_size: 0 } },
    },
  });
  const apps = {
    group: 'apps-a',
    zone: 'eu-west-1a',
    subnet: '10.0.1.0/24',
    labels: { pool: 'apps' },
    taints: [
      { key: 'pool', value: 'apps', effect: 'NoSchedule' },
      { key: 'any', effect: 'PreferNoSchedule' },
    ],
  };
  expect(nodeSettings(stack)).toEqual([
    { name: 'apps-a-1', ...apps },
    { name: 'apps-a-2', ...apps },
    { name: 'system-1', group: 'system', zone: 'eu-west-1b', subnet: '10.0.2.0/24', labels: {}, taints: [] },
  ]);
});

test('a node group whose subnet is not in the stack is rejected', () => {
  const group = { node_group_name: 'apps', subnet_ids: ['subnet-0123'], scaling_config: { min_size: 1 } };
  expect(() => nodeSettings(stackOf({ aws_subnet: SUBNETS, aws_eks_node_group: { apps: group } }))).toThrow(
    'aws_eks_node_group.apps: its subnet is not in the stack',
  );
});
