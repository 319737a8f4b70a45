import { outagesOf } from '../../../../lib/cli/changes/outages';
import type { StackPlan } from '../../../../lib/offline';
import { describeWithTerraform, removeSynthesized } from '../../offline/support/app';
import {
  alias,
  attachment,
  autoScalingGroup,
  ingress,
  ingressRule,
  planScenarios,
  pods,
  rule,
  targetGroup,
  type Resources,
  type Scenario,
} from '../support/site';

/** A scenario with the expected reasons by address: of outages, and of notes. */
interface Row extends Scenario {
  readonly name: string;
  readonly outages?: Readonly<Record<string, string>>;
  readonly notes?: Readonly<Record<string, string>>;
}

const { host, forward } = rule;
const NEXT_PORT = { name: 'next', port: 81, target_port: '8000', node_port: 30090 };
const FIRST = { lifecycle: { create_before_destroy: true } };
const LAST = { lifecycle: {} };
const IN_NO_ORDER = 'in the same apply: Terraform does not order the two, so requests may fail for a moment';

const WEB = ['aws_security_group', 'aws_lb', 'aws_lb_listener', 'aws_lb_target_group', 'aws_lb_listener_rule'];
const CERTIFICATE_TYPES = ['aws_acm_certificate', 'aws_lb_listener_certificate'];
const TARGETS = ['aws_autoscaling_group', 'aws_autoscaling_attachment'];
const PORTS = ['aws_vpc_security_group_ingress_rule', 'kubernetes_service_v1'];
const KUBERNETES = [
  'kubernetes_service_v1',
  'kubernetes_daemon_set_v1',
  'kubernetes_deployment_v1',
  'kubernetes_ingress_class_v1',
  'kubernetes_ingress_v1',
];

const LOAD_BALANCERS: readonly Omit<Row, 'types'>[] = [
  { name: 'nothing changes', change: () => {} },
  {
    name: 'a load balancer is replaced: it, and what belongs to it',
    change: ({ aws_lb }) => (aws_lb!.main!.internal = true),
    outages: {
      'aws_lb.main': 'replaced, deleted first: no other load balancer serves its names',
      'aws_lb_listener.https': 'replaced, deleted first: port 443 is closed',
      'aws_lb_listener_rule.shop': 'replaced, deleted first: no other rule forwards blog.example.com, shop.example.com',
    },
  },
  {
    name: 'a load balancer is replaced, created first, with its listener and rule: clients wait for DNS',
    before: (resources) => {
      Object.assign(resources.aws_lb!.main!, FIRST);
      Object.assign(resources.aws_lb_listener!.https!, FIRST);
      Object.assign(resources.aws_lb_listener_rule!.shop!, FIRST);
      Object.assign(resources.aws_lb_listener_certificate!.blog!, FIRST);
    },
    change: ({ aws_lb }) => (aws_lb!.main!.internal = true),
    notes: {
      'aws_lb.main':
        'replaced under another DNS name: clients use the deleted one for up to 60 seconds, and longer if they cache names',
    },
  },
  {
    name: 'a load balancer is replaced, created first, and no record follows',
    before: (resources) => {
      Object.assign(resources.aws_lb!.main!, FIRST);
      Object.assign(resources.aws_lb_listener!.https!, FIRST);
      Object.assign(resources.aws_lb_listener_rule!.shop!, FIRST);
      Object.assign(resources.aws_lb_listener_certificate!.blog!, FIRST);
      resources.aws_route53_record = {};
    },
    change: ({ aws_lb }) => (aws_lb!.main!.internal = true),
    outages: { 'aws_lb.main': 'replaced under another DNS name, and no planned record follows it' },
  },
  {
    name: 'a load balancer is deleted once the records point at another one with the same ports',
    before: (resources) => {
      resources.aws_lb!.old = { ...resources.aws_lb!.main, name: 'old' };
      resources.aws_lb_listener!.old = {
        ...resources.aws_lb_listener!.https,
        load_balancer_arn: '${aws_lb.old.arn}',
      };
      resources.aws_lb_listener_rule!.old = {
        ...resources.aws_lb_listener_rule!.shop,
        listener_arn: '${aws_lb_listener.old.arn}',
      };
    },
    change: (resources) => {
      delete resources.aws_lb!.old;
      delete resources.aws_lb_listener!.old;
      delete resources.aws_lb_listener_rule!.old;
    },
  },
  {
    name: 'a load balancer is deleted in the apply that points its records at another one',
    before: (resources) => {
      resources.aws_lb!.old = { ...resources.aws_lb!.main, name: 'old' };
      resources.aws_route53_record!.shop = alias('shop.example.com', 'A', 'old');
    },
    change: (resources) => {
      delete resources.aws_lb!.old;
      resources.aws_route53_record!.shop = alias('shop.example.com', 'A');
    },
    outages: { 'aws_lb.old': 'deleted: no other load balancer serves its names' },
  },
  {
    name: 'a listener is deleted, with its rules',
    change: (resources) => {
      delete resources.aws_lb_listener!.https;
      resources.aws_lb_listener_rule = {};
      resources.aws_lb_listener_certificate = {};
    },
    outages: {
      'aws_lb_listener.https': 'deleted: port 443 is closed',
      'aws_lb_listener_rule.shop': 'deleted: no other rule forwards blog.example.com, shop.example.com',
    },
  },
  {
    name: 'a listener moves to another port',
    change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.port = 8443),
    outages: { 'aws_lb_listener.https': 'moved from port 443 to 8443: clients of the old one are refused' },
  },
  {
    name: 'a listener speaks another protocol',
    change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.protocol = 'HTTP'),
    outages: {
      'aws_lb_listener.https': 'speaks HTTP instead of HTTPS on port 443: clients of the old protocol fail',
    },
  },
  {
    name: 'a listener is added, another TLS policy is used',
    change: ({ aws_lb_listener }) => {
      aws_lb_listener!.https!.ssl_policy = 'ELBSecurityPolicy-TLS13-1-3-2021-06';
      aws_lb_listener!.http = { ...aws_lb_listener!.https, port: 80, protocol: 'HTTP', certificate_arn: undefined };
    },
  },
];

const RULES: readonly Omit<Row, 'types'>[] = [
  {
    name: 'a rule is deleted',
    change: (resources) => (resources.aws_lb_listener_rule = {}),
    outages: {
      'aws_lb_listener_rule.shop': 'deleted: no other rule forwards blog.example.com, shop.example.com',
    },
  },
  {
    name: 'a rule is deleted, others have had the same conditions',
    before: ({ aws_lb_listener_rule }) => {
      aws_lb_listener_rule!.shop2 = rule(20, host('shop.example.com'), forward('ingress'));
      aws_lb_listener_rule!.blog2 = rule(21, host('blog.example.com'), forward('unused'));
    },
    change: ({ aws_lb_listener_rule }) => delete aws_lb_listener_rule!.shop,
  },
  {
    name: 'a rule is deleted, a wider one forwards to the same target group',
    before: ({ aws_lb_listener_rule }) =>
      (aws_lb_listener_rule!.all = rule(20, host('*.example.com'), forward('ingress'))),
    change: ({ aws_lb_listener_rule }) => delete aws_lb_listener_rule!.shop,
  },
  {
    name: 'a rule is deleted, a wider one forwards elsewhere',
    before: ({ aws_lb_listener_rule }) =>
      (aws_lb_listener_rule!.all = rule(20, host('*.example.com'), forward('unused'))),
    change: ({ aws_lb_listener_rule }) => delete aws_lb_listener_rule!.shop,
    outages: {
      'aws_lb_listener_rule.shop': 'deleted: no other rule forwards blog.example.com, shop.example.com',
    },
  },
  {
    name: 'a rule is deleted, a wider one answers with an error',
    before: ({ aws_lb_listener_rule }) =>
      (aws_lb_listener_rule!.all = rule(20, host('*.example.com'), [
        { type: 'fixed-response', fixed_response: [{ content_type: 'text/plain', status_code: '503' }] },
      ])),
    change: ({ aws_lb_listener_rule }) => delete aws_lb_listener_rule!.shop,
    outages: {
      'aws_lb_listener_rule.shop': 'deleted: no other rule forwards blog.example.com, shop.example.com',
    },
  },
  {
    name: 'a rule is deleted, the listener forwards to the same target group by default',
    before: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = forward('ingress')),
    change: ({ aws_lb_listener_rule }) => delete aws_lb_listener_rule!.shop,
  },
  {
    name: 'a rule is deleted, one with the same conditions is added in the same apply',
    change: (resources) =>
      (resources.aws_lb_listener_rule = {
        renamed: rule(11, host('shop.example.com', 'blog.example.com'), forward('ingress')),
      }),
    notes: {
      'aws_lb_listener_rule.shop': `deleted while another rule for blog.example.com, shop.example.com is added ${IN_NO_ORDER}`,
    },
  },
  {
    name: 'a rule that answers with an error is deleted',
    before: ({ aws_lb_listener_rule }) =>
      (aws_lb_listener_rule!.blocked = rule(
        5,
        [{ path_pattern: [{ values: ['/admin'] }] }],
        [{ type: 'fixed-response', fixed_response: [{ content_type: 'text/plain', status_code: '403' }] }],
      )),
    change: ({ aws_lb_listener_rule }) => delete aws_lb_listener_rule!.blocked,
  },
  {
    name: 'a host is removed from a rule',
    change: ({ aws_lb_listener_rule }) => (aws_lb_listener_rule!.shop!.condition = host('shop.example.com')),
    outages: { 'aws_lb_listener_rule.shop': 'narrowed: no other rule forwards blog.example.com' },
  },
  {
    name: 'a host is added to a rule',
    change: ({ aws_lb_listener_rule }) =>
      (aws_lb_listener_rule!.shop!.condition = host('shop.example.com', 'blog.example.com', 'new.example.com')),
  },
  {
    name: 'a path is required in addition',
    change: ({ aws_lb_listener_rule }) =>
      (aws_lb_listener_rule!.shop!.condition = [
        ...host('shop.example.com', 'blog.example.com'),
        { path_pattern: [{ values: ['/shop/*'] }] },
      ]),
    outages: {
      'aws_lb_listener_rule.shop': 'narrowed: no other rule forwards blog.example.com, shop.example.com',
    },
  },
  {
    name: 'a rule answers with an error instead',
    change: ({ aws_lb_listener_rule }) =>
      (aws_lb_listener_rule!.shop!.action = [
        { type: 'fixed-response', fixed_response: [{ content_type: 'text/plain', status_code: '503' }] },
      ]),
    outages: { 'aws_lb_listener_rule.shop': 'no longer forwards: it answers with an error' },
  },
];

const TARGET_GROUPS: readonly Omit<Row, 'types'>[] = [
  {
    name: 'an unused target group is deleted',
    change: ({ aws_lb_target_group }) => delete aws_lb_target_group!.unused,
  },
  {
    name: 'a target group in use is replaced, deleted first',
    before: ({ aws_lb_target_group, aws_autoscaling_attachment }) => {
      Object.assign(aws_lb_target_group!.ingress!, LAST);
      Object.assign(aws_autoscaling_attachment!.a!, LAST);
    },
    change: ({ aws_lb_target_group }) => Object.assign(aws_lb_target_group!.ingress!, { name: 'other' }),
    outages: {
      'aws_autoscaling_attachment.a':
        'replaced, deleted first: aws_lb_target_group.ingress has no target that serves requests',
      'aws_lb_target_group.ingress':
        'replaced, deleted first: aws_lb_listener_rule.shop has no targets until the new one has',
    },
  },
  {
    name: 'a target group is replaced, created first, with its attachments',
    change: ({ aws_lb_target_group }) => Object.assign(aws_lb_target_group!.ingress!, { name: 'other' }),
  },
  {
    name: 'a target group is replaced, created first, but its attachments are deleted first',
    before: ({ aws_autoscaling_attachment }) => Object.assign(aws_autoscaling_attachment!.a!, LAST),
    change: ({ aws_lb_target_group }) => Object.assign(aws_lb_target_group!.ingress!, { name: 'other' }),
    outages: {
      'aws_autoscaling_attachment.a':
        'replaced, deleted first: aws_lb_target_group.ingress has no target that serves requests',
    },
  },
  {
    name: 'a target group is deleted in the apply that moves its rule to another one',
    change: (resources) => {
      delete resources.aws_lb_target_group!.ingress;
      resources.aws_lb_target_group!.next = targetGroup('next', 30080);
      resources.aws_autoscaling_attachment = { next: attachment('a', 'next') };
      resources.aws_lb_listener_rule!.shop!.action = forward('next');
    },
    notes: {
      'aws_lb_target_group.ingress': `deleted while aws_lb_listener_rule.shop changes to another target group ${IN_NO_ORDER}`,
    },
  },
  {
    name: 'the targets of one node group are detached, another one stays',
    before: ({ aws_autoscaling_attachment }) => (aws_autoscaling_attachment!.b = attachment('b', 'ingress')),
    change: ({ aws_autoscaling_attachment }) => delete aws_autoscaling_attachment!.a,
  },
  {
    name: 'the ingress moves to another node group in one step',
    change: (resources) => (resources.aws_autoscaling_attachment = { b: attachment('b', 'ingress') }),
    outages: {
      'aws_autoscaling_attachment.a': 'deleted: aws_lb_target_group.ingress has no target that serves requests',
    },
  },
  {
    name: 'the ingress moves, first step: both are attached',
    change: ({ aws_autoscaling_attachment }) => (aws_autoscaling_attachment!.b = attachment('b', 'ingress')),
  },
  {
    name: 'the group behind an attachment is replaced, both created first',
    change: ({ aws_autoscaling_group }) => (aws_autoscaling_group!.a!.name = 'a2'),
  },
  {
    name: 'an attachment that stays is moved within the state',
    change: (resources) => {
      resources.aws_autoscaling_attachment = { renamed: resources.aws_autoscaling_attachment!.a! };
    },
    moved: [{ from: 'aws_autoscaling_attachment.a', to: 'aws_autoscaling_attachment.renamed' }],
  },
  {
    name: 'a group no longer registers itself',
    before: (resources) => {
      resources.aws_autoscaling_attachment = {};
      resources.aws_autoscaling_group!.a = autoScalingGroup('a', {
        target_group_arns: ['${aws_lb_target_group.ingress.arn}'],
      });
    },
    change: ({ aws_autoscaling_group }) => (aws_autoscaling_group!.a!.target_group_arns = []),
    outages: {
      'aws_autoscaling_group.a': 'detached: aws_lb_target_group.ingress has no target that serves requests',
    },
  },
  {
    name: 'the only target of a group is deleted, by whichever attachment',
    before: (resources) => {
      resources.aws_autoscaling_attachment = {};
      resources.aws_lb_target_group_attachment = {
        a: { target_group_arn: '${aws_lb_target_group.ingress.arn}', target_id: 'i-1' },
      };
    },
    change: (resources) => (resources.aws_lb_target_group_attachment = {}),
    outages: {
      'aws_lb_target_group_attachment.a': 'deleted: aws_lb_target_group.ingress has no target that serves requests',
    },
  },
];

const NODE_PORTS: readonly Omit<Row, 'types'>[] = [
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
      (kubernetes_service_v1!.traefik!.spec as any)[0].port[0].node_port = 30090;
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
    name: 'first step: the Service listens on both ports',
    change: ({ kubernetes_service_v1 }) => (kubernetes_service_v1!.traefik!.spec as any)[0].port.push(NEXT_PORT),
  },
  {
    name: 'second step: the target group changes to the other port',
    before: ({ kubernetes_service_v1 }) => (kubernetes_service_v1!.traefik!.spec as any)[0].port.push(NEXT_PORT),
    change: ({ aws_lb_target_group }) =>
      Object.assign(aws_lb_target_group!.ingress!, { name: 'ingress-30090', port: 30090 }),
  },
  {
    name: 'third step: the Service no longer listens on the old port',
    before: ({ aws_lb_target_group, kubernetes_service_v1 }) => {
      Object.assign(aws_lb_target_group!.ingress!, { name: 'ingress-30090', port: 30090 });
      (kubernetes_service_v1!.traefik!.spec as any)[0].port.push(NEXT_PORT);
    },
    change: ({ kubernetes_service_v1 }) => (kubernetes_service_v1!.traefik!.spec as any)[0].port.shift(),
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
      (kubernetes_service_v1!.traefik!.spec as any)[0].port.splice(0, 1, NEXT_PORT),
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
      resources.aws_vpc_security_group_ingress_rule!.office = ingressRule('lb', 443, { cidr_ipv4: '198.51.100.0/24' });
    },
    notes: {
      'aws_vpc_security_group_ingress_rule.clients': `deleted while another rule for port 443 is added ${IN_NO_ORDER}`,
    },
  },
];

const NAMES: readonly Omit<Row, 'types'>[] = [
  {
    name: 'an alias is deleted',
    change: ({ aws_route53_record }) => {
      delete aws_route53_record!.shop;
      delete aws_route53_record!.shop6;
    },
    outages: {
      'aws_route53_record.shop': 'deleted: shop.example.com no longer resolves (A)',
      'aws_route53_record.shop6': 'deleted: shop.example.com no longer resolves (AAAA)',
    },
  },
  {
    name: 'the alias for IPv6 is deleted: clients use IPv4',
    change: ({ aws_route53_record }) => delete aws_route53_record!.shop6,
  },
  {
    name: 'a record of another kind is deleted',
    change: ({ aws_route53_record }) => delete aws_route53_record!.text,
  },
  {
    name: 'an alias is deleted, a wildcard answers',
    before: ({ aws_route53_record }) => (aws_route53_record!.all = alias('*.example.com', 'A')),
    change: ({ aws_route53_record }) => delete aws_route53_record!.shop,
  },
  {
    name: 'an alias is renamed, even if the new one is created first',
    before: ({ aws_route53_record }) => Object.assign(aws_route53_record!.shop!, FIRST),
    change: ({ aws_route53_record }) => (aws_route53_record!.shop!.name = 'store.example.com'),
    outages: {
      'aws_route53_record.shop': 'renamed to store.example.com: shop.example.com no longer resolves (A)',
    },
  },
  {
    name: 'a name is added besides the old one',
    change: ({ aws_route53_record }) => (aws_route53_record!.store = alias('store.example.com', 'A')),
  },
  {
    name: 'a delegation is deleted',
    before: ({ aws_route53_record }) =>
      (aws_route53_record!.delegation = {
        zone_id: 'Z1',
        name: 'eu.example.com',
        type: 'NS',
        ttl: 300,
        records: ['ns-1.example.net'],
      }),
    change: ({ aws_route53_record }) => delete aws_route53_record!.delegation,
    outages: { 'aws_route53_record.delegation': 'deleted: eu.example.com no longer resolves (NS)' },
  },
];

const CERTIFICATES: readonly Omit<Row, 'types'>[] = [
  {
    name: 'a certificate that no listener uses is deleted',
    change: ({ aws_acm_certificate }) => delete aws_acm_certificate!.unused,
  },
  {
    name: 'a certificate in use is replaced, created first',
    change: ({ aws_acm_certificate }) => (aws_acm_certificate!.shop!.key_algorithm = 'EC_prime256v1'),
  },
  {
    name: 'a certificate in use is replaced, deleted first',
    before: ({ aws_acm_certificate }) => Object.assign(aws_acm_certificate!.shop!, LAST),
    change: ({ aws_acm_certificate }) => (aws_acm_certificate!.shop!.key_algorithm = 'EC_prime256v1'),
    outages: {
      'aws_acm_certificate.shop':
        'replaced, deleted first: AWS keeps it while a listener uses it, and the apply fails half done',
    },
  },
  {
    name: 'a certificate is replaced by one for fewer domains',
    before: ({ aws_acm_certificate }) =>
      (aws_acm_certificate!.shop!.subject_alternative_names = ['www.example.com', 'shop.example.com']),
    change: ({ aws_acm_certificate }) => (aws_acm_certificate!.shop!.subject_alternative_names = ['shop.example.com']),
    outages: { 'aws_acm_certificate.shop': 'replaced by one that does not cover www.example.com' },
  },
  {
    name: 'the certificate behind SNI is replaced, and its listener certificate deleted first',
    change: ({ aws_acm_certificate }) => (aws_acm_certificate!.blog!.key_algorithm = 'EC_prime256v1'),
    outages: {
      'aws_lb_listener_certificate.blog':
        'replaced, deleted first: clients of blog.example.com get another certificate, and fail',
    },
  },
  {
    name: 'the certificate behind SNI is replaced, both created first',
    before: ({ aws_lb_listener_certificate }) => Object.assign(aws_lb_listener_certificate!.blog!, FIRST),
    change: ({ aws_acm_certificate }) => (aws_acm_certificate!.blog!.key_algorithm = 'EC_prime256v1'),
  },
  {
    name: 'a listener certificate is deleted',
    change: ({ aws_lb_listener_certificate }) => delete aws_lb_listener_certificate!.blog,
    outages: {
      'aws_lb_listener_certificate.blog': 'deleted: clients of blog.example.com get another certificate, and fail',
    },
  },
  {
    name: 'a listener certificate is deleted, the default one covers its domain',
    before: ({ aws_acm_certificate }) => Object.assign(aws_acm_certificate!.shop!, { domain_name: '*.example.com' }),
    change: ({ aws_lb_listener_certificate }) => delete aws_lb_listener_certificate!.blog,
  },
  {
    name: 'the default certificate and the one behind SNI change places',
    change: ({ aws_lb_listener, aws_lb_listener_certificate }) => {
      aws_lb_listener!.https!.certificate_arn = '${aws_acm_certificate.blog.arn}';
      aws_lb_listener_certificate!.blog!.certificate_arn = '${aws_acm_certificate.shop.arn}';
    },
    notes: {
      'aws_lb_listener.https': `its certificate for shop.example.com changes while another one is added ${IN_NO_ORDER}`,
      'aws_lb_listener_certificate.blog': `replaced, deleted first while another certificate for blog.example.com is added ${IN_NO_ORDER}`,
    },
  },
  {
    name: 'the default certificate changes to one for other domains',
    change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.certificate_arn = '${aws_acm_certificate.unused.arn}'),
    outages: { 'aws_lb_listener.https': 'no longer presents a certificate for shop.example.com' },
  },
  {
    name: 'the default certificate changes, and stays behind SNI',
    before: ({ aws_lb_listener_certificate }) =>
      (aws_lb_listener_certificate!.shop = {
        listener_arn: '${aws_lb_listener.https.arn}',
        certificate_arn: '${aws_acm_certificate.shop.arn}',
      }),
    change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.certificate_arn = '${aws_acm_certificate.blog.arn}'),
  },
];

const OBJECTS: readonly Omit<Row, 'types'>[] = [
  {
    name: 'the DaemonSet behind a NodePort is deleted',
    change: (resources) => (resources.kubernetes_daemon_set_v1 = {}),
    outages: {
      'kubernetes_daemon_set_v1.traefik': 'deleted: kubernetes_service_v1.traefik sends requests to nothing else',
    },
  },
  {
    name: 'the DaemonSet behind a NodePort is replaced',
    change: ({ kubernetes_daemon_set_v1 }) =>
      ((kubernetes_daemon_set_v1!.traefik!.metadata as any)[0].name = 'traefik-2'),
    outages: {
      'kubernetes_daemon_set_v1.traefik':
        'replaced, deleted first: kubernetes_service_v1.traefik sends requests to nothing else',
    },
  },
  {
    name: 'the DaemonSet is renamed in Terraform: deleted while another is created',
    change: (resources) => (resources.kubernetes_daemon_set_v1 = { other: pods('ingress', 'traefik') }),
    outages: {
      'kubernetes_daemon_set_v1.traefik': 'deleted: kubernetes_service_v1.traefik sends requests to nothing else',
    },
  },
  {
    name: 'the DaemonSet is deleted, a Deployment has taken its place',
    before: (resources) => (resources.kubernetes_deployment_v1!.traefik = pods('ingress', 'traefik')),
    change: (resources) => (resources.kubernetes_daemon_set_v1 = {}),
  },
  {
    name: 'the Deployment behind an Ingress is deleted',
    change: ({ kubernetes_deployment_v1 }) => delete kubernetes_deployment_v1!.shop,
    outages: {
      'kubernetes_deployment_v1.shop': 'deleted: kubernetes_service_v1.shop sends requests to nothing else',
    },
  },
  {
    name: 'the Deployment behind an Ingress is scaled to no pod',
    change: ({ kubernetes_deployment_v1 }) => ((kubernetes_deployment_v1!.shop!.spec as any)[0].replicas = '0'),
    outages: {
      'kubernetes_deployment_v1.shop': 'scaled to no pod: kubernetes_service_v1.shop sends requests to nothing else',
    },
  },
  {
    name: 'a Deployment behind nothing but another one is deleted',
    change: ({ kubernetes_deployment_v1 }) => delete kubernetes_deployment_v1!.worker,
  },
  {
    name: 'a NodePort Service is deleted',
    change: ({ kubernetes_service_v1 }) => delete kubernetes_service_v1!.traefik,
    outages: { 'kubernetes_service_v1.traefik': 'deleted: its ports are closed' },
  },
  {
    name: 'the Service of an Ingress is deleted',
    change: ({ kubernetes_service_v1 }) => delete kubernetes_service_v1!.shop,
    outages: {
      'kubernetes_service_v1.shop': 'deleted while kubernetes_ingress_v1.shop sends requests to it',
    },
  },
  {
    name: 'the Service of an Ingress is deleted in the apply that names another',
    change: (resources) => {
      delete resources.kubernetes_service_v1!.shop;
      resources.kubernetes_ingress_v1!.shop = ingress('internal', 'shop.example.com', '/');
      (resources.kubernetes_ingress_v1!.shop.metadata as any)[0].name = 'shop';
    },
    notes: {
      'kubernetes_service_v1.shop': `deleted while kubernetes_ingress_v1.shop changes to another Service ${IN_NO_ORDER}`,
    },
  },
  {
    name: 'a Service that nothing outside reaches is deleted',
    change: ({ kubernetes_service_v1 }) => delete kubernetes_service_v1!.internal,
  },
  {
    name: 'a Service selects other pods, which do not exist yet',
    change: (resources) => {
      (resources.kubernetes_service_v1!.shop!.spec as any)[0].selector = { app: 'green' };
      resources.kubernetes_deployment_v1!.green = pods('shop', 'green');
    },
    outages: { 'kubernetes_service_v1.shop': 'selects other pods, none of which exists before this apply' },
  },
  {
    name: 'a Service selects other pods, which run',
    before: (resources) => (resources.kubernetes_deployment_v1!.green = pods('shop', 'green')),
    change: (resources) => ((resources.kubernetes_service_v1!.shop!.spec as any)[0].selector = { app: 'green' }),
  },
  {
    name: 'an IngressClass is deleted',
    change: (resources) => (resources.kubernetes_ingress_class_v1 = {}),
    outages: {
      'kubernetes_ingress_class_v1.traefik': 'deleted: the controller no longer serves kubernetes_ingress_v1.shop',
    },
  },
  {
    name: 'an IngressClass is deleted, every Ingress has another one',
    before: (resources) => {
      resources.kubernetes_ingress_class_v1!.old = {
        metadata: [{ name: 'old' }],
        spec: [{ controller: 'traefik.io/ingress-controller' }],
      };
    },
    change: ({ kubernetes_ingress_class_v1 }) => delete kubernetes_ingress_class_v1!.old,
  },
  {
    name: 'an Ingress is deleted',
    change: (resources) => (resources.kubernetes_ingress_v1 = {}),
    outages: { 'kubernetes_ingress_v1.shop': 'deleted: no other Ingress routes shop.example.com/' },
  },
  {
    name: 'an Ingress is deleted, another one has the same host and path',
    before: (resources) => {
      resources.kubernetes_ingress_v1!.next = ingress('internal', 'shop.example.com', '/');
    },
    change: ({ kubernetes_ingress_v1 }) => delete kubernetes_ingress_v1!.shop,
  },
  {
    name: 'an Ingress is deleted while another one for its host is created',
    change: (resources) => (resources.kubernetes_ingress_v1 = { next: ingress('internal', 'shop.example.com', '/') }),
    notes: {
      'kubernetes_ingress_v1.shop': `deleted while another Ingress for shop.example.com/ is added ${IN_NO_ORDER}`,
    },
  },
  {
    name: 'an Ingress routes less',
    change: (resources) => (resources.kubernetes_ingress_v1!.shop = ingress('shop', 'shop.example.com', '/cart')),
    outages: { 'kubernetes_ingress_v1.shop': 'narrowed: no other Ingress routes shop.example.com/' },
  },
];

const TABLE: readonly Row[] = [
  ...LOAD_BALANCERS.map((row) => ({ types: [...WEB, ...CERTIFICATE_TYPES, 'aws_route53_record'], ...row })),
  ...RULES.map((row) => ({ types: [...WEB, 'aws_acm_certificate'], ...row })),
  ...TARGET_GROUPS.map((row) => ({ types: [...WEB, ...TARGETS, 'aws_acm_certificate'], ...row })),
  ...NODE_PORTS.map((row) => ({ types: [...WEB, ...PORTS, 'aws_acm_certificate'], ...row })),
  ...NAMES.map((row) => ({ types: ['aws_lb', 'aws_security_group', 'aws_route53_record'], ...row })),
  ...CERTIFICATES.map((row) => ({ types: [...WEB, ...CERTIFICATE_TYPES], ...row })),
  ...OBJECTS.map((row) => ({ types: KUBERNETES, ...row })),
];

afterAll(removeSynthesized);

describeWithTerraform('outages', () => {
  let plans: readonly StackPlan[];
  beforeAll(async () => (plans = await planScenarios(TABLE)), 300_000);

  test.each(TABLE.map((row, index) => ({ ...row, index })))('$name', ({ index, outages = {}, notes = {} }) => {
    const found = outagesOf([plans[index]!]);
    const byAddress = (list: readonly { address: string; reason: string }[]) =>
      Object.fromEntries(list.map(({ address, reason }) => [address, reason]));
    expect({ outages: byAddress(found.outages), notes: byAddress(found.notes) }).toEqual({ outages, notes });
  });
});

function withoutKubernetes(resources: Resources): void {
  for (const type of Object.keys(resources)) if (type.startsWith('kubernetes_')) delete resources[type];
}

function withoutAws(resources: Resources): void {
  for (const type of Object.keys(resources)) if (type.startsWith('aws_')) delete resources[type];
}
