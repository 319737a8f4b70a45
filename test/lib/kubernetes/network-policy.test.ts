import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { PodService } from '../../../lib/kubernetes/service';
import { Workload } from '../../../lib/kubernetes/workload';
import {
  NetworkPolicy,
  type NetworkPolicyProps,
  type TrafficRule,
  toHttpsAnywhere,
  toPodIdentity,
} from '../../../lib/kubernetes/network-policy';
import { Testing, Token } from 'cdktf';
import { AwsStack } from '../../../lib/core/aws-stack';
import { refusal } from '../../support/stack';
import { props, synth } from './fixtures';

const namespace = { namespaceName: 'shop' };

test('a network policy names peers by pods, namespaces and addresses', () => {
  const stack = synth(
    (scope) =>
      new NetworkPolicy(scope, 'policy', {
        namespace,
        name: 'api',
        pods: { app: 'api' },
        ingress: [
          { peers: [{ namespace: 'ingress' }, { pods: { app: 'web' } }], ports: ['http', 9090] },
          { peers: [{ namespace: 'any' }, { pods: { app: 'x' }, namespace: 'other' }] },
          { ports: [{ port: 53, protocol: 'UDP' }] },
        ],
        egress: [toPodIdentity(), toHttpsAnywhere()],
      }),
  );
  const { ingress, egress } = stack.getResource('kubernetes_network_policy_v1').attributes['spec'];
  const byName = (name: string) => ({ match_labels: { 'kubernetes.io/metadata.name': name } });
  expect(ingress).toEqual([
    {
      from: [{ namespace_selector: byName('ingress') }, { pod_selector: { match_labels: { app: 'web' } } }],
      ports: [
        { port: 'http', protocol: 'TCP' },
        { port: '9090', protocol: 'TCP' },
      ],
    },
    {
      from: [
        { namespace_selector: {} },
        { namespace_selector: byName('other'), pod_selector: { match_labels: { app: 'x' } } },
      ],
    },
    { ports: [{ port: '53', protocol: 'UDP' }] },
  ]);
  expect(egress).toEqual([
    { to: [{ ip_block: { cidr: '169.254.170.23/32' } }], ports: [{ port: '80', protocol: 'TCP' }] },
    { to: [{ ip_block: { cidr: '0.0.0.0/0' } }], ports: [{ port: '443', protocol: 'TCP' }] },
  ]);
});

test('a network policy refuses an address for a block', () => {
  const egress = [{ peers: [{ cidr: '10.0.0.1/24' }] }];
  expect(refusal((scope) => new NetworkPolicy(scope, 'policy', { namespace, name: 'api', pods: {}, egress }))).toBe(
    "test/policy: egress[0].peers[0].cidr '10.0.0.1/24' has host bits set: use 10.0.0.0/24",
  );
});

test('a peer is a workload or a service, from either side', () => {
  const stack = synth((scope) => {
    const api = new Workload(scope, 'api', props);
    const database = new PodService(scope, 'database', {
      namespace: { namespaceName: 'data' },
      identity: { name: 'database', partOf: 'shop' },
      ports: { sql: { port: 5432 } },
      selector: { role: 'primary' },
    });
    const existing = { selector: { app: 'mail' }, namespace: { namespaceName: 'mail' } };
    new NetworkPolicy(scope, 'policy', {
      namespace,
      name: 'report',
      pods: { app: 'report' },
      ingress: [{ peers: [api], ports: ['http'] }],
      egress: [{ peers: [database, existing], ports: [5432] }],
    });
  });
  const { ingress, egress } = stack.getResource('kubernetes_network_policy_v1', 'policy/policy').attributes['spec'];
  const peer = (name: string, labels: object) => ({
    namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': name } },
    pod_selector: { match_labels: labels },
  });
  const selector = (name: string) => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name });
  expect(ingress).toEqual([{ from: [peer('shop', selector('api'))], ports: [{ port: 'http', protocol: 'TCP' }] }]);
  expect(egress).toEqual([
    {
      to: [peer('data', { ...selector('database'), role: 'primary' }), peer('mail', { app: 'mail' })],
      ports: [{ port: '5432', protocol: 'TCP' }],
    },
  ]);
});

test("'any' is every namespace as a peer's keyword, and a name in a namespace's own object", () => {
  const pods = { app: 'api' };
  const peers = [
    { pods, namespace: 'any' },
    { selector: pods, namespace: { namespaceName: 'any' } },
  ];
  const stack = synth(
    (scope) => new NetworkPolicy(scope, 'policy', { namespace, name: 'api', pods: {}, ingress: [{ peers }] }),
  );
  const [{ from }] = stack.getResource('kubernetes_network_policy_v1').attributes['spec'].ingress;
  expect(from.map(({ namespace_selector: selector }: { namespace_selector: object }) => selector)).toEqual([
    {},
    { match_labels: { 'kubernetes.io/metadata.name': 'any' } },
  ]);
});

test('an empty list of peers or ports allows none, though Kubernetes takes it for any', () => {
  const rules = [
    { peers: [], ports: [80] },
    { peers: [{ namespace: 'web' }], ports: [] },
    { peers: [] },
    { ports: [] },
  ];
  const policy = { namespace, name: 'api', pods: {}, ingress: rules, egress: rules };
  const stack = synth((scope) => new NetworkPolicy(scope, 'policy', policy));
  expect(stack.getResource('kubernetes_network_policy_v1').attributes['spec']).toMatchObject({
    ingress: [],
    egress: [],
  });
});

describe('what Kubernetes would take for everybody', () => {
  const refused = (ingress: unknown) =>
    refusal(
      (scope) =>
        new NetworkPolicy(scope, 'policy', { namespace, name: 'api', pods: {}, ingress: ingress as TrafficRule[] }),
    );
  const forms =
    "a peer, such as { selector, namespace: { namespaceName } }, { pods, namespace: '...' }, { pods }, { namespace: '...' } or { cidr, except }";

  test.each<[unknown, string]>([
    [{ pod: { app: 'web' } }, `ingress[0].peers[0] must be ${forms}, got {"pod":{"app":"web"}}`],
    [{}, `ingress[0].peers[0] must be ${forms}, got {}`],
    ['web', `ingress[0].peers[0] must be ${forms}, got 'web'`],
    [undefined, `ingress[0].peers[0] must be ${forms}, got undefined`],
    [
      { pod: { app: 'web' }, namespace: 'web' },
      "unknown property 'ingress[0].peers[0].pod': use one of namespace, or remove it",
    ],
    [{ namespace: '' }, 'ingress[0].peers[0].namespace is required: the name of a namespace, or any'],
    [
      { namespace: { namespaceName: 'web' } },
      'ingress[0].peers[0].namespace must be the name of a namespace, or any, got {"namespaceName":"web"}',
    ],
    [{ pods: undefined, namespace: 'web' }, 'ingress[0].peers[0].pods is required: an object of texts by label'],
    [{ pods: ['web'] }, 'ingress[0].peers[0].pods must be an object of texts by label, got ["web"]'],
    [{ pods: { app: undefined } }, 'ingress[0].peers[0].pods.app is required: a string'],
    [
      { selector: { app: 'web' }, namespace: 'web' },
      "ingress[0].peers[0].namespace must be a namespace, such as new Namespace(...), or { namespaceName: '...' } of an existing one, got 'web'",
    ],
    [
      { selector: { app: 'web' }, namespace: { namespaceName: 'web' }, ports: [80] },
      "unknown property 'ingress[0].peers[0].ports': use one of selector, namespace, or remove it",
    ],
    [
      { selector: undefined, namespace: { namespaceName: 'web' } },
      'ingress[0].peers[0].selector is required: an object of texts by label',
    ],
    [
      { cidr: '10.0.0.0/8', exept: ['10.1.0.0/16'] },
      "unknown property 'ingress[0].peers[0].exept': did you mean 'except'?",
    ],
    [
      new (class {
        readonly selector = { app: 'web' };
      })(),
      'ingress[0].peers[0].namespace.namespaceName is required: a string',
    ],
    [Token.asAny({}), `ingress[0].peers[0] is known after apply: use a literal, ${forms}`],
  ])('peer %j is refused', (peer, problem) => {
    expect(refused([{ peers: [peer] }])).toBe(`test/policy: ${problem}`);
  });

  test.each([
    [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }],
    [{ cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] }],
    [{ cidr: '::/0', except: ['fc00::/7'] }],
  ])('%j is a block with exceptions', (peer) => {
    const build = (scope: AwsStack) =>
      void new NetworkPolicy(scope, 'policy', { namespace, name: 'api', pods: {}, ingress: [{ peers: [peer] }] });
    expect(synth(build).ofType('kubernetes_network_policy_v1')).toHaveLength(1);
  });

  test.each([
    ['10.0.0.0/8', '11.0.0.0/16'],
    ['10.0.0.0/8', '2001:db8::/32'],
    ['2001:db8::/32', '10.0.0.0/8'],
    ['2001:db8::/32', '2001:db9::/48'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['2001:db8::/32', '2001::/16'],
  ])('of %s, %s is no part, as the API server requires', (cidr, part) => {
    expect(refused([{ peers: [{ cidr, except: [part] }] }])).toBe(
      `test/policy: ingress[0].peers[0].except '${part}' is not a part of cidr '${cidr}': remove it`,
    );
  });

  test('a construct that selects no pods is named by its path', () => {
    const build = (scope: AwsStack) => {
      const peers = [new Workload(scope, 'api', props).workload as never];
      new NetworkPolicy(scope, 'policy', { namespace, name: 'api', pods: {}, egress: [{ peers }] });
    };
    expect(refusal(build)).toBe(
      `test/policy: egress[0].peers[0] must be ${forms}, got the construct test/api/deployment`,
    );
  });

  test.each<[unknown, string]>([
    [{ peer: [] }, "unknown property 'ingress[0].peer': did you mean 'peers'?"],
    [{ from: [] }, "unknown property 'ingress[0].from': use one of peers, ports, or remove it"],
    [{ peers: { namespace: 'web' } }, 'ingress[0].peers must be a list of peers, got {"namespace":"web"}'],
    [undefined, 'ingress[0] is required, such as { peers, ports }'],
  ])('rule %j is refused', (rule, problem) => {
    expect(refused([rule])).toBe(`test/policy: ${problem}`);
  });
});

describe('a port by name', () => {
  const problemsOf = (rules: (api: Workload) => Partial<NetworkPolicyProps>) => {
    const stack = new AwsStack(Testing.app(), 'test', { account: '123456789012', region: 'eu-west-1' });
    new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
    const api = new Workload(stack, 'api', props);
    new NetworkPolicy(stack, 'policy', { namespace, name: 'other', pods: { app: 'other' }, ...rules(api) });
    return stack.node.findAll().flatMap(({ node }) => node.validate());
  };

  test.each<[(api: Workload) => Partial<NetworkPolicyProps>, readonly string[]]>([
    [(api) => ({ egress: [{ peers: [api], ports: ['http', 9999] }] }), []],
    [
      (api) => ({ egress: [{ peers: [api], ports: ['https'] }] }),
      ["egress[0].ports has 'https', which is not a port of test/api: use http, or add it to the ports of a container"],
    ],
    [
      (api) => ({ pods: api.selector, ingress: [{ ports: [{ port: 'https', protocol: 'TCP' }] }] }),
      [
        "ingress[0].ports has 'https', which is not a port of test/api: use http, or add it to the ports of a container",
      ],
    ],
    // Others may have it.
    [(api) => ({ egress: [{ peers: [api, { namespace: 'web' }], ports: ['https'] }] }), []],
    [() => ({ pods: {}, ingress: [{ ports: ['https'] }] }), []],
    [() => ({ egress: [{ peers: [{ selector: { app: 'x' }, namespace }], ports: ['https'] }] }), []],
  ])('is one of the pods: %#', (rules, problems) => {
    expect(problemsOf(rules)).toEqual(problems);
  });
});
