import { HealthCheck } from '../../../prove/balancer/health-check';

const settings = {
  port: 30081,
  path: '/ping',
  matcher: [200],
  intervalSeconds: 5,
  timeoutSeconds: 2,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};

// The first success makes a new target healthy; then consecutive results decide.
test.each([
  { given: '+', expected: [true] },
  { given: '-+', expected: [true] },
  { given: '+--', expected: [true] },
  { given: '+--+--', expected: [true] },
  { given: '+---', expected: [true, false] },
  { given: '+---+', expected: [true, false] },
  { given: '+---++', expected: [true, false, true] },
  { given: '---', expected: [false] },
])('$given: $expected', ({ given, expected }) => {
  const changes: boolean[] = [];
  const check = new HealthCheck(
    settings,
    () => undefined,
    (healthy) => changes.push(healthy),
  );
  for (const one of given) check.add(one === '+' ? '' : 'failed');
  expect(changes).toEqual(expected);
});

test('checks at its interval, the first after the offset', async () => {
  const times: number[] = [];
  const started = Date.now();
  const quick = { ...settings, intervalSeconds: 0.05 };
  await new Promise<void>((resolve) => {
    const check = new HealthCheck(
      quick,
      () => undefined,
      () => undefined,
      undefined,
      async () => {
        times.push(Date.now() - started);
        if (times.length === 3) {
          check.stop();
          resolve();
        }
        return '';
      },
    );
    check.start(40);
    // The timers of a check do not keep a process alive.
    setTimeout(() => undefined, 1000).unref();
  });
  expect(times[0]).toBeGreaterThanOrEqual(39);
  expect(times[2]! - times[0]!).toBeGreaterThanOrEqual(95);
});
