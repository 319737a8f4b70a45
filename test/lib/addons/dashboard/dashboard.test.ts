import { dashboard, type DashboardProps } from '../../../../lib/addons/dashboard/dashboard';
import { ingress } from '../../../../lib/addons/ingress/ingress';
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
  expect(stack.getResource('kubernetes_ingress_v1').attributes['spec']).toEqual({
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
  {
    title: 'OIDC without a host',
    props: { login: OIDC.login },
    problem: "login 'oidc' requires host: the identity provider redirects the browser to it",
  },
  {
    title: 'an issuer without TLS',
    props: {
      host: OIDC.host,
      login: { ...OIDC.login!, issuerUrl: 'http://login.example.com' } as DashboardProps['login'],
    },
    problem: "login.issuerUrl 'http://login.example.com' must begin with https://",
  },
])('$title is rejected', ({ props, problem }) => {
  expect(refusal((stack) => install(stack, [ingress(), dashboard(props)]))).toBe(`test/dashboard/headlamp: ${problem}`);
});
