import { ServiceAccount } from '../../../lib/kubernetes/service-account';
import { Workload } from '../../../lib/kubernetes/workload';
import { podOf, props, refusedWorkload, synth, synthWorkload } from './fixtures';

test.each([
  { controller: { kind: 'deployment', replicas: 1 }, budget: {} },
  { controller: { kind: 'deployment', replicas: 2 }, budget: { max_unavailable: '1' } },
  { controller: { kind: 'stateful-set', replicas: 3, serviceId: 'api' }, budget: { max_unavailable: '1' } },
  { controller: { kind: 'deployment', replicas: { min: 1, max: 9 } }, budget: {} },
  { controller: { kind: 'deployment', replicas: { min: 2, max: 9 } }, budget: { max_unavailable: '1' } },
  { controller: { kind: 'daemon-set' }, budget: {} },
  { controller: { kind: 'daemon-set', minAvailable: 2 }, budget: { min_available: '2' } },
  { controller: { kind: 'job' }, budget: {} },
  { controller: { kind: 'cron-job', schedule: '@hourly' }, budget: {} },
] as const)('the disruption budget of $controller', ({ controller, budget }) => {
  const [made] = synthWorkload({ controller }).ofType('kubernetes_pod_disruption_budget_v1');
  const { selector: _, ...bound } = made?.attributes['spec'] ?? {};
  expect(bound).toEqual(budget);
});

test('a service account that may do something is mounted, and bound before the pods start', () => {
  const stack = synth((scope) => {
    const { namespace, identity } = props;
    const rules = [{ resources: ['pods'], verbs: ['get'] }];
    const serviceAccount = new ServiceAccount(scope, 'account', { namespace, identity, rules });
    new Workload(scope, 'api', { ...props, serviceAccount });
  });
  expect(podOf(stack).spec.automount_service_account_token).toBe(true);
  expect(
    stack.isAfter(stack.getResource('kubernetes_deployment_v1'), stack.getResource('kubernetes_role_binding_v1')),
  ).toBe(true);
});

test('a kind that does not exist is refused, with those that do', () => {
  expect(refusedWorkload({ controller: { kind: 'replica-set' } as never })).toBe(
    "test/api: controller.kind must be one of deployment, stateful-set, daemon-set, job, cron-job, got 'replica-set'",
  );
});

test('a missing controller is refused', () => {
  expect(refusedWorkload({ controller: undefined as never })).toBe(
    'test/api: controller is required: an object whose kind is deployment or stateful-set or daemon-set or job or cron-job',
  );
});

test.each([3, { min: 2, max: 4 }])('replicas %j of a daemon-set are refused', (replicas) => {
  expect(refusedWorkload({ controller: { kind: 'daemon-set', replicas } as never })).toBe(
    "test/api: unknown property 'controller.replicas': use one of minReadySeconds, kind, update, minAvailable, or remove it",
  );
});

test.each([
  { controller: { kind: 'job' }, restart: 'Always', valid: "pods that run to completion: use 'OnFailure' or 'Never'" },
  {
    controller: { kind: 'daemon-set' },
    restart: 'Never',
    valid: 'pods that run until they are replaced: leave it out',
  },
] as const)('restart $restart of a $controller.kind is refused', ({ controller, restart, valid }) => {
  expect(refusedWorkload({ controller, restart })).toBe(`test/api: restart '${restart}' is not valid for ${valid}`);
});
