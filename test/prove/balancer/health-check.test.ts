import { HealthCheck, type Check } from '../../../prove/balancer/health-check';
import { Backend, cleanUp, HEALTH_CHECK, LOOPBACK, Signal } from './fixtures';

afterEach(cleanUp);

const FAILURE = 'its health check got 503';

/** Source: "Health checks for Application Load Balancer target groups",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
test.each([
  { checks: '+', changes: ['healthy'], rule: 'a new target must pass one check' },
  { checks: '-+', changes: ['healthy'], rule: 'a new target that has failed one must pass one' },
  { checks: '-', changes: [], rule: 'a new target is initial until the unhealthy threshold' },
  { checks: '--', changes: [], rule: 'below the unhealthy threshold' },
  { checks: '---', changes: ['unhealthy'], rule: 'a new target fails as often as the unhealthy threshold says' },
  { checks: '----', changes: ['unhealthy'], rule: 'reported once' },
  { checks: '+--', changes: ['healthy'], rule: 'healthy below the unhealthy threshold' },
  { checks: '+--+--', changes: ['healthy'], rule: 'failures count only in succession' },
  { checks: '+---', changes: ['healthy', 'unhealthy'], rule: 'unhealthy at the threshold' },
  { checks: '---+', changes: ['unhealthy'], rule: 'unhealthy below the healthy threshold' },
  { checks: '---+-+-+', changes: ['unhealthy'], rule: 'successes count only in succession' },
  { checks: '---++', changes: ['unhealthy', 'healthy'], rule: 'healthy at the threshold' },
  { checks: '+---++---', changes: ['healthy', 'unhealthy', 'healthy', 'unhealthy'], rule: 'and so on' },
])('$checks: $rule', ({ checks, changes }) => {
  const seen: string[] = [];
  const health = new HealthCheck(
    { ...HEALTH_CHECK, healthyThreshold: 2, unhealthyThreshold: 3 },
    () => undefined,
    (healthy, reason) => {
      seen.push(healthy ? 'healthy' : 'unhealthy');
      expect(reason).toBe(healthy ? 'its health check succeeds' : FAILURE);
    },
  );
  for (const check of checks) health.add(check === '+' ? '' : FAILURE);
  expect(seen).toEqual(changes);
});

test('what a check finds after it was stopped is ignored', () => {
  const onChange = jest.fn();
  const health = new HealthCheck(HEALTH_CHECK, () => undefined, onChange);
  health.stop();
  health.add('');
  expect(onChange).not.toHaveBeenCalled();
});

test('checks go on at the interval, each to where the port leads at that time', async () => {
  const enough = new Signal();
  const asked: (number | undefined)[] = [];
  let turn = 0;
  const check: Check = async (endpoint) => {
    asked.push(endpoint?.port);
    if (asked.length === 3) enough.resolve();
    return '';
  };
  const health = new HealthCheck(
    HEALTH_CHECK,
    () => ({ address: LOOPBACK, port: (turn += 1) }),
    () => undefined,
    undefined,
    check,
  );
  health.start(0);
  await enough.promise;
  health.stop();
  expect(asked.slice(0, 3)).toEqual([1, 2, 3]);
});

/** The first change of the state, with a threshold of one. */
async function firstChange(endpoint: { address: string; port: number } | undefined, timeoutSeconds = 30) {
  const found = new Signal<{ healthy: boolean; reason: string }>();
  const settings = { ...HEALTH_CHECK, matcher: [200, 204], unhealthyThreshold: 1, timeoutSeconds };
  const health = new HealthCheck(
    settings,
    () => endpoint,
    (healthy, reason) => found.resolve({ healthy, reason }),
  );
  health.start(0);
  const change = await found.promise;
  health.stop();
  return change;
}

test.each([
  { status: 200, healthy: true, reason: 'its health check succeeds' },
  { status: 204, healthy: true, reason: 'its health check succeeds' },
  { status: 201, healthy: false, reason: 'its health check got 201' },
  { status: 302, healthy: false, reason: 'its health check got 302' },
  { status: 503, healthy: false, reason: 'its health check got 503' },
])('a status of $status with the matcher 200,204: $reason', async ({ status, healthy, reason }) => {
  const backend = await Backend.start((_, response) => void response.writeHead(status).end());
  expect(await firstChange({ address: LOOPBACK, port: backend.port })).toEqual({ healthy, reason });
});

test('a check is a GET of the path on a connection of its own, as ELB-HealthChecker', async () => {
  const second = new Signal();
  const seen: unknown[] = [];
  const backend = await Backend.start(({ method, url, headers }, response) => {
    seen.push([method, url, headers['user-agent'], headers.connection]);
    response.end();
    if (seen.length === 2) second.resolve();
  });
  const endpoint = { address: LOOPBACK, port: backend.port };
  const health = new HealthCheck(
    HEALTH_CHECK,
    () => endpoint,
    () => undefined,
  );
  health.start(0);
  await second.promise;
  health.stop();
  const check = ['GET', '/health', 'ELB-HealthChecker/2.0', 'close'];
  expect(seen.slice(0, 2)).toEqual([check, check]);
  expect(backend.sockets.length).toBeGreaterThanOrEqual(2);
});

test('without a response in the timeout a check fails', async () => {
  const backend = await Backend.start(() => undefined);
  expect(await firstChange({ address: LOOPBACK, port: backend.port }, 0.05)).toEqual({
    healthy: false,
    reason: 'its health check failed: timeout',
  });
});

test('where packets are dropped, a check fails after the timeout', async () => {
  expect(await firstChange(undefined, 0.05)).toEqual({ healthy: false, reason: 'its packets were dropped' });
});

test('a refused connection fails a check', async () => {
  const backend = await Backend.start(() => undefined);
  const endpoint = { address: LOOPBACK, port: backend.port };
  await new Promise((resolve) => backend.server.close(resolve));
  expect(await firstChange(endpoint)).toEqual({
    healthy: false,
    reason: expect.stringMatching(/^its health check failed: .*ECONNREFUSED/),
  });
});
