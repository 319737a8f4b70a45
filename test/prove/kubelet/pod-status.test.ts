import { containerStatus, podStatus } from '../../../prove/kubelet/pod-status';

const spec = { name: 'web', image: 'web:1' };
const running = { startedAt: new Date(), isRunning: true } as never;
const ended = { startedAt: new Date(), isRunning: false } as never;
const context = { address: '10.0.0.1', hostAddress: '10.0.0.2' };

test.each([
  {
    state: { container: running, ready: true, started: true, restarts: 0 },
    deleted: false,
    phase: 'Running',
    ready: 'True',
  },
  {
    state: { container: running, ready: false, started: true, restarts: 0 },
    deleted: false,
    phase: 'Running',
    ready: 'False',
  },
  // Still ready: its endpoint terminates and serves.
  {
    state: { container: running, ready: true, started: true, restarts: 0 },
    deleted: true,
    phase: 'Running',
    ready: 'True',
  },
  {
    state: { container: ended, ready: true, started: true, restarts: 0, exitCode: 0 },
    deleted: true,
    phase: 'Succeeded',
    ready: 'False',
  },
  {
    state: { container: ended, ready: true, started: true, restarts: 0, exitCode: 137 },
    deleted: true,
    phase: 'Failed',
    ready: 'False',
  },
])('$phase, ready $ready', ({ state, deleted, phase, ready }) => {
  const pod = { metadata: deleted ? { deletionTimestamp: 'now' } : {}, spec: { containers: [spec] } };
  const status = podStatus(pod, context, true, () => containerStatus(spec, state)) as never as {
    phase: string;
    podIP: string;
    conditions: { type: string; status: string }[];
  };
  expect(status.phase).toBe(phase);
  expect(status.podIP).toBe('10.0.0.1');
  expect(status.conditions.find(({ type }) => type === 'Ready')!.status).toBe(ready);
});
