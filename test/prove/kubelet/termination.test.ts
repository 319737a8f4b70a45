import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { terminate, type PreStop } from '../../../prove/kubelet/termination';
import { FakeContainer, type FakeContainerOptions } from '../support/fake-runtime';
import { pass, setTimeoutPromise, useVirtualTime } from '../support/virtual-time';

jest.mock('node:timers/promises', () => ({
  setTimeout: (...args: unknown[]) => jest.requireActual('../support/virtual-time').setTimeoutPromise(...args),
}));

beforeEach(useVirtualTime);
afterEach(() => void jest.useRealTimers());

const NO_GRACE = 0;
const hook: PreStop = { exec: { command: ['sleep', '5'] } };
const takes =
  (seconds: number, code = 0): FakeContainerOptions['exec'] =>
  async () => {
    await setTimeoutPromise(seconds * 1000);
    return code;
  };

/** What happens to a container in the first hour, as text. */
async function end(options: FakeContainerOptions, grace: number, preStop?: PreStop) {
  const container = new FakeContainer(options);
  const reports: string[] = [];
  let endedAt: number | undefined;
  const target = { address: '127.0.0.1', port: Number, container };
  void terminate(container, grace, preStop, target, (text) => reports.push(text)).then(
    () => (endedAt = Date.now() / 1000),
  );
  await pass(3600);
  return { signals: container.signals.map(({ signal, at }) => `${signal} at ${at}`), endedAt, reports, container };
}

const KILLED = 'SIGKILL: the grace period has passed';

test.each<{
  what: string;
  options: FakeContainerOptions;
  grace: number;
  preStop?: PreStop;
  signals: readonly string[];
  endedAt: number;
  reports?: readonly string[];
}>([
  { what: 'SIGTERM at once', options: { drainSeconds: 3 }, grace: 30, signals: ['SIGTERM at 0'], endedAt: 3 },
  {
    what: 'SIGKILL when the grace period is over',
    options: {},
    grace: 30,
    signals: ['SIGTERM at 0', 'SIGKILL at 30'],
    endedAt: 30,
    reports: [KILLED],
  },
  {
    what: 'one that ends just in time is not killed',
    options: { drainSeconds: 29.9 },
    grace: 30,
    signals: ['SIGTERM at 0'],
    endedAt: 29.9,
  },
  {
    what: 'SIGTERM after the hook',
    options: { exec: takes(5), drainSeconds: 1 },
    grace: 30,
    preStop: hook,
    signals: ['SIGTERM at 5'],
    endedAt: 6,
  },
  {
    what: 'the hook counts into the grace period',
    options: { exec: takes(20) },
    grace: 30,
    preStop: hook,
    signals: ['SIGTERM at 20', 'SIGKILL at 30'],
    endedAt: 30,
    reports: [KILLED],
  },
  {
    what: 'a hook that exceeds the grace period is left; 2 s more',
    options: { exec: takes(60) },
    grace: 30,
    preStop: hook,
    signals: ['SIGTERM at 30', 'SIGKILL at 32'],
    endedAt: 32,
    reports: ['preStop failed: it exceeded the grace period', KILLED],
  },
  {
    what: 'a hook that leaves less than 2 s: 2 s',
    options: { exec: takes(29) },
    grace: 30,
    preStop: hook,
    signals: ['SIGTERM at 29', 'SIGKILL at 31'],
    endedAt: 31,
    reports: [KILLED],
  },
  {
    what: 'a hook that fails, as without a shell, delays nothing',
    options: { exec: () => 127, drainSeconds: 1 },
    grace: 30,
    preStop: hook,
    signals: ['SIGTERM at 0'],
    endedAt: 1,
    reports: ['preStop failed: sleep 5 exited with 127'],
  },
  {
    what: 'a hook that cannot run delays nothing',
    options: { exec: () => Promise.reject(new Error('no such container')), drainSeconds: 1 },
    grace: 30,
    preStop: hook,
    signals: ['SIGTERM at 0'],
    endedAt: 1,
    reports: ['preStop failed: no such container'],
  },
  {
    what: 'the sleep of the kubelet itself',
    options: { drainSeconds: 1 },
    grace: 30,
    preStop: { sleep: { seconds: 5 } },
    signals: ['SIGTERM at 5'],
    endedAt: 6,
  },
  {
    what: 'without a grace period no hook, and a small one before SIGKILL',
    options: { exec: takes(5) },
    grace: NO_GRACE,
    preStop: hook,
    signals: ['SIGTERM at 0', 'SIGKILL at 2'],
    endedAt: 2,
    reports: [KILLED],
  },
])('$what', async ({ options, grace, preStop, signals, endedAt, reports = [] }) => {
  const ended = await end(options, grace, preStop);
  expect(ended).toMatchObject({ signals, endedAt, reports });
  expect(ended.container.executed).toHaveLength(preStop?.exec && grace > 0 ? 1 : 0);
});

test('a container that ends during its hook is not waited for', async () => {
  const container = new FakeContainer({ exec: takes(20) });
  setTimeout(() => container.exit(0), 4000);
  let endedAt: number | undefined;
  void terminate(container, 30, hook, { address: '', port: Number, container }).then(
    () => (endedAt = Date.now() / 1000),
  );
  await pass(60);
  expect(endedAt).toBe(4);
  expect(container.signals).toEqual([]);
});

describe('a hook by HTTP', () => {
  let server: Server;
  let requested: string[];
  beforeEach(async () => {
    jest.useRealTimers();
    requested = [];
    server = createServer((incoming, response) => {
      requested.push(incoming.url!);
      response.writeHead(incoming.url === '/drain' ? 200 : 500).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => void server.close());

  test.each(['/drain', '/fails'])('GET %s: whatever its status, SIGTERM follows', async (path) => {
    const { port } = server.address() as AddressInfo;
    const container = new FakeContainer({ drainSeconds: 0 });
    const reports: string[] = [];
    const target = { address: '127.0.0.1', port: () => port, container };
    await terminate(container, 60, { httpGet: { path, port: 'admin' } }, target, (text) => reports.push(text));
    expect(requested).toEqual([path]);
    expect(container.signals.map(({ signal }) => signal)).toEqual(['SIGTERM']);
    expect(reports).toEqual([]);
  });

  test('a refused connection is reported, and SIGTERM follows', async () => {
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const container = new FakeContainer({ drainSeconds: 0 });
    const reports: string[] = [];
    const target = { address: '127.0.0.1', port: () => port, container };
    await terminate(container, 60, { httpGet: { port: 'admin' } }, target, (text) => reports.push(text));
    expect(reports).toEqual([expect.stringContaining('ECONNREFUSED')]);
    expect(container.signals.map(({ signal }) => signal)).toEqual(['SIGTERM']);
  });
});
