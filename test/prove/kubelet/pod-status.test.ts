import type { Any } from '../../../prove/cluster/api';
import { containerStatus, podStatus, type ContainerState } from '../../../prove/kubelet/pod-status';
import { FakeContainer } from '../support/fake-runtime';

const running = (more: Partial<ContainerState> = {}): ContainerState => ({
  container: new FakeContainer(),
  ready: true,
  started: true,
  restarts: 0,
  ...more,
});
const ended = (exitCode: number): ContainerState => {
  const container = new FakeContainer();
  container.exit(exitCode);
  return { container, ready: true, started: true, restarts: 0, exitCode, finishedAt: new Date(0) };
};
const waiting: ContainerState = { ready: false, started: false, restarts: 0 };

test.each<{
  what: string;
  states: readonly ContainerState[];
  deleted?: boolean;
  initialized?: boolean;
  phase: string;
  ready: string;
}>([
  { what: 'all ready', states: [running(), running()], phase: 'Running', ready: 'True' },
  { what: 'one not ready', states: [running(), running({ ready: false })], phase: 'Running', ready: 'False' },
  { what: 'not started', states: [running({ started: false })], phase: 'Running', ready: 'False' },
  { what: 'one not created yet', states: [running(), waiting], phase: 'Pending', ready: 'False' },
  { what: 'in its init containers', states: [waiting], initialized: false, phase: 'Pending', ready: 'False' },
  { what: 'to be restarted', states: [ended(1)], phase: 'Running', ready: 'False' },
  { what: 'terminating and serving', states: [running()], deleted: true, phase: 'Running', ready: 'True' },
  { what: 'one of two ended', states: [running(), ended(0)], deleted: true, phase: 'Running', ready: 'False' },
  { what: 'ended well', states: [ended(0), ended(0)], deleted: true, phase: 'Succeeded', ready: 'False' },
  { what: 'ended otherwise', states: [ended(0), ended(137)], deleted: true, phase: 'Failed', ready: 'False' },
])('a pod that is $what: $phase, Ready $ready', ({ states, deleted = false, initialized = true, phase, ready }) => {
  const containers = states.map((state, index) => ({ name: `c${index}`, image: 'web:1', state }));
  const pod = { metadata: deleted ? { deletionTimestamp: 'now' } : {}, spec: { containers } };
  const addresses = { address: '10.0.0.64', hostAddress: '10.0.0.10' };
  const times = { startTime: new Date(0), conditions: [] };
  const status: Any = podStatus(pod, addresses, initialized, times, (spec) => containerStatus(spec, spec.state));
  const conditions = Object.fromEntries(status.conditions.map((one: Any) => [one.type, one.status]));
  expect(status).toMatchObject({ phase, podIP: '10.0.0.64', podIPs: [{ ip: '10.0.0.64' }], hostIP: '10.0.0.10' });
  expect(conditions).toEqual({
    Initialized: initialized ? 'True' : 'False',
    ContainersReady: ready,
    Ready: ready,
  });
});

test.each([
  { state: waiting, expected: { waiting: { reason: 'ContainerCreating' } } },
  { state: running(), expected: { running: { startedAt: expect.any(String) } } },
  { state: ended(0), expected: { terminated: { exitCode: 0, reason: 'Completed' } } },
  { state: ended(143), expected: { terminated: { exitCode: 143, reason: 'Error' } } },
])('the state of a container: $expected', ({ state, expected }) => {
  expect(containerStatus({ name: 'web', image: 'web:1' }, state)).toMatchObject({ name: 'web', state: expected });
});
