import { bool, either, integer, list, object, oneOf, optional, text } from '../core/shape';
import type { ApplicationLoadBalancerProps } from '../load-balancing/application-load-balancer';
import { LISTENER_RULE } from '../load-balancing/listener-rule';
import type { LoadBalancerScheme } from '../load-balancing/load-balancer-subnets';
import { TRAFFIC_CONTRACT_PROPS, type TrafficContractProps } from '../load-balancing/traffic-contract';
import type { WebAclProps } from '../load-balancing/web-acl';
import { MANAGED_RULE_GROUP } from '../load-balancing/web-acl-rules';

export interface LoadBalancerSettings extends Pick<
  ApplicationLoadBalancerProps,
  'ipAddressType' | 'strictTransportSecurity' | 'rules'
> {
  /**
   * A change replaces the load balancer, which deletion protection blocks.
   * @default 'internet-facing', or 'internal' without public subnets
   */
  readonly scheme?: LoadBalancerScheme;
  /** Client networks. @default everyone, or the VPC if the scheme is internal */
  readonly clientCidrs?: readonly string[];
  /**
   * Filters requests with AWS managed rules, billed per month and per request: `true`, or which rules, a rate limit and
   * whether they block or only count.
   * @default false
   */
  readonly waf?: boolean | WafSettings;
  /** Overrides of the traffic contract's ports and timings; a port changes in three steps. @default none */
  readonly traffic?: TrafficContractProps;
}

/** Settings of the web application firewall. */
export type WafSettings = Pick<
  WebAclProps,
  'mode' | 'managedRuleGroups' | 'requestsPerFiveMinutes' | 'logRetentionDays'
>;

const WAF_SETTINGS = object<WafSettings>(
  {
    mode: optional(oneOf('block', 'count')),
    managedRuleGroups: optional(list(MANAGED_RULE_GROUP)),
    requestsPerFiveMinutes: optional(integer),
    logRetentionDays: optional(integer),
  },
  { expected: 'an object of settings' },
);

export const LOAD_BALANCER_SETTINGS = object<LoadBalancerSettings>(
  {
    scheme: optional(oneOf('internet-facing', 'internal')),
    clientCidrs: optional(list(text())),
    ipAddressType: optional(oneOf('ipv4', 'dualstack')),
    strictTransportSecurity: optional(text()),
    rules: optional(list(LISTENER_RULE)),
    waf: optional(either(bool, WAF_SETTINGS)),
    traffic: optional(TRAFFIC_CONTRACT_PROPS),
  },
  { renamed: { firewall: 'waf' } },
);
