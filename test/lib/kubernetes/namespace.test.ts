import { Namespace } from '../../../lib/kubernetes/namespace';
import { refusal } from '../../support/stack';
import { synth } from './fixtures';

test("a namespace gives a container's defaults as the API server would complete and write them, so that no plan differs", () => {
  const containerDefaults = { requests: { cpu: '0.1' }, limits: { memory: '1024Mi' } };
  const stack = synth((scope) => new Namespace(scope, 'namespace', { name: 'shop', containerDefaults }));
  expect(stack.getResource('kubernetes_limit_range_v1').attributes['spec'].limit).toEqual([
    { type: 'Container', default_request: { cpu: '100m', memory: '1Gi' }, default: { memory: '1Gi' } },
  ]);
});

test('a namespace waits longer than the provider by itself for what goes with it', () => {
  const stack = synth((scope) => new Namespace(scope, 'namespace', { name: 'shop' }));
  expect(stack.getResource('kubernetes_namespace_v1').attributes['timeouts']).toEqual({ delete: '20m' });
});

test('a namespace is restricted and denies traffic but to DNS', () => {
  const stack = synth((scope) => new Namespace(scope, 'shop', { name: 'shop' }));
  const { labels } = stack.getResource('kubernetes_namespace_v1').attributes['metadata'];
  expect(labels).toEqual({
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  });
  const policy = stack.getResource('kubernetes_network_policy_v1', 'default-deny/policy');
  const { spec } = policy.attributes;
  expect(spec.pod_selector).toEqual({ match_labels: {} });
  expect(spec.policy_types).toEqual(['Ingress', 'Egress']);
  expect(spec.ingress).toEqual([]);
  expect(spec.egress).toHaveLength(1);
  expect(spec.egress[0].ports).toEqual([
    { port: '53', protocol: 'UDP' },
    { port: '53', protocol: 'TCP' },
  ]);
  expect(stack.isAfter(policy, stack.getResource('kubernetes_namespace_v1'))).toBe(true);
});

test('a namespace may have totals and defaults', () => {
  const stack = synth(
    (scope) =>
      new Namespace(scope, 'shop', {
        name: 'shop',
        podSecurity: 'baseline',
        traffic: 'allow',
        quota: { 'requests.cpu': '20', pods: '200' },
        containerDefaults: { requests: { cpu: '50m' }, limits: { memory: '64Mi' } },
      }),
  );
  expect(stack.ofType('kubernetes_network_policy_v1')).toEqual([]);
  expect(stack.getResource('kubernetes_resource_quota_v1').attributes['spec']).toEqual({
    hard: { 'requests.cpu': '20', pods: '200' },
  });
  expect(stack.getResource('kubernetes_limit_range_v1').attributes['spec'].limit).toEqual([
    { type: 'Container', default_request: { cpu: '50m', memory: '64Mi' }, default: { memory: '64Mi' } },
  ]);
});

test('a namespace refuses what Kubernetes would', () => {
  expect(refusal((scope) => new Namespace(scope, 'shop', { name: 'Shop', quota: { pods: '1.5' } }))).toBe(
    [
      'test/shop: 2 problems',
      "  - name 'Shop' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends",
      "  - quota.pods must be a whole number, got '1.5'",
    ].join('\n'),
  );
});
