import type { Wafv2WebAclRule } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';

/** Rules that somebody else keeps up to date. */
export interface ManagedRuleGroup {
  readonly name: string;
  /** @default 'AWS' */
  readonly vendor?: string;
  /**
   * `count` only records what it would block: the way to try a group.
   * @default 'block'
   */
  readonly mode?: 'block' | 'count';
  /**
   * Rules of the group that only count while the others block.
   * @default none
   */
  readonly countedRules?: readonly string[];
}

/** Together 925 of the 1,500 capacity units that cost nothing extra. Source: "AWS Managed Rules rule groups list". */
export const MANAGED_RULE_GROUPS: readonly ManagedRuleGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  // That rule blocks every body above 8 KiB: every upload.
  { name: 'AWSManagedRulesCommonRuleSet', countedRules: ['SizeRestrictions_BODY'] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
];

const RATE_LIMIT = 'rate-limit';
const RATE_WINDOW_SECONDS = 300;
/** Source: RateBasedStatement, WAF API reference. */
const RATES = [10, 2_000_000_000] as const;

export interface WebAclRulesProps {
  readonly managedRuleGroups?: readonly ManagedRuleGroup[];
  readonly requestsPerFiveMinutes?: number;
}

export function webAclProblems(props: WebAclRulesProps): readonly Problem[] {
  const { managedRuleGroups = MANAGED_RULE_GROUPS, requestsPerFiveMinutes: rate } = props;
  const names = managedRuleGroups.map(({ name }) => name);
  return [
    names.length === 0 && rate === undefined && 'managedRuleGroups is empty: such a web ACL filters nothing',
    ...duplicates(names).map((name) => `managedRuleGroups has ${name} twice: leave one out`),
    rate !== undefined &&
      !(Number.isInteger(rate) && rate >= RATES[0] && rate <= RATES[1]) &&
      `requestsPerFiveMinutes must be a whole number from ${RATES[0]} to ${RATES[1]}, got ${rate}`,
  ];
}

/** The rate limit first, as it costs least, then the groups in their order. */
export function webAclRules(props: WebAclRulesProps): Wafv2WebAclRule[] {
  const { managedRuleGroups = MANAGED_RULE_GROUPS, requestsPerFiveMinutes: rate } = props;
  const rules = [...(rate === undefined ? [] : [rateLimit(rate)]), ...managedRuleGroups.map(managedRule)];
  return rules.map((rule, priority) => ({
    ...rule,
    priority,
    visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: rule.name, sampledRequestsEnabled: true },
  }));
}

type RuleBody = Pick<Wafv2WebAclRule, 'name' | 'action' | 'overrideAction' | 'statement'>;

function rateLimit(limit: number): RuleBody {
  return {
    name: RATE_LIMIT,
    action: { block: {} },
    statement: {
      rate_based_statement: { limit, aggregate_key_type: 'IP', evaluation_window_sec: RATE_WINDOW_SECONDS },
    },
  };
}

/** Terraform's own names below `statement`: the provider's package has no types for it. */
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
