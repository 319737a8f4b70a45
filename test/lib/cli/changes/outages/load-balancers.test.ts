import { CERTIFICATES, describeOutages, IN_NO_ORDER, TARGETS, WEB } from '../../support/outages';
import { alias, rule } from '../../support/site';

const { forward } = rule;
const ALL = [{ path_pattern: [{ values: ['*'] }] }];
const REDIRECT = [{ type: 'redirect', redirect: [{ port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' }] }];
const answer = (code: string) => [
  { type: 'fixed-response', fixed_response: [{ content_type: 'text/plain', status_code: code }] },
];
const FIRST = { lifecycle: { create_before_destroy: true } };

describeOutages(
  'load balancers',
  [...WEB, ...CERTIFICATES, 'aws_route53_record'],
  [
    { name: 'nothing changes', change: () => {} },
    {
      name: 'a load balancer is replaced: it, and what belongs to it',
      change: ({ aws_lb }) => (aws_lb!.main!.internal = true),
      outages: {
        'aws_lb.main': 'replaced, deleted first: no other load balancer serves its names',
        'aws_lb_listener.https': 'replaced, deleted first: port 443 is closed',
        'aws_lb_listener_rule.shop':
          'replaced, deleted first: no other rule forwards blog.example.com, shop.example.com',
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
  ],
);

describeOutages(
  'default actions',
  [...WEB, 'aws_acm_certificate', ...TARGETS],
  [
    {
      name: 'a listener answers with an error instead of forwarding',
      before: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = forward('ingress')),
      change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = answer('503')),
      outages: { 'aws_lb_listener.https': 'no longer forwards: it answers with an error' },
    },
    {
      name: 'a listener answers with an error instead of redirecting',
      before: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = REDIRECT),
      change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = answer('404')),
      outages: { 'aws_lb_listener.https': 'no longer forwards: it answers with an error' },
    },
    {
      name: 'a listener redirects, or answers itself, instead of forwarding',
      before: ({ aws_lb_listener }) => {
        aws_lb_listener!.https!.default_action = forward('ingress');
        aws_lb_listener!.http = { ...aws_lb_listener!.https, port: 80, protocol: 'HTTP', certificate_arn: undefined };
      },
      change: ({ aws_lb_listener }) => {
        aws_lb_listener!.http!.default_action = REDIRECT;
        aws_lb_listener!.https!.default_action = answer('200');
      },
    },
    {
      name: 'a listener answers with another error, and then forwards',
      before: ({ aws_lb_listener }) => {
        aws_lb_listener!.http = { ...aws_lb_listener!.https, port: 80, protocol: 'HTTP', certificate_arn: undefined };
      },
      change: ({ aws_lb_listener }) => {
        aws_lb_listener!.https!.default_action = answer('503');
        aws_lb_listener!.http!.default_action = forward('ingress');
      },
    },
    {
      name: 'a listener answers with an error, a rule has taken all requests',
      before: ({ aws_lb_listener, aws_lb_listener_rule }) => {
        aws_lb_listener!.https!.default_action = forward('ingress');
        aws_lb_listener_rule!.all = rule(50, ALL, forward('ingress'));
      },
      change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = answer('404')),
    },
    {
      name: 'a listener answers with an error in the apply that adds a rule for all requests',
      before: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = forward('ingress')),
      change: ({ aws_lb_listener, aws_lb_listener_rule }) => {
        aws_lb_listener!.https!.default_action = answer('404');
        aws_lb_listener_rule!.all = rule(50, ALL, forward('ingress'));
      },
      notes: {
        'aws_lb_listener.https': `its default action no longer serves requests while a rule for all of them is added ${IN_NO_ORDER}`,
      },
    },
    {
      name: 'a listener answers with an error, rules take some hosts only',
      before: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = forward('unused')),
      change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = answer('404')),
      outages: { 'aws_lb_listener.https': 'no longer forwards: it answers with an error' },
    },
    {
      name: 'a listener forwards to a target group to which nothing is attached',
      before: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = forward('ingress')),
      change: ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = forward('unused')),
      outages: {
        'aws_lb_listener.https': 'forwards only to aws_lb_target_group.unused, to which no target is attached',
      },
    },
  ],
);
