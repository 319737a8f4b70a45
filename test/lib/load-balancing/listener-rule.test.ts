import * as fc from 'fast-check';
import { hostsOf, ruleProblems, type ListenerRule } from '../../../lib/load-balancing/listener-rule';
import { problemsOf, props, synthesized } from './fixtures';

const forward = { kind: 'forward', weights: { ingress: 1 } } as const;
const base: ListenerRule = { key: 'shop', priority: 10, hosts: ['shop.example.com'], action: forward };

function ruleWith(changes: Partial<ListenerRule>): Parameters<typeof synthesized>[0] {
  return { targetGroups: [{ key: 'ingress' }, { key: 'canary', nodePort: 30090 }], rules: [{ ...base, ...changes }] };
}

test('the hosts of the certificates are forwarded to the ingress, after every other rule', () => {
  const { attributes } = synthesized().getResource('aws_lb_listener_rule', 'lb/rule-ingress');
  expect(attributes).toMatchObject({
    priority: 50000,
    condition: [{ host_header: { values: ['example.com', '*.example.com'] } }],
    action: [{ type: 'forward', target_group_arn: expect.stringContaining('target-group-ingress') }],
  });
});

test.each<{ changes: Partial<ListenerRule>; conditions: object[] }>([
  { changes: {}, conditions: [{ host_header: { values: ['shop.example.com'] } }] },
  {
    changes: { hosts: undefined, paths: ['/a/*'], methods: ['GET'], sourceCidrs: ['192.0.2.0/24'] },
    conditions: [
      { path_pattern: { values: ['/a/*'] } },
      { http_request_method: { values: ['GET'] } },
      { source_ip: { values: ['192.0.2.0/24'] } },
    ],
  },
  {
    changes: {
      hosts: undefined,
      query: [{ key: 'beta', value: '1' }, { value: 'any' }],
      headers: { 'X-Beta': ['yes'] },
    },
    conditions: [
      { query_string: [{ key: 'beta', value: '1' }, { value: 'any' }] },
      { http_header: { http_header_name: 'X-Beta', values: ['yes'] } },
    ],
  },
])('$changes become conditions', ({ changes, conditions }) => {
  expect(
    synthesized(ruleWith(changes)).getResource('aws_lb_listener_rule', 'lb/rule-shop').attributes['condition'],
  ).toEqual(conditions);
});

test.each<{ action: ListenerRule['action']; block: object }>([
  { action: forward, block: { type: 'forward', target_group_arn: expect.stringContaining('group-ingress') } },
  {
    action: { kind: 'forward', weights: { ingress: 95, canary: 5 }, stickySeconds: 600 },
    block: {
      type: 'forward',
      forward: {
        target_group: [
          { arn: expect.stringContaining('group-canary'), weight: 5 },
          { arn: expect.stringContaining('group-ingress'), weight: 95 },
        ],
        stickiness: { enabled: true, duration: 600 },
      },
    },
  },
  {
    action: { kind: 'fixed-response', statusCode: 503, body: 'Back soon' },
    block: {
      type: 'fixed-response',
      fixed_response: { status_code: '503', content_type: 'text/plain', message_body: 'Back soon' },
    },
  },
  {
    action: { kind: 'redirect', statusCode: 301, host: 'example.com' },
    block: { type: 'redirect', redirect: { host: 'example.com', status_code: 'HTTP_301' } },
  },
])('$action.kind becomes an action block', ({ action, block }) => {
  expect(
    synthesized(ruleWith({ action })).getResource('aws_lb_listener_rule', 'lb/rule-shop').attributes['action'],
  ).toEqual([block]);
});

test('adding a rule changes no other', () => {
  const attributes = (rules: readonly ListenerRule[]) =>
    synthesized({ rules }).getResource('aws_lb_listener_rule', 'lb/rule-shop');
  const other: ListenerRule = { ...base, key: 'other', priority: 5, hosts: ['other.example.com'] };
  expect(attributes([other, base])).toEqual(attributes([base]));
});

test.each([
  { names: ['example.com', '*.example.com', 'www.example.com'], hosts: ['example.com', '*.example.com'] },
  { names: ['a.example.com', 'a.example.com', 'b.example.com'], hosts: ['a.example.com', 'b.example.com'] },
  { names: ['*.example.com', 'a.b.example.com'], hosts: ['*.example.com', 'a.b.example.com'] },
])('$names need the host patterns $hosts', ({ names, hosts }) => {
  expect(hostsOf(names)).toEqual(hosts);
});

const uncovered = (host: string) =>
  `rule 'shop' has the host ${host}, which no certificate covers (example.com, *.example.com; a wildcard covers one label): add a certificate for it`;

test.each<{ rules: readonly ListenerRule[]; problems: string[] }>([
  {
    rules: [base, { ...base, key: 'other' }, { ...base, key: 'last', priority: 50_000 }],
    problems: [
      "rules 'shop' and 'other' both have priority 10: change one",
      "rules 'last' and 'ingress' both have priority 50000: change one",
    ],
  },
  { rules: [base, { ...base, priority: 11 }], problems: ["two rules have the key 'shop': change one"] },
  {
    rules: [{ ...base, priority: 0 }],
    problems: ["rule 'shop' has priority 0: it must be a whole number from 1 to 49999"],
  },
  {
    rules: [{ ...base, hosts: undefined }],
    problems: ["rule 'shop' has no condition: set hosts, paths or another condition"],
  },
  {
    rules: [{ ...base, paths: ['/a', '/b', '/c'], headers: { Accept: ['x', 'y'] } }],
    problems: ["rule 'shop' has 6 condition values, AWS allows at most 5 per rule: split it into several rules"],
  },
  {
    rules: [{ ...base, hosts: ['eu.shop.example.com', 'example.org', 'shop-?.example.com'] }],
    problems: [uncovered('eu.shop.example.com'), uncovered('example.org')],
  },
  { rules: [{ ...base, paths: ['beta'] }], problems: ["rule 'shop' has the path 'beta': it must start with '/'"] },
  {
    rules: [{ ...base, action: { kind: 'forward', weights: { stable: 1, ingress: 1000 }, stickySeconds: 0 } }],
    problems: [
      "rule 'shop' forwards to unknown target group 'stable': use one of ingress",
      "rule 'shop' has weight 1000 for 'ingress': it must be a whole number from 0 to 999",
      "rule 'shop' has stickySeconds 0: it must be a whole number from 1 to 604800",
    ],
  },
  {
    rules: [{ ...base, action: { kind: 'forward', weights: { ingress: 0 } } }],
    problems: ["rule 'shop' forwards to no target group: set a weight above 0"],
  },
  {
    rules: [{ ...base, action: { kind: 'fixed-response', statusCode: 302, body: 'x'.repeat(1025) } }],
    problems: [
      "rule 'shop' has statusCode 302, which AWS does not allow here: use 2xx, 4xx or 5xx",
      "rule 'shop' has a body of 1025 characters, AWS allows at most 1024: shorten it",
    ],
  },
  {
    rules: [{ ...base, action: { kind: 'redirect', statusCode: 301 } }],
    problems: ["rule 'shop' redirects to the same URL, whatever its query: set host or path to another one"],
  },
  {
    rules: [
      {
        ...base,
        action: { kind: 'redirect', statusCode: 301, host: 'https://example.com', path: 'docs', query: '?a=b' },
      },
    ],
    problems: [
      "rule 'shop' redirects to the host 'https://example.com': write a name such as www.example.com, without https:// and without a path",
      "rule 'shop' redirects to the path 'docs': it must start with '/', as in '/docs'",
      "rule 'shop' redirects to the query '?a=b': omit the '?', which AWS adds",
    ],
  },
])('rejects: $problems', ({ rules, problems }) => {
  expect(problemsOf({ rules })).toEqual(problems);
});

test('five condition values are allowed', () => {
  const paths = ['/a', '/b', '/c', '/d'];
  expect(synthesized(ruleWith({ paths })).ofType('aws_lb_listener_rule')).toHaveLength(2);
});

test('a certificate with too many names requires rules', () => {
  const domainNames = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.example.com`);
  expect(problemsOf({ certificates: [{ certificateArn: 'arn:many', domainNames }] })).toEqual([
    "rule 'ingress' has 6 condition values, AWS allows at most 5 per rule: set hosts to fewer, such as a wildcard, and add rules that forward the others",
  ]);
  const hosts = domainNames.slice(0, 5);
  const rules = [{ ...base, hosts: domainNames.slice(5) }];
  const certificates = [{ certificateArn: 'arn:many', domainNames }];
  expect(synthesized({ certificates, hosts, rules }).ofType('aws_lb_listener_rule')).toHaveLength(2);
});

test('every duplicate is reported once, in any order', () => {
  const context = { certificateNames: props.certificates[0]!.domainNames, targetGroupKeys: ['ingress'] };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 }), (priorities) => {
      const rules = priorities.map((priority, index) => ({ ...base, key: `rule-${index}`, priority }));
      expect(ruleProblems(rules, context)).toHaveLength(priorities.length - new Set(priorities).size);
    }),
  );
});
