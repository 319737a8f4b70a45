import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { acknowledge } from '../../../lib/core/acknowledge';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { ConfigFiles } from '../../../lib/kubernetes/config-files';
import { provideImagePolicy } from '../../../lib/kubernetes/image-policy';
import { ServiceAccount } from '../../../lib/kubernetes/service-account';
import { provideTrafficPeers } from '../../../lib/kubernetes/traffic-peers';
import { Workload, type Controller, type WorkloadProps } from '../../../lib/kubernetes/workload';
import type { SynthesizedStack } from '../../../lib/testing/synthesized-stack';
import { privilegesOf } from '../../support/pod-privileges';
import { refusal, synthStack } from '../../support/stack';

const container = {
  name: 'api',
  image: 'shop:1.4.2',
  ports: { http: 8080 },
  resources: { cpu: '100m', memory: '128Mi' },
  readiness: { path: '/ready', port: 'http' },
};
const DEPLOYMENT: Controller = { kind: 'deployment', replicas: 2 };
const props: WorkloadProps = {
  namespace: { namespaceName: 'shop' },
  identity: { name: 'api', partOf: 'shop' },
  controller: DEPLOYMENT,
  containers: [container],
};

function synth(overrides: Partial<WorkloadProps> = {}, before: (stack: AwsStack) => void = () => {}): SynthesizedStack {
  return synthStack((stack) => {
    new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
    provideTrafficPeers(stack, { scrapers: [{ namespace: 'monitoring' }], requestSources: [] });
    before(stack);
    new Workload(stack, 'api', { ...props, ...overrides });
  });
}

const deployment = (stack: SynthesizedStack) => stack.getResource('kubernetes_deployment_v1').attributes['spec'];
const pod = (stack: SynthesizedStack) => deployment(stack).template;

test('a pod is restricted, spread and bounded', () => {
  const { metadata, spec } = pod(synth());
  expect(privilegesOf({ spec })).toEqual([]);
  expect(metadata.labels).toEqual({
    'app.kubernetes.io/name': 'api',
    'app.kubernetes.io/instance': 'api',
    'app.kubernetes.io/part-of': 'shop',
    'app.kubernetes.io/version': '1.4.2',
    'app.kubernetes.io/managed-by': 'quayside',
  });
  expect(spec.container[0].resources).toEqual({
    requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '192Mi' },
    limits: { memory: '128Mi', 'ephemeral-storage': '192Mi' },
  });
  expect(spec.topology_spread_constraint.map((one: { topology_key: string }) => one.topology_key)).toEqual([
    'topology.kubernetes.io/zone',
    'kubernetes.io/hostname',
  ]);
  expect(spec.automount_service_account_token).toBe(false);
});

test('members of a quorum never share a node', () => {
  const { affinity, topology_spread_constraint: spread } = pod(synth({ topologySpread: 'node' })).spec;
  const [apart] = affinity.pod_anti_affinity.required_during_scheduling_ignored_during_execution;
  expect(apart.topology_key).toBe('kubernetes.io/hostname');
  expect(spread).toHaveLength(1);
});

test.each([
  { controller: { kind: 'deployment', replicas: 1 }, budget: {} },
  { controller: { kind: 'deployment', replicas: 2 }, budget: { max_unavailable: '1' } },
  { controller: { kind: 'stateful-set', replicas: 3, serviceId: 'api' }, budget: { max_unavailable: '1' } },
  { controller: { kind: 'daemon-set' }, budget: {} },
  { controller: { kind: 'daemon-set', minAvailable: 2 }, budget: { min_available: '2' } },
] as const)('the disruption budget of $controller', ({ controller, budget }) => {
  const [made] = synth({ controller }).ofType('kubernetes_pod_disruption_budget_v1');
  const { selector: _, ...bound } = made?.attributes['spec'] ?? {};
  expect(bound).toEqual(budget);
});

test.each([
  [{}, 'rolling_update', { max_surge: '25%', max_unavailable: '0' }],
  [{ update: 'recreate' }, 'type', 'Recreate'],
] as const)('a deployment with %j is updated by its strategy', (more, key, expected) => {
  expect(deployment(synth({ controller: { ...DEPLOYMENT, ...more } })).strategy[key]).toEqual(expected);
});

test('Kubernetes says why a rollout fails before Terraform gives up', () => {
  const { attributes } = synth().getResource('kubernetes_deployment_v1');
  expect(attributes['spec'].progress_deadline_seconds).toBeLessThan(10 * 60);
  expect(attributes['timeouts']).toEqual({ create: '10m', update: '10m' });
});

test('each pod of a stateful set has a claim, which outlives it', () => {
  const stack = synth({
    controller: { kind: 'stateful-set', replicas: 3, serviceId: 'api' },
    volumes: { data: { kind: 'claim-template', size: '10Gi', storageClass: 'gp3' } },
    containers: [{ ...container, mounts: [{ volume: 'data', path: '/data' }] }],
  });
  const { spec } = stack.getResource('kubernetes_stateful_set_v1').attributes;
  expect(spec.volume_claim_template[0].spec).toEqual({
    access_modes: ['ReadWriteOnce'],
    storage_class_name: 'gp3',
    resources: { requests: { storage: '10Gi' } },
  });
  expect(spec.persistent_volume_claim_retention_policy).toEqual([{ when_deleted: 'Retain', when_scaled: 'Retain' }]);
  expect(spec.template.spec.container[0].volume_mount[0]).toEqual({
    name: 'data',
    mount_path: '/data',
    read_only: false,
  });
});

test('a daemon set surges where asked', () => {
  const stack = synth({ controller: { kind: 'daemon-set', update: 'surge' } });
  const { spec } = stack.getResource('kubernetes_daemon_set_v1').attributes;
  expect(spec.strategy.rolling_update).toEqual({ max_surge: '1', max_unavailable: '0' });
  expect(spec.template.spec.topology_spread_constraint).toEqual([]);
});

test('what is written to the disk counts against the main container', () => {
  const { container: containers } = pod(
    synth({
      volumes: {
        buffer: { kind: 'empty-dir', sizeLimit: '1Gi' },
        secrets: { kind: 'empty-dir', sizeLimit: '1Gi', medium: 'memory' },
      },
      containers: [container, { ...container, name: 'sidecar' }],
    }),
  ).spec;
  const limits = containers.map((one: { resources: { limits: object } }) => one.resources.limits);
  expect(limits).toMatchObject([{ 'ephemeral-storage': '1216Mi' }, { 'ephemeral-storage': '128Mi' }]);
});

test('metrics are announced, and Prometheus let in', () => {
  const stack = synth({ metrics: { port: 'http' } });
  expect(pod(stack).metadata.annotations).toEqual({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '8080',
    'prometheus.io/path': '/metrics',
  });
  expect(stack.getResource('kubernetes_network_policy_v1').attributes['spec'].ingress).toEqual([
    {
      from: [{ namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      ports: [{ port: 'http', protocol: 'TCP' }],
    },
  ]);
});

test('a service account that may do something is mounted, and bound before the pods start', () => {
  const stack = synthStack((scope) => {
    const { namespace, identity } = props;
    const rules = [{ resources: ['pods'], verbs: ['get'] }];
    const serviceAccount = new ServiceAccount(scope, 'account', { namespace, identity, rules });
    new KubernetesProvider(scope, 'kubernetes', { host: 'https://localhost' });
    new Workload(scope, 'api', { ...props, serviceAccount });
  });
  expect(pod(stack).spec.automount_service_account_token).toBe(true);
  expect(
    stack.isAfter(stack.getResource('kubernetes_deployment_v1'), stack.getResource('kubernetes_role_binding_v1')),
  ).toBe(true);
});

test('configuration that Terraform has yet to compute is hashed by Terraform', () => {
  let hash = '';
  const stack = synthStack((scope) => {
    const { namespace, identity } = props;
    new KubernetesProvider(scope, 'kubernetes', { host: 'https://localhost' });
    const queue = new SqsQueue(scope, 'queue');
    const files = new ConfigFiles(scope, 'files', {
      namespace,
      identity,
      files: { 'a.json': `{"url":"${queue.url}"}` },
    });
    hash = files.hash;
    new Workload(scope, 'api', { ...props, configHash: hash });
  });
  const address = stack.getResource('kubernetes_config_map_v1').address;
  expect(pod(stack).metadata.annotations).toEqual({ 'checksum/config': `\${sha256(jsonencode(${address}.data))}` });
});

test('the image comes from the mirror of its stack', () => {
  const stack = synth({}, (scope) => provideImagePolicy(scope, { mirrors: { 'docker.io': 'mirror.example.com' } }));
  expect(pod(stack).spec.container[0].image).toBe('mirror.example.com/library/shop:1.4.2');
});

const PRIVILEGED: Partial<WorkloadProps> = {
  privileges: { runAsRoot: true, hostNetwork: true, hostPid: true, capabilities: ['SYS_TIME'], writableRoot: true },
  volumes: { log: { kind: 'host-path', path: '/var/log' } },
};

test('every privilege needs its reason', () => {
  const reason = (code: string) => `(on purpose? acknowledge(scope, '${code}', 'the reason'))`;
  expect(refused(PRIVILEGED)).toBe(
    [
      'test/api: 6 problems',
      `  - the pod runs as root: remove the privilege ${reason('run-as-root')}`,
      `  - the pod uses the node's network: remove the privilege ${reason('host-network')}`,
      `  - the pod sees the node's processes: remove the privilege ${reason('host-pid')}`,
      `  - the pod has the capabilities SYS_TIME: remove the privilege ${reason('added-capabilities')}`,
      `  - the pod has a writable root file system: remove the privilege ${reason('writable-root')}`,
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
  const stack = synth(PRIVILEGED, (scope) => codes.forEach((code) => acknowledge(scope, code, 'a test')));
  expect(privilegesOf(pod(stack)).sort()).toEqual([...codes].sort());
  expect(pod(stack).spec.dns_policy).toBe('ClusterFirstWithHostNet');
  expect(stack.ofType('kubernetes_network_policy_v1')).toEqual([]);
});

test.each<{ what: string; overrides: Partial<WorkloadProps>; message: string }>([
  {
    what: 'no container',
    overrides: { containers: [] },
    message: 'test/api: containers is empty: a pod needs one',
  },
  {
    what: 'no readiness probe',
    overrides: { containers: [{ ...container, readiness: undefined }] },
    message:
      "test/api: container 'api' has no readiness probe: a rollout would not wait until it works (on purpose? acknowledge(scope, 'no-readiness-probe', 'the reason'))",
  },
  {
    what: 'a probe of a port that is not there',
    overrides: { containers: [{ ...container, readiness: { tcp: 'https' } }] },
    message: "test/api: container 'api' readiness probes port 'https', which it does not have: there are http",
  },
  {
    what: 'a limit below the request',
    overrides: { containers: [{ ...container, resources: { cpu: '1', memory: '1Gi', memoryLimit: '512Mi' } }] },
    message: "test/api: container 'api' memory (1Gi) exceeds memoryLimit (512Mi): raise memoryLimit",
  },
  {
    what: 'a mount of no volume',
    overrides: { containers: [{ ...container, mounts: [{ volume: 'data', path: '/data' }] }] },
    message: "test/api: container 'api' mounts 'data', which is not a volume of the pod: there are tmp",
  },
  {
    what: 'metrics of no port',
    overrides: { metrics: { port: 'metrics' } },
    message: "test/api: metrics.port 'metrics' is not a port of a container: there are http",
  },
  {
    what: 'two containers of one name',
    overrides: { containers: [container, container] },
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
    message: 'test/api: replicas must be a whole number, got 1.5',
  },
])('$what is refused', ({ overrides, message }) => {
  expect(refused(overrides)).toBe(message);
});

function refused(overrides: Partial<WorkloadProps>): string {
  return refusal((scope) => {
    provideTrafficPeers(scope, { scrapers: [], requestSources: [] });
    new Workload(scope, 'api', { ...props, ...overrides });
  });
}

test('sizes of volumes are as the API server writes them, so that no plan differs', () => {
  const stack = synth({
    controller: { kind: 'stateful-set', replicas: 1, serviceId: 'api' },
    volumes: { cache: { kind: 'empty-dir', sizeLimit: '1024Mi' }, data: { kind: 'claim-template', size: '2048Gi' } },
  });
  const { template, volume_claim_template } = stack.getResource('kubernetes_stateful_set_v1').attributes['spec'];
  expect(template.spec.volume).toContainEqual({ name: 'cache', empty_dir: { size_limit: '1Gi' } });
  expect(volume_claim_template[0].spec.resources).toEqual({ requests: { storage: '2Ti' } });
});
