import { describeOutages, IN_NO_ORDER, WEB } from '../../support/outages';
import { rule } from '../../support/site';

const { host, forward } = rule;

describeOutages(
  'rules',
  [...WEB, 'aws_acm_certificate'],
  [
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
  ],
);
