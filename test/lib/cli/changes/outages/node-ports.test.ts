import { describeOutages, IN_NO_ORDER, WEB, PORTS } from '../../support/outages';
import { block, blocks, ingressRule, rule, targetGroup, type Resources } from '../../support/site';

const { forward } = rule;
const NEXT_PORT = { name: 'next', port: 81, target_port: '8000', node_port: 30090 };

describeOutages(
  'node ports',
  [...WEB, ...PORTS, 'aws_acm_certificate'],
  [
    {
      name: 'a target group changes to a port on which no Service listens',
      change: ({ aws_lb_target_group }) =>
        Object.assign(aws_lb_target_group!.ingress!, { name: 'ingress-30090', port: 30090 }),
      outages: {
        'aws_lb_target_group.ingress': 'sends requests to port 30090, on which no Service listens yet',
      },
    },
    {
      name: 'and the Service changes in the same run',
      change: ({ aws_lb_target_group, kubernetes_service_v1 }) => {
        Object.assign(aws_lb_target_group!.ingress!, { name: 'ingress-30090', port: 30090 });
        block(block(kubernetes_service_v1!.traefik!, 'spec'), 'port').node_port = 30090;
      },
      outages: {
        'aws_lb_target_group.ingress': 'sends requests to port 30090, on which no Service listens yet',
        'kubernetes_service_v1.traefik': 'no longer listens on port 30080, to which a target group sends requests',
      },
    },
    {
      name: 'health checks change to a port on which no Service listens',
      change: ({ aws_lb_target_group }) =>
        (aws_lb_target_group!.ingress!.health_check = [{ port: '30091', path: '/ping' }]),
      outages: {
        'aws_lb_target_group.ingress': 'sends requests to port 30091, on which no Service listens yet',
      },
    },
    {
      name: 'a rule changes to a new target group with a port on which no Service listens',
      change: (resources) => {
        resources.aws_lb_target_group!.next = targetGroup('next', 30090);
        resources.aws_lb_listener_rule!.shop!.action = forward('next');
      },
      outages: { 'aws_lb_target_group.next': 'sends requests to port 30090, on which no Service listens yet' },
    },
    {
      name: 'a rule has a new target group in addition, with a port on which no Service listens',
      change: (resources) => {
        resources.aws_lb_target_group!.next = targetGroup('next', 30090);
        resources.aws_lb_listener_rule!.shop!.action = weighted({ ingress: 1, next: 1 });
      },
      outages: { 'aws_lb_target_group.next': 'sends requests to port 30090, on which no Service listens yet' },
    },
    {
      name: 'the same with weight 0: it gets no requests',
      change: (resources) => {
        resources.aws_lb_target_group!.next = targetGroup('next', 30090);
        resources.aws_lb_listener_rule!.shop!.action = weighted({ ingress: 1, next: 0 });
      },
    },
    {
      name: 'a target group of weight 0 is deleted',
      before: (resources) => {
        resources.aws_lb_target_group!.next = targetGroup('next', 30090);
        resources.aws_lb_listener_rule!.shop!.action = weighted({ ingress: 1, next: 0 });
      },
      change: (resources) => {
        delete resources.aws_lb_target_group!.next;
        resources.aws_lb_listener_rule!.shop!.action = forward('ingress');
      },
    },
    {
      name: 'first step: the Service listens on both ports',
      change: ({ kubernetes_service_v1 }) =>
        blocks(block(kubernetes_service_v1!.traefik!, 'spec'), 'port').push(NEXT_PORT),
    },
    {
      name: 'second step: the target group changes to the other port',
      before: ({ kubernetes_service_v1 }) =>
        blocks(block(kubernetes_service_v1!.traefik!, 'spec'), 'port').push(NEXT_PORT),
      change: ({ aws_lb_target_group }) =>
        Object.assign(aws_lb_target_group!.ingress!, { name: 'ingress-30090', port: 30090 }),
    },
    {
      name: 'third step: the Service no longer listens on the old port',
      before: ({ aws_lb_target_group, kubernetes_service_v1 }) => {
        Object.assign(aws_lb_target_group!.ingress!, { name: 'ingress-30090', port: 30090 });
        blocks(block(kubernetes_service_v1!.traefik!, 'spec'), 'port').push(NEXT_PORT);
      },
      change: ({ kubernetes_service_v1 }) => blocks(block(kubernetes_service_v1!.traefik!, 'spec'), 'port').shift(),
    },
    {
      name: 'the port changes while no Service is planned',
      before: withoutKubernetes,
      change: ({ aws_lb_target_group }) =>
        Object.assign(aws_lb_target_group!.ingress!, { name: 'ingress-30090', port: 30090 }),
      notes: {
        'aws_lb_target_group.ingress':
          'sends requests to port 30090: whether a Service listens there is known if the stack of the ingress is planned as well',
      },
    },
    {
      name: 'a port that is not one of Kubernetes changes',
      before: (resources) => {
        withoutKubernetes(resources);
        resources.aws_lb_target_group!.ingress!.port = 8080;
      },
      change: ({ aws_lb_target_group }) => Object.assign(aws_lb_target_group!.ingress!, { name: 'next', port: 8081 }),
    },
    {
      name: 'a node port changes while no target group is planned',
      before: withoutAws,
      change: ({ kubernetes_service_v1 }) =>
        blocks(block(kubernetes_service_v1!.traefik!, 'spec'), 'port').splice(0, 1, NEXT_PORT),
      notes: {
        'kubernetes_service_v1.traefik':
          'no longer listens on port 30080: whether a load balancer sends requests there is known if its stack is planned as well',
      },
    },
    {
      name: 'the rule that lets the load balancer reach the node port is deleted',
      change: ({ aws_vpc_security_group_ingress_rule }) => delete aws_vpc_security_group_ingress_rule!.node_port,
      outages: {
        'aws_vpc_security_group_ingress_rule.node_port': 'deleted: port 30080 is in use, and no other rule allows it',
      },
    },
    {
      name: 'the rule for a port that is not in use is deleted',
      change: ({ aws_vpc_security_group_ingress_rule }) =>
        delete aws_vpc_security_group_ingress_rule!.node_port_of_others,
    },
    {
      name: 'the rule for a node port is deleted, another one allows it',
      before: ({ aws_vpc_security_group_ingress_rule }) =>
        (aws_vpc_security_group_ingress_rule!.range = {
          ...ingressRule('nodes', 30000, { referenced_security_group_id: '${aws_security_group.lb.id}' }),
          to_port: 32767,
        }),
      change: ({ aws_vpc_security_group_ingress_rule }) => delete aws_vpc_security_group_ingress_rule!.node_port,
    },
    {
      name: 'the rule that lets clients in is deleted',
      change: ({ aws_vpc_security_group_ingress_rule }) => delete aws_vpc_security_group_ingress_rule!.clients,
      outages: {
        'aws_vpc_security_group_ingress_rule.clients': 'deleted: port 443 is in use, and no other rule allows it',
      },
    },
    {
      name: 'the rule that lets clients in is replaced by one for fewer',
      change: (resources) => {
        delete resources.aws_vpc_security_group_ingress_rule!.clients;
        resources.aws_vpc_security_group_ingress_rule!.office = ingressRule('lb', 443, {
          cidr_ipv4: '198.51.100.0/24',
        });
      },
      notes: {
        'aws_vpc_security_group_ingress_rule.clients': `deleted while another rule for port 443 is added ${IN_NO_ORDER}`,
      },
    },
  ],
);

function weighted(weights: Readonly<Record<string, number>>): unknown {
  const target_group = Object.entries(weights).map(([name, weight]) => ({
    arn: `\${aws_lb_target_group.${name}.arn}`,
    weight,
  }));
  return [{ type: 'forward', forward: [{ target_group }] }];
}

function withoutKubernetes(resources: Resources): void {
  for (const type of Object.keys(resources)) if (type.startsWith('kubernetes_')) delete resources[type];
}

function withoutAws(resources: Resources): void {
  for (const type of Object.keys(resources)) if (type.startsWith('aws_')) delete resources[type];
}
