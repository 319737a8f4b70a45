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
  [[], 'test/namespaces: namespaces is empty: list at least one, or remove the add-on'],
  [[{ name: 'shop' }, { name: 'shop' }], "test/namespaces: namespaces has 'shop' twice: list it once"],
  [
    [{ name: 'kube-system' }, { name: 'default' }],
    [
      'test/namespaces: 2 problems',
      "  - namespaces has 'kube-system', which is reserved by Kubernetes: choose another name",
      "  - namespaces has 'default', which is reserved by Kubernetes: choose another name",
    ].join('\n'),
  ],
  [
    [{ name: 'Shop' }],
    "test/namespaces: name 'Shop' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends",
  ],
  [
    [{ name: 'shop', quota: { pods: 'many' } }],
    "test/namespaces/shop: 'many' for pods is not a valid quantity: write it like 500m, 20 or 8Gi",
  ],
])('%j', (specs, message) => {
  expect(refusal((stack) => install(stack, [namespaces(specs)]))).toBe(message);
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
