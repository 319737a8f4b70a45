import { Token } from 'cdktf';
import { prefixProblems, type Problem } from '../core/check';
import { repetitions } from '../core/duplicates';
import { isWildcard, covers } from '../dns/domain-name';

/**
 * Sends requests that meet every condition somewhere. Each condition lists alternatives, with the wildcards `*` and `?`
 * in hosts, paths, headers and query values.
 */
export interface ListenerRule {
  /** Names the rule's state address. */
  readonly key: string;
  /**
   * Rules are tried from 1 upwards; the ingress' own is the last, 50000. Given by hand, since it decides which of two
   * rules that fit is taken; leave gaps. AWS refuses to swap two rules in one go: move one to a free number first.
   */
  readonly priority: number;
  readonly hosts?: readonly string[];
  readonly paths?: readonly string[];
  /** By header name. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly methods?: readonly string[];
  readonly query?: readonly { readonly key?: string; readonly value: string }[];
  readonly sourceCidrs?: readonly string[];
  readonly action: RuleAction;
}

export type RuleAction =
  | {
      readonly kind: 'forward';
      /**
       * Shares of the requests by target group's key, 0 to 999 each: `{ stable: 95, canary: 5 }`. A group with 0 gets no
       * requests, but its health is checked: add a group with 0 and raise it afterwards, and no request meets a target
       * that is not ready.
       */
      readonly weights: Readonly<Record<string, number>>;
      /**
       * Keeps a client with the target group it was first sent to, for so many seconds.
       * @default every request is distributed anew
       */
      readonly stickySeconds?: number;
    }
  | {
      readonly kind: 'fixed-response';
      readonly statusCode: number;
      /** @default 'text/plain' */
      readonly contentType?: 'text/plain' | 'text/css' | 'text/html' | 'application/javascript' | 'application/json';
      readonly body?: string;
    }
  | {
      /** What is left out stays as it was asked for; `#{host}`, `#{path}`, `#{query}` and `#{port}` stand for it. */
      readonly kind: 'redirect';
      readonly statusCode: 301 | 302;
      readonly host?: string;
      readonly path?: string;
      readonly query?: string;
    };

/** The highest number that AWS takes: whatever a user adds comes before. */
export const INGRESS_PRIORITY = 50_000;
/** Sources: "Quotas for your Application Load Balancers"; CreateRule, ForwardActionConfig and FixedResponseActionConfig. */
const MAX_CONDITION_VALUES = 5;
const MAX_WEIGHT = 999;
const MAX_TARGET_GROUPS = 5;
const MAX_STICKY_SECONDS = 604_800;
const MAX_BODY = 1024;

/** Sends the hosts of the certificates to the ingress. */
export function ingressRule(hosts: readonly string[], targetGroup: string): ListenerRule {
  return {
    key: 'ingress',
    priority: INGRESS_PRIORITY,
    hosts,
    action: { kind: 'forward', weights: { [targetGroup]: 1 } },
  };
}

/** The fewest host patterns that stand for all names: one below a listed wildcard needs no pattern of its own. */
export function hostsOf(domainNames: readonly string[]): readonly string[] {
  const distinct = [...new Set(domainNames)];
  return distinct.filter((name) => isWildcard(name) || !covers(distinct.filter(isWildcard), name));
}

export interface RuleContext {
  readonly certificateNames: readonly string[];
  readonly targetGroupKeys: readonly string[];
}

/** What is wrong with the rules of one listener. */
export function ruleProblems(rules: readonly ListenerRule[], context: RuleContext): readonly Problem[] {
  return [
    ...repetitions(rules, ({ key }) => key).map(
      ({ second }) => `two rules have the key '${second.key}': give one another key`,
    ),
    ...repetitions(rules, ({ priority }) => priority).map(
      ({ first, second }) =>
        `rules '${first.key}' and '${second.key}' both have priority ${second.priority}: give one another number`,
    ),
    ...rules.flatMap((rule) =>
      prefixProblems(`rule '${rule.key}' `, [
        ...conditionProblems(rule, context),
        ...actionProblems(rule.action, context),
      ]),
    ),
  ];
}

function conditionProblems(rule: ListenerRule, { certificateNames }: RuleContext): readonly Problem[] {
  const values = conditionValues(rule);
  const uncovered = (rule.hosts ?? []).filter((host) => !covers(certificateNames, host));
  const badPaths = (rule.paths ?? []).filter((path) => !Token.isUnresolved(path) && !/^[/*]/.test(path));
  return [
    ...(wholeNumber(rule.priority, 1, INGRESS_PRIORITY)
      ? []
      : [`has priority ${rule.priority}: it must be a whole number from 1 to ${INGRESS_PRIORITY}`]),
    ...(values === 0 ? ['has no condition: give it hosts, paths or another condition'] : []),
    ...(values > MAX_CONDITION_VALUES
      ? [`has ${values} condition values, AWS takes ${MAX_CONDITION_VALUES} in a rule: split it into several rules`]
      : []),
    ...uncovered.map(
      (host) =>
        `has the host ${host}, which no certificate covers (${certificateNames.join(', ')}; a wildcard covers one label): add a certificate for it`,
    ),
    ...badPaths.map((path) => `has the path '${path}': it must start with '/'`),
  ];
}

function conditionValues(rule: ListenerRule): number {
  const lists = [
    rule.hosts,
    rule.paths,
    rule.methods,
    rule.query,
    rule.sourceCidrs,
    ...Object.values(rule.headers ?? {}),
  ];
  return lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
}

function actionProblems(action: RuleAction, { targetGroupKeys }: RuleContext): readonly Problem[] {
  switch (action.kind) {
    case 'forward':
      return forwardProblems(action.weights, action.stickySeconds, targetGroupKeys);
    case 'fixed-response': {
      const { statusCode, body = '' } = action;
      return [
        ...(wholeNumber(statusCode, 200, 599) && Math.floor(statusCode / 100) !== 3
          ? []
          : [`answers ${statusCode}: AWS takes 2xx, 4xx and 5xx`]),
        ...(!Token.isUnresolved(body) && body.length > MAX_BODY
          ? [`has a body of ${body.length} characters, AWS takes ${MAX_BODY}: shorten it`]
          : []),
      ];
    }
    case 'redirect':
      return action.host === undefined && action.path === undefined && action.query === undefined
        ? ['redirects a request to itself: give it a host, path or query']
        : [];
  }
}

function forwardProblems(
  weights: Readonly<Record<string, number>>,
  stickySeconds: number | undefined,
  targetGroupKeys: readonly string[],
): readonly Problem[] {
  const entries = Object.entries(weights);
  return [
    ...entries
      .filter(([key]) => !targetGroupKeys.includes(key))
      .map(([key]) => `forwards to '${key}': there are the target groups ${targetGroupKeys.join(', ')}`),
    ...entries
      .filter(([, weight]) => !wholeNumber(weight, 0, MAX_WEIGHT))
      .map(([key, weight]) => `gives '${key}' the weight ${weight}: it must be a whole number from 0 to ${MAX_WEIGHT}`),
    ...(entries.some(([, weight]) => weight !== 0) ? [] : ['forwards to no target group: give one a weight above 0']),
    ...(entries.length > MAX_TARGET_GROUPS
      ? [`forwards to ${entries.length} target groups, AWS takes ${MAX_TARGET_GROUPS}: leave some out`]
      : []),
    ...(stickySeconds === undefined || wholeNumber(stickySeconds, 1, MAX_STICKY_SECONDS)
      ? []
      : [`has stickySeconds ${stickySeconds}: it must be a whole number from 1 to ${MAX_STICKY_SECONDS}`]),
  ];
}

function wholeNumber(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
