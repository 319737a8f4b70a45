import { setTimeout as sleep } from 'node:timers/promises';
import { terminate, type PreStop } from '../../../prove/kubelet/termination';
import type { RunningContainer } from '../../../prove/kubelet/runtime';

/** Ends so long after SIGTERM; undefined: never. */
function container(endsAfterMs: number | undefined, hookCode = 0, hookMs = 0) {
  const started = Date.now();
  const signals: { signal: string; at: number }[] = [];
  let end: (code: number) => void = () => undefined;
  const exited = new Promise<number>((resolve) => (end = resolve));
  const one: RunningContainer = {
    startedAt: new Date(),
    exited,
    isRunning: true,
    signal: (signal) => {
      signals.push({ signal, at: Date.now() - started });
      if (signal === 'SIGKILL') end(137);
      else if (endsAfterMs !== undefined) setTimeout(() => end(0), endsAfterMs);
    },
    exec: async () => {
      await sleep(hookMs);
      return hookCode;
    },
  };
  return { one, signals };
}

async function ended(given: ReturnType<typeof container>, grace: number, preStop?: PreStop) {
  const reports: string[] = [];
  const target = { address: '127.0.0.1', port: Number, container: given.one };
  await terminate(given.one, grace, preStop, target, (event) => reports.push(event));
  return { signals: given.signals.map(({ signal }) => signal), firstAt: given.signals[0]!.at, reports };
}

test('SIGTERM, and no SIGKILL for a process that ends in time', async () => {
  await expect(ended(container(10), 5)).resolves.toMatchObject({ signals: ['SIGTERM'], reports: [] });
});

test('the hook runs before SIGTERM', async () => {
  const { signals, firstAt } = await ended(container(0, 0, 200), 5, { exec: { command: ['sleep'] } });
  expect(signals).toEqual(['SIGTERM']);
  expect(firstAt).toBeGreaterThanOrEqual(195);
});

test('a hook that fails, as without a shell, delays nothing', async () => {
  const { firstAt, reports } = await ended(container(0, 127), 5, { exec: { command: ['sleep', '5'] } });
  expect(firstAt).toBeLessThan(150);
  expect(reports).toEqual(['preStop failed: sleep 5 exited with 127']);
});

test('the grace period includes the hook; at least 2 s are left after it', async () => {
  const { signals, reports } = await ended(container(undefined), 0.5, { sleep: { seconds: 60 } });
  expect(signals).toEqual(['SIGTERM', 'SIGKILL']);
  expect(reports).toEqual(['preStop failed: it exceeded the grace period', 'SIGKILL: the grace period has passed']);
});

test('without a grace period, SIGKILL at once', async () => {
  await expect(ended(container(undefined), 0, { sleep: { seconds: 60 } })).resolves.toMatchObject({
    signals: ['SIGKILL'],
  });
});
