import { Token } from 'cdktf';
import type { ListenerRule } from '../../../lib/load-balancing/listener-rule';
import { conditionFormProblems } from '../../../lib/load-balancing/listener-rule-conditions';
import { problemsOf, synthesized } from './fixtures';

type Conditions = Omit<ListenerRule, 'key' | 'priority' | 'action'>;

const rule = (conditions: Conditions): ListenerRule => ({
  key: 'shop',
  priority: 10,
  action: { kind: 'fixed-response', statusCode: 404 },
  ...conditions,
});

test.each<Conditions>([
  { methods: ['GET', 'M-SEARCH'] },
  { headers: { 'X-Beta': ['*'], 'User-Agent': ['*curl*'] } },
  { sourceCidrs: ['192.0.2.0/24', '2001:db8::/32'] },
  { hosts: ['*.example.com'], paths: ['/*a*', '/?b*'] },
  { paths: [`/${'x'.repeat(127)}`], query: [{ key: 'a', value: 'b' }, { value: '*' }] },
  { methods: [Token.asString({ resolve: () => 'get' })], sourceCidrs: [Token.asString({ resolve: () => 'x' })] },
])('%j', (conditions) => {
  expect(conditionFormProblems(rule(conditions))).toEqual([]);
});

test.each<{ conditions: Conditions; problem: string; remedy?: Conditions }>([
  {
    conditions: { methods: ['get'] },
    problem: "has the method 'get', which no request has: use 'GET'",
    remedy: { methods: ['GET'] },
  },
  {
    conditions: { methods: ['*'] },
    problem: "has the method '*': use one such as GET, without wildcards",
    remedy: { methods: ['GET'] },
  },
  {
    conditions: { hosts: ['*.example.com'], paths: ['/*a*', '/?b*', '/c?'] },
    problem: 'has 6 wildcards, AWS allows at most 5 per rule: split it into several rules',
  },
  {
    conditions: { paths: ['/a b'] },
    problem: "has the path '/a b', which no request has: use * for a space",
    remedy: { paths: ['/a*b'] },
  },
  {
    conditions: { headers: { Host: ['shop.example.com'] } },
    problem: "has the header 'Host', which AWS does not allow here: use hosts",
    remedy: { hosts: ['shop.example.com'] },
  },
  {
    conditions: { headers: { 'X Beta': ['1'] } },
    problem: "has the header 'X Beta': use a name of 1 to 40 letters, digits and hyphens",
    remedy: { headers: { 'X-Beta': ['1'] } },
  },
  {
    conditions: { sourceCidrs: ['192.0.2.1/24'] },
    problem: "has sourceCidrs: '192.0.2.1/24' has host bits set: use 192.0.2.0/24",
    remedy: { sourceCidrs: ['192.0.2.0/24'] },
  },
  {
    conditions: { sourceCidrs: ['2001:db8::1'] },
    problem: "has sourceCidrs: '2001:db8::1' is not a valid IPv6 CIDR: use one such as 2001:db8::/32",
    remedy: { sourceCidrs: ['2001:db8::/32'] },
  },
  {
    conditions: { paths: [`/${'x'.repeat(128)}`] },
    problem: 'has a path of 129 characters, AWS allows at most 128: use a wildcard',
    remedy: { paths: [`/${'x'.repeat(100)}*`] },
  },
  {
    conditions: { query: [{ key: 'k'.repeat(129), value: 'v' }] },
    problem: 'has a query of 129 characters, AWS allows at most 128: use a wildcard',
  },
])('$problem', ({ conditions, problem, remedy = {} }) => {
  expect(problemsOf({ rules: [rule(conditions)] })).toEqual([`rule 'shop' ${problem}`]);
  expect(conditionFormProblems(rule(remedy))).toEqual([]);
});

test.each<{ what: string; conditions: Conditions; empty: string }>([
  { what: 'hosts', conditions: { hosts: [], paths: ['/admin'] }, empty: 'hosts' },
  { what: 'methods', conditions: { methods: [], paths: ['/admin'] }, empty: 'methods' },
  { what: 'networks', conditions: { sourceCidrs: [], paths: ['/admin'] }, empty: 'sourceCidrs' },
  { what: 'values of a header', conditions: { headers: { 'X-Beta': [] }, paths: ['/admin'] }, empty: 'headers.X-Beta' },
])('no $what is not all of them', ({ conditions, empty }) => {
  expect(problemsOf({ rules: [rule(conditions)] })).toEqual([
    `rule 'shop' has no ${empty}: list at least one, or omit it`,
  ]);
});

test('conditions and redirects are literal text; placeholders of AWS are kept', () => {
  const stack = synthesized({
    rules: [
      {
        ...rule({ headers: { 'X-Template': ['${beta}'] }, query: [{ key: '%{if}', value: '${x}' }] }),
        action: { kind: 'redirect', statusCode: 302, host: '#{host}', path: '/${locale}/#{path}', query: '#{query}' },
      },
    ],
  });
  const { attributes } = stack.getResource('aws_lb_listener_rule', 'lb/rule-shop');
  expect(attributes).toMatchObject({
    condition: [
      { query_string: [{ key: '%%{if}', value: '$${x}' }] },
      { http_header: { http_header_name: 'X-Template', values: ['$${beta}'] } },
    ],
    action: [{ redirect: { host: '#{host}', path: '/$${locale}/#{path}', query: '#{query}' } }],
  });
});

test('numbers that are known after apply are not compared with ranges', () => {
  const number = Token.asNumber({ resolve: () => 20 });
  const stack = synthesized({
    rules: [
      { ...rule({ paths: ['/soon'] }), priority: number, action: { kind: 'fixed-response', statusCode: number } },
    ],
  });
  expect(stack.getResource('aws_lb_listener_rule', 'lb/rule-shop').attributes['priority']).toBe(20);
});
