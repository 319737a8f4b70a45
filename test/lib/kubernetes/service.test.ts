import { PodService, type PodServiceProps } from '../../../lib/kubernetes/service';
import { refusal } from '../../support/stack';
import { synth } from './fixtures';

const namespace = { namespaceName: 'shop' };
const identity = { name: 'api', partOf: 'shop' };

test.each([
  { kind: 'cluster-ip', spec: { type: 'ClusterIP' } },
  { kind: 'headless', spec: { type: 'ClusterIP', cluster_ip: 'None', publish_not_ready_addresses: true } },
  { kind: 'node-port', spec: { type: 'NodePort', external_traffic_policy: 'Local' } },
] as const)('$kind', ({ kind, spec }) => {
  const ports = { http: { port: 80, target: 'http' } };
  const stack = synth((scope) => new PodService(scope, 'service', { namespace, identity, kind, ports }));
  expect(stack.getResource('kubernetes_service_v1').attributes['spec']).toEqual({
    ...spec,
    selector: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'api' },
    port: [{ name: 'http', port: 80, target_port: 'http', protocol: 'TCP' }],
  });
});

test('a service refuses a node port without nodes', () => {
  const ports = { http: { port: 80, nodePort: 30080 } };
  expect(refusal((scope) => new PodService(scope, 'service', { namespace, identity, ports }))).toBe(
    "test/service: port 'http' has nodePort 30080 and kind is 'cluster-ip': make it 'node-port', or drop nodePort",
  );
});

const portNames = (kind: PodServiceProps['kind'], ports: PodServiceProps['ports']) => {
  const stack = synth((scope) => new PodService(scope, 'service', { namespace, identity, kind, ports }));
  return stack.getResource('kubernetes_service_v1').attributes['spec'].port.map(({ name }: { name: string }) => name);
};

test.each([
  ['cluster-ip', { b: { port: 80 }, a: { port: 8080 }, dns: { port: 53 } }, ['dns', 'b', 'a']],
  ['node-port', { b: { port: 81, nodePort: 30081 }, a: { port: 80, nodePort: 30080 } }, ['a', 'b']],
  // The provider keeps a node port that Kubernetes chose by its place.
  ['node-port', { b: { port: 81 }, a: { port: 80, nodePort: 30080 } }, ['b', 'a']],
] as const)('%s: ports %j are in the order %j', (kind, ports, names) => {
  expect(portNames(kind, ports)).toEqual(names);
});
