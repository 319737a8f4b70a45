import type { Any } from '../../../prove/cluster/api';
import { KubeProxy, localEndpoints, type ProxyEndpoint } from '../../../prove/proxy/kube-proxy';
import { pass, useVirtualTime } from '../support/virtual-time';

beforeEach(useVirtualTime);
afterEach(() => void jest.useRealTimers());

const STATES = {
  ready: { ready: true, serving: true, terminating: false },
  'not ready': { ready: false, serving: false, terminating: false },
  'terminating and serving': { ready: false, serving: true, terminating: true },
  'terminating, not serving': { ready: false, serving: false, terminating: true },
} as const;
type State = keyof typeof STATES;

const endpoint = (address: string, state: State, node = 'a'): ProxyEndpoint => ({
  address,
  port: 80,
  node,
  ...STATES[state],
});

// "Traffic to terminating endpoints" and KEP-1669.
test.each<{ what: string; all: readonly ProxyEndpoint[]; expected: readonly string[] }>([
  { what: 'all ready ones', all: [endpoint('1', 'ready'), endpoint('2', 'ready')], expected: ['1', '2'] },
  {
    what: 'only ready ones where there is one',
    all: [endpoint('1', 'ready'), endpoint('2', 'terminating and serving')],
    expected: ['1'],
  },
  {
    what: 'those that terminate and serve where none is ready',
    all: [
      endpoint('1', 'not ready'),
      endpoint('2', 'terminating and serving'),
      endpoint('3', 'terminating and serving'),
    ],
    expected: ['2', '3'],
  },
  {
    what: 'none that terminates and does not serve',
    all: [endpoint('1', 'terminating, not serving'), endpoint('2', 'not ready')],
    expected: [],
  },
  { what: 'none of another node', all: [endpoint('1', 'ready', 'b')], expected: [] },
  {
    what: 'one that terminates here rather than a ready one elsewhere',
    all: [endpoint('1', 'terminating and serving'), endpoint('2', 'ready', 'b')],
    expected: ['1'],
  },
])('local endpoints: $what', ({ all, expected }) => {
  expect(localEndpoints(all, 'a').map(({ address }) => address)).toEqual(expected);
});

const service = (more: Any = {}, name = 'traefik'): Any => ({
  metadata: { uid: `service-${name}`, namespace: 'ingress', name },
  spec: {
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    ports: [
      { name: 'web', nodePort: 30080 },
      { name: 'ping', nodePort: 30081 },
    ],
    ...more,
  },
});
const slice = (endpoints: readonly Any[] | null, uid = 'slice-1', name = 'traefik'): Any => ({
  metadata: { uid, namespace: 'ingress', labels: { 'kubernetes.io/service-name': name } },
  ports: [
    { name: 'web', port: 8000 },
    { name: 'ping', port: 8080 },
  ],
  endpoints,
});
const pod = (address: string, nodeName: string, conditions?: Any): Any => ({
  addresses: [address],
  nodeName,
  ...(conditions && { conditions }),
});

async function proxyWith(...slices: readonly Any[]): Promise<KubeProxy> {
  const proxy = new KubeProxy();
  proxy.handleService('present', service());
  for (const one of slices) proxy.handleSlice('present', one);
  await pass(2);
  return proxy;
}

/** Where a hundred connections go. */
function picked(proxy: KubeProxy, node: string, port: number): readonly string[] {
  const all = Array.from({ length: 100 }, () => proxy.pick(node, port));
  return [...new Set(all.map((one) => (one ? `${one.address}:${one.port}` : 'dropped')))].sort();
}

describe('a node port', () => {
  test.each([
    { node: 'a', port: 30080, expected: ['10.0.0.1:8000', '10.0.0.2:8000'] },
    { node: 'a', port: 30081, expected: ['10.0.0.1:8080', '10.0.0.2:8080'] },
    { node: 'b', port: 30080, expected: ['10.0.1.1:8000'] },
    { node: 'c', port: 30080, expected: ['dropped'] },
    { node: 'a', port: 30082, expected: ['dropped'] },
  ])('$port on node $node leads to $expected', async ({ node, port, expected }) => {
    const proxy = await proxyWith(
      slice([pod('10.0.0.1', 'a', { ready: true }), pod('10.0.1.1', 'b', { ready: true })]),
      slice([pod('10.0.0.2', 'a', { ready: true })], 'slice-2'),
      slice([pod('10.0.9.9', 'a', { ready: true })], 'slice-3', 'other'),
      slice(null, 'slice-4'),
    );
    expect(picked(proxy, node, port)).toEqual(expected);
  });

  // Of nil conditions: ready is true, serving is what ready is, terminating is false.
  test.each([
    { conditions: undefined, expected: '10.0.0.1:8000' },
    { conditions: {}, expected: '10.0.0.1:8000' },
    { conditions: { ready: null }, expected: '10.0.0.1:8000' },
    { conditions: { ready: false }, expected: 'dropped' },
    { conditions: { ready: false, terminating: true }, expected: 'dropped' },
    { conditions: { ready: false, serving: true, terminating: true }, expected: '10.0.0.1:8000' },
    { conditions: { ready: false, serving: true }, expected: 'dropped' },
  ])('conditions $conditions: $expected', async ({ conditions, expected }) => {
    const proxy = await proxyWith(slice([pod('10.0.0.1', 'a', conditions)]));
    expect(picked(proxy, 'a', 30080)).toEqual([expected]);
  });

  test('is forgotten with its Service, and leads nowhere without slices', async () => {
    const proxy = await proxyWith(slice([pod('10.0.0.1', 'a')]));
    expect(proxy.has(30080)).toBe(true);
    proxy.handleSlice('deleted', slice([]));
    await pass(2);
    expect(picked(proxy, 'a', 30080)).toEqual(['dropped']);
    expect(proxy.has(30080)).toBe(true);
    proxy.handleService('deleted', service());
    await pass(2);
    expect(proxy.has(30080)).toBe(false);
  });

  test('of a Service that has another one now is the new one', async () => {
    const proxy = await proxyWith(slice([pod('10.0.0.1', 'a')]));
    proxy.handleService('present', service({ ports: [{ name: 'web', nodePort: 31000 }] }));
    await pass(2);
    expect([30080, 30081, 31000].map((port) => proxy.has(port))).toEqual([false, false, true]);
    expect(picked(proxy, 'a', 31000)).toEqual(['10.0.0.1:8000']);
  });
});

test('the first change is applied at once, further ones of the same second together', async () => {
  const proxy = new KubeProxy();
  proxy.handleService('present', service());
  await pass(2);
  proxy.handleSlice('present', slice([pod('10.0.0.1', 'a')]));
  await pass(0);
  expect(picked(proxy, 'a', 30080)).toEqual(['10.0.0.1:8000']);
  await pass(0.3);
  proxy.handleSlice('present', slice([pod('10.0.0.2', 'a')]));
  await pass(0.3);
  proxy.handleSlice('present', slice([pod('10.0.0.3', 'a')]));
  await pass(0.3);
  expect(picked(proxy, 'a', 30080)).toEqual(['10.0.0.1:8000']);
  await pass(0.2);
  expect(picked(proxy, 'a', 30080)).toEqual(['10.0.0.3:8000']);
});

test('a stopped proxy applies nothing more', async () => {
  const proxy = await proxyWith();
  proxy.handleSlice('present', slice([pod('10.0.0.1', 'a')]));
  proxy.stop();
  await pass(5);
  expect(picked(proxy, 'a', 30080)).toEqual(['dropped']);
});

test('Services of other types have no node port here; another policy is not modelled', () => {
  const proxy = new KubeProxy();
  proxy.handleService('present', service({ type: 'ClusterIP', externalTrafficPolicy: undefined }, 'internal'));
  proxy.sync();
  expect(proxy.has(30080)).toBe(false);
  proxy.handleService('present', service({ externalTrafficPolicy: 'Cluster' }));
  proxy.stop();
  expect(() => proxy.sync()).toThrow('Service traefik: only externalTrafficPolicy Local is modelled');
});
