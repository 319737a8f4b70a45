import type { LbListenerRuleAction, LbListenerRuleCondition } from '@cdktf/provider-aws/lib/lb-listener-rule';
import type { ListenerRule, RuleAction } from './listener-rule';

/** A rule's conditions as Terraform blocks. */
export function conditionBlocks(rule: Omit<ListenerRule, 'key' | 'priority' | 'action'>): LbListenerRuleCondition[] {
  return [
    ...oneOf(rule.hosts, (values) => ({ hostHeader: { values } })),
    ...oneOf(rule.paths, (values) => ({ pathPattern: { values } })),
    ...oneOf(rule.methods, (values) => ({ httpRequestMethod: { values } })),
    ...oneOf(rule.sourceCidrs, (values) => ({ sourceIp: { values } })),
    ...oneOf(rule.query, (queryString) => ({ queryString })),
    ...Object.entries(rule.headers ?? {}).flatMap(([httpHeaderName, header]) =>
      oneOf(header, (values) => ({ httpHeader: { httpHeaderName, values } })),
    ),
  ];
}

/** A rule's action as a Terraform block. */
export function actionBlock(action: RuleAction, arnOf: (targetGroup: string) => string): LbListenerRuleAction {
  switch (action.kind) {
    case 'forward':
      return forwardBlock(action, arnOf);
    case 'fixed-response':
      return {
        type: 'fixed-response',
        fixedResponse: {
          statusCode: String(action.statusCode),
          contentType: action.contentType ?? 'text/plain',
          messageBody: action.body,
        },
      };
    case 'redirect': {
      const { host, path, query, statusCode } = action;
      return { type: 'redirect', redirect: { host, path, query, statusCode: `HTTP_${statusCode}` } };
    }
  }
}

function forwardBlock(
  { weights, stickySeconds }: RuleAction & { readonly kind: 'forward' },
  arnOf: (targetGroup: string) => string,
): LbListenerRuleAction {
  const keys = Object.keys(weights).sort();
  if (keys.length === 1) return { type: 'forward', targetGroupArn: arnOf(keys[0]!) };
  return {
    type: 'forward',
    forward: {
      targetGroup: keys.map((key) => ({ arn: arnOf(key), weight: weights[key] })),
      stickiness: stickySeconds === undefined ? undefined : { enabled: true, duration: stickySeconds },
    },
  };
}

function oneOf<T>(
  values: readonly T[] | undefined,
  block: (values: T[]) => LbListenerRuleCondition,
): LbListenerRuleCondition[] {
  return values === undefined || values.length === 0 ? [] : [block([...values])];
}
