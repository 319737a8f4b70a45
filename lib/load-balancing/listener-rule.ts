import { Token } from 'cdktf';
import { prefixProblems, type Problem } from '../core/check';
import { repetitions } from '../core/duplicates';
import {
  anyText,
  integer,
  list,
  literal,
  number,
  object,
  oneOf,
  optional,
  record,
  text,
  union,
  type Shape,
} from '../core/shape';
import { isWildcard, covers } from '../dns/domain-name';
import { conditionFormProblems } from './listener-rule-conditions';
import { redirectProblems } from './redirect-problems';

/**
 * Applies an action to requests that match every condition. Each condition lists alternatives, with the wildcards `*`
 * and `?` in hosts, paths, headers and query values.
 */
export interface ListenerRule {
  /** Part of the rule's state address: rename it with `formerly(loadBalancer.rules.get('new')!, 'rule-old')`. */
  readonly key: string;
  /**
   * Rules are evaluated from 1 upwards; the ingress rule is the last, 50000. Explicit, since it decides which of two
   * matching rules applies; leave gaps. AWS cannot swap two rules in one apply: move one to a free priority first.
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
       * Weights by target group key, 0 to 999 each: `{ stable: 95, canary: 5 }`. A group with weight 0 gets no
       * requests, but health checks: add a group with 0 and raise it afterwards, so that no request reaches a target
       * that is not ready.
       */
      readonly weights: Readonly<Record<string, number>>;
      /**
       * Duration of target group stickiness, in seconds.
       * @default no stickiness
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
      /** Omitted parts are kept from the request; `#{host}`, `#{path}`, `#{query}` and `#{port}` refer to them. */
      readonly kind: 'redirect';
      readonly statusCode: 301 | 302;
      readonly host?: string;
      readonly path?: string;
      readonly query?: string;
    };

type ActionOf<K extends RuleAction['kind']> = Extract<RuleAction, { readonly kind: K }>;

const RULE_ACTION: Shape<RuleAction> = union<RuleAction, 'kind'>('kind', {
  forward: object<ActionOf<'forward'>>({
    kind: oneOf('forward'),
    weights: record(number),
    stickySeconds: optional(integer),
  }),
  'fixed-response': object<ActionOf<'fixed-response'>>({
    kind: oneOf('fixed-response'),
    statusCode: integer,
    contentType: optional(oneOf('text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json')),
    body: optional(anyText),
  }),
  redirect: object<ActionOf<'redirect'>>({
    kind: oneOf('redirect'),
    statusCode: oneOf(301, 302),
    host: optional(text()),
    path: optional(text()),
    query: optional(anyText),
  }),
});

const TEXTS = list(text());

export const LISTENER_RULE = object<ListenerRule>({
  key: literal(text()),
  priority: integer,
  hosts: optional(TEXTS),
  paths: optional(TEXTS),
  headers: optional(record(TEXTS)),
  methods: optional(TEXTS),
  query: optional(
    list(object<{ readonly key?: string; readonly value: string }>({ key: optional(text()), value: text() })),
  ),
  sourceCidrs: optional(TEXTS),
  action: RULE_ACTION,
});

/** The highest priority that AWS allows: rules added by users come first. */
export const INGRESS_PRIORITY = 50_000;
/**
 * Sources: "Quotas for your Application Load Balancers",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html, and CreateRule,
 * ForwardActionConfig and FixedResponseActionConfig,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html
 */
const MAX_CONDITION_VALUES = 5;
const MAX_WEIGHT = 999;
export const MAX_TARGET_GROUPS = 5;
const MAX_STICKY_SECONDS = 604_800;
const MAX_BODY = 1024;

/** Forwards the given hosts to the ingress. */
export function ingressRule(hosts: readonly string[], targetGroup: string): ListenerRule {
  return {
    key: 'ingress',
    priority: INGRESS_PRIORITY,
    hosts,
    action: { kind: 'forward', weights: { [targetGroup]: 1 } },
  };
}

/** The fewest host patterns that cover all names: a name below a listed wildcard needs no separate pattern. */
export function hostsOf(domainNames: readonly string[]): readonly string[] {
  const distinct = [...new Set(domainNames)];
  return distinct.filter((name) => isWildcard(name) || !covers(distinct.filter(isWildcard), name));
}

export interface RuleContext {
  readonly certificateNames: readonly string[];
  readonly targetGroupKeys: readonly string[];
}

export function ruleProblems(rules: readonly ListenerRule[], context: RuleContext): readonly Problem[] {
  return [
    ...repetitions(rules, ({ key }) => key).map(({ second }) => `two rules have the key '${second.key}': change one`),
    ...repetitions(rules, ({ priority }) => priority).map(
      ({ first, second }) =>
        `rules '${first.key}' and '${second.key}' both have priority ${second.priority}: change one`,
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
  const values = conditionValueCount(rule);
  const uncovered = (rule.hosts ?? []).filter((host) => !covers(certificateNames, host));
  const badPaths = (rule.paths ?? []).filter((path) => !Token.isUnresolved(path) && !/^[/*]/.test(path));
  return [
    ...(wholeNumber(rule.priority, 1, INGRESS_PRIORITY)
      ? []
      : [`has priority ${rule.priority}: it must be a whole number from 1 to ${INGRESS_PRIORITY - 1}`]),
    ...emptyConditions(rule).map(
      (name) =>
        `has no ${name}: list at least one, or ${values === 0 ? 'set another condition in its place' : 'omit it'}`,
    ),
    ...(values === 0 && emptyConditions(rule).length === 0
      ? ['has no condition: set hosts, paths or another condition']
      : []),
    ...(values > MAX_CONDITION_VALUES
      ? [
          `has ${values} condition values, AWS allows at most ${MAX_CONDITION_VALUES} per rule: ${rule.priority === INGRESS_PRIORITY ? 'set hosts to fewer, such as a wildcard, and add rules that forward the others' : 'split it into several rules'}`,
        ]
      : []),
    ...uncovered.map(
      (host) =>
        `has the host ${host}, which no certificate covers (${certificateNames.join(', ')}; a wildcard covers one label): add a certificate for it`,
    ),
    ...badPaths.map((path) => `has the path '${path}': it must start with '/'`),
    ...conditionFormProblems(rule),
  ];
}

/** Conditions without a value would match every request, or none. */
function emptyConditions(rule: ListenerRule): readonly string[] {
  const { hosts, paths, methods, query, sourceCidrs, headers = {} } = rule;
  const lists = {
    hosts,
    paths,
    methods,
    query,
    sourceCidrs,
    ...Object.fromEntries(Object.entries(headers).map(([name, values]) => [`headers.${name}`, values])),
  };
  return Object.entries(lists).flatMap(([name, values]) => (values?.length === 0 ? [name] : []));
}

function conditionValueCount(rule: ListenerRule): number {
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
          : [`has statusCode ${statusCode}, which AWS does not allow here: use 2xx, 4xx or 5xx`]),
        ...(!Token.isUnresolved(body) && body.length > MAX_BODY
          ? [`has a body of ${body.length} characters, AWS allows at most ${MAX_BODY}: shorten it`]
          : []),
      ];
    }
    case 'redirect':
      return redirectProblems(action);
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
      .map(([key]) => `forwards to unknown target group '${key}': use one of ${targetGroupKeys.join(', ')}`),
    ...entries
      .filter(([, weight]) => !wholeNumber(weight, 0, MAX_WEIGHT))
      .map(([key, weight]) => `has weight ${weight} for '${key}': it must be a whole number from 0 to ${MAX_WEIGHT}`),
    ...(entries.some(([, weight]) => weight !== 0) ? [] : ['forwards to no target group: set a weight above 0']),
    ...(entries.length > MAX_TARGET_GROUPS
      ? [
          `forwards to ${entries.length} target groups (${entries.map(([key]) => `'${key}'`).join(', ')}), AWS allows at most ${MAX_TARGET_GROUPS}: remove ${entries.length - MAX_TARGET_GROUPS} from weights`,
        ]
      : []),
    ...(stickySeconds === undefined || wholeNumber(stickySeconds, 1, MAX_STICKY_SECONDS)
      ? []
      : [`has stickySeconds ${stickySeconds}: it must be a whole number from 1 to ${MAX_STICKY_SECONDS}`]),
  ];
}

function wholeNumber(value: number, min: number, max: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max);
}
