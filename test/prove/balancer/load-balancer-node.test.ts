import { createServer as createHttpServer, request, type IncomingMessage, type Server } from 'node:http';
import { createServer, type AddressInfo, type Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CAUSE, LoadBalancerNode } from '../../../prove/balancer/load-balancer-node';
import type { Endpoint } from '../../../prove/proxy/kube-proxy';

const HOST = '127.0.0.1';
const healthCheck = {
  port: 2,
  path: '/ping',
  matcher: [200],
  intervalSeconds: 5,
  timeoutSeconds: 2,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
};
const group = { name: 'g', port: 1, deregistrationDelaySeconds: 0.3, healthCheck };
const settings = { idleSeconds: 0.4, subnets: [], targetGroups: [group], forwardTo: 'g' };

let ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends) end();
  ends = [];
});

async function balancer(route: (node: string, port: number) => Endpoint | undefined, ...nodes: string[]) {
  const changes: string[] = [];
  const onChange = (node: string, _group: string, state: string) => changes.push(`${node} ${state}`);
  const node = new LoadBalancerNode(HOST, 0, settings, route, onChange, undefined, undefined, 200);
  ends.push(() => node.close());
  node.useGroup('g');
  for (const one of nodes) node.register(group, one);
  await node.listen(0);
  return { node, changes };
}

async function target(handle: (incoming: IncomingMessage) => Promise<void> | void = () => undefined) {
  const sockets = new Set<unknown>();
  const requests: IncomingMessage[] = [];
  const server: Server = createHttpServer((incoming, response) => {
    requests.push(incoming);
    sockets.add(incoming.socket);
    void Promise.resolve(handle(incoming)).then(() => response.end('answer'));
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  ends.push(
    () => void server.close(),
    () => server.closeAllConnections(),
  );
  return { endpoint: { address: HOST, port: (server.address() as AddressInfo).port }, requests, sockets };
}

/** Accepts, and closes with a RST once something has arrived. */
async function resetting(): Promise<Endpoint> {
  const server: NetServer = createServer((socket) => {
    socket.on('data', () => socket.resetAndDestroy());
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  ends.push(() => server.close());
  return { address: HOST, port: (server.address() as AddressInfo).port };
}

function get(port: number, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; cause?: string; text: string }>((resolve, reject) => {
    request({ host: HOST, port, agent: false, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode!, cause: response.headers[CAUSE] as string, text }),
      );
    })
      .on('error', reject)
      .end();
  });
}

test('forwards over kept-alive connections, with the headers of a load balancer', async () => {
  const { endpoint, requests, sockets } = await target();
  const { node } = await balancer(() => endpoint, 'a');
  await get(node.port, { 'x-forwarded-for': '192.0.2.1' });
  await expect(get(node.port)).resolves.toMatchObject({ status: 200, text: 'answer' });
  const own = requests.filter(({ url }) => url === '/');
  expect(own[0]!.headers).toMatchObject({
    'x-forwarded-for': '192.0.2.1, 127.0.0.1',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
  });
  expect(own).toHaveLength(2);
  expect(new Set(own.map(({ socket }) => socket)).size).toBe(1);
  expect(sockets.size).toBeGreaterThan(0);
});

test('each target in turn', async () => {
  const [a, b] = [await target(), await target()];
  const { node } = await balancer((name) => (name === 'a' ? a.endpoint : b.endpoint), 'a', 'b');
  while (Object.values(node.states()).some((state) => state !== 'healthy')) await sleep(20);
  for (let index = 0; index < 4; index += 1) await get(node.port);
  const own = ({ requests }: typeof a) => requests.filter(({ url }) => url === '/').length;
  expect([own(a), own(b)]).toEqual([2, 2]);
});

// Statuses as AWS documents them.
test.each([
  { what: 'no target', nodes: [], route: async () => undefined, status: 503 },
  { what: 'a refused connection', nodes: ['a'], route: async () => ({ address: HOST, port: 1 }), status: 502 },
  { what: 'a connection that is reset', nodes: ['a'], route: resetting, status: 502 },
  { what: 'packets that are dropped', nodes: ['a'], route: async () => undefined, status: 504 },
  {
    what: 'no answer within the idle timeout',
    nodes: ['a'],
    route: async () => (await target(() => sleep(5000, undefined, { ref: false }))).endpoint,
    status: 504,
  },
])('$what: $status', async ({ nodes, route, status }) => {
  const endpoint = await route();
  const { node } = await balancer(() => endpoint, ...nodes);
  await expect(get(node.port)).resolves.toMatchObject({ status });
});

test('a target that is deregistered finishes what is in flight and gets nothing new', async () => {
  const slow = await target((incoming) => (incoming.url === '/' ? sleep(150).then(() => undefined) : undefined));
  const { node } = await balancer(() => slow.endpoint, 'a');
  const inFlight = get(node.port);
  await sleep(50);
  const gone = node.deregister('g', 'a');
  await expect(get(node.port)).resolves.toMatchObject({ status: 503 });
  await expect(inFlight).resolves.toMatchObject({ status: 200 });
  await gone;
  expect(node.states()).toEqual({});
});

test('what outlives the deregistration delay is cut', async () => {
  const slow = await target((incoming) => (incoming.url === '/' ? sleep(350).then(() => undefined) : undefined));
  const quick = { ...group, deregistrationDelaySeconds: 0.05 };
  const { node } = await balancer(() => slow.endpoint);
  node.register(quick, 'a');
  const inFlight = get(node.port);
  await sleep(50);
  await node.deregister('g', 'a');
  await expect(inFlight).resolves.toMatchObject({ status: 502, cause: 'the deregistration delay was over' });
});
