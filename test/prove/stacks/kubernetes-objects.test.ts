import { argumentsOf, kubernetesObjects } from '../../../prove/stacks/kubernetes-objects';
import { SynthesizedStack, type JsonObject } from '../../../prove/stacks/synthesized-stack';

const objects = (resource: JsonObject) => kubernetesObjects(new SynthesizedStack({ resource }));

test('a DaemonSet has the structure of Kubernetes', () => {
  const metadata = { name: 'agent', namespace: 'x' };
  const [object] = objects({
    kubernetes_daemon_set_v1: {
      agent: {
        metadata,
        wait_for_rollout: false,
        spec: {
          selector: { match_labels: { 'a.b/c_d': 'e' } },
          strategy: { rolling_update: { max_surge: '1', max_unavailable: '0' } },
          template: {
            metadata: { labels: { under_score: 'kept' } },
            spec: {
              init_container: [],
              security_context: { run_as_user: '65532' },
              toleration: [{ operator: 'Exists' }],
              container: [
                {
                  name: 'agent',
                  env: [{ name: 'A', value: '1' }],
                  port: [{ container_port: 80, name: 'http' }],
                  resources: { limits: { 'ephemeral-storage': '1Mi' } },
                  readiness_probe: { tcp_socket: [{ port: 'http' }], period_seconds: 2 },
                  liveness_probe: { http_get: { port: '80', http_header: { name: 'Host', value: 'x' } } },
                },
              ],
              volume: [{ name: 'tmp', empty_dir: { size_limit: '1Mi' } }],
            },
          },
        },
      },
    },
  });
  expect(object).toEqual({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: {
      selector: { matchLabels: { 'a.b/c_d': 'e' } },
      updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: { under_score: 'kept' } },
        spec: {
          securityContext: { runAsUser: 65532 },
          tolerations: [{ operator: 'Exists' }],
          containers: [
            {
              name: 'agent',
              env: [{ name: 'A', value: '1' }],
              ports: [{ containerPort: 80, name: 'http' }],
              resources: { limits: { 'ephemeral-storage': '1Mi' } },
              readinessProbe: { tcpSocket: { port: 'http' }, periodSeconds: 2 },
              livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'Host', value: 'x' }] } },
            },
          ],
          volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Mi' } }],
        },
      },
    },
  });
});

test("an Ingress's backend has one port, a Service several", () => {
  const [service, ingress] = objects({
    kubernetes_service_v1: {
      s: { metadata: { name: 's' }, spec: { selector: { app_name: 'x' }, port: [{ port: 80, target_port: 'http' }] } },
    },
    kubernetes_ingress_v1: {
      i: {
        metadata: { name: 'i' },
        spec: {
          rule: [
            { host: 'h', http: { path: [{ path: '/', backend: { service: { name: 's', port: { number: 80 } } } }] } },
          ],
        },
      },
    },
  });
  expect(service!['spec']).toEqual({ selector: { app_name: 'x' }, ports: [{ port: 80, targetPort: 'http' }] });
  expect(ingress!['spec']).toEqual({
    rules: [{ host: 'h', http: { paths: [{ path: '/', backend: { service: { name: 's', port: { number: 80 } } } }] } }],
  });
});

test('what is only known after apply is rejected with its address', () => {
  const metadata = { name: '${aws_lb.main.name}' };
  expect(() => objects({ kubernetes_namespace_v1: { a: { metadata } } })).toThrow(
    'kubernetes_namespace_v1.a: ${aws_lb.main.name} is only known after apply',
  );
});

test('arguments by name', () => {
  expect(argumentsOf({ args: ['--a.b=1', '--c=d=e'] })).toEqual({ 'a.b': '1', c: 'd=e' });
});
