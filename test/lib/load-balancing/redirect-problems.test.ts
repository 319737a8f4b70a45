import { Token } from 'cdktf';
import { redirectProblems } from '../../../lib/load-balancing/redirect-problems';
import { problemsOf, synthesized } from './fixtures';

type Redirect = Parameters<typeof redirectProblems>[0];

test.each<Redirect>([
  { host: 'example.com' },
  { host: 'www.#{host}', path: '/#{path}', query: '#{query}&from=old' },
  { path: '/new/#{path}', query: '' },
  { host: Token.asString({ resolve: () => 'https://x' }) },
])('%j', (redirect) => {
  expect(redirectProblems(redirect)).toEqual([]);
});

const SAME = 'redirects to the same URL, whatever its query: set host or path to another one';

test.each<{ redirect: Redirect; problems: readonly string[]; remedy: Redirect }>([
  { redirect: {}, problems: [SAME], remedy: { path: '/new' } },
  { redirect: { query: 'a=b' }, problems: [SAME], remedy: { path: '/new', query: 'a=b' } },
  { redirect: { host: '#{host}', path: '/#{path}' }, problems: [SAME], remedy: { host: 'example.com' } },
  {
    redirect: { path: 'new' },
    problems: ["redirects to the path 'new': it must start with '/', as in '/new'"],
    remedy: { path: '/new' },
  },
  {
    redirect: { host: 'https://example.com/new' },
    problems: [
      "redirects to the host 'https://example.com/new': write a name such as www.example.com, without https:// and without a path",
    ],
    remedy: { host: 'example.com', path: '/new' },
  },
  {
    redirect: { path: '/new', query: '?a=b' },
    problems: ["redirects to the query '?a=b': omit the '?', which AWS adds"],
    remedy: { path: '/new', query: 'a=b' },
  },
  {
    redirect: { path: `/${'x'.repeat(128)}` },
    problems: ['redirects to a path of 129 characters, AWS allows at most 128: shorten it'],
    remedy: { path: '/x' },
  },
  {
    redirect: { path: '/new/#{pth}' },
    problems: ["redirects to the path '/new/#{pth}' with #{pth}: did you mean 'path'?"],
    remedy: { path: '/new/#{path}' },
  },
  {
    redirect: { path: '/new?#{query}' },
    problems: ["redirects to the path '/new?#{query}' with #{query}: use #{host}, #{path}, #{port}, or remove it"],
    remedy: { path: '/new', query: '#{query}' },
  },
])('$problems', ({ redirect, problems, remedy }) => {
  const rules = (to: Redirect) => [
    {
      key: 'shop',
      priority: 10,
      paths: ['/old'],
      action: { kind: 'redirect' as const, statusCode: 301 as const, ...to },
    },
  ];
  expect(problemsOf({ rules: rules(redirect) })).toEqual(problems.map((problem) => `rule 'shop' ${problem}`));
  expect(synthesized({ rules: rules(remedy) }).ofType('aws_lb_listener_rule')).toHaveLength(2);
});
