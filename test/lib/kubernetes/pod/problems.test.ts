import { acknowledge } from '../../../../lib/core/acknowledge';
import type { AwsStack } from '../../../../lib/core/aws-stack';
import { provideTrafficPeers } from '../../../../lib/kubernetes/traffic-peers';
import type { WorkloadProps } from '../../../../lib/kubernetes/workload';
import { privilegesOf } from '../../../support/pod-privileges';
import { container, podOf, refusedWorkload, synthWorkload } from '../fixtures';

const PRIVILEGED: Partial<WorkloadProps> = {
  privileges: { runAsRoot: true, hostNetwork: true, hostPid: true, capabilities: ['SYS_TIME'], writableRoot: true },
  volumes: { log: { kind: 'host-path', path: '/var/log' } },
};

test('every privilege needs its reason', () => {
  const reason = (code: string) => `(if intended: acknowledge(scope, '${code}', 'the reason'))`;
  expect(refusedWorkload(PRIVILEGED)).toBe(
    [
      'test/api: 6 problems',
      `  - the pod runs as root: remove privileges.runAsRoot ${reason('run-as-root')}`,
      `  - the pod uses the node's network: remove privileges.hostNetwork ${reason('host-network')}`,
      `  - the pod sees the node's processes: remove privileges.hostPid ${reason('host-pid')}`,
      `  - the pod has the capability SYS_TIME: remove privileges.capabilities ${reason('added-capabilities')}`,
      `  - the pod has a writable root file system: remove privileges.writableRoot ${reason('writable-root')}`,
      `  - volume 'log' is /var/log of the node: remove it ${reason('host-path')}`,
    ].join('\n'),
  );
});

test('with the reasons it has them, and no policy for a network that it does not use', () => {
  const codes = [
    'run-as-root',
    'host-network',
    'host-pid',
    'added-capabilities',
    'writable-root',
    'host-path',
  ] as const;
  const stack = synthWorkload(PRIVILEGED, (scope) => codes.forEach((code) => acknowledge(scope, code, 'a test')));
  expect(privilegesOf(podOf(stack)).sort()).toEqual([...codes].sort());
  expect(podOf(stack).spec.dns_policy).toBe('ClusterFirstWithHostNet');
  expect(stack.ofType('kubernetes_network_policy_v1')).toEqual([]);
});

test.each<{ what: string; overrides: Partial<WorkloadProps>; message: string }>([
  {
    what: 'no container',
    overrides: { containers: [] },
    message: 'test/api: containers is empty: list at least one container, such as { name, image, resources }',
  },
  {
    what: 'no readiness probe',
    overrides: { containers: [{ ...container, readiness: undefined }] },
    message:
      "test/api: container 'api' has no readiness probe: a rollout would not wait until it works; set readiness, such as { path: '/ready', port: 'http' } (if intended: acknowledge(scope, 'no-readiness-probe', 'the reason'))",
  },
  {
    what: 'a probe of a port that is not there',
    overrides: { containers: [{ ...container, readiness: { tcp: 'https' } }] },
    message:
      "test/api: container 'api' readiness probes port 'https', which it does not have: use http, or add it to ports",
  },
  {
    what: 'a limit below the request',
    overrides: { containers: [{ ...container, resources: { cpu: '1', memory: '1Gi', memoryLimit: '512Mi' } }] },
    message: "test/api: container 'api' memory (1Gi) exceeds memoryLimit (512Mi): raise memoryLimit",
  },
  {
    what: 'a mount of no volume',
    overrides: { containers: [{ ...container, mounts: [{ volume: 'data', path: '/data' }] }] },
    message: "test/api: container 'api' mounts 'data', which is not a volume of the pod: use tmp, or add it to volumes",
  },
  {
    what: 'metrics of no port',
    overrides: { metrics: { port: 'metrics' } },
    message:
      "test/api: metrics.port 'metrics' is not a port of a container: use http, or add it to the ports of a container",
  },
  {
    what: 'two containers of one name',
    overrides: { containers: [container, { ...container, ports: undefined, readiness: { command: ['true'] } }] },
    message: "test/api: two containers are named 'api': rename one",
  },
  {
    what: 'a claim for each pod of a deployment',
    overrides: { volumes: { data: { kind: 'claim-template', size: '1Gi' } } },
    message:
      "test/api: volume 'data' is a claim-template, which only a stateful-set has: use kind 'pvc', or controller 'stateful-set'",
  },
  {
    what: 'half a replica',
    overrides: { controller: { kind: 'deployment', replicas: 1.5 } },
    message: 'test/api: controller.replicas must be a whole number or a range { min, max }, got 1.5',
  },
])('$what is refused', ({ overrides, message }) => {
  const before = (stack: AwsStack) => provideTrafficPeers(stack, { scrapers: [], requestSources: [] });
  expect(refusedWorkload(overrides, before)).toBe(message);
});
