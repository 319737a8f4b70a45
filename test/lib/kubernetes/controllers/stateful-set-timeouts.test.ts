import {
  statefulSetTimeouts,
  type StatefulSetRollout,
} from '../../../../lib/kubernetes/controllers/stateful-set-timeouts';
import { synthWorkload } from '../fixtures';

const three = { created: 3, updated: 3 };

test.each<[StatefulSetRollout, string, string]>([
  [{ created: 1, updated: 1 }, '10m', '10m'],
  [{ created: 0, updated: 0 }, '10m', '10m'],
  [three, '30m', '30m'],
  // Parallel pods start at once, and are updated one after the other all the same.
  [{ ...three, podManagement: 'parallel' }, '10m', '30m'],
  [{ created: 2, updated: 10 }, '20m', '100m'],
  [{ ...three, minReadySeconds: 90 }, '36m', '36m'],
  [{ ...three, graceSeconds: 30 }, '30m', '30m'],
  [{ ...three, graceSeconds: 300 }, '30m', '45m'],
])('%j: %s to create, %s to update', (rollout, create, update) => {
  expect(statefulSetTimeouts(rollout)).toEqual({ create, update });
});

test('a set waits for the minimum of its autoscaler, and for the maximum when it is updated', () => {
  const stack = synthWorkload({
    controller: { kind: 'stateful-set', replicas: { min: 2, max: 5 }, serviceId: 'api' },
    terminationGraceSeconds: 120,
  });
  expect(stack.getResource('kubernetes_stateful_set_v1').attributes['timeouts']).toEqual({
    create: '20m',
    update: '60m',
  });
});
