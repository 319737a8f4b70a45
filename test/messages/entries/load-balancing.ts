import { Fn } from 'cdktf';
import { AccessLogBucket, type AccessLogBucketProps } from '../../../lib/load-balancing/access-logs';
import {
  ApplicationLoadBalancer,
  type ApplicationLoadBalancerProps,
} from '../../../lib/load-balancing/application-load-balancer';
import type { ListenerRule, RuleAction } from '../../../lib/load-balancing/listener-rule';
import { trafficContract, type TrafficContract } from '../../../lib/load-balancing/traffic-contract';
import { trafficProblems } from '../../../lib/load-balancing/traffic-problems';
import { WebAcl, type WebAclProps } from '../../../lib/load-balancing/web-acl';
import { existingVpc } from '../../support/cluster';
import { group, inStack, returned, type Group } from '../try';

const KNOWN_AFTER_APPLY = 'the value is known after apply';
const NUMBER = 'it has the number of values';
const TOO_LONG = 'its value is too long for a message';

type Props = Partial<ApplicationLoadBalancerProps>;

const certificate = (id: string, ...domainNames: readonly string[]) => ({
  certificateArn: `arn:aws:acm:eu-west-1:123456789012:certificate/${id}`,
  domainNames,
});
const ONE = certificate('one', 'example.com', '*.example.com');
const BUCKET = { bucketName: 'logs', encryption: 's3', region: 'eu-west-1' } as const;
const logs = (bucket: { readonly encryption: 's3' | 'kms'; readonly region: string }): Props => ({
  logs: { kind: 'bucket', bucket: { ...BUCKET, ...bucket } },
});
const traffic = (props: Partial<TrafficContract>): Props => ({ traffic: trafficContract(props) });

const VPC = existingVpc(['eu-west-1a', 'eu-west-1b'], ['public', 'private', 'intra']);
const SECOND_SUBNET = { subnetId: 'subnet-second', zone: 'eu-west-1a', cidr: '10.20.2.0/24' };
const webAclArn = (account: string) =>
  `arn:aws:wafv2:eu-west-1:${account}:regional/webacl/shop/12345678-1234-1234-1234-123456789012`;
const targetGroups = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `group-${index}` }));
const counting = (...countedRules: readonly string[]) => ({ name: 'AWSManagedRulesCommonRuleSet', countedRules });

const GROUPS_OF_SIX = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => ({ key }));
const weights = (keys: readonly { readonly key: string }[], weight = 1) =>
  Object.fromEntries(keys.map(({ key }) => [key, weight]));

const rule = (props: Partial<ListenerRule>): Props => ({
  targetGroups: GROUPS_OF_SIX,
  rules: [
    {
      key: 'canary',
      priority: 10,
      paths: ['/api/*'],
      action: { kind: 'forward', weights: { a: 1 } },
      ...props,
    },
  ],
});
const redirect = (to: Omit<Extract<RuleAction, { readonly kind: 'redirect' }>, 'kind' | 'statusCode'>): Props =>
  rule({ action: { kind: 'redirect', statusCode: 301, ...to } });
const action = (one: RuleAction): Props => rule({ action: one });
const forward = (byKey: Readonly<Record<string, number>>, stickySeconds?: number): Props =>
  action({ kind: 'forward', weights: byKey, ...(stickySeconds !== undefined && { stickySeconds }) });

const REGULAR: ListenerRule = {
  key: 'other',
  priority: 20,
  paths: ['/other'],
  action: { kind: 'fixed-response', statusCode: 410 },
};

export const GROUPS: readonly Group[] = [
  group(
    returned((props: Partial<TrafficContract>) => trafficProblems({ ...trafficContract({}), ...props })),
    {
      'acceptGraceSeconds ({}) must be at least {}, healthCheckIntervalSeconds x unhealthyThreshold + healthCheckTimeoutSeconds: the load balancer sends requests until it has seen the health checks fail':
        { wrong: { acceptGraceSeconds: 11 }, right: {} },
      'deregistrationDelaySeconds ({}) must be less than acceptGraceSeconds ({}): the ingress would stop accepting requests that the load balancer still sends':
        { wrong: { deregistrationDelaySeconds: 3000 }, right: {} },
      'healthCheckTimeoutSeconds ({}) must be less than healthCheckIntervalSeconds ({})': {
        wrong: { healthCheckTimeoutSeconds: 90 },
        right: {},
      },
      'ingressIdleSeconds ({}) must be more than loadBalancerIdleSeconds ({}): the load balancer would reuse connections that the ingress is closing':
        { wrong: { ingressIdleSeconds: 2 }, right: {} },
      'minReadySeconds ({}) must be at least {}, healthCheckIntervalSeconds x healthyThreshold + healthCheckTimeoutSeconds: the next pod would be replaced before the load balancer uses this one':
        { wrong: { minReadySeconds: 1 }, right: {} },
      'terminationGraceSeconds ({}) must be more than acceptGraceSeconds + drainSeconds ({}): the ingress would be killed with requests in flight':
        { wrong: { terminationGraceSeconds: 30 }, right: {} },
      "healthCheckPath '{}' has white space: write %20 for a space": {
        wrong: { healthCheckPath: '/the ping' },
        right: { healthCheckPath: '/the%20ping' },
      },
      'healthCheckPath has {} characters, AWS allows at most {}: use a shorter one': {
        wrong: { healthCheckPath: `/${'a'.repeat(1024)}` },
        right: { healthCheckPath: `/${'a'.repeat(1023)}` },
        unnamed: TOO_LONG,
      },
      "healthCheckPath must start with '/', got '{}'": {
        wrong: { healthCheckPath: 'ping' },
        right: { healthCheckPath: '/ping' },
      },
      '{} must be a whole number {}, got {}': { wrong: { httpNodePort: 80 }, right: { httpNodePort: 30100 } },
      '{} has {} twice: remove one': {
        wrong: { additionalNodePorts: { http: [30100, 30100] } },
        right: { additionalNodePorts: { http: [30100] } },
      },
      '{} and {} are both {}: use separate ports': {
        wrong: { httpNodePort: 30081, healthCheckNodePort: 30081 },
        right: { httpNodePort: 30080, healthCheckNodePort: 30081 },
      },
      "trustedCidrs has {}: anyone could spoof X-Forwarded-For; list the load balancer's subnets": {
        wrong: { trustedCidrs: ['0.0.0.0/0'] },
        right: { trustedCidrs: ['10.20.0.0/24'] },
      },
    },
  ),
  group(
    inStack((stack, props: Props) => {
      const { rules, targetGroups, ...rest } = props;
      new ApplicationLoadBalancer(stack, 'balancer', {
        name: 'shop',
        vpc: VPC,
        certificates: [ONE],
        targetSecurityGroupId: 'sg-targets',
        targets: [{ key: 'apps', autoScalingGroupName: 'shop-apps' }],
        logs: { kind: 'off', reason: 'nobody reads them here' },
        ...(targetGroups && { targetGroups }),
        ...(rules && { rules }),
        ...rest,
      });
    }),
    {
      "name '{}' must consist of letters, digits and inner hyphens, and must not start with 'internal-'": {
        wrong: { name: 'internal-shop' },
        right: { name: 'shop-internal' },
      },
      '{} has subnets in {} ({}): use a VPC that has them in at least {} zones{}': {
        wrong: { vpc: existingVpc(['eu-west-1a'], ['public', 'private', 'intra']) },
        right: { vpc: VPC },
      },
      "traffic.trustedCidrs ({}) lacks the load balancer's subnet {}: the ingress would see the load balancer as the client; add it":
        {
          wrong: traffic({ trustedCidrs: ['10.20.0.0/24'] }),
          right: traffic({ trustedCidrs: ['10.20.0.0/24', '10.20.1.0/24'] }),
        },
      'certificates is empty: list at least one, which HTTPS requires': {
        wrong: { certificates: [] },
        right: { certificates: [ONE] },
      },
      'certificates has {} without domainNames: list the names that it covers': {
        wrong: { certificates: [ONE, certificate('two')] },
        right: { certificates: [ONE, certificate('two', 'example.net')] },
      },
      "certificates has two with the key '{}': remove one, or set another key": {
        wrong: { certificates: [ONE, certificate('two', 'example.com', '*.example.com')] },
        right: { certificates: [ONE, { ...certificate('two', 'example.com', '*.example.com'), key: 'successor' }] },
      },
      "certificates '{}' and '{}' are the same certificate: remove one": {
        wrong: { certificates: [ONE, { ...ONE, key: 'again' }] },
        right: { certificates: [ONE] },
      },

      'clientCidrs has {} twice: remove one': {
        wrong: { clientCidrs: ['192.0.2.0/24', '192.0.2.0/24'] },
        right: { clientCidrs: ['192.0.2.0/24'] },
      },
      'clientCidrs has a CIDR block known only after apply: use a literal, it is part of a construct id': {
        wrong: { clientCidrs: [Fn.join('/', ['192.0.2.0', '24'])] },
        right: { clientCidrs: ['192.0.2.0/24'] },
        unnamed: KNOWN_AFTER_APPLY,
      },
      "targets has the key '{}' twice: change one": {
        wrong: {
          targets: [
            { key: 'apps', autoScalingGroupName: 'a' },
            { key: 'apps', autoScalingGroupName: 'b' },
          ],
        },
        right: {
          targets: [
            { key: 'apps', autoScalingGroupName: 'a' },
            { key: 'edge', autoScalingGroupName: 'b' },
          ],
        },
      },
      'targetGroups is empty: omit it for the ingress only': { wrong: { targetGroups: [] }, right: {} },
      "targetGroups has the key '{}' twice: change one": {
        wrong: { targetGroups: [{ key: 'stable' }, { key: 'stable' }] },
        right: { targetGroups: [{ key: 'stable' }, { key: 'canary' }] },
      },
      "target group '{}' must have a key of letters, digits and inner hyphens": {
        wrong: { targetGroups: [{ key: 'the stable' }] },
        right: { targetGroups: [{ key: 'stable' }] },
      },
      "target group '{}' has slowStartSeconds {}: it must be a whole number from {}": {
        wrong: { targetGroups: [{ key: 'stable', slowStartSeconds: 10 }] },
        right: { targetGroups: [{ key: 'stable', slowStartSeconds: 30 }] },
      },
      "target group '{}' has {} {}: it must be a whole number from {}": {
        wrong: { targetGroups: [{ key: 'stable', nodePort: 80 }] },
        right: { targetGroups: [{ key: 'stable', nodePort: 30100 }] },
      },
      '{} has {} subnets in {} ({}), a load balancer allows one per zone: list one of them': {
        wrong: { vpc: { ...VPC, publicSubnets: [...VPC.publicSubnets, SECOND_SUBNET] } },
        right: { vpc: VPC },
      },
      "ipAddressType is 'dualstack', but the subnets of vpc have IPv4 addresses only: set the VPC's addressing to 'dual-stack', or ipAddressType to 'ipv4'":
        {
          wrong: { vpc: { ...VPC, addressing: 'ipv4' }, ipAddressType: 'dualstack' },
          right: { vpc: { ...VPC, addressing: 'dual-stack' }, ipAddressType: 'dualstack' },
        },
      "strictTransportSecurity '{}' has no effect: use the form max-age=31536000; includeSubDomains": {
        wrong: { strictTransportSecurity: '31536000' },
        right: { strictTransportSecurity: 'max-age=31536000; includeSubDomains' },
      },
      "{} {} in {}: it must be in the load balancer's region, {}; {} one there": {
        wrong: { certificates: [{ ...ONE, certificateArn: ONE.certificateArn.replace('eu-west-1', 'us-east-1') }] },
        right: { certificates: [ONE] },
      },
      "{} {} of account {}: it must be of the load balancer's account, {}; {} one there": {
        wrong: { webAcl: { webAclArn: webAclArn('210987654321') } },
        right: { webAcl: { webAclArn: webAclArn('123456789012') } },
      },
      '{} needs {} {}, AWS allows {} unless the quota is raised: {}': {
        wrong: { clientCidrs: Array.from({ length: 31 }, (_, index) => `203.0.${index}.0/24`) },
        right: { clientCidrs: ['203.0.0.0/19'] },
        unnamed: NUMBER,
      },
      "logs.records is empty: list at least one, omit it for 'access', or use { kind: 'off', reason }": {
        wrong: { logs: { kind: 'bucket', bucket: BUCKET, records: [] } },
        right: { logs: { kind: 'bucket', bucket: BUCKET } },
      },
      "clientCidrs has {}, but the load balancer has IPv4 addresses only: remove {}, or set ipAddressType: 'dualstack'":
        {
          wrong: { clientCidrs: ['192.0.2.0/24', '2001:db8::/32', '2001:db9::/32'] },
          right: { clientCidrs: ['192.0.2.0/24'] },
        },
      'clientCidrs is empty, so nobody could connect: list the networks of clients, or omit it for {}': {
        wrong: { clientCidrs: [] },
        right: {},
      },
      "target group '{}' has slowStartSeconds ({}) with {}: use algorithm 'round_robin', or omit slowStartSeconds": {
        wrong: { targetGroups: [{ key: 'stable', slowStartSeconds: 60, algorithm: 'least_outstanding_requests' }] },
        right: { targetGroups: [{ key: 'stable', slowStartSeconds: 60, algorithm: 'round_robin' }] },
      },
      'targetGroups has {} groups, AWS allows at most {} per load balancer: remove {}': {
        wrong: { targetGroups: targetGroups(101) },
        right: { targetGroups: targetGroups(100) },
        unnamed: NUMBER,
      },
      "logs go to {} in {}: the bucket must be in the load balancer's region, {}": {
        wrong: logs({ encryption: 's3', region: 'us-east-1' }),
        right: logs({ encryption: 's3', region: 'eu-west-1' }),
      },
      "logs go to {}, whose encryption is 'kms': load balancers write only to buckets with SSE-S3; use a separate bucket":
        {
          wrong: logs({ encryption: 'kms', region: 'eu-west-1' }),
          right: logs({ encryption: 's3', region: 'eu-west-1' }),
        },
      'logs.reason is required when logs are off': {
        wrong: { logs: { kind: 'off', reason: '' } },
        right: { logs: { kind: 'off', reason: 'nobody reads them here' } },
      },
      "rule '{}' forwards to {} target groups, with those of traffic.additionalNodePorts.http ({}), AWS allows at most {}: list fewer ports at a time":
        {
          wrong: {
            ...traffic({
              trustedCidrs: ['10.20.0.0/16'],
              additionalNodePorts: { http: [30100, 30101, 30102, 30103, 30104] },
            }),
            rules: [{ ...REGULAR, action: { kind: 'forward', weights: { ingress: 1 } } }],
          },
          right: {
            ...traffic({ trustedCidrs: ['10.20.0.0/16'], additionalNodePorts: { http: [30100] } }),
            rules: [{ ...REGULAR, action: { kind: 'forward', weights: { ingress: 1 } } }],
          },
        },
      "two rules have the key '{}': change one": {
        wrong: { rules: [REGULAR, { ...REGULAR, priority: 30 }] },
        right: { rules: [REGULAR, { ...REGULAR, key: 'another', priority: 30 }] },
      },
      "rules '{}' and '{}' both have priority {}: change one": {
        wrong: { rules: [REGULAR, { ...REGULAR, key: 'another' }] },
        right: { rules: [REGULAR, { ...REGULAR, key: 'another', priority: 30 }] },
      },
      'has priority {}: it must be a whole number from 1 to {}': {
        wrong: rule({ priority: 60_000 }),
        right: rule({ priority: 49_999 }),
      },

      'has the host {}, which no certificate covers ({}; a wildcard covers one label): add a certificate for it': {
        wrong: rule({ hosts: ['a.b.example.com'] }),
        right: rule({ hosts: ['b.example.com'] }),
      },
      'has no condition: set hosts, paths or another condition': {
        wrong: rule({ paths: undefined }),
        right: rule({ paths: ['/api/*'] }),
      },
      'has no {}: list at least one, or {}': {
        wrong: rule({ paths: [] }),
        right: rule({ paths: undefined, hosts: ['shop.example.com'] }),
      },
      'has {} condition values, AWS allows at most {} per rule: {}': {
        wrong: { rules: [{ ...REGULAR, paths: ['/a', '/b', '/c', '/d', '/e', '/f'] }] },
        right: {
          rules: [
            { ...REGULAR, paths: ['/a', '/b', '/c'] },
            { ...REGULAR, key: 'more', priority: 21, paths: ['/d', '/e', '/f'] },
          ],
        },
      },
      'has {} wildcards, AWS allows at most {} per rule: split it into several rules': {
        wrong: { rules: [{ ...REGULAR, paths: ['/a/*/b/*', '/c/*/d/*', '/e/*/f/*'] }] },
        right: {
          rules: [
            { ...REGULAR, paths: ['/a/*/b/*', '/c/*/d/*'] },
            { ...REGULAR, key: 'more', priority: 21, paths: ['/e/*/f/*'] },
          ],
        },
      },
      'has a {} of {} characters, AWS allows at most {}: use a wildcard': {
        wrong: rule({ paths: [`/${'a'.repeat(128)}`] }),
        right: rule({ paths: [`/${'a'.repeat(100)}*`] }),
        unnamed: TOO_LONG,
      },
      "has the path '{}', which no request has: use * for a space": {
        wrong: rule({ paths: ['/the shop'] }),
        right: rule({ paths: ['/the*shop'] }),
      },
      "has the method '{}', which no request has: use '{}'": {
        wrong: rule({ methods: ['get'] }),
        right: rule({ methods: ['GET'] }),
      },
      "has the method '{}': use one such as GET, without wildcards": {
        wrong: rule({ methods: ['*'] }),
        right: rule({ methods: ['GET'] }),
      },
      "has the header '{}': use a name of 1 to 40 letters, digits and hyphens": {
        wrong: rule({ headers: { 'x beta': ['yes'] } }),
        right: rule({ headers: { 'x-beta': ['yes'] } }),
      },
      "has the header '{}', which AWS does not allow here: use hosts": {
        wrong: rule({ headers: { Host: ['shop.example.com'] } }),
        right: rule({ hosts: ['shop.example.com'] }),
      },
      "has the path '{}': it must start with '/'": {
        wrong: rule({ paths: ['api/*'] }),
        right: rule({ paths: ['/api/*'] }),
      },
      'has a body of {} characters, AWS allows at most {}: shorten it': {
        wrong: action({ kind: 'fixed-response', statusCode: 200, body: 'a'.repeat(1025) }),
        right: action({ kind: 'fixed-response', statusCode: 200, body: 'a'.repeat(1024) }),
        unnamed: 'its value is too long for a message',
      },

      "forwards to unknown target group '{}': use one of {}": {
        wrong: forward({ z: 1 }),
        right: forward({ a: 1 }),
      },
      "has weight {} for '{}': it must be a whole number from 0 to {}": {
        wrong: forward({ a: 1000 }),
        right: forward({ a: 999 }),
      },
      'forwards to no target group: set a weight above 0': {
        wrong: forward({ a: 0 }),
        right: forward({ a: 1 }),
      },
      'forwards to {} target groups ({}), AWS allows at most {}: remove {} from weights': {
        wrong: forward(weights(GROUPS_OF_SIX)),
        right: forward(weights(GROUPS_OF_SIX.slice(1))),
      },
      'has statusCode {}, which AWS does not allow here: use 2xx, 4xx or 5xx': {
        wrong: action({ kind: 'fixed-response', statusCode: 302 }),
        right: action({ kind: 'fixed-response', statusCode: 404 }),
      },
      'redirects to a {} of {} characters, AWS allows at most {}: shorten it': {
        wrong: redirect({ path: `/${'a'.repeat(128)}` }),
        right: redirect({ path: `/${'a'.repeat(127)}` }),
        unnamed: TOO_LONG,
      },
      "redirects to the {} '{}' with #{{}}{}": {
        wrong: redirect({ path: '/#{paht}/old' }),
        right: redirect({ path: '/#{path}/old' }),
      },
      "redirects to the host '{}': write a name such as www.example.com, without https:// and without a path": {
        wrong: redirect({ host: 'https://www.example.com/shop' }),
        right: redirect({ host: 'www.example.com' }),
      },
      "redirects to the path '{}': it must start with '/', as in '/{}'": {
        wrong: redirect({ path: 'shop' }),
        right: redirect({ path: '/shop' }),
      },
      "redirects to the query '{}': omit the '?', which AWS adds": {
        wrong: redirect({ path: '/shop', query: '?from=old' }),
        right: redirect({ path: '/shop', query: 'from=old' }),
      },
      'redirects to the same URL, whatever its query: set host or path to another one': {
        wrong: redirect({ query: 'from=old' }),
        right: redirect({ query: 'from=old', path: '/shop' }),
      },
      'has stickySeconds {}: it must be a whole number from 1 to {}': {
        wrong: forward({ a: 1 }, 0),
        right: forward({ a: 1 }, 1),
      },
    },
  ),
  group(
    inStack((stack, props: Partial<AccessLogBucketProps>) => {
      new AccessLogBucket(stack, 'logs', { name: 'shop-logs', ...props });
    }),
    {
      "name '{}' must consist of 3 or more lowercase letters, digits and inner hyphens, without a prefix or suffix that S3 reserves":
        { wrong: { name: 'shop.logs' }, right: { name: 'shop-logs' } },
      'retentionDays must be a whole number of at least 1, got {}': {
        wrong: { retentionDays: 0 },
        right: { retentionDays: 1 },
      },
    },
  ),
  group(
    inStack((stack, props: Partial<WebAclProps>) => void new WebAcl(stack, 'acl', { name: 'shop', ...props })),
    {
      'managedRuleGroups has {} twice: remove one': {
        wrong: { managedRuleGroups: [{ name: 'AWSManagedRulesSQLiRuleSet' }, { name: 'AWSManagedRulesSQLiRuleSet' }] },
        right: { managedRuleGroups: [{ name: 'AWSManagedRulesSQLiRuleSet' }] },
      },
      "managedRuleGroups has '{}', and names of AWS's rule groups begin with {}: write {}{}, or set its vendor": {
        wrong: { managedRuleGroups: [{ name: 'CommonRuleSet' }] },
        right: { managedRuleGroups: [{ name: 'AWSManagedRulesCommonRuleSet' }] },
      },
      'managedRuleGroups is empty: list at least one, or set requestsPerFiveMinutes': {
        wrong: { managedRuleGroups: [] },
        right: { managedRuleGroups: [], requestsPerFiveMinutes: 2000 },
      },
      "managedRuleGroups has '{}', the name of the rule of requestsPerFiveMinutes: remove one of the two": {
        wrong: { managedRuleGroups: [{ name: 'rate-limit', vendor: 'Example' }], requestsPerFiveMinutes: 2000 },
        right: { managedRuleGroups: [], requestsPerFiveMinutes: 2000 },
      },
      'countedRules of {} has {} twice: remove one': {
        wrong: { managedRuleGroups: [counting('SizeRestrictions_BODY', 'SizeRestrictions_BODY')] },
        right: { managedRuleGroups: [counting('SizeRestrictions_BODY')] },
      },
      "name '{}' is not valid: use letters, digits, hyphens and underscores": {
        wrong: { name: 'the shop' },
        right: { name: 'the-shop' },
      },
      'requestsPerFiveMinutes must be a whole number from {} to {}, got {}': {
        wrong: { requestsPerFiveMinutes: 1 },
        right: { requestsPerFiveMinutes: 100 },
      },
    },
  ),
];
