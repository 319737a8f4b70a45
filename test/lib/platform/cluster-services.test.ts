import { Token } from 'cdktf';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import type { AddOn } from '../../../lib/platform/add-on';
import { namespaceId } from '../../../lib/kubernetes/namespace-ref';
import type { NamespaceSettings } from '../../../lib/platform/namespace-settings';
import type { Platform } from '../../../lib/platform/platform';
import { install, testPlatform } from '../../support/platform';
import { refusal, synthStack } from '../../support/stack';

test('a namespace is created once, restricted except for node agents', () => {
  const stack = synthStack((scope) => {
    const platform = testPlatform(scope, { namespaces: { monitoring: { podSecurity: 'baseline' } } });
    expect(platform.namespace('ingress')).toBe(platform.namespace('ingress'));
    platform.namespace('node-agents');
    platform.namespace('monitoring');
  });
  const levels = stack
    .ofType('kubernetes_namespace_v1')
    .map(({ attributes }) => [
      attributes['metadata'].name,
      attributes['metadata'].labels['pod-security.kubernetes.io/enforce'],
    ]);
  expect(Object.fromEntries(levels)).toEqual({
    ingress: 'restricted',
    'node-agents': 'privileged',
    monitoring: 'baseline',
  });
});

test('objects of Kubernetes itself are not created', () => {
  const stack = synthStack((scope) => {
    const platform = testPlatform(scope);
    expect(platform.namespace('kube-system')).toEqual({ namespaceName: 'kube-system' });
    expect(platform.priorityClass('system-node-critical')).toBe('system-node-critical');
  });
  expect(stack.resources).toEqual([]);
});

test('a priority class is created once', () => {
  const stack = synthStack((scope) => {
    const platform = testPlatform(scope);
    platform.priorityClass('platform');
    platform.priorityClass('platform');
  });
  expect(stack.getResource('kubernetes_priority_class_v1').attributes['value']).toBe(10_000_000);
});

test('in the same stack as the nodes, all objects are destroyed before them', () => {
  const stack = synthStack((scope) => {
    const nodes = new SqsQueue(scope, 'nodes');
    const addOn: AddOn = {
      name: 'x',
      platform(home, platform) {
        const namespace = namespaceId(platform.namespace('shop'));
        new ConfigMapV1(home, 'map', { metadata: { name: platform.priorityClass('platform'), namespace } });
      },
    };
    install(scope, [addOn], { readyForPods: [nodes] });
  });
  const nodes = stack.getResource('aws_sqs_queue');
  const inside = stack.resources.filter(({ type }) => type.startsWith('kubernetes_'));
  expect(inside.map(({ type }) => type).sort()).toEqual([
    'kubernetes_config_map_v1',
    'kubernetes_namespace_v1',
    'kubernetes_network_policy_v1',
    'kubernetes_priority_class_v1',
  ]);
  expect(inside.filter((one) => !stack.isAfter(one, nodes))).toEqual([]);
});

test.each<{ namespaces: string; problems: readonly string[] }>([
  {
    namespaces: '{"monitoring":{"podSecurty":"baseline"},"logs":null,"ingress":{"quota":{"pods":5}}}',
    problems: [
      "unknown property 'namespaces.monitoring.podSecurty': did you mean 'podSecurity'?",
      'namespaces.logs must be an object, got null',
      'namespaces.ingress.quota.pods must be a quantity, such as 500m, 20 or 8Gi, got 5',
    ],
  },
  {
    namespaces:
      '{"kube-system":{"quota":{"pods":"5"}},"logs":{"containerDefaults":{"requests":{"cpu":"2"},"limits":{"cpu":"1"}}}}',
    problems: [
      'namespaces.kube-system has settings, but Kubernetes creates that namespace: remove them',
      "namespaces.logs.containerDefaults.requests.cpu '2' exceeds limits.cpu '1': lower the request, or raise the limit",
    ],
  },
])('settings $namespaces are rejected', ({ namespaces, problems }) => {
  const settings = JSON.parse(namespaces) as NamespaceSettings;
  expect(refusal((stack) => void testPlatform(stack, { namespaces: settings }))).toBe(
    `test/platform: ${problems.length} problems\n  - ${problems.join('\n  - ')}`,
  );
});

test.each<{ of: string; use: (platform: Platform) => void; problem: string }>([
  {
    of: 'a priority class',
    use: (platform) => void platform.priorityClass('platfrom' as 'platform'),
    problem:
      "priorityClass must be one of platform-critical, platform, system-cluster-critical, system-node-critical, got 'platfrom'",
  },
  {
    of: 'a priority class named like a property',
    use: (platform) => void platform.priorityClass('toString' as 'platform'),
    problem:
      "priorityClass must be one of platform-critical, platform, system-cluster-critical, system-node-critical, got 'toString'",
  },
  {
    of: 'a namespace that is known only after apply',
    use: (platform) => void platform.namespace(Token.asString({ resolve: () => '${var.namespace}' })),
    problem:
      'the name given to namespace() is known only after apply, but it is part of state addresses: pass a literal',
  },
])('$of is rejected', ({ use, problem }) => {
  expect(refusal((stack) => use(testPlatform(stack)))).toBe(`test/platform: ${problem}`);
});
