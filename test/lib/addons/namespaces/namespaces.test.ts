import { Token } from 'cdktf';
import { namespaces, type NamespaceSpec } from '../../../../lib/addons/namespaces/namespaces';
import { describeAddOn } from '../../../support/add-on-contract';
import { install, type PlatformOverrides } from '../../../support/platform';
import { refusal, synthStack } from '../../../support/stack';

describeAddOn('namespaces', () => namespaces([{ name: 'shop' }]));

const PROFILE = {
  name: 'flexible',
  replicas: 3,
  toleratedNodeLosses: 3,
  deletionProtection: true,
  prefixDelegation: false,
  namespaceQuota: { 'requests.cpu': '8', pods: '100' },
};
const synth = (specs: readonly NamespaceSpec[], overrides?: PlatformOverrides) =>
  synthStack((stack) => install(stack, [namespaces(specs)], overrides));

test('a namespace for applications is restricted, denies traffic and has container defaults', () => {
  const stack = synth([{ name: 'shop', labels: { team: 'shop' } }]);
  expect(stack.getResource('kubernetes_namespace_v1', 'shop/namespace').attributes['metadata']).toEqual({
    name: 'shop',
    labels: {
      team: 'shop',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    },
  });
  const policy = stack.getResource('kubernetes_network_policy_v1').attributes['spec'];
  expect(policy.policy_types).toEqual(['Ingress', 'Egress']);
  expect(policy.egress).toHaveLength(1);
  expect(stack.getResource('kubernetes_limit_range_v1').attributes['spec'].limit).toEqual([
    { type: 'Container', default: { memory: '512Mi' }, default_request: { cpu: '100m', memory: '128Mi' } },
  ]);
});

test.each<[string, NamespaceSpec, PlatformOverrides, unknown]>([
  ['the profile has none', { name: 'shop' }, {}, undefined],
  ['the profile’s', { name: 'shop' }, { profile: PROFILE }, { 'requests.cpu': '8', pods: '100' }],
  ['its own', { name: 'shop', quota: { pods: '9' } }, { profile: PROFILE }, { pods: '9' }],
  ['none overrides the profile', { name: 'shop', quota: 'none' }, { profile: PROFILE }, undefined],
])('quota: %s', (_, spec, overrides, hard) => {
  const [quota] = synth([spec], overrides).ofType('kubernetes_resource_quota_v1');
  expect(quota?.attributes['spec'].hard).toEqual(hard);
});

test('container defaults can be disabled', () => {
  expect(synth([{ name: 'shop', containerDefaults: 'none' }]).ofType('kubernetes_limit_range_v1')).toEqual([]);
});

test('addresses do not depend on the order of the list', () => {
  const addresses = (names: readonly string[]) =>
    synth(names.map((name) => ({ name })))
      .resources.map(({ address }) => address)
      .sort();
  expect(addresses(['shop', 'search'])).toEqual(addresses(['search', 'shop']));
});

test.each<[readonly NamespaceSpec[], string]>([
  [[], 'namespaces: namespaces is empty: list at least one, or remove the add-on'],
  [[{ name: 'shop' }, { name: 'shop' }], "namespaces: namespaces has 'shop' twice: list it once"],
  [
    [{ name: 'kube-system' }, { name: 'default' }],
    [
      'namespaces: 2 problems',
      "  - namespaces has 'kube-system', which is reserved by Kubernetes: choose another name",
      "  - namespaces has 'default', which is reserved by Kubernetes: choose another name",
    ].join('\n'),
  ],
  [
    [{ name: 'Shop' }],
    "namespaces: [0].name 'Shop' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends",
  ],
  [
    [{ name: 'shop', quota: { pods: 'many' } }],
    "namespaces: [0].quota.pods must be a quantity, such as 500m, 20 or 8Gi, got 'many'",
  ],
  [
    [{ name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'privileged', team: 'shop' } }],
    "namespaces: [0].labels has 'pod-security.kubernetes.io/enforce', which podSecurity sets: remove it, and set podSecurity",
  ],
  [
    [
      { name: 'shop' },
      {
        name: 'search',
        quota: { pod: '1', pods: '1.5', 'count/jobs.batch': '500m', memroy: '1Gi', volumes: '3' },
        containerDefaults: {
          requests: { cpu: '2', memory: '1Gi', gpu: '1' },
          limits: { cpu: '1500m', memory: '1024Mi' },
        },
      },
    ],
    [
      'namespaces: 7 problems',
      "  - [1].quota has 'pod', which no quota counts: did you mean 'pods'?",
      "  - [1].quota.pods must be a whole number, got '1.5'",
      "  - [1].quota.count/jobs.batch must be a whole number, got '500m'",
      "  - [1].quota has 'memroy', which no quota counts: did you mean 'memory'?",
      "  - [1].quota has 'volumes', which no quota counts: use one of cpu, ephemeral-storage, limits.cpu, limits.ephemeral-storage, limits.memory, memory, requests.cpu, requests.ephemeral-storage, requests.memory, requests.storage, configmaps, persistentvolumeclaims, pods, replicationcontrollers, resourcequotas, secrets, services, services.loadbalancers, services.nodeports, or a name with a slash, such as count/deployments.apps",
      "  - [1].containerDefaults.requests has 'gpu', which no container requests: did you mean 'cpu'?",
      "  - [1].containerDefaults.requests.cpu '2' exceeds limits.cpu '1500m': lower the request, or raise the limit",
    ].join('\n'),
  ],
])('%j', (specs, message) => {
  expect(() => namespaces(specs)).toThrow(new Error(message));
});

test.each<{ specs: string; problems: readonly string[] }>([
  { specs: '{}', problems: ['the value must be a list, got {}'] },
  { specs: '[null]', problems: ['[0] must be an object, got null'] },
  { specs: '["shop"]', problems: ["[0] must be an object, got 'shop'"] },
  {
    specs: '[{"name":"shop","podSecurity":"strict","traffic":"none","label":{},"quota":"unlimited"}]',
    problems: [
      "unknown property '[0].label': did you mean 'labels'?",
      "[0].podSecurity must be one of restricted, baseline, privileged, got 'strict'",
      "[0].quota must be 'none' or an object of quantities by resource, such as { cpu: '100m' }, got 'unlimited'",
      "[0].traffic must be one of deny, allow, got 'none'",
    ],
  },
  {
    specs: '[{"name":7,"quota":{"pods":200},"containerDefaults":{"request":{}},"labels":{"team":null}}]',
    problems: [
      '[0].name must be a string, got 7',
      '[0].quota.pods must be a quantity, such as 500m, 20 or 8Gi, got 200',
      "unknown property '[0].containerDefaults.request': did you mean 'requests'?",
      "[0].containerDefaults.requests is required, such as { cpu: '100m' }",
      '[0].labels.team must be a string, got null',
    ],
  },
])('$specs', ({ specs, problems }) => {
  const [problem, ...others] = problems;
  expect(() => namespaces(JSON.parse(specs) as NamespaceSpec[])).toThrow(
    others.length === 0
      ? `namespaces: ${problem}`
      : `namespaces: ${problems.length} problems\n  - ${problems.join('\n  - ')}`,
  );
});

test.each<NamespaceSpec>([
  { name: 'shop', quota: {}, labels: {} },
  { name: 'shop', quota: { pods: '0', 'requests.nvidia.com/gpu': '0', 'count/jobs.batch': '1k' } },
  { name: 'shop', quota: { 'gp3.storageclass.storage.k8s.io/requests.storage': '1.5Ti', 'hugepages-2Mi': '1Gi' } },
  { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce-version': 'v1.34' } },
  { name: 'shop', containerDefaults: { requests: {}, limits: { cpu: '2' } } },
  { name: 'shop', containerDefaults: { requests: { memory: '1024Mi' }, limits: { memory: '1Gi' } } },
])('%j is accepted', (spec) => {
  expect(synth([spec]).ofType('kubernetes_namespace_v1')).toHaveLength(1);
});

test('a name that is known only after apply is rejected', () => {
  const name = Token.asString({ resolve: () => '${var.name}' });
  expect(() => namespaces([{ name }])).toThrow(
    'namespaces: a name is known only after apply, but is part of state addresses: use a literal',
  );
});

test('a name that a platform namespace has is rejected', () => {
  const clash = refusal((stack) =>
    install(stack, [
      { name: 'ingress', platform: (_, platform) => void platform.namespace('ingress') },
      namespaces([{ name: 'ingress' }]),
    ]),
  );
  expect(clash).toBe(
    "test/namespaces/ingress: name 'ingress' is also the name of the Namespace test/platform/namespace-ingress: choose another",
  );
});
