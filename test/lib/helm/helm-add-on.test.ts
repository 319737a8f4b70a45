import { Token } from 'cdktf';
import { helmAddOn, type HelmAddOnProps } from '../../../lib/helm';
import { acknowledge } from '../../../lib/core/acknowledge';
import { install, type PlatformOverrides } from '../../support/platform';
import { refusal, synthStack } from '../../support/stack';

const CHART: HelmAddOnProps = {
  name: 'cert-manager',
  chart: 'cert-manager',
  repository: 'oci://quay.io/jetstack/charts',
  version: 'v1.19.2',
  namespace: 'cert-manager',
};

const synth = (props: Partial<HelmAddOnProps> = {}, platform?: PlatformOverrides) =>
  synthStack((stack) => install(stack, [helmAddOn({ ...CHART, ...props })], platform));

const PEER =
  "a peer, such as { selector, namespace: { namespaceName } }, { pods, namespace: '...' }, { pods }, { namespace: '...' } or { cidr, except }";

const rejection = (props: Partial<HelmAddOnProps>, platform?: PlatformOverrides) =>
  refusal((stack) => install(stack, [helmAddOn({ ...CHART, ...props })], platform));

test('a release of an exact version, in a managed namespace, that is rolled back on failure', () => {
  expect(synth().getResource('helm_release').attributes).toMatchObject({
    name: 'cert-manager',
    chart: 'cert-manager',
    repository: 'oci://quay.io/jetstack/charts',
    version: 'v1.19.2',
    namespace: expect.stringMatching(/^\$\{kubernetes_namespace_v1\..*\.metadata\[0\]\.name\}$/),
    create_namespace: false,
    atomic: true,
    cleanup_on_fail: true,
    timeout: 600,
  });
});

test('the order of values does not matter', () => {
  const [one, other] = [
    { crds: { keep: true, enabled: true }, replicaCount: 2, hosts: ['b', 'a'] },
    { hosts: ['b', 'a'], replicaCount: 2, crds: { enabled: true, keep: true } },
  ].map((values) => synth({ values }).getResource('helm_release').attributes['values'][0]);
  expect(one).toBe(other);
  expect(JSON.parse(one)).toEqual({ crds: { enabled: true, keep: true }, hosts: ['b', 'a'], replicaCount: 2 });
});

test('several charts share one provider, which fetches its token at runtime', () => {
  const stack = synthStack((scope) => install(scope, [helmAddOn(CHART), helmAddOn({ ...CHART, name: 'second' })]));
  expect(stack.ofType('helm_release')).toHaveLength(2);
  expect(stack.json.provider?.['helm']).toEqual([
    {
      kubernetes: {
        cluster_ca_certificate: '${base64decode("Q0E=")}',
        exec: {
          api_version: 'client.authentication.k8s.io/v1beta1',
          args: ['eks', 'get-token', '--cluster-name', 'production', '--region', 'eu-west-1'],
          command: 'aws',
        },
        host: 'https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
      },
    },
  ]);
});

test("traffic is allowed among the chart's pods and with the API server; anything else is configured", () => {
  const stack = synth({ egress: [{ peers: [{ cidr: '0.0.0.0/0' }], ports: [443] }] });
  const policy = stack.getResource('kubernetes_network_policy_v1', 'cert-manager/network-policy/policy');
  const { spec } = policy.attributes;
  const release = { match_labels: { 'app.kubernetes.io/instance': 'cert-manager' } };
  expect(spec.pod_selector).toEqual(release);
  expect(spec.ingress).toEqual([
    { from: [{ pod_selector: release }] },
    { from: [{ ip_block: { cidr: '10.20.0.0/28' } }, { ip_block: { cidr: '10.20.0.16/28' } }] },
  ]);
  expect(spec.egress).toHaveLength(4);
  expect(stack.isAfter(stack.getResource('helm_release'), policy)).toBe(true);
});

test('an empty list of peers or ports is none, which Kubernetes would take for all', () => {
  const policy = (props: Partial<HelmAddOnProps>) =>
    synth(props).getResource('kubernetes_network_policy_v1', 'cert-manager/network-policy/policy').attributes;
  const none = [{ peers: [] }, { ports: [] }, { peers: [], ports: [443] }];
  expect(policy({ ingress: none, egress: none })).toEqual(policy({}));
});

test('required add-ons must be listed', () => {
  expect(rejection({ requires: ['ingress'] })).toBe(
    "test: add-on 'cert-manager' requires 'ingress', which is not in addOns: add it",
  );
});

const EXACT = 'an exact version that the repository lists, such as 1.19.2';
const SECRET = (path: string) =>
  `${path} looks like a secret, and values are stored in the state in plain text: use a Kubernetes Secret, and pass its name to the chart (if intended: acknowledge(scope, 'secret-in-values', 'the reason'))`;

test.each<{ options: string; problems: readonly string[] }>([
  ...['latest', '^1.2.3', '~1.2.3', '1.x', '1.2', '>=1.2.3', '1.2.3 - 2.0.0', '*'].map((version) => ({
    options: JSON.stringify({ version }),
    problems: [`version must be ${EXACT}, got '${version}'`],
  })),
  { options: '{"version":""}', problems: ['version is required, such as 1.19.2'] },
  { options: '{"version":1.2}', problems: [`version must be ${EXACT}, got 1.2`] },
  ...[
    'http://charts.example.com',
    'charts.example.com',
    'oci://',
    'https://me:pass@charts.example.com',
    'https://charts.example.com/?token=x',
    'oci://quay.io/jetstack/charts/cert-manager:1.19.2',
  ].map((repository) => ({
    options: JSON.stringify({ repository }),
    problems: [
      `repository must be a URL, such as https://charts.example.com or oci://registry.example.com/charts, got '${repository}'`,
    ],
  })),
  {
    options: '{"chart":"jetstack/cert-manager"}',
    problems: [
      "chart must be the chart's name in the repository, whose prefix belongs to repository, got 'jetstack/cert-manager'",
    ],
  },
  {
    options: '{"timeoutSeconds":0,"namespace":"Certs","requires":"ingress"}',
    problems: [
      "namespace 'Certs' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends",
      "requires must be a list, got 'ingress'",
      'timeoutSeconds must be a whole number of at least 1, got 0',
    ],
  },
  ...[null, [], 'replicaCount: 2'].map((values) => ({
    options: JSON.stringify({ values }),
    problems: [
      `values must be an object, as the chart's values.yaml, got ${typeof values === 'string' ? `'${values}'` : JSON.stringify(values)}`,
    ],
  })),
  {
    options: '{"valeus":{},"from":[],"egress":[{"peer":[]},null]}',
    problems: [
      "unknown property 'valeus': did you mean 'values'?",
      'from was renamed: use ingress',
      "unknown property 'egress[0].peer': did you mean 'peers'?",
      'egress[1] must be a rule, such as { peers, ports }, got null',
    ],
  },
  {
    options:
      '{"ingress":[{"peers":[{},{"pods":{},"namspace":"a"},{"cidr":"10.0.0.0","except":"x"},{"selector":{"a":1}},null]}]}',
    problems: [
      `ingress[0].peers[0] must be ${PEER}, got {}`,
      "unknown property 'ingress[0].peers[1].namspace': did you mean 'namespace'?",
      "ingress[0].peers[2].except must be a list, got 'x'",
      'ingress[0].peers[3].selector.a must be a string, got 1',
      "ingress[0].peers[3].namespace is required, such as new Namespace(...), or { namespaceName: '...' } of an existing one",
      `ingress[0].peers[4] must be ${PEER}, got null`,
    ],
  },
  {
    options: '{"egress":[{"ports":["http",53.5,{"port":53,"protocol":"SCTP"}]}]}',
    problems: [
      'egress[0].ports[1] must be a whole number or the name of a port or { port, protocol }, got 53.5',
      "egress[0].ports[2].protocol must be one of TCP, UDP, got 'SCTP'",
    ],
  },
  {
    options:
      '{"ingress":[{"peers":[{"cidr":"10.0.0.0"},{"pods":{"a b":"c"}}]}],"egress":[{"ports":[0,70000,"http","not a port"]}]}',
    problems: [
      "ingress[0].peers[0].cidr '10.0.0.0' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16",
      "ingress[0].peers[1].pods has the key 'a b': use at most 63 letters, digits, '-', '_' and '.', optionally after a domain name in lower case and '/'",
      'egress[0].ports[0] 0 is not valid: use a whole number from 1 to 65535',
      'egress[0].ports[1] 70000 is not valid: use a whole number from 1 to 65535',
      "egress[0].ports[3] 'not a port' is not valid: use a number, or a name of at most 15 lower-case letters, digits and single '-', with at least one letter",
    ],
  },
])('options $options are rejected when they are given', ({ options, problems }) => {
  const [problem, ...others] = problems;
  expect(() => helmAddOn({ ...CHART, ...JSON.parse(options) })).toThrow(
    others.length === 0
      ? `helmAddOn 'cert-manager': ${problem}`
      : `helmAddOn 'cert-manager': ${problems.length} problems\n  - ${problems.join('\n  - ')}`,
  );
});

test.each([
  { name: 'c'.repeat(54), message: `has 54 characters, Kubernetes allows at most 53: shorten it` },
  { name: undefined, message: 'helmAddOn: name is required' },
])('the name $name is rejected', ({ name, message }) => {
  expect(() => helmAddOn({ ...CHART, name } as HelmAddOnProps)).toThrow(message);
});

test('text is literal, tokens stay references', () => {
  const values = {
    podIp: '${POD_IP}',
    format: '%{User-Agent}i',
    '${key}': [{ a: '$${b}' }],
    role: Token.asString({ resolve: () => '${aws_iam_role.a.arn}' }),
  };
  const [written] = synth({ values }).getResource('helm_release').attributes['values'];
  expect(JSON.parse(written)).toEqual({
    podIp: '$${POD_IP}',
    format: '%%{User-Agent}i',
    '$${key}': [{ a: '$$${b}' }],
    role: '${aws_iam_role.a.arn}',
  });
});

test.each<{ of: string; props: Partial<HelmAddOnProps> }>([
  { of: 'empty values', props: { values: {} } },
  { of: 'values of any form', props: { values: { replicaCount: 0, enabled: false, tolerations: [], none: null } } },
  { of: 'empty lists', props: { requires: [], ingress: [], egress: [] } },
  { of: 'a repository with a port and a path', props: { repository: 'https://charts.example.com:8443/stable/' } },
  {
    of: 'every form of a peer and of a port',
    props: {
      ingress: [
        {
          peers: [
            { pods: {} },
            { pods: { app: 'shop' }, namespace: 'any' },
            { namespace: 'shop' },
            { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
            { selector: { app: 'shop' }, namespace: { namespaceName: 'shop' } },
          ],
          ports: [443, 'http', { port: 53, protocol: 'UDP' }],
        },
        {},
      ],
    },
  },
  { of: 'a release candidate', props: { version: '1.20.0-rc.1+build.5' } },
  { of: 'a token', props: { version: Token.asString({ resolve: () => '${var.version}' }) } },
])('$of: accepted', ({ props }) => {
  expect(synth(props).ofType('helm_release')).toHaveLength(1);
});

test.each<{ props: Partial<HelmAddOnProps>; problem: string }>([
  { props: { values: { auth: { adminPassword: 'hunter2' } } }, problem: SECRET('values.auth.adminPassword') },
  { props: { values: { apiKey: 'abc' } }, problem: SECRET('values.apiKey') },
  { props: { values: { env: [{ name: 'DB_PASSWORD', value: 'x' }] } }, problem: SECRET('values.env[0].value') },
  { props: { values: { extra: ['AKIAIOSFODNN7EXAMPLE'] } }, problem: SECRET('values.extra[0]') },
  { props: { values: { url: 'amqp://me:pass@mq.example.com' } }, problem: SECRET('values.url') },
  {
    props: { values: { tls: '-----BEGIN RSA PRIVATE KEY-----\nMII' } },
    problem: SECRET('values.tls'),
  },
])('$problem', ({ props, problem }) => {
  expect(rejection(props)).toBe(`test/cert-manager: ${problem}`);
});

test.each([
  { existingSecret: 'grafana-admin' },
  { auth: { existingPasswordSecret: 'grafana-admin', passwordKey: 'password' } },
  { secretName: 'tls', secretKeyRef: { name: 'a', key: 'password' } },
  { imagePullSecrets: ['registry'] },
  { serviceAccount: { automountServiceAccountToken: true } },
  { env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] },
  { password: '' },
  { url: 'https://example.com:8443/path@2' },
])('%j contains no secret', (values) => {
  expect(() => synth({ values })).not.toThrow();
});

test('a false positive can be acknowledged', () => {
  expect(() =>
    synthStack((stack) => {
      acknowledge(stack, 'secret-in-values', 'the name of a key, not the key');
      install(stack, [helmAddOn({ ...CHART, values: { apiKey: 'api-key' } })]);
    }),
  ).not.toThrow();
});

test.each<{ images: PlatformOverrides['images'] }>([
  { images: { allowed: ['quay.io'] } },
  { images: { pin: 'digest' } },
  { images: { reachable: ['*.dkr.ecr.eu-west-1.amazonaws.com'] } },
  { images: { mirrors: { 'quay.io': 'mirror.example.com/quay' } } },
])('the image policy $images does not apply to charts', ({ images }) => {
  expect(rejection({}, { images })).toBe(
    "test/cert-manager: the environment's image policy does not apply to the images of chart 'cert-manager': set them in values (if intended: acknowledge(scope, 'chart-images-unchecked', 'the reason'))",
  );
});
