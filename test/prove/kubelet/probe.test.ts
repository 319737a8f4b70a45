import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { probeOnce, Prober, Verdict, type ProbeSpec } from '../../../prove/kubelet/probe';

const results = (text: string) => [...text].map((one) => one === '+');

// The thresholds as Kubernetes documents them: consecutive results; by default one success and three failures.
test.each([
  { spec: {}, initial: false, given: '+', expected: true },
  { spec: {}, initial: true, given: '--', expected: true },
  { spec: {}, initial: true, given: '---', expected: false },
  { spec: {}, initial: true, given: '--+--', expected: true },
  { spec: { successThreshold: 2 }, initial: false, given: '+-+', expected: false },
  { spec: { successThreshold: 2 }, initial: false, given: '-++', expected: true },
  { spec: { failureThreshold: 1 }, initial: true, given: '-', expected: false },
])('$spec from $initial after $given: $expected', ({ spec, initial, given, expected }) => {
  const verdict = new Verdict(spec, initial);
  for (const one of results(given)) verdict.add(one);
  expect(verdict.value).toBe(expected);
});

test('reports each change once, after the initial delay, and nothing once it is stopped', async () => {
  const given = results('-++---+');
  const changes: boolean[] = [];
  const started = Date.now();
  let firstAt = 0;
  const spec: ProbeSpec = { initialDelaySeconds: 0.1, periodSeconds: 0.01 };
  const target = { address: '', port: Number, container: { exec: async () => 0 } };
  const probe = async () => {
    firstAt ||= Date.now();
    const next = given.shift();
    if (next === undefined) prober.stop();
    return next ?? false;
  };
  const prober = new Prober(spec, target, new Verdict(spec, false), (value) => changes.push(value), probe);
  await prober.start();
  expect(changes).toEqual([true, false, true]);
  expect(firstAt - started).toBeGreaterThanOrEqual(95);
});

describe('one probe', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer((incoming, response) => {
      if (incoming.url === '/slow') return void sleep(500).then(() => response.end());
      const isKnown = incoming.headers.host === 'known';
      return void response
        .writeHead(isKnown ? Number(incoming.url!.slice(1)) : 404, { location: 'http://else/' })
        .end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => server.close());

  const httpHeaders = [{ name: 'Host', value: 'known' }];
  test.each<{ spec: ProbeSpec; expected: boolean }>([
    { spec: { httpGet: { path: '/200', port: 'http', httpHeaders } }, expected: true },
    { spec: { httpGet: { path: '/302', port: 'http', httpHeaders } }, expected: true },
    { spec: { httpGet: { path: '/404', port: 'http', httpHeaders } }, expected: false },
    { spec: { httpGet: { path: '/503', port: 'http', httpHeaders } }, expected: false },
    { spec: { httpGet: { path: '/200', port: 'http' } }, expected: false },
    { spec: { httpGet: { path: '/slow', port: 'http' }, timeoutSeconds: 0.1 }, expected: false },
    { spec: { tcpSocket: { port: 'http' } }, expected: true },
    { spec: { tcpSocket: { port: 'closed' } }, expected: false },
    { spec: { exec: { command: ['true'] } }, expected: true },
    { spec: { exec: { command: ['false'] } }, expected: false },
  ])('$spec: $expected', async ({ spec, expected }) => {
    const ports: Record<string, number> = { http: port, closed: 1 };
    const container = { exec: async ([command]: readonly string[]) => (command === 'true' ? 0 : 1) };
    const target = { address: '127.0.0.1', port: (name: string | number) => ports[name]!, container };
    await expect(probeOnce(spec, target).catch(() => false)).resolves.toBe(expected);
  });
});
