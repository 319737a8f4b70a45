import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { probeOnce, Prober, Verdict, type ProbeSpec } from '../../../prove/kubelet/probe';
import { pass, useVirtualTime } from '../support/virtual-time';

jest.mock('node:timers/promises', () => ({
  setTimeout: (...args: unknown[]) => jest.requireActual('../support/virtual-time').setTimeoutPromise(...args),
}));

afterEach(() => void jest.useRealTimers());

const results = (text: string) => [...text].map((one) => one === '+');

describe('thresholds: consecutive results; by default one success and three failures', () => {
  test.each([
    { spec: {}, initial: false, given: '+', expected: true },
    { spec: {}, initial: true, given: '--', expected: true },
    { spec: {}, initial: true, given: '---', expected: false },
    { spec: {}, initial: true, given: '--+--', expected: true },
    { spec: {}, initial: true, given: '---+', expected: true },
    { spec: {}, initial: undefined, given: '--', expected: undefined },
    { spec: { successThreshold: 2 }, initial: false, given: '+-+', expected: false },
    { spec: { successThreshold: 2 }, initial: false, given: '-++', expected: true },
    { spec: { successThreshold: 2 }, initial: false, given: '++---+', expected: false },
    { spec: { failureThreshold: 1 }, initial: true, given: '-', expected: false },
    { spec: { failureThreshold: 2 }, initial: true, given: '-+-+-', expected: true },
  ])('$spec from $initial after $given: $expected', ({ spec, initial, given, expected }) => {
    const verdict = new Verdict(spec, initial);
    for (const one of results(given)) verdict.add(one);
    expect(verdict.value).toBe(expected);
  });
});

describe('times', () => {
  const target = { address: '', port: Number, container: { exec: async () => 0 } };

  /** When it probes, in seconds; each probe takes so long. */
  async function times(spec: ProbeSpec, seconds: number, takesSeconds = 0): Promise<readonly number[]> {
    useVirtualTime();
    const at: number[] = [];
    const probe = async () => {
      // A timer of 0 ms takes 1.
      at.push(Math.floor(Date.now() / 1000));
      if (takesSeconds > 0) await new Promise((resolve) => setTimeout(resolve, takesSeconds * 1000));
      return true;
    };
    const prober = new Prober(spec, target, new Verdict(spec, false), () => undefined, probe);
    void prober.start();
    await pass(seconds);
    prober.stop();
    return at;
  }

  test.each([
    { what: 'at once and every 10 s by default', spec: {}, takes: 0, expected: [0, 10, 20, 30] },
    { what: 'after the initial delay', spec: { initialDelaySeconds: 7 }, takes: 0, expected: [7, 17, 27] },
    { what: 'each period', spec: { periodSeconds: 12 }, takes: 0, expected: [0, 12, 24] },
    { what: 'one that takes time within the period', spec: { periodSeconds: 12 }, takes: 5, expected: [0, 12, 24] },
    { what: 'one that takes longer than the period', spec: { periodSeconds: 10 }, takes: 15, expected: [0, 15, 30] },
  ])('$what: $expected', async ({ spec, takes, expected }) => {
    await expect(times(spec, 31, takes)).resolves.toEqual(expected);
  });

  test('each change is reported once, and nothing after the stop', async () => {
    useVirtualTime();
    const given = results('-++---+---');
    const changes: string[] = [];
    const spec = { periodSeconds: 1 };
    const onChange = (value: boolean) => changes.push(`${value} at ${Date.now() / 1000}`);
    const prober = new Prober(spec, target, new Verdict(spec, false), onChange, async () => given.shift()!);
    void prober.start();
    await pass(6.5);
    prober.stop();
    await pass(10);
    expect(changes).toEqual(['true at 1', 'false at 5', 'true at 6']);
    expect(given).toHaveLength(3);
  });

  test('a result that arrives after the stop does not count', async () => {
    useVirtualTime();
    const changes: boolean[] = [];
    const probe = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 500));
    const prober = new Prober({}, target, new Verdict({}, false), (value) => changes.push(value), probe);
    void prober.start();
    await pass(0.2);
    prober.stop();
    await pass(1);
    expect(changes).toEqual([]);
  });

  test('a probe that fails by an error is a failure', async () => {
    useVirtualTime();
    const changes: boolean[] = [];
    const probe = () => Promise.reject(new Error('no answer'));
    const prober = new Prober({}, target, new Verdict({}, true), (value) => changes.push(value), probe);
    void prober.start();
    await pass(19);
    expect(changes).toEqual([]);
    await pass(1);
    expect(changes).toEqual([false]);
    prober.stop();
  });
});

describe('one probe', () => {
  const got: IncomingMessage[] = [];
  let server: Server;
  let port: number;

  const PAGES: Readonly<Record<string, (response: ServerResponse) => void>> = {
    '/silent': () => undefined,
    '/half': (response) => void response.writeHead(200, { 'content-length': 9 }).write('half'),
    '/moved-to-200': (response) => void response.writeHead(302, { location: '/200' }).end(),
    '/moved-to-500': (response) => void response.writeHead(302, { location: '/500' }).end(),
    '/moved-away': (response) => void response.writeHead(302, { location: 'http://elsewhere.invalid/' }).end(),
    '/moved-forever': (response) => void response.writeHead(302, { location: '/moved-forever' }).end(),
  };

  beforeAll(async () => {
    server = createServer((incoming, response) => {
      got.push(incoming);
      const { pathname } = new URL(incoming.url!, 'http://probe');
      const page = PAGES[pathname];
      if (page) page(response);
      else response.writeHead(Number(pathname.slice(1)) || 204).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => void got.splice(0));

  const probe = (
    spec: ProbeSpec,
    exec: (command: readonly string[], timeout: number) => Promise<number> = async () => 0,
  ) =>
    probeOnce(spec, {
      address: '127.0.0.1',
      port: (name) => (name === 'http' ? port : Number(name)),
      container: { exec },
    }).catch(() => false);

  // So long that no machine is too slow.
  const timeoutSeconds = 60;

  test.each<[string, boolean]>([
    ['/200', true],
    ['/204', true],
    ['/399', true],
    ['/400', false],
    ['/404', false],
    ['/500', false],
    ['/503', false],
    ['/moved-to-200', true],
    ['/moved-to-500', false],
    ['/moved-away', true],
    ['/moved-forever', true],
  ])('GET %s: %s', async (path, expected) => {
    await expect(probe({ httpGet: { path, port: 'http' }, timeoutSeconds })).resolves.toBe(expected);
  });

  test('sends its own agent and the headers of the spec, to / by default, and closes the connection', async () => {
    const httpHeaders = [
      { name: 'Host', value: 'app.example.com' },
      { name: 'X-Probe', value: 'yes' },
    ];
    await probe({ httpGet: { port: 'http', httpHeaders }, timeoutSeconds });
    await probe({ httpGet: { port: 'http' }, timeoutSeconds });
    expect(got.map(({ url }) => url)).toEqual(['/', '/']);
    expect(got[0]!.headers).toMatchObject({
      host: 'app.example.com',
      'x-probe': 'yes',
      'user-agent': expect.stringMatching(/^kube-probe\//),
      connection: 'close',
    });
    expect(got[1]!.headers.host).toBe(`127.0.0.1:${port}`);
  });

  test.each(['/silent', '/half'])('%s: fails when the timeout is over', async (path) => {
    await expect(probe({ httpGet: { path, port: 'http' }, timeoutSeconds: 0.05 })).resolves.toBe(false);
  });

  test('TCP succeeds where the port is open', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const closed = (free.address() as AddressInfo).port;
    await new Promise((resolve) => free.close(resolve));
    await expect(probe({ tcpSocket: { port: 'http' }, timeoutSeconds })).resolves.toBe(true);
    await expect(probe({ tcpSocket: { port: closed }, timeoutSeconds })).resolves.toBe(false);
  });

  test.each([
    [0, true],
    [1, false],
    [127, false],
    [137, false],
  ])('exec with exit code %d: %s', async (code, expected) => {
    await expect(probe({ exec: { command: ['check'] } }, async () => code)).resolves.toBe(expected);
  });

  test.each([
    [undefined, 1],
    [5, 5],
  ])('exec with timeoutSeconds %s gets %d s', async (given, expected) => {
    let got: number | undefined;
    await probe({ exec: { command: ['check'] }, ...(given && { timeoutSeconds: given }) }, async (_, timeout) => {
      got = timeout;
      return 0;
    });
    expect(got).toBe(expected);
  });
});
