import { KubeProxy, localEndpoints, type ProxyEndpoint } from '../../../prove/proxy/kube-proxy';

const endpoint = (
  address: string,
  state: 'ready' | 'terminating' | 'terminating, not serving' | 'not ready',
  node = 'a',
) =>
  ({
    address,
    port: 80,
    node,
    ready: state === 'ready',
    serving: state === 'ready' || state === 'terminating',
    terminating: state.startsWith('terminating'),
  }) satisfies ProxyEndpoint;

// KEP-1669: ready ones first, then those that terminate and serve, otherwise none.
test.each([
  { all: [endpoint('1', 'ready'), endpoint('2', 'terminating')], expected: ['1'] },
  { all: [endpoint('1', 'not ready'), endpoint('2', 'terminating')], expected: ['2'] },
  { all: [endpoint('1', 'terminating, not serving'), endpoint('2', 'not ready')], expected: [] },
  { all: [endpoint('1', 'ready', 'b')], expected: [] },
  { all: [endpoint('1', 'terminating'), endpoint('2', 'ready', 'b')], expected: ['1'] },
])('of $all on node a: $expected', ({ all, expected }) => {
  expect(localEndpoints(all, 'a').map(({ address }) => address)).toEqual(expected);
});

const service = {
  metadata: { uid: 's', namespace: 'ingress', name: 'traefik' },
  spec: { type: 'NodePort', externalTrafficPolicy: 'Local', ports: [{ name: 'web', nodePort: 30080 }] },
};
const slice = {
  metadata: { uid: 'e', namespace: 'ingress', labels: { 'kubernetes.io/service-name': 'traefik' } },
  ports: [{ name: 'web', port: 8000 }],
  endpoints: [{ addresses: ['10.0.0.1'], nodeName: 'a', conditions: { ready: true } }],
};

test('a node port leads to the port of the pod on that node, and other ports and nodes nowhere', () => {
  const proxy = new KubeProxy();
  proxy.handleService('present', service);
  proxy.handleSlice('present', slice);
  proxy.sync();
  proxy.stop();
  expect(proxy.pick('a', 30080)).toMatchObject({ address: '10.0.0.1', port: 8000 });
  expect(proxy.pick('b', 30080)).toBeUndefined();
  expect(proxy.pick('a', 30081)).toBeUndefined();
  proxy.handleSlice('deleted', slice);
  proxy.sync();
  proxy.stop();
  expect(proxy.pick('a', 30080)).toBeUndefined();
});

test('another traffic policy is rejected, since it is not modelled', () => {
  const proxy = new KubeProxy();
  proxy.handleService('present', { ...service, spec: { ...service.spec, externalTrafficPolicy: 'Cluster' } });
  proxy.stop();
  expect(() => proxy.sync()).toThrow('only externalTrafficPolicy Local is modelled');
});
