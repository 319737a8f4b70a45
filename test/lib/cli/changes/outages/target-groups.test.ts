import { describeOutages, IN_NO_ORDER, WEB, TARGETS } from '../../support/outages';
import { attachment, autoScalingGroup, rule, targetGroup } from '../../support/site';

const { forward } = rule;
const EMPTY = { min_size: 0, max_size: 0 };
const LAST = { lifecycle: {} };

describeOutages(
  'target groups',
  [...WEB, ...TARGETS, 'aws_acm_certificate'],
  [
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
      name: 'the only group behind an attachment is replaced, both created first',
      change: ({ aws_autoscaling_group }) => (aws_autoscaling_group!.a!.name = 'a2'),
      outages: {
        'aws_autoscaling_attachment.a':
          'replaced: aws_lb_target_group.ingress has no other target while pods start on the new nodes',
      },
    },
    {
      name: 'one of two groups behind attachments is replaced, created first',
      before: ({ aws_autoscaling_attachment }) => (aws_autoscaling_attachment!.b = attachment('b', 'ingress')),
      change: ({ aws_autoscaling_group }) => (aws_autoscaling_group!.a!.name = 'a2'),
    },
    {
      name: 'the only group is replaced, created first, in the apply that attaches another one',
      change: ({ aws_autoscaling_group, aws_autoscaling_attachment }) => {
        aws_autoscaling_group!.a!.name = 'a2';
        aws_autoscaling_attachment!.b = attachment('b', 'ingress');
      },
      outages: {
        'aws_autoscaling_attachment.a':
          'replaced: aws_lb_target_group.ingress has no other target while pods start on the new nodes',
      },
    },
    {
      name: 'a group that serves no requests is replaced, created first',
      before: ({ aws_autoscaling_attachment }) => {
        aws_autoscaling_attachment!.b = attachment('b', 'unused');
      },
      change: ({ aws_autoscaling_group }) => (aws_autoscaling_group!.b!.name = 'b2'),
    },
    {
      name: 'the only group that registers itself is replaced, created first',
      before: (resources) => {
        resources.aws_autoscaling_attachment = {};
        resources.aws_autoscaling_group!.a!.target_group_arns = ['${aws_lb_target_group.ingress.arn}'];
      },
      change: ({ aws_autoscaling_group }) => (aws_autoscaling_group!.a!.name = 'a2'),
      outages: {
        'aws_autoscaling_group.a':
          'replaced: aws_lb_target_group.ingress has no other target while pods start on the new nodes',
      },
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
    {
      name: 'a rule forwards to a target group to which nothing is attached',
      change: ({ aws_lb_listener_rule }) => (aws_lb_listener_rule!.shop!.action = forward('unused')),
      outages: {
        'aws_lb_listener_rule.shop': 'forwards only to aws_lb_target_group.unused, to which no target is attached',
      },
    },
    {
      name: 'a rule forwards to a new target group to which nothing is attached',
      change: ({ aws_lb_target_group, aws_lb_listener_rule }) => {
        aws_lb_target_group!.next = targetGroup('next', 30080);
        aws_lb_listener_rule!.shop!.action = forward('next');
      },
      outages: {
        'aws_lb_listener_rule.shop': 'forwards only to aws_lb_target_group.next, to which no target is attached',
      },
    },
    {
      name: 'a rule forwards to a target group that has targets',
      before: (resources) => {
        resources.aws_lb_target_group!.next = targetGroup('next', 30080);
        resources.aws_autoscaling_attachment!.next = attachment('a', 'next');
      },
      change: ({ aws_lb_listener_rule }) => (aws_lb_listener_rule!.shop!.action = forward('next')),
    },
    {
      name: 'a rule forwards to a target group with which a group registers itself',
      before: (resources) => {
        resources.aws_autoscaling_group!.b!.target_group_arns = ['${aws_lb_target_group.unused.arn}'];
      },
      change: ({ aws_lb_listener_rule }) => (aws_lb_listener_rule!.shop!.action = forward('unused')),
    },
    {
      name: 'a rule forwards to a new target group with which a group registers itself',
      change: (resources) => {
        resources.aws_lb_target_group!.next = targetGroup('next', 30080);
        resources.aws_autoscaling_group!.b!.target_group_arns = ['${aws_lb_target_group.next.arn}'];
        resources.aws_lb_listener_rule!.shop!.action = forward('next');
      },
    },
    {
      name: 'a rule forwards to a part to a target group to which nothing is attached',
      change: ({ aws_lb_listener_rule }) =>
        (aws_lb_listener_rule!.shop!.action = [
          {
            type: 'forward',
            forward: [
              {
                target_group: ['ingress', 'unused'].map((name) => ({
                  arn: `\${aws_lb_target_group.${name}.arn}`,
                  weight: 1,
                })),
              },
            ],
          },
        ]),
    },
    {
      name: 'a rule forwards to a target group whose IPs a controller registers',
      change: ({ aws_lb_target_group, aws_lb_listener_rule }) => {
        aws_lb_target_group!.pods = targetGroup('pods', 8080, { target_type: 'ip' });
        aws_lb_listener_rule!.shop!.action = forward('pods');
      },
    },
    {
      name: 'a controller registers the instances: no target group has attachments',
      before: (resources) => (resources.aws_autoscaling_attachment = {}),
      change: ({ aws_lb_listener_rule }) => (aws_lb_listener_rule!.shop!.action = forward('unused')),
    },
    {
      name: 'the only group behind an attachment is set to no instance',
      change: ({ aws_autoscaling_group }) => Object.assign(aws_autoscaling_group!.a!, EMPTY),
      outages: {
        'aws_autoscaling_group.a': 'set to no instance: aws_lb_target_group.ingress has no target that serves requests',
      },
    },
    {
      name: 'the only group that registers itself is set to no instance',
      before: (resources) => {
        resources.aws_autoscaling_attachment = {};
        resources.aws_autoscaling_group!.a!.target_group_arns = ['${aws_lb_target_group.ingress.arn}'];
      },
      change: ({ aws_autoscaling_group }) => Object.assign(aws_autoscaling_group!.a!, EMPTY),
      outages: {
        'aws_autoscaling_group.a': 'set to no instance: aws_lb_target_group.ingress has no target that serves requests',
      },
    },
    {
      name: 'a group is set to no instance, the other one that is attached has none',
      before: (resources) => {
        Object.assign(resources.aws_autoscaling_group!.b!, EMPTY);
        resources.aws_autoscaling_attachment!.b = attachment('b', 'ingress');
      },
      change: ({ aws_autoscaling_group }) => Object.assign(aws_autoscaling_group!.a!, EMPTY),
      outages: {
        'aws_autoscaling_group.a': 'set to no instance: aws_lb_target_group.ingress has no target that serves requests',
      },
    },
    {
      name: 'a group is set to no instance, another one is attached',
      before: ({ aws_autoscaling_attachment }) => (aws_autoscaling_attachment!.b = attachment('b', 'ingress')),
      change: ({ aws_autoscaling_group }) => Object.assign(aws_autoscaling_group!.a!, EMPTY),
    },
    {
      name: 'a group to which no requests are sent is set to no instance, another one to one',
      change: ({ aws_autoscaling_group }) => {
        Object.assign(aws_autoscaling_group!.b!, EMPTY);
        Object.assign(aws_autoscaling_group!.a!, { min_size: 0, max_size: 1 });
      },
    },
  ],
);
