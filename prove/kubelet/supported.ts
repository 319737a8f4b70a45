import type { Any } from '../cluster/api';

/** What this kubelet would silently leave out of a pod. */
export function unsupported(pod: Any): readonly string[] {
  const inits: readonly Any[] = pod.spec.initContainers ?? [];
  const sidecars = inits.filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [
    ...sidecars.map(({ name }) => `${name}: init containers that go on running`),
    ...[...inits, ...pod.spec.containers].flatMap(unsupportedInContainer),
  ];
}

function unsupportedInContainer({ name, lifecycle = {}, env = [], envFrom = [], ...probes }: Any): readonly string[] {
  const found = [
    lifecycle.postStart && 'postStart',
    lifecycle.preStop?.tcpSocket && 'a preStop hook by TCP',
    envFrom.length > 0 && 'envFrom',
    ...env
      .filter(({ valueFrom }: Any) => valueFrom && !valueFrom.fieldRef)
      .map((one: Any) => `the source of ${one.name}`),
    ...['startupProbe', 'livenessProbe', 'readinessProbe'].flatMap((kind) => [
      probes[kind]?.grpc && `${kind} by gRPC`,
      probes[kind]?.httpGet?.scheme === 'HTTPS' && `${kind} by HTTPS`,
    ]),
  ];
  return found.filter(Boolean).map((what) => `${name}: ${what}`);
}
