import { PodService } from '../../../lib/kubernetes/service';
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
