import { Token } from 'cdktf';
import type { WorkloadProps } from '../../../../lib/kubernetes/workload';
import type { ContainerProps } from '../../../../lib/kubernetes/pod/container';
import { container, refusedWorkload, synthWorkload } from '../fixtures';

const VOLUMES: WorkloadProps['volumes'] = {
  data: { kind: 'pvc', name: 'data' },
  files: { kind: 'config-map', name: 'files.v1' },
};
const withContainer = (changes: Partial<ContainerProps>): Partial<WorkloadProps> => ({
  volumes: VOLUMES,
  containers: [{ ...container, ...changes }],
});

test.each<Partial<ContainerProps>>([
  { ports: undefined, readiness: { tcp: 8080 } },
  { ports: { http: 8080, dns: { port: 8080, protocol: 'UDP' } } },
  { readiness: { grpc: 8080, initialDelaySeconds: 0 } },
  { readiness: { command: ['true'] } },
  { env: { 'a.b-c': 'x', '1 A': '', B: { field: "metadata.labels['app']" }, C: { secret: 'a.b', key: 'k' } } },
  { env: { A: Token.asString({ resolve: () => 'x' }) } },
  {
    mounts: [
      { volume: 'data', path: '/data', subPath: 'a/.b' },
      { volume: 'tmp', path: '/var/cache' },
    ],
  },
  { mounts: [{ volume: 'files', path: '/etc/app', access: 'read-only' }] },
  { resources: { cpu: '0.1', memory: '1e9', memoryLimit: '1Gi' } },
])('%j is accepted', (changes) => {
  expect(synthWorkload(withContainer(changes)).ofType('kubernetes_deployment_v1')).toHaveLength(1);
});

test.each<[Partial<ContainerProps>, string]>([
  [{ ports: { http: 0 } }, "container 'api' port 'http' 0 is not valid: use a whole number from 1 to 65535"],
  [{ ports: { http: 65536 } }, "container 'api' port 'http' 65536 is not valid"],
  [
    { ports: { http: 8080.5 } },
    "containers[0].ports.http must be a whole number or { port, protocol: 'UDP' }, got 8080.5",
  ],
  [{ ports: { http: 8080, HTTP: 8081 } }, "container 'api' port 'HTTP' is not valid"],
  [{ ports: { http: 8080, '80': 80 } }, "container 'api' port '80' is not valid: use a name of at most 15"],
  [
    { ports: { http: 8080, web: 8080 } },
    "ports 'http' of container 'api' and 'web' of 'api' are both 8080: write it once, or choose another number",
  ],
  [
    { readiness: { tcp: 9999 } },
    "container 'api' readiness probes port 9999, which no container has: use http (8080), or add it to ports",
  ],
  [{ readiness: { grpc: 70000 } }, "container 'api' readiness.grpc 70000 is not valid"],
  [
    { readiness: { path: 'ready', port: 'http' } },
    "container 'api' readiness.path 'ready' does not start with '/': write '/ready'",
  ],
  [
    { readiness: { tcp: 'http', periodSeconds: -1 } },
    "container 'api' readiness.periodSeconds must be a whole number of at least 1, got -1",
  ],
  [{ readiness: { tcp: 'http', timeoutSeconds: 0 } }, 'readiness.timeoutSeconds must be a whole number of at least 1'],
  [
    { readiness: { tcp: 'http', initialDelaySeconds: -5 } },
    'readiness.initialDelaySeconds must be a whole number of at least 0',
  ],
  [
    { readiness: { tcp: 'http', failureThreshold: 1.5 } },
    'containers[0].readiness.failureThreshold must be a whole number, got 1.5',
  ],
  [{ readiness: { command: [] } }, 'readiness.command is empty: write the program and its arguments'],
  [
    { readiness: { path: '/', port: 'http', headers: { 'a b': 'x' } } },
    "readiness.headers has 'a b': use letters, digits and '-' in the name of a header",
  ],
  [{ readiness: { http: '/' } as never }, 'containers[0].readiness must be a probe, such as { path, port }'],
  [{ preStop: { command: [] } }, "container 'api' preStop.command is empty"],
  [{ env: { 'A=B': 'x' } }, "container 'api' env has 'A=B': use ASCII characters without '='"],
  [
    { env: { A: 1 as never } },
    'containers[0].env.A must be a string or a reference { secret, key } or { field }, got 1',
  ],
  [{ env: { A: { field: 'status.phase' } } }, "container 'api' env.A.field 'status.phase' is not a field"],
  [{ env: { A: { secret: 'A_b', key: 'k' } } }, "container 'api' env.A.secret 'A_b' is not a valid name"],
  [{ env: { A: { secret: 'a', key: 'a b' } } }, "container 'api' env.A.key 'a b' is not a key of a Secret"],
  [
    { mounts: [{ volume: 'data', path: 'data' }] },
    "container 'api' mount 'data' does not start with '/': write '/data'",
  ],
  [{ mounts: [{ volume: 'data', path: '/a:b' }] }, "container 'api' mount '/a:b' has a ':'"],
  [
    {
      mounts: [
        { volume: 'data', path: '/a' },
        { volume: 'files', path: '/a/' },
      ],
    },
    "container 'api' mounts '/a/' twice: leave one out",
  ],
  [
    { mounts: [{ volume: 'data', path: '/tmp' }] },
    "container 'api' mounts '/tmp' itself, where volume 'tmp' is mounted",
  ],
  [{ mounts: [{ volume: 'data', path: '/a', subPath: '../b' }] }, "container 'api' mount '/a' has subPath '../b'"],
  [{ mounts: [{ volume: 'data', path: '/a', subPath: '/b' }] }, "container 'api' mount '/a' has subPath '/b'"],
  [
    { mounts: [{ volume: 'files', path: '/a', access: 'read-write' }] },
    "container 'api' mount '/a' is 'read-write', a config-map is never writable",
  ],
  [
    { resources: { cpu: '1', memory: '128m' } },
    "container 'api' memory '128m' is a fraction of a byte: write it like 128Mi",
  ],
  [
    { resources: { cpu: '1', memory: '512' } },
    "container 'api' memory '512' is 512 bytes, with which no program starts",
  ],
  [
    { resources: { cpu: '1', memory: '0' } },
    "container 'api' memory '0' is 0 bytes, with which no program starts: add the unit, such as 128Mi",
  ],
  [
    { resources: { cpu: '128Mi', memory: '1Gi' } },
    "container 'api' cpu '128Mi' has a unit of memory: write cores, such as 200m or 2",
  ],
  [
    { resources: { cpu: '1', memory: '1Gi', ephemeralStorage: '0' } },
    "container 'api' ephemeralStorage '0' is nothing: write it like 512Mi",
  ],
  [
    { env: { A: { field: "metadata.labels['a b']" } } },
    "container 'api' env.A.field 'metadata.labels['a b']' is not a field that a variable may have",
  ],
  [
    { mounts: [{ volume: 'data', path: '/' }] },
    "container 'api' mount '/' hides the image, so that no program is found: write a directory in it",
  ],
  [{ image: 'exam!ple.com/x:1.0' }, "container 'api' image 'exam!ple.com/x:1.0' is not a valid image"],
  [
    { resources: { cpu: '1', memory: '1Gi', ephemeralStorage: '1.0001' } },
    "container 'api' ephemeralStorage '1.0001' is a fraction of a byte",
  ],
])('%j: %s', (changes, problem) => {
  expect(refusedWorkload(withContainer(changes))).toContain(problem);
});

test('an init container has no probes, which Kubernetes does not allow', () => {
  const init = { ...container, name: 'init', preStop: { command: ['true'] } };
  expect(refusedWorkload({ initContainers: [init] })).toBe(
    [
      'test/api: 2 problems',
      "  - init container 'init' has readiness, which Kubernetes does not allow: remove it",
      "  - init container 'init' has preStop, which Kubernetes does not allow: remove it",
    ].join('\n'),
  );
});

test.each([
  [{ admin: 8080 }, "ports 'http' of container 'api' and 'admin' of 'sidecar' are both 8080"],
  [{ http: 9000 }, "port 'http' is of container 'api' and of 'sidecar': rename one"],
])('containers share one network: %j', (ports, problem) => {
  const sidecar = { ...container, name: 'sidecar', ports, readiness: undefined };
  expect(refusedWorkload({ containers: [container, sidecar] })).toContain(problem);
});
