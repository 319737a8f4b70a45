import type { Wafv2WebAclRule } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { list, object, oneOf, optional, text } from '../core/shape';

/** A rule group maintained by AWS or another vendor. */
export interface ManagedRuleGroup {
  readonly name: string;
  /** @default 'AWS' */
  readonly vendor?: string;
  /**
   * `count` only records what the group would block, to try it out.
   * @default 'block'
   */
  readonly mode?: 'block' | 'count';
  /**
   * Rules of the group that are overridden to count while the others block.
   * @default none
   */
  readonly countedRules?: readonly string[];
}

/** Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_RuleActionOverride.html */
const NAME = /^[\w-]{1,128}$/;

export const MANAGED_RULE_GROUP = object<ManagedRuleGroup>({
  name: text('the name of a rule group, such as AWSManagedRulesCommonRuleSet', NAME),
  vendor: optional(text()),
  mode: optional(oneOf('block', 'count')),
  countedRules: optional(list(text('the name of a rule, such as SizeRestrictions_BODY', NAME))),
});

/**
 * Together 925 of the 1,500 WCUs that are included in the price. Source: "AWS Managed Rules rule groups list",
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const MANAGED_RULE_GROUPS: readonly ManagedRuleGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  // That rule blocks bodies over 8 KiB, which includes uploads.
  { name: 'AWSManagedRulesCommonRuleSet', countedRules: ['SizeRestrictions_BODY'] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
];

/** What names of AWS's rule groups begin with. Source: the same list. */
const AWS_PREFIX = 'AWSManagedRules';

const RATE_LIMIT = 'rate-limit';
const RATE_WINDOW_SECONDS = 300;
/** Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html */
const RATES = [10, 2_000_000_000] as const;

export interface WebAclRulesProps {
  readonly managedRuleGroups?: readonly ManagedRuleGroup[];
  readonly requestsPerFiveMinutes?: number;
  readonly mode?: 'block' | 'count';
}

export function webAclProblems(props: WebAclRulesProps): readonly Problem[] {
  const { managedRuleGroups = MANAGED_RULE_GROUPS, requestsPerFiveMinutes: rate } = props;
  const names = managedRuleGroups.map(({ name }) => name);
  return [
    names.length === 0 &&
      rate === undefined &&
      'managedRuleGroups is empty: list at least one, or set requestsPerFiveMinutes',
    ...duplicates(names).map((name) => `managedRuleGroups has ${name} twice: remove one`),
    rate !== undefined &&
      names.includes(RATE_LIMIT) &&
      `managedRuleGroups has '${RATE_LIMIT}', the name of the rule of requestsPerFiveMinutes: remove one of the two`,
    ...managedRuleGroups
      .filter(({ name, vendor = 'AWS' }) => vendor === 'AWS' && !name.startsWith(AWS_PREFIX))
      .map(
        ({ name }) =>
          `managedRuleGroups has '${name}', and names of AWS's rule groups begin with ${AWS_PREFIX}: write ${AWS_PREFIX}${name}, or set its vendor`,
      ),
    ...managedRuleGroups.flatMap(({ name, countedRules = [] }) =>
      duplicates(countedRules).map((rule) => `countedRules of ${name} has ${rule} twice: remove one`),
    ),
    rate !== undefined &&
      !(Number.isInteger(rate) && rate >= RATES[0] && rate <= RATES[1]) &&
      `requestsPerFiveMinutes must be a whole number from ${RATES[0]} to ${RATES[1]}, got ${rate}`,
  ];
}

/** The rate limit first, since it is the cheapest, then the groups in order. */
export function webAclRules(props: WebAclRulesProps): Wafv2WebAclRule[] {
  const { managedRuleGroups = MANAGED_RULE_GROUPS, requestsPerFiveMinutes: rate, mode = 'block' } = props;
  const groups = managedRuleGroups.map((group) => managedRule({ ...group, mode: group.mode ?? mode }));
  const rules = [...(rate === undefined ? [] : [rateLimit(rate, mode)]), ...groups];
  return rules.map((rule, priority) => ({
    ...rule,
    priority,
    visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: rule.name, sampledRequestsEnabled: true },
  }));
}

type RuleBody = Pick<Wafv2WebAclRule, 'name' | 'action' | 'overrideAction' | 'statement'>;

function rateLimit(limit: number, mode: 'block' | 'count'): RuleBody {
  return {
    name: RATE_LIMIT,
    action: { [mode]: {} },
    statement: {
      rate_based_statement: { limit, aggregate_key_type: 'IP', evaluation_window_sec: RATE_WINDOW_SECONDS },
    },
  };
}

/** Snake case below `statement`: the provider package has no types for it. */
function managedRule({ name, vendor = 'AWS', mode = 'block', countedRules = [] }: ManagedRuleGroup): RuleBody {
  return {
    name,
    overrideAction: mode === 'count' ? { count: {} } : { none: {} },
    statement: {
      managed_rule_group_statement: {
        name,
        vendor_name: vendor,
        ...(countedRules.length > 0 && {
          rule_action_override: countedRules.map((rule) => ({ name: rule, action_to_use: { count: {} } })),
        }),
      },
    },
  };
}
