import type { AwsStack } from '../../../lib/core/aws-stack';
import { HorizontalPodAutoscaler, type ScaleTarget } from '../../../lib/kubernetes/autoscaler';
import type { ReplicaRange } from '../../../lib/kubernetes/controllers/replicas';
import { Workload, type Controller } from '../../../lib/kubernetes/workload';
import { refusal } from '../../support/stack';
import { props, refusedWorkload, synth, synthWorkload } from './fixtures';

const range = { min: 2, max: 10 };
const deployment = (replicas: ReplicaRange): Controller => ({ kind: 'deployment', replicas });
const autoscaled = (more: Partial<ReplicaRange> = {}) =>
  synthWorkload({ controller: deployment({ ...range, ...more }) });
const specOf = (stack: ReturnType<typeof autoscaled>) =>
  stack.getResource('kubernetes_horizontal_pod_autoscaler_v2').attributes['spec'];

test.each<[Controller, string, string]>([
  [deployment(range), 'kubernetes_deployment_v1', 'Deployment'],
  [{ kind: 'stateful-set', replicas: range, serviceId: 'api' }, 'kubernetes_stateful_set_v1', 'StatefulSet'],
])('a range of replicas gives %j an autoscaler, which owns their number', (controller, type, kind) => {
  const stack = synthWorkload({ controller });
  const workload = stack.getResource(type);
  expect(workload.attributes).toMatchObject({
    spec: { replicas: '2' },
    lifecycle: { ignore_changes: expect.arrayContaining(['spec[0].replicas']) },
  });
  const autoscaler = stack.getResource('kubernetes_horizontal_pod_autoscaler_v2');
  expect(autoscaler.attributes['metadata']).toMatchObject({ name: 'api', namespace: 'shop' });
  expect(autoscaler.attributes['spec'].scale_target_ref).toEqual({
    api_version: 'apps/v1',
    kind,
    name: `\${${workload.address}.metadata[0].name}`,
  });
  expect(stack.isAfter(autoscaler, workload)).toBe(true);
});

test('the number on creation, which kube-score reports, has its reason', () => {
  const written = (stack: ReturnType<typeof autoscaled>) =>
    JSON.stringify(stack.getResource('kubernetes_deployment_v1'));
  const code = 'kube-score/deployment-targeted-by-hpa-does-not-have-replicas-configured';
  expect(written(autoscaled())).toContain(code);
  expect(written(synthWorkload({ controller: { kind: 'deployment', replicas: 2 } }))).not.toContain(code);
});

test('it aims at 70 % of the requested CPU, and scales down slowly', () => {
  const { scale_target_ref: _, ...spec } = specOf(autoscaled());
  expect(spec).toEqual({
    min_replicas: 2,
    max_replicas: 10,
    metric: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', average_utilization: 70 } } }],
    behavior: {
      scale_up: [
        {
          stabilization_window_seconds: 0,
          select_policy: 'Max',
          policy: [
            { type: 'Percent', value: 100, period_seconds: 15 },
            { type: 'Pods', value: 4, period_seconds: 15 },
          ],
        },
      ],
      scale_down: [
        {
          stabilization_window_seconds: 300,
          select_policy: 'Max',
          policy: [{ type: 'Percent', value: 50, period_seconds: 60 }],
        },
      ],
    },
  });
});

test('memory, other percentages and another delay', () => {
  const { metric, behavior } = specOf(autoscaled({ cpuPercent: 50, memoryPercent: 80, scaleDownAfterSeconds: 900 }));
  expect(metric.map(({ resource }: { resource: object }) => resource)).toEqual([
    { name: 'cpu', target: { type: 'Utilization', average_utilization: 50 } },
    { name: 'memory', target: { type: 'Utilization', average_utilization: 80 } },
  ]);
  expect(behavior.scale_down[0].stabilization_window_seconds).toBe(900);
});

test('without a range, Terraform sets the number', () => {
  const stack = synthWorkload({ controller: { kind: 'deployment', replicas: 3 } });
  const { attributes } = stack.getResource('kubernetes_deployment_v1');
  expect(attributes['spec'].replicas).toBe('3');
  expect(attributes['lifecycle'].ignore_changes).not.toContain('spec[0].replicas');
  expect(stack.ofType('kubernetes_horizontal_pod_autoscaler_v2')).toEqual([]);
});

test.each<[ReplicaRange, string]>([
  [
    { min: 5, max: 3 },
    'controller.replicas.min (5) exceeds controller.replicas.max (3): raise controller.replicas.max',
  ],
  [{ min: 0, max: 3 }, 'controller.replicas.min must be a whole number of at least 1, got 0'],
  [{ min: 1, max: 2.5 }, 'controller.replicas.max must be a whole number, got 2.5'],
  [{ ...range, cpuPercent: 0 }, 'controller.replicas.cpuPercent must be a whole number of at least 1, got 0'],
  [
    { ...range, scaleDownAfterSeconds: 3601 },
    'controller.replicas.scaleDownAfterSeconds must be a whole number from 0 to 3600, got 3601',
  ],
  [{ ...range, cpu: 50 } as ReplicaRange, "unknown property 'controller.replicas.cpu': did you mean 'cpuPercent'?"],
  [
    { ...range, behavior: {} } as ReplicaRange,
    "unknown property 'controller.replicas.behavior': use one of min, max, cpuPercent, memoryPercent, scaleDownAfterSeconds, or remove it",
  ],
  [undefined as never, 'controller.replicas is required: a whole number or a range { min, max }'],
  [null as never, 'controller.replicas must be a whole number or a range { min, max }, got null'],
  ['3' as never, "controller.replicas must be a whole number or a range { min, max }, got '3'"],
])('%j is refused', (replicas, problem) => {
  expect(refusedWorkload({ controller: deployment(replicas) })).toBe(`test/api: ${problem}`);
});

test('percentages of a request of no CPU are refused', () => {
  const [container] = props.containers;
  const containers = [{ ...container!, resources: { cpu: '0', memory: '64Mi' } }];
  expect(refusedWorkload({ controller: deployment(range), containers })).toBe(
    "test/api: container 'api' requests no CPU, of which the autoscaler's cpuPercent is a share: raise cpu",
  );
});

describe('by itself', () => {
  const chart: ScaleTarget = { kind: 'Deployment', name: 'chart', namespace: { namespaceName: 'shop' } };
  const place = (target: unknown) => (stack: AwsStack) =>
    new HorizontalPodAutoscaler(stack, 'autoscaler', {
      ...range,
      identity: props.identity,
      target: target as ScaleTarget,
    });

  test.each(['Deployment', 'StatefulSet'] as const)('it scales a %s that is not created here', (kind) => {
    expect(specOf(synth(place({ ...chart, kind }))).scale_target_ref).toEqual({
      api_version: 'apps/v1',
      kind,
      name: 'chart',
    });
  });

  test.each<[string, (workload: Workload) => object, string]>([
    ['a Workload', (workload) => workload, 'test/api'],
    ["a Workload's controller", ({ workload }) => workload, 'test/api/deployment'],
  ])('%s, which the number belongs to, is refused', (_what, target, path) => {
    expect(refusal((stack) => place(target(new Workload(stack, 'api', props)))(stack))).toBe(
      `test/autoscaler: target ${path} is created here: leave this autoscaler out, and write replicas: { min, max } in the Workload's controller, which creates one`,
    );
  });

  test.each<[unknown, string]>([
    [undefined, 'target is required, such as { kind, name, namespace }'],
    [{ ...chart, kind: 'DaemonSet' }, "target.kind must be one of Deployment, StatefulSet, got 'DaemonSet'"],
    [{ ...chart, kind: undefined }, 'target.kind is required: one of Deployment, StatefulSet'],
    [{ ...chart, name: '' }, 'target.name is required: a string'],
    [
      { ...chart, namespace: undefined },
      "target.namespace is required, such as new Namespace(...), or { namespaceName: '...' } of an existing one",
    ],
  ])('target %j is refused', (target, problem) => {
    expect(refusal(place(target))).toBe(`test/autoscaler: ${problem}`);
  });

  test('it refuses a property that it does not have', () => {
    const wrong = { ...range, identity: props.identity, target: chart, cpu: 50 };
    const build = (stack: AwsStack) => new HorizontalPodAutoscaler(stack, 'autoscaler', wrong);
    expect(refusal(build)).toBe("test/autoscaler: unknown property 'cpu': did you mean 'cpuPercent'?");
  });
});
