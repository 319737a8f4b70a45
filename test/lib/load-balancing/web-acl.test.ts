import { WebAcl, type WebAclProps } from '../../../lib/load-balancing/web-acl';
import { ApplicationLoadBalancer } from '../../../lib/load-balancing/application-load-balancer';
import { refusal, synthStack } from '../../support/stack';
import { props as loadBalancer } from './fixtures';

function webAcl(props: Partial<WebAclProps> = {}) {
  return synthStack((stack) => {
    const acl = new WebAcl(stack, 'waf', { name: 'production', ...props });
    new ApplicationLoadBalancer(stack, 'lb', { ...loadBalancer, webAcl: acl });
  });
}

test('evaluates the managed rule groups and allows everything else', () => {
  const { rule, default_action, scope } = webAcl().getResource('aws_wafv2_web_acl').attributes;
  expect([scope, default_action]).toEqual(['REGIONAL', { allow: {} }]);
  expect(rule).toMatchObject([
    { priority: 0, name: 'AWSManagedRulesAmazonIpReputationList', override_action: { none: {} } },
    {
      priority: 1,
      name: 'AWSManagedRulesCommonRuleSet',
      statement: {
        managed_rule_group_statement: {
          vendor_name: 'AWS',
          rule_action_override: [{ name: 'SizeRestrictions_BODY', action_to_use: { count: {} } }],
        },
      },
    },
    { priority: 2, name: 'AWSManagedRulesKnownBadInputsRuleSet', override_action: { none: {} } },
  ]);
});

test('supports count mode, and evaluates the rate limit first', () => {
  const managedRuleGroups = [{ name: 'Bots', vendor: 'Somebody', mode: 'count' as const }];
  const { rule } = webAcl({ managedRuleGroups, requestsPerFiveMinutes: 500 }).getResource(
    'aws_wafv2_web_acl',
  ).attributes;
  expect(rule).toMatchObject([
    {
      priority: 0,
      action: { block: {} },
      statement: { rate_based_statement: { limit: 500, aggregate_key_type: 'IP', evaluation_window_sec: 300 } },
    },
    {
      priority: 1,
      override_action: { count: {} },
      statement: { managed_rule_group_statement: { name: 'Bots', vendor_name: 'Somebody' } },
    },
  ]);
});

test('is associated with the load balancer and logs blocked requests, without credentials', () => {
  const stack = webAcl();
  const association = stack.getResource('aws_wafv2_web_acl_association');
  expect(stack.isAfter(association, stack.getResource('aws_lb'))).toBe(true);
  expect(stack.isAfter(association, stack.getResource('aws_wafv2_web_acl'))).toBe(true);
  const logging = stack.getResource('aws_wafv2_web_acl_logging_configuration');
  expect(stack.isAfter(logging, stack.getResource('aws_cloudwatch_log_resource_policy'))).toBe(true);
  expect(logging.attributes['redacted_fields']).toEqual([
    { single_header: { name: 'authorization' } },
    { single_header: { name: 'cookie' } },
  ]);
  expect(stack.getResource('aws_cloudwatch_log_group').attributes).toMatchObject({
    name: 'aws-waf-logs-production',
    retention_in_days: 365,
  });
});

test.each<{ props: Partial<WebAclProps>; problem: string }>([
  {
    props: { managedRuleGroups: [] },
    problem: 'managedRuleGroups is empty: list at least one, or set requestsPerFiveMinutes',
  },
  {
    props: {
      managedRuleGroups: [
        { name: 'Bots', vendor: 'Somebody' },
        { name: 'Bots', vendor: 'Somebody' },
      ],
    },
    problem: 'managedRuleGroups has Bots twice: remove one',
  },
  {
    props: { managedRuleGroups: [{ name: 'CommonRuleSet' }] },
    problem:
      "managedRuleGroups has 'CommonRuleSet', and names of AWS's rule groups begin with AWSManagedRules: write AWSManagedRulesCommonRuleSet, or set its vendor",
  },
  {
    props: { managedRuleGroups: [{ name: 'AWS Managed' }] },
    problem:
      "managedRuleGroups[0].name must be the name of a rule group, such as AWSManagedRulesCommonRuleSet, got 'AWS Managed'",
  },
  {
    props: { managedRuleGroups: [{ name: 'rate-limit', vendor: 'Somebody' }], requestsPerFiveMinutes: 500 },
    problem:
      "managedRuleGroups has 'rate-limit', the name of the rule of requestsPerFiveMinutes: remove one of the two",
  },
  {
    props: { managedRuleGroups: [{ name: 'Bots', vendor: 'Somebody', countedRules: ['A', 'A'] }] },
    problem: 'countedRules of Bots has A twice: remove one',
  },
  {
    props: { requestsPerFiveMinutes: 9 },
    problem: 'requestsPerFiveMinutes must be a whole number from 10 to 2000000000, got 9',
  },
  {
    props: { logRetentionDays: 100 },
    problem:
      'logRetentionDays 100 is not supported by CloudWatch Logs: use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, ' +
      '365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
  },
  {
    props: { name: 'x'.repeat(129) },
    problem: `name '${'x'.repeat(129)}' has 129 characters, AWS allows at most 128: shorten it`,
  },
])('rejects: $problem', ({ props, problem }) => {
  expect(refusal((stack) => void new WebAcl(stack, 'waf', { name: 'production', ...props }))).toBe(
    `test/waf: ${problem}`,
  );
});
