import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Any } from '../../../prove/cluster/api';
import { expand, PodWorker } from '../../../prove/kubelet/pod-worker';
import { FakeApi } from '../support/fake-api';
import { FakeRuntime, type FakeContainerOptions } from '../support/fake-runtime';
import { pass, setTimeoutPromise, useVirtualTime } from '../support/virtual-time';

jest.mock('node:timers/promises', () => ({
  setTimeout: (...args: unknown[]) => jest.requireActual('../support/virtual-time').setTimeoutPromise(...args),
}));

const directory = mkdtempSync(join(tmpdir(), 'pod-worker-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
beforeEach(useVirtualTime);
afterEach(() => void jest.useRealTimers());

const probe = (command: string, more: Any = {}) => ({
  exec: { command: [command] },
  periodSeconds: 1,
  failureThreshold: 3,
  ...more,
});

/** A pod on a node, and what it reports. */
class Bench {
  readonly api = new FakeApi();
  readonly runtime: FakeRuntime;
  readonly events: string[] = [];
  readonly worker: PodWorker;
  readonly pod: Any;
  /** Exit codes of commands. */
  readonly codes: Record<string, number> = {};
  held = false;

  constructor(container: Any = {}, spec: Any = {}, options: FakeContainerOptions = {}) {
    this.runtime = new FakeRuntime({ drainSeconds: 1, exec: ([command]) => this.codes[command!] ?? 0, ...options });
    this.pod = {
      metadata: { namespace: 'shop', name: 'web-1', uid: 'uid-1', labels: { 'app.kubernetes.io/name': 'web' } },
      spec: { containers: [{ name: 'web', image: 'web:1', ...container }], ...spec },
    };
    this.worker = new PodWorker(this.pod, {
      api: this.api.client,
      runtime: this.runtime,
      directory,
      hostAddress: '10.0.0.10',
      apiServer: { address: '172.20.0.1', port: 443 },
      sandbox: 'p1',
      address: '10.0.0.64',
      event: (text) => this.events.push(`${Date.now() / 1000} ${text}`),
      readinessHeld: () => this.held,
    });
  }

  async start(): Promise<this> {
    void this.worker.start();
    await pass(0);
    return this;
  }

  delete(deletionGracePeriodSeconds: number): void {
    Object.assign(this.pod.metadata, { deletionTimestamp: 'now', deletionGracePeriodSeconds });
    void this.worker.stop();
  }

  get statuses(): readonly Any[] {
    return this.api.bodies('PATCH', '/status').map(({ status }) => status);
  }

  get status(): Any {
    return this.statuses.at(-1);
  }

  get condition(): Any {
    return this.status.conditions.find(({ type }: Any) => type === 'Ready');
  }

  get container(): Any {
    return this.status.containerStatuses[0];
  }

  get isDeleted(): boolean {
    return this.api.bodies('DELETE', '/pods/web-1').length > 0;
  }
}

describe('readiness', () => {
  test('without probes a container is ready as soon as it runs', async () => {
    const bench = await new Bench().start();
    expect(bench.status).toMatchObject({ phase: 'Running', podIP: '10.0.0.64', hostIP: '10.0.0.10' });
    expect(bench.container).toMatchObject({ ready: true, started: true, restartCount: 0 });
    expect(bench.condition).toMatchObject({ status: 'True' });
  });

  test('follows its probe and restarts nothing', async () => {
    const bench = new Bench({ readinessProbe: probe('check') });
    bench.codes['check'] = 1;
    await bench.start();
    await pass(4.5);
    expect(bench.condition).toMatchObject({ status: 'False', lastTransitionTime: '1970-01-01T00:00:00.000Z' });
    bench.codes['check'] = 0;
    await pass(1);
    expect(bench.condition).toMatchObject({ status: 'True', lastTransitionTime: '1970-01-01T00:00:05.000Z' });
    bench.codes['check'] = 1;
    await pass(2);
    expect(bench.condition.status).toBe('True');
    await pass(1);
    expect(bench.condition).toMatchObject({ status: 'False', lastTransitionTime: '1970-01-01T00:00:08.000Z' });
    await pass(600);
    expect(bench.runtime.containers).toHaveLength(1);
    expect(bench.container).toMatchObject({ ready: false, started: true, restartCount: 0 });
    expect(bench.runtime.last.signals).toEqual([]);
  });

  test('of a pod is that of all its containers', async () => {
    const containers = [
      { name: 'a', image: 'a:1' },
      { name: 'b', image: 'b:1', readinessProbe: probe('b') },
    ];
    const bench = new Bench({}, { containers });
    bench.codes['b'] = 1;
    await bench.start();
    await pass(5);
    expect(bench.status.containerStatuses.map(({ ready }: Any) => ready)).toEqual([true, false]);
    expect(bench.condition.status).toBe('False');
    bench.codes['b'] = 0;
    await pass(1);
    expect(bench.condition.status).toBe('True');
  });

  test('a restarted container has to become ready again', async () => {
    const bench = await new Bench({ readinessProbe: probe('check', { initialDelaySeconds: 5 }) }).start();
    await pass(5);
    expect(bench.condition.status).toBe('True');
    bench.runtime.last.exit(1);
    await pass(0);
    expect(bench.runtime.containers).toHaveLength(2);
    expect(bench.container).toMatchObject({ ready: false, restartCount: 1 });
    expect(bench.condition.status).toBe('False');
    await pass(4.9);
    expect(bench.condition.status).toBe('False');
    await pass(0.1);
    expect(bench.condition.status).toBe('True');
  });

  test('the time of a transition stays while other conditions change', async () => {
    const bench = await new Bench({ readinessProbe: probe('check', { initialDelaySeconds: 5 }) }).start();
    await pass(10);
    const initialized = bench.status.conditions.find(({ type }: Any) => type === 'Initialized');
    expect(initialized.lastTransitionTime).toBe('1970-01-01T00:00:00.000Z');
    expect(new Set(bench.statuses.map(({ startTime }) => startTime)).size).toBe(1);
  });
});

describe('readiness that is held back', () => {
  test.each([
    { what: 'with a probe', container: { readinessProbe: probe('check') } },
    { what: 'without a probe', container: {} },
  ])('$what: not ready until the release', async ({ container }) => {
    const bench = new Bench(container);
    bench.held = true;
    await bench.start();
    await pass(60);
    expect(bench.condition.status).toBe('False');
    bench.held = false;
    await pass(1);
    expect(bench.condition.status).toBe('True');
    expect(bench.events.filter((text) => text.includes('ready'))).toHaveLength(1);
  });

  test('what is ready already stays so', async () => {
    const bench = await new Bench({ readinessProbe: probe('check') }).start();
    bench.held = true;
    await pass(60);
    expect(bench.condition.status).toBe('True');
  });

  test('a probe that fails meanwhile counts at the release', async () => {
    const bench = new Bench({ readinessProbe: probe('check') });
    bench.held = true;
    await bench.start();
    await pass(5);
    bench.codes['check'] = 1;
    await pass(5);
    bench.held = false;
    await pass(5);
    expect(bench.condition.status).toBe('False');
    bench.codes['check'] = 0;
    await pass(1);
    expect(bench.condition.status).toBe('True');
  });

  test('the container that was held back and has exited makes its successor no more ready', async () => {
    const bench = new Bench({ readinessProbe: probe('check') });
    bench.held = true;
    await bench.start();
    await pass(5);
    bench.codes['check'] = 1;
    bench.runtime.last.exit(1);
    await pass(1);
    bench.held = false;
    await pass(30);
    expect(bench.condition.status).toBe('False');
  });
});

describe('startup', () => {
  const container = {
    startupProbe: probe('start', { failureThreshold: 10 }),
    livenessProbe: probe('live', { failureThreshold: 1 }),
    readinessProbe: probe('ready', { initialDelaySeconds: 3 }),
  };
  const commands = (bench: Bench) => new Set(bench.runtime.last.executed.map(({ command }) => command));

  test('holds liveness and readiness back until it succeeds, and is then over; their delays begin there', async () => {
    const bench = new Bench(container);
    bench.codes['start'] = 1;
    await bench.start();
    await pass(5.5);
    expect(commands(bench)).toEqual(new Set(['start']));
    expect(bench.container).toMatchObject({ started: false, ready: false });
    bench.codes['start'] = 0;
    await pass(1);
    expect(bench.container).toMatchObject({ started: true, ready: false });
    expect(commands(bench)).toEqual(new Set(['start', 'live']));
    await pass(3);
    expect(bench.container).toMatchObject({ started: true, ready: true });
    await pass(5);
    const last = bench.runtime.last.executed.findLast(({ command }) => command === 'start')!;
    expect(last.at).toBe(6);
  });

  test('without a readiness probe a container is not ready before it has started', async () => {
    const bench = new Bench({ startupProbe: probe('start', { failureThreshold: 10 }) });
    bench.codes['start'] = 1;
    await bench.start();
    await pass(5.5);
    expect(bench.container).toMatchObject({ started: false, ready: false });
    bench.codes['start'] = 0;
    await pass(1);
    expect(bench.container).toMatchObject({ started: true, ready: true });
  });

  test('a container that does not start within the threshold is restarted', async () => {
    const bench = new Bench(container);
    bench.codes['start'] = 1;
    await bench.start();
    await pass(8.9);
    expect(bench.runtime.last.signals).toEqual([]);
    await pass(0.1);
    expect(bench.runtime.containers[0]!.signals).toEqual([{ signal: 'SIGTERM', at: 9 }]);
    await pass(1.5);
    expect(bench.runtime.containers).toHaveLength(2);
    expect(bench.container).toMatchObject({ restartCount: 1, started: false });
  });
});

describe('liveness', () => {
  test('restarts after its threshold, with the hook, and is silent until the restart', async () => {
    const options = { drainSeconds: 10 };
    const lifecycle = { preStop: { exec: { command: ['hook'] } } };
    const bench = await new Bench({ livenessProbe: probe('live'), lifecycle }, {}, options).start();
    await pass(2.5);
    bench.codes['live'] = 1;
    await pass(3);
    const [first] = bench.runtime.containers;
    expect(first!.signals).toEqual([{ signal: 'SIGTERM', at: 5 }]);
    // Neither a success nor a failure of a container that ends matters.
    bench.codes['live'] = 0;
    await pass(3);
    bench.codes['live'] = 1;
    await pass(6);
    expect(first!.signals).toHaveLength(1);
    expect(first!.executed.filter(({ command }) => command === 'hook')).toHaveLength(1);
    expect(first!.executed.at(-1)!.at).toBe(5);
    bench.codes['live'] = 0;
    await pass(1);
    expect(bench.runtime.containers).toHaveLength(2);
    await pass(60);
    expect(bench.container).toMatchObject({ restartCount: 1, ready: true });
  });

  test.each([
    { what: '30 s by default', probeGrace: {}, podGrace: {}, killedAt: 30 },
    { what: "the pod's", probeGrace: {}, podGrace: { terminationGracePeriodSeconds: 60 }, killedAt: 60 },
    {
      what: "the probe's own",
      probeGrace: { terminationGracePeriodSeconds: 5 },
      podGrace: { terminationGracePeriodSeconds: 60 },
      killedAt: 5,
    },
  ])('the grace period is $what', async ({ probeGrace, podGrace, killedAt }) => {
    const livenessProbe = probe('live', { failureThreshold: 1, ...probeGrace });
    const bench = new Bench({ livenessProbe }, podGrace, { drainSeconds: undefined });
    bench.codes['live'] = 1;
    await bench.start();
    await pass(killedAt);
    expect(bench.runtime.containers[0]!.signals).toEqual([
      { signal: 'SIGTERM', at: 0 },
      { signal: 'SIGKILL', at: killedAt },
    ]);
  });
});

test('restarts at once, then after 10 s, 20 s, ... up to 5 minutes', async () => {
  const bench = await new Bench().start();
  const delays: number[] = [];
  for (let restart = 1; restart <= 8; restart += 1) {
    const before = Date.now();
    bench.runtime.last.exit(1);
    while (bench.runtime.containers.length === restart) await pass(1);
    delays.push(Math.floor((Date.now() - before) / 1000) - 1);
  }
  expect(delays.map((delay) => Math.round(delay / 10) * 10)).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
  expect(bench.container.restartCount).toBe(8);
});

describe('the end of a pod', () => {
  test('SIGTERM, the statuses, then the object is deleted', async () => {
    const bench = await new Bench({}, {}, { drainSeconds: 3 }).start();
    await pass(10);
    bench.delete(30);
    await pass(2);
    expect(bench.runtime.last.signals).toEqual([{ signal: 'SIGTERM', at: 10 }]);
    expect(bench.isDeleted).toBe(false);
    await pass(2);
    expect(bench.status.phase).toBe('Succeeded');
    expect(bench.container).toMatchObject({
      ready: false,
      restartCount: 0,
      state: { terminated: { exitCode: 0, reason: 'Completed', finishedAt: '1970-01-01T00:00:13.000Z' } },
    });
    expect(bench.api.bodies('DELETE', '/pods/web-1')).toEqual([
      { gracePeriodSeconds: 0, preconditions: { uid: 'uid-1' } },
    ]);
    expect(bench.runtime.sandboxes.size).toBe(0);
    expect(bench.runtime.containers).toHaveLength(1);
  });

  test('after SIGKILL it has failed with 137', async () => {
    const bench = await new Bench({}, {}, { drainSeconds: undefined }).start();
    bench.delete(7);
    await pass(7);
    expect(bench.status.phase).toBe('Failed');
    expect(bench.container.state.terminated).toMatchObject({ exitCode: 137, reason: 'Error' });
    expect(bench.isDeleted).toBe(true);
  });

  test('liveness is not probed any more, readiness until the end', async () => {
    const container = { livenessProbe: probe('live'), readinessProbe: probe('ready') };
    const bench = await new Bench(container, {}, { drainSeconds: 20 }).start();
    await pass(2.5);
    bench.delete(30);
    await pass(5);
    // Terminating and still serving.
    expect(bench.condition.status).toBe('True');
    bench.codes['live'] = 1;
    bench.codes['ready'] = 1;
    await pass(5);
    expect(bench.condition.status).toBe('False');
    const last = (name: string) => bench.runtime.last.executed.findLast(({ command }) => command === name)!.at;
    expect(last('live')).toBe(2);
    expect(last('ready')).toBe(12);
    expect(bench.runtime.last.signals).toHaveLength(1);
  });

  test('a container that exits while its pod ends is not restarted', async () => {
    const bench = await new Bench({ lifecycle: { preStop: { sleep: { seconds: 20 } } } }).start();
    bench.delete(30);
    await pass(3);
    bench.runtime.last.exit(0);
    await pass(60);
    expect(bench.runtime.containers).toHaveLength(1);
    expect(bench.isDeleted).toBe(true);
  });

  test('a container that was just being started is ended too', async () => {
    const bench = new Bench();
    bench.runtime.delay = () => setTimeoutPromise(2000);
    await bench.start();
    bench.delete(30);
    await pass(10);
    expect(bench.runtime.last.isRunning).toBe(false);
    expect(bench.runtime.last.signals).toEqual([{ signal: 'SIGTERM', at: 2 }]);
    expect(bench.isDeleted).toBe(true);
  });

  test('an init container is ended too, and nothing follows it', async () => {
    const bench = await new Bench({}, { initContainers: [{ name: 'init', image: 'init:1' }] }).start();
    bench.delete(30);
    await pass(60);
    expect(bench.runtime.containers.map(({ spec }) => spec!.name)).toEqual(['init']);
    expect(bench.runtime.last.signals.map(({ signal }) => signal)).toEqual(['SIGTERM']);
    expect(bench.isDeleted).toBe(true);
  });

  test('of a machine that fails: SIGKILL, and nothing is reported', async () => {
    const bench = await new Bench({ readinessProbe: probe('ready') }).start();
    await pass(5);
    const { length } = bench.api.calls;
    bench.worker.kill();
    await pass(60);
    expect(bench.runtime.last.signals.map(({ signal }) => signal)).toEqual(['SIGKILL']);
    expect(bench.api.calls).toHaveLength(length);
  });
});

test('init containers run one after the other, again where they fail, and before the others', async () => {
  const initContainers = ['first', 'second'].map((name) => ({ name, image: `${name}:1` }));
  const bench = await new Bench({}, { initContainers }).start();
  const started = () => bench.runtime.containers.map(({ spec }) => spec!.name);
  expect(started()).toEqual(['first']);
  bench.runtime.last.exit(1);
  await pass(0);
  expect(bench.status).toMatchObject({ phase: 'Pending', initContainerStatuses: [{ restartCount: 1 }, {}] });
  await pass(10);
  expect(started()).toEqual(['first', 'first']);
  bench.runtime.last.exit(0);
  await pass(0);
  bench.runtime.last.exit(0);
  await pass(0);
  expect(started()).toEqual(['first', 'first', 'second', 'web']);
  expect(bench.status.phase).toBe('Running');
});

test('a container gets the API server, its environment and its arguments, with references', async () => {
  const env = [
    { name: 'PLAIN', value: 'text' },
    { name: 'COMPOSED', value: '$(PLAIN)/$(UNKNOWN)' },
    { name: 'ADDRESS', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'APP', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app.kubernetes.io/name']" } } },
  ];
  const bench = await new Bench({ env, command: ['/run', '$(APP)'], args: ['--bind=$(ADDRESS)'] }).start();
  expect(bench.runtime.last.spec).toMatchObject({
    command: ['/run', 'web'],
    args: ['--bind=10.0.0.64'],
    env: {
      KUBERNETES_SERVICE_HOST: '172.20.0.1',
      KUBERNETES_SERVICE_PORT: '443',
      HOSTNAME: 'web-1',
      PLAIN: 'text',
      COMPOSED: 'text/$(UNKNOWN)',
      ADDRESS: '10.0.0.64',
      APP: 'web',
    },
  });
});

test.each([
  ['$(A)', 'one'],
  ['a$(A)b$(A)', 'aonebone'],
  ['$(B)', '$(B)'],
  ['$$(A)', '$(A)'],
  ['$$$(A)', '$one'],
  ['$A', '$A'],
])('%s becomes %s', (text, expected) => {
  expect(expand(text, { A: 'one' })).toBe(expected);
});

test.each([
  [{ env: [{ name: 'KEY', valueFrom: { secretKeyRef: {} } }] }, 'web: the source of KEY'],
  [{ envFrom: [{ configMapRef: {} }] }, 'web: envFrom'],
  [{ lifecycle: { postStart: {} } }, 'web: postStart'],
  [{ readinessProbe: { grpc: { port: 1 } } }, 'web: readinessProbe by gRPC'],
  [{ livenessProbe: { httpGet: { port: 1, scheme: 'HTTPS' } } }, 'web: livenessProbe by HTTPS'],
])('%j is rejected: not modelled', async (container, expected) => {
  const bench = new Bench(container);
  await expect(bench.worker.start()).rejects.toThrow(`not modelled: ${expected}`);
  expect(bench.runtime.containers).toEqual([]);
});
