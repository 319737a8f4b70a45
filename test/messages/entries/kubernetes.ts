import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { Construct } from 'constructs';
import { namespaces } from '../../../lib/addons/namespaces/namespaces';
import { acknowledge } from '../../../lib/core/acknowledge';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { HorizontalPodAutoscaler, type HorizontalPodAutoscalerProps } from '../../../lib/kubernetes/autoscaler';
import type { Labels } from '../../../lib/kubernetes/labels';
import { ConfigFiles, type ConfigFilesProps } from '../../../lib/kubernetes/config-files';
import { IMAGE_POLICY, provideImagePolicy, type ImagePolicy } from '../../../lib/kubernetes/image-policy';
import { Ingress, type IngressProps } from '../../../lib/kubernetes/ingress';
import { Namespace } from '../../../lib/kubernetes/namespace';
import { NetworkPolicy, type NetworkPolicyProps } from '../../../lib/kubernetes/network-policy';
import type { ContainerProps } from '../../../lib/kubernetes/pod/container';
import type { Volume } from '../../../lib/kubernetes/pod/volume';
import { placeOn, type NodePool } from '../../../lib/kubernetes/pod/placement';
import { PriorityClass } from '../../../lib/kubernetes/priority-class';
import { ClusterRoleGrant, RoleGrant, type RoleGrantProps } from '../../../lib/kubernetes/rbac';
import { PodService, type PodServiceProps } from '../../../lib/kubernetes/service';
import { ServiceAccount, type ServiceAccountProps } from '../../../lib/kubernetes/service-account';
import { provideTrafficPeers } from '../../../lib/kubernetes/traffic-peers';
import { Workload, type WorkloadProps } from '../../../lib/kubernetes/workload';
import { shapeProblems } from '../../../lib/core/shape';
import { group, inStack, returned, type Group } from '../try';

const NAMESPACE = { namespaceName: 'shop' };
const IDENTITY = { name: 'api', partOf: 'shop' };
const TOO_LONG = 'its value is too long for a message';

/** In a stack with the provider that all objects need. */
const inCluster = <I>(build: (stack: AwsStack, input: I) => void) =>
  inStack<I>((stack, input) => {
    new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
    build(stack, input);
  });

const place = <P>(type: new (scope: Construct, id: string, props: P) => unknown, valid: NoInfer<P>) =>
  inCluster<Partial<P>>((stack, props) => void new type(stack, 'construct', { ...valid, ...props }));

const SERVER: ContainerProps = {
  name: 'api',
  image: 'docker.io/example/api:v1.2.3',
  ports: { http: 8080 },
  resources: { cpu: '100m', memory: '128Mi' },
  readiness: { path: '/ready', port: 'http' },
};
const WORKLOAD: WorkloadProps = {
  namespace: NAMESPACE,
  identity: IDENTITY,
  controller: { kind: 'deployment', replicas: 1 },
  containers: [SERVER],
};
const container = (props: Partial<ContainerProps>): Partial<WorkloadProps> => ({
  containers: [{ ...SERVER, ...props }],
});
const mounted = (volume: Volume, path = '/data'): Partial<WorkloadProps> => ({
  volumes: { data: volume },
  ...container({ mounts: [{ volume: 'data', path }] }),
});
const STATEFUL_SET = { kind: 'stateful-set', replicas: 1, serviceId: 'api' } as const;
const cron = (props: object): Partial<WorkloadProps> => ({
  controller: { kind: 'cron-job', schedule: '0 3 * * *', ...props },
  containers: [{ ...SERVER, readiness: undefined }],
});
const CACHE = { kind: 'empty-dir', sizeLimit: '1Gi' } as const;
const READ = { resources: ['pods'], verbs: ['get'] } as const;
const route = (props: object): Partial<IngressProps> => ({
  routes: [{ host: 'shop.example.com', service: 'api', port: 80, ...props }],
});

const WORKLOADS: Readonly<
  Record<
    string,
    { readonly wrong: Partial<WorkloadProps>; readonly right: Partial<WorkloadProps>; readonly unnamed?: string }
  >
> = {
  "container '{}' requests no CPU, of which the autoscaler's cpuPercent is a share: raise cpu": {
    wrong: {
      controller: { kind: 'deployment', replicas: { min: 2, max: 3 } },
      ...container({ resources: { cpu: '0', memory: '128Mi' } }),
    },
    right: { controller: { kind: 'deployment', replicas: { min: 2, max: 3 } } },
  },
  "ingress[{}].ports has '{}', which is not a port of a container: {}": {
    wrong: { ingress: [{ peers: [{ namespace: 'edge' }], ports: ['web'] }] },
    right: { ingress: [{ peers: [{ namespace: 'edge' }], ports: ['http'] }] },
  },
  "metrics.port '{}' is not a port of a container: {}": {
    wrong: { metrics: { port: 'metrics' } },
    right: container({ ports: { http: 8080, metrics: 9090 } }),
  },
  "requestPorts has '{}', which is not a port of a container: {}": {
    wrong: { requestPorts: ['web'] },
    right: {},
  },
  "port '{}' is of container '{}' and of '{}': rename one": {
    wrong: { containers: [SERVER, { ...SERVER, name: 'two', ports: { http: 9090 } }] },
    right: {
      containers: [SERVER, { ...SERVER, name: 'two', ports: { web: 9090 }, readiness: { path: '/', port: 'web' } }],
    },
  },
  "ports '{}' of container '{}' and '{}' of '{}' are both {}: write it once, or choose another number": {
    wrong: {
      containers: [SERVER, { ...SERVER, name: 'two', ports: { web: 8080 }, readiness: { path: '/', port: 'web' } }],
    },
    right: {
      containers: [SERVER, { ...SERVER, name: 'two', ports: { web: 9090 }, readiness: { path: '/', port: 'web' } }],
    },
  },
  "two containers are named '{}': rename one": {
    wrong: { containers: [SERVER, { ...SERVER, ports: {}, readiness: { command: ['/ready'] } }] },
    right: { containers: [SERVER, { ...SERVER, name: 'two', ports: {}, readiness: { command: ['/ready'] } }] },
  },
  "init container '{}' has {}, which Kubernetes does not allow: remove it": {
    wrong: {
      initContainers: [{ ...SERVER, name: 'init', ports: {}, readiness: undefined, preStop: { command: ['a'] } }],
    },
    right: { initContainers: [{ ...SERVER, name: 'init', ports: {}, readiness: undefined }] },
  },
  'placement.nodeLabels is empty, so that no node has any of them: leave it out for any node': {
    wrong: { placement: { nodeLabels: [] } },
    right: { placement: {} },
  },
  'placement.nodeLabels[{}] is empty: leave nodeLabels out for any node': {
    wrong: { placement: { nodeLabels: [{}] } },
    right: { placement: {} },
  },
  "restart 'Always' is not valid for pods that run to completion: use 'OnFailure' or 'Never'": {
    wrong: { ...cron({}), restart: 'Always' },
    right: { ...cron({}), restart: 'OnFailure' },
  },
  "restart '{}' is not valid for pods that run until they are replaced: leave it out": {
    wrong: { restart: 'Never' },
    right: {},
  },
  'runAs.group ({}) has no effect beside privileges.runAsRoot: remove one of them': {
    wrong: { runAs: { group: 1001 }, privileges: { runAsRoot: true } },
    right: { runAs: { group: 1001 } },
  },
  'runAs.user ({}) has no effect beside privileges.runAsRoot: remove one of them': {
    wrong: { runAs: { user: 1000 }, privileges: { runAsRoot: true } },
    right: { runAs: { user: 1000 } },
  },
  'runAs.user is 0, which is root: use another user; root needs privileges.runAsRoot, and an acknowledgement of it': {
    wrong: { runAs: { user: 0 } },
    right: { runAs: { user: 1000 } },
  },
  "volume '{}' is a claim-template, which only a stateful-set has: use kind 'pvc', or controller 'stateful-set'": {
    wrong: mounted({ kind: 'claim-template', size: '1Gi' }),
    right: mounted({ kind: 'pvc', name: 'uploads' }),
  },
  "{} '{}' can change under the same name: give it a version's tag, or a digest": {
    wrong: container({ image: 'docker.io/example/api:latest' }),
    right: container({ image: 'docker.io/example/api:v1.2.3' }),
  },
  "{} '{}' is not a valid image: write it like registry/repository:tag, optionally with @sha256:...": {
    wrong: container({ image: 'Example/API v1' }),
    right: container({ image: 'docker.io/example/api:v1' }),
  },
  "{} '{}' does not start with '/': write '/{}'": { wrong: mounted(CACHE, 'data'), right: mounted(CACHE) },
  "{} '{}' has the {} '{}', which is not valid: use {} to {}{}, lists such as 1,2, ranges such as 1-3, steps such as */2, or *":
    { wrong: cron({ schedule: '61 3 * * *' }), right: cron({ schedule: '59 3 * * *' }) },
  "{} '{}' is a date that never comes: use a day that its months have": {
    wrong: cron({ schedule: '0 3 31 2 *' }),
    right: cron({ schedule: '0 3 28 2 *' }),
  },
  "{} '{}' is not a cron expression: write minute, hour, day, month and weekday, such as '0 3 * * *'": {
    wrong: cron({ schedule: 'daily' }),
    right: cron({ schedule: '0 3 * * *' }),
  },
  "{} '{}' is not valid: use {} or one such as '@every 1h'": {
    wrong: cron({ schedule: '@secondly' }),
    right: cron({ schedule: '@every 1h' }),
  },
  "{} '{}' is not a time zone{}": {
    wrong: cron({ timeZone: 'Europe/Berln' }),
    right: cron({ timeZone: 'Europe/Berlin' }),
  },
  "{} '{}' is a fraction of a byte: write it like {}": {
    wrong: container({ resources: { cpu: '100m', memory: '128m' } }),
    right: container({ resources: { cpu: '100m', memory: '128Mi' } }),
  },
  "{} '{}' is {} bytes, with which no program starts: add the unit, such as 128Mi": {
    wrong: container({ resources: { cpu: '100m', memory: '128' } }),
    right: container({ resources: { cpu: '100m', memory: '128Mi' } }),
  },
  'containers is empty: list at least one container, such as { name, image, resources }': {
    wrong: { containers: [] },
    right: {},
  },
  "container '{}' has no readiness probe: a rollout would not wait until it works; set readiness, such as {}": {
    wrong: container({ readiness: undefined }),
    right: container({ readiness: { path: '/ready', port: 'http' } }),
  },
  "controller.claimsOnDelete 'delete' has no effect without a volume of kind 'claim-template': remove it": {
    wrong: { controller: { ...STATEFUL_SET, claimsOnDelete: 'delete' } },
    right: { controller: STATEFUL_SET },
  },
  "identity.{} '{}' has no letter or digit: use at least one, since labels are derived from it": {
    wrong: { identity: { ...IDENTITY, partOf: '---' } },
    right: { identity: { ...IDENTITY, partOf: 'shop' } },
  },
  "topologySpread '{}' has no effect on a daemon-set: remove it": {
    wrong: { controller: { kind: 'daemon-set' }, topologySpread: 'node' },
    right: { controller: { kind: 'daemon-set' } },
  },
  "{} mode '{}' is not valid: use at most '0777'": {
    wrong: mounted({ kind: 'secret', name: 'passwords', mode: '01777' }),
    right: mounted({ kind: 'secret', name: 'passwords', mode: '0777' }),
  },
  "{} '{}' is not a valid quantity: write it like {}": {
    wrong: mounted({ kind: 'empty-dir', sizeLimit: '10 GB' }),
    right: mounted({ kind: 'empty-dir', sizeLimit: '10G' }),
  },
  '{} memory ({}) exceeds memoryLimit ({}): raise memoryLimit': {
    wrong: container({ resources: { cpu: '100m', memory: '128Mi', memoryLimit: '64Mi' } }),
    right: container({ resources: { cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' } }),
  },
  "{} env has '{}': use ASCII characters without '='": {
    wrong: container({ env: { 'A=B': 'c' } }),
    right: container({ env: { A: 'c' } }),
  },
  "{}.key '{}' is not a key of a Secret: use letters, digits, '-', '_' and '.'": {
    wrong: container({ env: { PASSWORD: { secret: 'passwords', key: 'the api' } } }),
    right: container({ env: { PASSWORD: { secret: 'passwords', key: 'the-api' } } }),
  },
  "{}.field '{}' is not a field that a variable may have: use one such as metadata.name, metadata.labels['key'], spec.nodeName or status.podIP":
    {
      wrong: container({ env: { NODE: { field: 'spec.node' } } }),
      right: container({ env: { NODE: { field: 'spec.nodeName' } } }),
    },
  "{} '{}' is not valid: use a number, or {}": {
    wrong: { ingress: [{ peers: [{ namespace: 'edge' }], ports: ['HTTP'] }] },
    right: { ingress: [{ peers: [{ namespace: 'edge' }], ports: ['http'] }] },
  },
  "{} '{}' is not valid: use {}": {
    wrong: container({ ports: { HTTP: 8080 }, readiness: { path: '/ready', port: 8080 } }),
    right: container({ ports: { http: 8080 }, readiness: { path: '/ready', port: 8080 } }),
  },
  "{} has subPath '{}': write it without '/' at the start and without '..'": {
    wrong: { volumes: { data: CACHE }, ...container({ mounts: [{ volume: 'data', path: '/data', subPath: '/a' }] }) },
    right: { volumes: { data: CACHE }, ...container({ mounts: [{ volume: 'data', path: '/data', subPath: 'a' }] }) },
  },
  "{} has a ':', which a path must not contain: rename it": {
    wrong: mounted(CACHE, '/a:b'),
    right: mounted(CACHE, '/a-b'),
  },
  "{} mounts '{}' twice: leave one out": {
    wrong: {
      volumes: { data: CACHE },
      ...container({
        mounts: [
          { volume: 'data', path: '/a' },
          { volume: 'data', path: '/a' },
        ],
      }),
    },
    right: { volumes: { data: CACHE }, ...container({ mounts: [{ volume: 'data', path: '/a' }] }) },
  },
  "{} mounts '{}', which is not a volume of the pod: {}": {
    wrong: container({ mounts: [{ volume: 'data', path: '/data' }] }),
    right: { ...container({ mounts: [{ volume: 'data', path: '/data' }] }), volumes: { data: CACHE } },
  },
  "{} mounts '/tmp' itself, where volume '{}' is mounted: leave the mount out, and name the volume '{}' for another one":
    {
      wrong: { volumes: { data: CACHE }, ...container({ mounts: [{ volume: 'data', path: '/tmp' }] }) },
      right: { volumes: { tmp: CACHE } },
    },
  "{} is 'read-write', a {} is never writable: leave access out, or use an empty-dir": {
    wrong: {
      volumes: { data: { kind: 'secret', name: 'passwords' } },
      ...container({ mounts: [{ volume: 'data', path: '/data', access: 'read-write' }] }),
    },
    right: mounted({ kind: 'secret', name: 'passwords' }),
  },
  '{} preStop.command is empty: write the program and its arguments': {
    wrong: container({ preStop: { command: [] } }),
    right: container({ preStop: { command: ['/bin/sleep', '5'] } }),
  },
  '{}.command is empty: write the program and its arguments': {
    wrong: container({ readiness: { command: [] } }),
    right: container({ readiness: { command: ['/ready'] } }),
  },
  "{} {} probes port '{}', which it does not have: {}": {
    wrong: container({ readiness: { path: '/ready', port: 'web' } }),
    right: container({ readiness: { path: '/ready', port: 'http' } }),
  },
  '{} {} probes port {}, which no container has: {}': {
    wrong: container({ liveness: { tcp: 9999 } }),
    right: container({ liveness: { tcp: 8080 } }),
  },
  "{}.headers has '{}': use letters, digits and '-' in the name of a header": {
    wrong: container({ readiness: { path: '/ready', port: 'http', headers: { 'the host': 'shop' } } }),
    right: container({ readiness: { path: '/ready', port: 'http', headers: { host: 'shop' } } }),
  },
  '{} {} is not valid: use a whole number from 1 to {}': {
    wrong: container({ ports: { http: 80_800 } }),
    right: container({ ports: { http: 8080 } }),
  },
  "{} '{}' is not a valid value: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends":
    {
      wrong: { labels: { team: 'the shop' } },
      right: { labels: { team: 'the-shop' } },
    },
  "{} has the key '{}': use at most 63 letters, digits, '-', '_' and '.', optionally after a domain name in lower case and '/'":
    {
      wrong: { labels: { 'the team': 'shop' } },
      right: { labels: { 'the-team': 'shop' } },
    },
  "labels has '{}', which is set on every object: remove it": {
    wrong: { labels: { 'app.kubernetes.io/managed-by': 'shop' } },
    right: { labels: {} },
  },
  'annotations has {} bytes, Kubernetes allows at most {}: move some to a ConfigFiles': {
    wrong: { annotations: { notes: 'a'.repeat(262_145) } },
    right: { annotations: { notes: 'a' } },
    unnamed: TOO_LONG,
  },
  "{} '{}' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends":
    { wrong: container({ name: 'API' }), right: container({ name: 'api' }) },
  "{} '{}' has {} characters, Kubernetes allows at most {}: shorten it": {
    wrong: container({ name: 'a'.repeat(64) }),
    right: container({ name: 'a'.repeat(63) }),
  },
  '{}min ({}) exceeds {}max ({}): raise {}max': {
    wrong: { controller: { kind: 'deployment', replicas: { min: 3, max: 2 } } },
    right: { controller: { kind: 'deployment', replicas: { min: 3, max: 4 } } },
  },
};

interface Scaling {
  readonly replicas: number | { readonly min: number; readonly max: number };
  readonly autoscaler?: 'of the workload';
}

const POOL = {
  kind: 'managed',
  taints: [],
  architecture: 'amd64',
  zones: ['eu-west-1a'],
  minNodes: 1,
  maxNodes: 3,
  ingress: false,
} as const;
const pools = (labels: Readonly<Record<string, string>>): readonly NodePool[] => [
  { ...POOL, name: 'apps', labels },
  { ...POOL, name: 'batch', labels: { pool: 'batch' } },
];
const AUTOSCALER: HorizontalPodAutoscalerProps = {
  target: { kind: 'Deployment', name: 'chart', namespace: NAMESPACE },
  identity: IDENTITY,
  min: 1,
  max: 5,
};

export const GROUPS: readonly Group[] = [
  group(
    returned((images: ImagePolicy) => shapeProblems(images, IMAGE_POLICY, 'images')),
    {
      "{} has '{}', which no image is pulled from: use a registry's host, such as docker.io or registry.k8s.io": {
        wrong: { mirrors: { 'https://docker.io': 'mirror.example.com' } },
        right: { mirrors: { 'docker.io': 'mirror.example.com' } },
      },
    },
  ),
  group(place(Workload, WORKLOAD), WORKLOADS),
  group(
    inCluster((stack, image: string) => {
      provideImagePolicy(stack, { pin: 'digest' });
      new Workload(stack, 'workload', { ...WORKLOAD, ...container({ image }) });
    }),
    {
      "{} '{}' has no digest, which images.pin 'digest' requires: append @sha256:...": {
        wrong: 'docker.io/example/api:v1.2.3',
        right: `docker.io/example/api:v1.2.3@sha256:${'0a'.repeat(32)}`,
      },
    },
  ),
  group(
    inCluster((stack, images: ImagePolicy) => {
      provideImagePolicy(stack, images);
      new Workload(stack, 'workload', WORKLOAD);
    }),
    {
      "{} '{}' comes from none of {}: mirror it in one of them with images.mirrors, or add its registry to images.allowed":
        {
          wrong: { allowed: ['quay.io'] },
          right: { allowed: ['quay.io', 'docker.io'] },
        },
      "{} '{}' is in a registry that nodes without internet access cannot reach: {}": {
        wrong: { reachable: ['*.dkr.ecr.eu-west-1.amazonaws.com'] },
        right: {
          reachable: ['*.dkr.ecr.eu-west-1.amazonaws.com'],
          mirrors: { 'docker.io': '123456789012.dkr.ecr.eu-west-1.amazonaws.com/hub' },
        },
      },
    },
  ),
  group(
    inCluster((stack, { serviceAccount }: { readonly serviceAccount: Pick<ServiceAccountProps, 'namespace'> }) => {
      new Workload(stack, 'workload', {
        ...WORKLOAD,
        serviceAccount: new ServiceAccount(stack, 'account', { ...serviceAccount, identity: IDENTITY }),
      });
    }),
    {
      "serviceAccount is of namespace '{}', the pods are in '{}': create an account in '{}'": {
        wrong: { serviceAccount: { namespace: { namespaceName: 'other' } } },
        right: { serviceAccount: { namespace: { namespaceName: 'shop' } } },
      },
    },
  ),
  group(
    inCluster((stack, identities: readonly WorkloadProps['identity'][]) => {
      identities.forEach(
        (identity, index) => new Workload(stack, `w${index}`, { ...WORKLOAD, name: `w${index}`, identity }),
      );
    }),
    {
      'identity has the name and instance of {}, so that budgets and services of one apply to the pods of the other: set another identity.instance':
        {
          wrong: [IDENTITY, IDENTITY],
          right: [IDENTITY, { ...IDENTITY, instance: 'two' }],
        },
    },
  ),
  group(
    inCluster((stack, { replicas, autoscaler }: Scaling) => {
      const { workload } = new Workload(stack, 'workload', {
        ...WORKLOAD,
        controller: { kind: 'deployment', replicas },
      });
      if (autoscaler === 'of the workload') {
        const target = workload as unknown as HorizontalPodAutoscalerProps['target'];
        new HorizontalPodAutoscaler(stack, 'autoscaler', { ...AUTOSCALER, target });
      }
    }),
    {
      "{} {} is created here: leave this autoscaler out, and write replicas: { min, max } in the Workload's controller, which creates one":
        {
          wrong: { replicas: 2, autoscaler: 'of the workload' },
          right: { replicas: { min: 2, max: 5 } },
        },
    },
  ),
  group(
    returned(({ pools: named, labels = {} }: { readonly pools: readonly string[]; readonly labels?: Labels }) => {
      const all = pools(labels);
      placeOn(
        all.filter(({ name }) => named.includes(name)),
        all,
      );
      return [];
    }),
    {
      'pools is empty: choose from {}': { wrong: { pools: [] }, right: { pools: ['batch'] } },
      "node pool '{}' has no label that '{}' lacks, so its pods would run on both: give it one, such as { pool: '{}' }":
        {
          wrong: { pools: ['apps'] },
          right: { pools: ['apps'], labels: { pool: 'apps' } },
        },
    },
  ),
  group(
    inCluster((stack, { isProvided, ...props }: Partial<WorkloadProps> & { readonly isProvided: boolean }) => {
      if (isProvided) provideTrafficPeers(stack, { scrapers: [], requestSources: [{ namespace: 'edge' }] });
      new Workload(stack, 'workload', { ...WORKLOAD, ...props });
    }),
    {
      '{} needs to know its peers: call provideTrafficPeers(stack, { scrapers, requestSources }) first': {
        wrong: { requestPorts: ['http'], isProvided: false },
        right: { requestPorts: ['http'], isProvided: true },
        unnamed: 'the input is the call that is missing',
      },
    },
  ),
  group(
    inCluster((stack, ingress: NonNullable<NetworkPolicyProps['ingress']>) => {
      const { selector } = new Workload(stack, 'workload', WORKLOAD);
      new NetworkPolicy(stack, 'policy', { namespace: NAMESPACE, name: 'edge', pods: selector, ingress });
    }),
    {
      "{}.ports has '{}', which is not a port of {}: {}": {
        wrong: [{ peers: [{ namespace: 'edge' }], ports: ['web'] }],
        right: [{ peers: [{ namespace: 'edge' }], ports: ['http'] }],
      },
    },
  ),
  group(place(ConfigFiles, { namespace: NAMESPACE, identity: IDENTITY, files: {} } as ConfigFilesProps), {
    "files has '{}': use at most 253 letters, digits, '-', '_' and '.', not '..' at the start": {
      wrong: { files: { 'the app.json': '{}' } },
      right: { files: { 'the-app.json': '{}' } },
    },
    'files has {} bytes, Kubernetes allows at most {}: split them into several ConfigFiles': {
      wrong: { files: { 'app.json': 'a'.repeat(1_048_577) } },
      right: { files: { 'app.json': '{}' } },
      unnamed: TOO_LONG,
    },
  }),
  group(place(Namespace, { name: 'shop' }), {
    "{} has '{}', which podSecurity sets: remove it, and set podSecurity": {
      wrong: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
      right: { podSecurity: 'baseline' },
    },
    "{} has '{}', which Kubernetes sets to the name: remove it": {
      wrong: { labels: { 'kubernetes.io/metadata.name': 'shop' } },
      right: { labels: {} },
    },
    "{}.{} '{}' is not a version of Pod Security: use latest, or a minor version such as v1.34": {
      wrong: { labels: { 'pod-security.kubernetes.io/warn-version': '1.34' } },
      right: { labels: { 'pod-security.kubernetes.io/warn-version': 'v1.34' } },
    },
    "{} '{}' has a unit of memory: write cores, such as 200m or 2": {
      wrong: { quota: { 'requests.cpu': '20Gi' } },
      right: { quota: { 'requests.cpu': '20' } },
    },
    "{} '{}' is {} bytes: add the unit, such as {}": {
      wrong: { quota: { 'requests.memory': '64' } },
      right: { quota: { 'requests.memory': '64Gi' } },
    },
    "name '{}' is that of a namespace that every cluster has: choose another, or write { namespaceName: '{}' } where it is used":
      { wrong: { name: 'kube-system' }, right: { name: 'shop' } },
  }),
  group(place(PriorityClass, { name: 'high', value: 1000, description: 'Goes first' }), {
    "name '{}' starts with system-, which Kubernetes reserves: choose another": {
      wrong: { name: 'system-shop' },
      right: { name: 'shop' },
    },
  }),
  group(
    place(Ingress, {
      namespace: NAMESPACE,
      identity: IDENTITY,
      ingressClass: 'traefik',
      routes: [{ host: 'shop.example.com', service: 'api', port: 80 }],
    } as IngressProps),
    {
      "host '{}' is not valid: use a domain name in lower case, optionally with *. in front": {
        wrong: route({ host: 'Shop.example.com' }),
        right: route({ host: 'shop.example.com' }),
      },
      "path '{}' is not valid: start it with '/', without '//', '.', '..' or '%2f'": {
        wrong: route({ path: 'api' }),
        right: route({ path: '/api' }),
      },
      "routes has '{}' twice: leave one out": {
        wrong: { routes: [...route({}).routes!, ...route({}).routes!] },
        right: route({}),
      },
    },
  ),
  group(
    inCluster((stack, { port, namespace }: { readonly port: string; readonly namespace?: string }) => {
      const service = new PodService(stack, 'service', {
        namespace: NAMESPACE,
        identity: IDENTITY,
        ports: { http: { port: 80 } },
      });
      new Ingress(stack, 'ingress', {
        namespace: { namespaceName: namespace ?? 'shop' },
        identity: IDENTITY,
        ingressClass: 'traefik',
        routes: [{ host: 'shop.example.com', service, port }],
      });
    }),
    {
      "port '{}' of '{}' is not a port of {}: {}": { wrong: { port: 'web' }, right: { port: 'http' } },
      "the service of '{}' is in namespace '{}', the Ingress in '{}': create the Ingress in '{}'": {
        wrong: { port: 'http', namespace: 'other' },
        right: { port: 'http', namespace: 'shop' },
      },
    },
  ),
  group(
    place(PodService, { namespace: NAMESPACE, identity: IDENTITY, ports: { http: { port: 80 } } } as PodServiceProps),
    {
      'ports is empty: list at least one port, such as { http: { port: 80 } }': {
        wrong: { ports: {} },
        right: { ports: { http: { port: 80 } } },
      },
      "{} '{}' starts with a digit: start a Service's name with a letter": {
        wrong: { name: '1api' },
        right: { name: 'api1' },
      },
      "port '{}' has nodePort {} and kind is '{}': make it 'node-port', or drop nodePort": {
        wrong: { ports: { http: { port: 80, nodePort: 30100 } } },
        right: { ports: { http: { port: 80, nodePort: 30100 } }, kind: 'node-port' },
      },
      "ports '{}' and '{}' are both {}: choose another number": {
        wrong: { ports: { http: { port: 80 }, web: { port: 80 } } },
        right: { ports: { http: { port: 80 }, web: { port: 81 } } },
      },
      "ports '{}' and '{}' both have nodePort {}: choose another number": {
        wrong: {
          kind: 'node-port',
          ports: { http: { port: 80, nodePort: 30100 }, web: { port: 81, nodePort: 30100 } },
        },
        right: {
          kind: 'node-port',
          ports: { http: { port: 80, nodePort: 30100 }, web: { port: 81, nodePort: 30101 } },
        },
      },
    },
  ),
  group(place(ServiceAccount, { namespace: NAMESPACE, identity: IDENTITY } as ServiceAccountProps), {
    "{}.verbs has '{}', which no request has{}": {
      wrong: { rules: [{ ...READ, verbs: ['read'] }] } as unknown as Partial<ServiceAccountProps>,
      right: { rules: [READ] },
    },
    "{}.apiGroups has '{}', with a version: write '{}'": {
      wrong: { rules: [{ ...READ, apiGroups: ['apps/v1'], resources: ['deployments'] }] },
      right: { rules: [{ ...READ, apiGroups: ['apps'], resources: ['deployments'] }] },
    },
    "{}.apiGroups has the version '{}': write '' for the core group": {
      wrong: { rules: [{ ...READ, apiGroups: ['v1'] }] },
      right: { rules: [{ ...READ, apiGroups: [''] }] },
    },
    "{}.apiGroups has '{}', which is not a group: write one such as 'apps', or '' for the core group": {
      wrong: { rules: [{ ...READ, apiGroups: ['The Apps'] }] },
      right: { rules: [{ ...READ, apiGroups: [''] }] },
    },
    "{}.resources has '{}', which no resource is called: use lower case and the plural, such as 'pods' or 'pods/log'": {
      wrong: { rules: [{ ...READ, resources: ['Pods'] }] },
      right: { rules: [READ] },
    },
    "{}.resources has '{}', which is not in the core group: set apiGroups: ['{}']": {
      wrong: { rules: [{ ...READ, resources: ['deployments'] }] },
      right: { rules: [{ ...READ, resources: ['deployments'], apiGroups: ['apps'] }] },
    },
    '{}.resourceNames is empty, which Kubernetes takes for every object: remove the rule, or list names': {
      wrong: { rules: [{ ...READ, resourceNames: [] }] },
      right: { rules: [{ ...READ, resourceNames: ['api'] }] },
    },
    '{}.{} is empty: list what is allowed, or remove the rule': {
      wrong: { rules: [{ ...READ, verbs: [] }] },
      right: { rules: [READ] },
    },
    "{}.nonResourceUrls has '{}', which no request has: start it with '/', with '*' at the end at most": {
      wrong: { clusterRules: [{ nonResourceUrls: ['metrics'], verbs: ['get'] }] },
      right: { clusterRules: [{ nonResourceUrls: ['/metrics'], verbs: ['get'] }] },
    },
    'rules allows {} on the secrets of every namespace: grant it in the namespaces concerned, with RoleGrant': {
      wrong: { clusterRules: [{ resources: ['secrets'], verbs: ['get'] }] },
      right: { rules: [{ resources: ['secrets'], verbs: ['get'] }] },
    },
  }),
  group(
    inCluster((stack, rules: readonly (typeof READ)[]) => {
      const subject = new ServiceAccount(stack, 'account', { namespace: NAMESPACE, identity: IDENTITY });
      new ClusterRoleGrant(stack, 'grant', { name: 'read', subject, rules });
    }),
    { 'rules is empty: list what is allowed, or remove the grant': { wrong: [], right: [READ] } },
  ),
  group(
    inCluster((stack, { rules }: Pick<RoleGrantProps, 'rules'>) => {
      const subject = new ServiceAccount(stack, 'account', { namespace: NAMESPACE, identity: IDENTITY });
      new RoleGrant(stack, 'grant', {
        name: 'read',
        namespace: NAMESPACE,
        subject,
        rules,
      });
    }),
    {
      "rules has '{}', which is in no namespace: grant it with ClusterRoleGrant": {
        wrong: { rules: [{ ...READ, resources: ['nodes'] }] },
        right: { rules: [READ] },
      },
    },
  ),
  group(place(NetworkPolicy, { namespace: NAMESPACE, name: 'api', pods: { app: 'api' } } as NetworkPolicyProps), {
    "{}.except '{}' is not a part of cidr '{}': remove it": {
      wrong: { egress: [{ peers: [{ cidr: '10.0.0.0/8', except: ['192.168.0.0/16'] }] }] },
      right: { egress: [{ peers: [{ cidr: '10.0.0.0/8' }] }] },
    },
  }),
  group(place(Workload, WORKLOAD), {
    "labels has '{}': set {} instead": {
      wrong: { labels: { 'app.kubernetes.io/name': 'shop' } },
      right: { labels: {} },
    },
    '{} is {} of the node: remove it': {
      wrong: mounted({ kind: 'host-path', path: '/' }),
      right: mounted(CACHE),
    },
    '{}.namespaceName is required: a string': {
      wrong: { namespace: {} as unknown as WorkloadProps['namespace'] },
      right: { namespace: NAMESPACE },
    },
  }),
  group(
    place(Workload, { ...WORKLOAD, controller: { kind: 'daemon-set' } } as WorkloadProps),
    Object.fromEntries(
      (
        [
          ['the pod {}: remove privileges.{}', { runAsRoot: true }],
          ['has a writable root file system', { writableRoot: true }],
          ['has the {} {}', { capabilities: ['NET_ADMIN'] }],
          ['is privileged', { privileged: true }],
          ['runs as root', { runAsRoot: true }],
          ["sees the node's processes", { hostPid: true }],
          ["uses the node's network", { hostNetwork: true }],
        ] as const
      ).map(([message, privileges]) => [
        message,
        {
          wrong: { privileges },
          right: { privileges: {} },
          ...(message.startsWith('the pod') ? {} : { within: 'the pod {}: remove privileges.{}' }),
        },
      ]),
    ),
  ),
  group(
    inCluster((stack, names: readonly string[]) => {
      names.forEach(
        (name, index) =>
          new ConfigFiles(stack, `f${index}`, { namespace: NAMESPACE, identity: IDENTITY, name, files: {} }),
      );
    }),
    {
      "name '{}' is also the name of the {} {}{}: choose another": {
        wrong: ['files', 'files'],
        right: ['files', 'others'],
      },
    },
  ),
  group(
    inCluster((stack, nodePort: number) => {
      for (const [id, port] of [
        ['a', 30100],
        ['b', nodePort],
      ] as const) {
        new PodService(stack, id, {
          namespace: NAMESPACE,
          identity: IDENTITY,
          name: id,
          kind: 'node-port',
          ports: { http: { port: 80, nodePort: port } },
        });
      }
    }),
    {
      'nodePort {} is also that of {}: choose another, or leave it out for any free one': {
        wrong: 30100,
        right: 30101,
      },
    },
  ),
  group(
    inCluster((stack, target: string) => {
      new Workload(stack, 'workload', WORKLOAD);
      new PodService(stack, 'service', {
        namespace: NAMESPACE,
        identity: IDENTITY,
        ports: { web: { port: 80, target } },
      });
    }),
    {
      "port '{}' has target '{}', which is not a port of {}: {}": { wrong: 'web', right: 'http' },
    },
  ),
  group(
    inCluster((stack, props: Partial<WorkloadProps>) => {
      for (const code of ['host-network', 'host-path'] as const) acknowledge(stack, code, 'a test of messages');
      new Workload(stack, 'workload', { ...WORKLOAD, controller: { kind: 'daemon-set' }, ...props });
    }),
    {
      "controller.update 'surge' needs the ports of the node's network twice: use 'replace'": {
        wrong: { controller: { kind: 'daemon-set', update: 'surge' }, privileges: { hostNetwork: true } },
        right: { controller: { kind: 'daemon-set', update: 'replace' }, privileges: { hostNetwork: true } },
      },
      "{} has no effect on the node's network, to which no policy applies: remove it": {
        wrong: { privileges: { hostNetwork: true }, ingress: [{ peers: [{ namespace: 'edge' }], ports: ['http'] }] },
        right: { privileges: { hostNetwork: true } },
      },
      "{} path '{}' has '..': write the path without it": {
        wrong: mounted({ kind: 'host-path', path: '/var/../log' }),
        right: mounted({ kind: 'host-path', path: '/var/log' }),
      },
    },
  ),
  group(
    inCluster((stack, podSecurity: 'restricted' | 'privileged') => {
      acknowledge(stack, 'host-path', 'a test of messages');
      const namespace = new Namespace(stack, 'namespace', { name: 'shop', podSecurity });
      new Workload(stack, 'workload', {
        ...WORKLOAD,
        namespace,
        controller: { kind: 'daemon-set' },
        volumes: { logs: { kind: 'host-path', path: '/var/log' } },
      });
    }),
    {
      "namespace '{}' has podSecurity '{}', which rejects {}: remove that, or use a namespace with podSecurity '{}'": {
        wrong: 'restricted',
        right: 'privileged',
      },
    },
  ),
  group(
    place(Ingress, { namespace: NAMESPACE, identity: IDENTITY, ingressClass: 'traefik', routes: [] } as IngressProps),
    {
      'routes is empty: list at least one route, such as { host, service, port }': {
        wrong: { routes: [] },
        right: route({}),
      },
      "service of '{}' is not a PodService: write one, or the name of an existing service": {
        wrong: route({ service: {} }),
        right: route({}),
      },
    },
  ),
  group(
    returned((spec: object) => void namespaces([{ name: 'shop', ...spec }])),
    {
      "{}.requests.{} '{}' exceeds limits.{} '{}': lower the request, or raise the limit": {
        wrong: { containerDefaults: { requests: { cpu: '2' }, limits: { cpu: '1' } } },
        right: { containerDefaults: { requests: { cpu: '1' }, limits: { cpu: '1' } } },
      },
      "{} has '{}', which no quota counts{}": {
        wrong: { quota: { disks: '1' } },
        right: { quota: { pods: '1' } },
      },
      "{}.{} has '{}', which no container requests{}": {
        wrong: { containerDefaults: { requests: { disk: '1' } } },
        right: { containerDefaults: { requests: { cpu: '1' } } },
      },
      "{}.{} must be a whole number, got '{}'": {
        wrong: { quota: { pods: '1.5' } },
        right: { quota: { pods: '1' } },
      },
    },
  ),
  group(place(ServiceAccount, { namespace: NAMESPACE, identity: IDENTITY } as ServiceAccountProps), {
    "{}.resources has '{}', which is not in the core group{}": {
      wrong: { rules: [{ ...READ, resources: ['pdos'] }] },
      right: { rules: [READ] },
    },
    "{}.resources has '{}', which matches no subresource: list them, such as 'pods/log'": {
      wrong: { rules: [{ ...READ, resources: ['pods/*'] }] },
      right: { rules: [{ ...READ, resources: ['pods/log'] }] },
    },
    "{}.resources has '{}', which is in none of apiGroups ({}): add '{}'": {
      wrong: { rules: [{ apiGroups: ['batch'], resources: ['deployments'], verbs: ['get'] }] },
      right: { rules: [{ apiGroups: ['batch', 'apps'], resources: ['deployments'], verbs: ['get'] }] },
    },
    "{}.resourceNames has '{}', and a name is not a pattern: list names, or remove resourceNames for every object": {
      wrong: { rules: [{ ...READ, resourceNames: ['api-*'] }] },
      right: { rules: [{ ...READ, resourceNames: ['api-0'] }] },
    },
    "{} has resourceNames and the verb '{}', whose requests name no object: move it to a rule without resourceNames": {
      wrong: { rules: [{ resources: ['pods'], verbs: ['get', 'create'], resourceNames: ['api-0'] }] },
      right: {
        rules: [
          { ...READ, resourceNames: ['api-0'] },
          { resources: ['pods'], verbs: ['create'] },
        ],
      },
    },
    "rules has '{}' in {}: list what is needed": {
      wrong: { clusterRules: [{ nonResourceUrls: ['/*'], verbs: ['get'] }] },
      right: { clusterRules: [{ nonResourceUrls: ['/metrics'], verbs: ['get'] }] },
    },
  }),
  group(
    place(PodService, { namespace: NAMESPACE, identity: IDENTITY, ports: { http: { port: 80 } } } as PodServiceProps),
    {
      "selector has '{}', which identity sets: remove it": {
        wrong: { selector: { 'app.kubernetes.io/name': 'web' } },
        right: { selector: {} },
      },
    },
  ),
  group(
    place(Ingress, { namespace: NAMESPACE, identity: IDENTITY, ingressClass: 'traefik', routes: [] } as IngressProps),
    {
      "path '{}' has '{}', which no path of a request has: write the path alone": {
        wrong: route({ path: '/search?q=shoes' }),
        right: route({ path: '/search' }),
      },
    },
  ),
  group(place(Workload, WORKLOAD), {
    '{} hides the image, so that no program is found: write a directory in it': {
      wrong: mounted(CACHE, '/'),
      right: mounted(CACHE, '/data'),
    },
    "{} '{}' is nothing: write it like {}": {
      wrong: mounted({ kind: 'empty-dir', sizeLimit: '0' }),
      right: mounted(CACHE),
    },
  }),
  group(place(PriorityClass, { name: 'high', value: 1000, description: 'Goes first' }), {
    "{} '{}' is not a valid name of a Kubernetes object: use lower-case letters, digits, '-' and '.', with a letter or digit at both ends":
      { wrong: { name: 'High' }, right: { name: 'high' } },
  }),
];
