import { Token } from 'cdktf';
import { dashboard, type DashboardProps } from '../../../../lib/addons/dashboard/dashboard';
import { ingress } from '../../../../lib/addons/ingress/ingress';
import type { AwsStack } from '../../../../lib/core/aws-stack';
import { describeAddOn } from '../../../support/add-on-contract';
import { install } from '../../../support/platform';
import { refusal, synthStack } from '../../../support/stack';

const OIDC: DashboardProps = {
  host: 'dashboard.example.com',
  login: {
    kind: 'oidc',
    issuerUrl: 'https://login.example.com',
    clientId: 'headlamp',
    clientSecret: { secret: 'headlamp-oidc', key: 'client-secret' },
  },
};

describeAddOn('dashboard', () => dashboard());
describeAddOn('dashboard with a host and OIDC', () => dashboard(OIDC), { requires: [ingress()] });

const synth = (props?: DashboardProps) =>
  synthStack((stack) => install(stack, [...(props?.host ? [ingress()] : []), dashboard(props)]));

const pod = (props?: DashboardProps) =>
  synth(props).getResource('kubernetes_deployment_v1').attributes['spec'].template.spec;

test('it has no permissions of its own', () => {
  const stack = synth();
  expect(stack.ofType('kubernetes_cluster_role_binding_v1')).toEqual([]);
  expect(stack.ofType('kubernetes_role_binding_v1')).toEqual([]);
  expect(pod().container[0].args.join(' ')).not.toContain('service-account-token');
});

test('it has space for the copy of the frontend that each start creates', () => {
  expect(pod().volume).toEqual([{ name: 'tmp', empty_dir: { size_limit: '256Mi' } }]);
  expect(pod().container[0].resources.limits['ephemeral-storage']).toBe('384Mi');
});

test('by default it is only reachable with port-forward', () => {
  const stack = synth();
  expect(stack.getResource('kubernetes_service_v1').attributes['spec'].type).toBe('ClusterIP');
  expect(stack.ofType('kubernetes_ingress_v1')).toEqual([]);
  const policies = stack.ofType('kubernetes_network_policy_v1').map(({ attributes }) => attributes['spec'].ingress);
  expect(policies).toEqual([[], []]);
});

test('host adds an Ingress', () => {
  const stack = synth({ host: 'dashboard.example.com' });
  const service = stack.ofType('kubernetes_service_v1').find(({ path }) => path.startsWith('dashboard/'))!;
  expect(stack.getResource('kubernetes_ingress_v1', 'headlamp/ingress').attributes['spec']).toEqual({
    ingress_class_name: 'traefik',
    rule: [
      {
        host: 'dashboard.example.com',
        http: {
          path: [
            {
              path: '/',
              path_type: 'Prefix',
              backend: { service: { name: `\${${service.address}.metadata[0].name}`, port: { name: 'http' } } },
            },
          ],
        },
      },
    ],
  });
});

test('the OIDC client secret is read from a Secret', () => {
  const { args, env } = pod(OIDC).container[0];
  expect(args).toContain('-oidc-callback-url=https://dashboard.example.com/oidc-callback');
  expect(args).toContain('-oidc-scopes=profile,email');
  expect(env).toEqual([
    {
      name: 'HEADLAMP_CONFIG_OIDC_CLIENT_SECRET',
      value_from: { secret_key_ref: { name: 'headlamp-oidc', key: 'client-secret', optional: false } },
    },
  ]);
});

test.each<{ title: string; props: DashboardProps; problem: string }>([
  {
    title: 'a host outside the domain',
    props: { host: 'dashboard.example.org' },
    problem:
      "host 'dashboard.example.org' must be one label below example.com, which the load balancer's certificate covers, such as dashboard.example.com",
  },
  {
    title: 'a host two labels below',
    props: { host: 'a.dashboard.example.com' },
    problem:
      "host 'a.dashboard.example.com' must be one label below example.com, which the load balancer's certificate covers, such as dashboard.example.com",
  },
])('$title is rejected', ({ props, problem }) => {
  expect(refusal((stack) => install(stack, [ingress(), dashboard(props)]))).toBe(`test/dashboard/headlamp: ${problem}`);
});

test('a host may be below any domain of the environment', () => {
  const host = 'dashboard.example.org';
  const build = (domains: readonly string[]) => (stack: AwsStack) =>
    install(stack, [ingress(), dashboard({ host })], { domains });
  const { attributes } = synthStack(build(['example.net', 'example.org'])).getResource(
    'kubernetes_ingress_v1',
    'headlamp/ingress',
  );
  expect(attributes['spec'].rule[0].host).toBe(host);
  expect(refusal(build(['example.net']))).toBe(
    "test/dashboard/headlamp: host 'dashboard.example.org' must be one label below example.com or example.net, which the load balancer's certificate covers, such as dashboard.example.com",
  );
});

test('a host that is known only after apply is accepted', () => {
  const host = Token.asString({ resolve: () => '${var.host}' });
  expect(synth({ host }).getResource('kubernetes_ingress_v1', 'headlamp/ingress').attributes['spec'].rule[0].host).toBe(
    '${var.host}',
  );
});

const LOGIN = OIDC.login as object;

test.each<{ options: object; problems: readonly string[] }>([
  {
    options: { login: LOGIN },
    problems: ["login.kind 'oidc' requires host, to which the identity provider redirects the browser: set host"],
  },
  {
    options: { ...OIDC, login: { ...LOGIN, issuerUrl: 'http://login.example.com', scopes: ['a b', 'c,d'] } },
    problems: [
      "login.issuerUrl must be an https:// URL, such as https://login.example.com, got 'http://login.example.com'",
      "login.scopes[0] must be a scope, such as groups, got 'a b'",
      "login.scopes[1] must be a scope, such as groups, got 'c,d'",
    ],
  },
  { options: { login: { kind: 'saml' } }, problems: ["login.kind must be one of token, oidc, got 'saml'"] },
  { options: { login: 'token' }, problems: ["login must be an object whose kind is token or oidc, got 'token'"] },
  {
    options: { login: { kind: 'token', clientId: 'headlamp' } },
    problems: ["unknown property 'login.clientId': use one of kind, or remove it"],
  },
  {
    options: { host: 'Dashboard', login: { kind: 'oidc', clientSecret: { secret: 'Headlamp OIDC', keys: 'a' } } },
    problems: [
      "host must be a hostname, such as dashboard.example.com, got 'Dashboard'",
      'login.issuerUrl is required, such as https://login.example.com',
      'login.clientId is required: the id of the client at the identity provider',
      "unknown property 'login.clientSecret.keys': did you mean 'key'?",
      "login.clientSecret.secret must be the name of a Secret, got 'Headlamp OIDC'",
      "login.clientSecret.key is required: a key of the Secret: letters, digits, '-', '_' and '.'",
    ],
  },
  { options: { hosts: [] }, problems: ["unknown property 'hosts': did you mean 'host'?"] },
])('options $options are rejected when they are given', ({ options, problems }) => {
  const [problem, ...others] = problems;
  expect(() => dashboard(JSON.parse(JSON.stringify(options)) as DashboardProps)).toThrow(
    others.length === 0
      ? `dashboard: ${problem}`
      : `dashboard: ${problems.length} problems\n  - ${problems.join('\n  - ')}`,
  );
});

test('text of the login is literal', () => {
  const login = { ...OIDC.login!, clientId: '${client}', scopes: ['%{scope}'] } as DashboardProps['login'];
  expect(pod({ ...OIDC, login }).container[0].args).toEqual(
    expect.arrayContaining(['-oidc-client-id=$${client}', '-oidc-scopes=%%{scope}']),
  );
});

test('no scopes besides openid', () => {
  const login = { ...OIDC.login!, scopes: [] } as DashboardProps['login'];
  expect(pod({ ...OIDC, login }).container[0].args).toContain('-oidc-scopes=');
});
