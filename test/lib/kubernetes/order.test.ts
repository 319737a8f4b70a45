import * as fc from 'fast-check';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { namespaces } from '../../../lib/addons/namespaces/namespaces';
import { externalDns } from '../../../lib/addons/external-dns/external-dns';
import { weightedService } from '../../../lib/addons/ingress/dynamic-configuration';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { acknowledgeAll } from '../../../lib/core/acknowledge';
import { ConfigFiles } from '../../../lib/kubernetes/config-files';
import { Ingress } from '../../../lib/kubernetes/ingress';
import { Namespace } from '../../../lib/kubernetes/namespace';
import { NetworkPolicy } from '../../../lib/kubernetes/network-policy';
import { RoleGrant } from '../../../lib/kubernetes/rbac';
import { PodService } from '../../../lib/kubernetes/service';
import { ServiceAccount } from '../../../lib/kubernetes/service-account';
import { Workload, type Controller, type WorkloadProps } from '../../../lib/kubernetes/workload';
import { install, NODE_POOLS, testFacts } from '../../support/platform';
import { synthStack } from '../../support/stack';
import { props, synth } from './fixtures';

/** Lists of which each item counts by itself. */
const SETS = new Set([
  'capabilities',
  'controlPlaneCidrs',
  'middlewareNamespaces',
  'nodeLabels',
  'nodePools',
  'sources',
  'taints',
  'tolerations',
  'trustedCidrs',
  'zones',
]);
/** A variable may contain those before it. */
const ORDERED = new Set(['env']);

type Shuffle = <T>(items: readonly T[]) => readonly T[];

/** The same data, with the keys of its objects and the items of its sets in another order. */
function turned<T>(value: T, shuffle: Shuffle, key = ''): T {
  if (Array.isArray(value)) {
    const items = value.map((item) => turned(item, shuffle));
    return (SETS.has(key) ? shuffle(items) : items) as T;
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, turned(item, shuffle, name)] as const);
  return Object.fromEntries(ORDERED.has(key) ? entries : shuffle(entries)) as T;
}

/** The stack of some data is the same, byte for byte, whatever the order in which the data is written. */
function sameBytes<T>(data: T, bytesOf: (data: T) => string) {
  const expected = bytesOf(data);
  return fc.property(fc.gen(), (gen) => {
    const shuffle: Shuffle = (items) => gen(fc.shuffledSubarray, [...items], { minLength: items.length });
    expect(bytesOf(turned(data, shuffle))).toBe(expected);
  });
}

const RUNS = { numRuns: 15 };

const bytes = (build: (stack: AwsStack) => void): string => JSON.stringify(synth(build).json, null, 2);

const CONTROLLERS: readonly Controller[] = [
  { kind: 'deployment', replicas: { min: 2, max: 5, memoryPercent: 80 } },
  { kind: 'stateful-set', replicas: 3, serviceId: 'api' },
  { kind: 'daemon-set', minAvailable: 2 },
  { kind: 'cron-job', schedule: '0 3 * * *' },
  { kind: 'job', retries: 1 },
];

const [CONTAINER] = props.containers;
const POD: Omit<WorkloadProps, 'controller'> = {
  ...props,
  identity: { name: 'api', instance: 'blue', component: 'backend', partOf: 'shop', version: '1' },
  containers: [
    {
      ...CONTAINER!,
      ports: { http: 8080, admin: 9000, dns: { port: 53, protocol: 'UDP' }, 'dns-tcp': 53 },
      env: { B: 'b', A: '$(B)', PASSWORD: { secret: 'api', key: 'password' } },
      readiness: { path: '/', port: 'http', headers: { Host: 'shop', Accept: 'text/plain' } },
      mounts: [{ volume: 'scratch', path: '/scratch' }],
    },
  ],
  volumes: {
    scratch: { kind: 'empty-dir', sizeLimit: '1Gi' },
    claim: { kind: 'pvc', name: 'uploads' },
    secret: { kind: 'secret', name: 'passwords', mode: '0400' },
    files: { kind: 'config-map', name: 'files' },
  },
  placement: {
    nodeLabels: [
      { pool: 'apps', disk: 'ssd' },
      { pool: 'batch', arch: 'arm64' },
    ],
    tolerations: [
      { key: 'pool', value: 'batch', effect: 'NoSchedule' },
      { key: 'pool', value: 'apps', effect: 'NoSchedule' },
      { key: 'drained', effect: 'NoExecute' },
    ],
  },
  privileges: { capabilities: ['SYS_TIME', 'NET_ADMIN'] },
  labels: { team: 'shop', cost: 'a' },
  annotations: { reviewed: 'yes', 'example.com/owner': 'shop' },
  ingress: [{ peers: [{ pods: { web: 'yes', app: 'shop' } }], ports: ['http'] }],
};

test.each(CONTROLLERS)('a $kind', (controller) => {
  const property = sameBytes({ pod: POD, controller }, (data) =>
    bytes((stack) => {
      acknowledgeAll(stack, { 'host-pid': 'a test', 'added-capabilities': 'a test' });
      new Workload(stack, 'api', { ...data.pod, controller: data.controller });
    }),
  );
  expect(() => fc.assert(property, RUNS)).not.toThrow();
});

test('other objects', () => {
  const { namespace, identity } = props;
  const rules = [{ resources: ['pods'], verbs: ['get'] }];
  const labels = { team: 'shop', cost: 'a' };
  const data = {
    acknowledgements: { 'rbac-wildcard': 'a test', 'host-pid': 'another' },
    files: { files: { 'b.json': '{}', 'a.json': '{}', 'c.txt': 'c' }, labels },
    namespace: {
      name: 'other',
      labels,
      quota: { 'requests.cpu': '20', pods: '200' },
      containerDefaults: { requests: { memory: '64Mi', cpu: '50m' }, limits: { memory: '64Mi', cpu: '1' } },
    },
    account: { annotations: { b: '2', a: '1' }, rules },
    grant: { name: 'read', namespace, labels, rules },
    policy: { namespace, name: 'web', pods: labels, egress: [{ peers: [{ selector: labels, namespace }] }] },
    service: { ports: { http: { port: 80 }, admin: { port: 81 } }, selector: { tier: 'edge', role: 'web' } },
    ingress: {
      ingressClass: 'traefik',
      annotations: { b: '2', a: '1' },
      labels,
      routes: [{ host: 'shop.example.com', service: 'api', port: 80 }],
    },
  };
  const property = sameBytes(data, (given) =>
    bytes((stack) => {
      acknowledgeAll(stack, given.acknowledgements);
      const files = new ConfigFiles(stack, 'files', { namespace, identity, ...given.files });
      new Namespace(stack, 'namespace', given.namespace);
      const subject = new ServiceAccount(stack, 'account', { namespace, identity, ...given.account });
      new RoleGrant(stack, 'grant', { ...given.grant, subject });
      new NetworkPolicy(stack, 'policy', given.policy);
      new PodService(stack, 'service', { namespace, identity, ...given.service });
      new Ingress(stack, 'ingress', { namespace, identity, ...given.ingress });
      new Workload(stack, 'api', { ...props, configHash: files.hash });
    }),
  );
  expect(() => fc.assert(property, RUNS)).not.toThrow();
});

test('add-ons, with two groups of nodes for the ingress', () => {
  const [first, apps] = NODE_POOLS;
  const { traffic, network } = testFacts();
  const second = { ...first!, name: 'edge', labels: { tier: 'edge', pool: 'edge' }, taints: [] };
  const data = {
    facts: {
      nodePools: [{ ...first!, labels: { pool: 'ingress', disk: 'ssd' } }, second, apps!],
      traffic,
      network,
    },
    ingress: {
      middlewareNamespaces: ['shop', 'admin'],
      http: {
        middlewares: {
          headers: { headers: { customRequestHeaders: { 'X-B': 'b', 'X-A': 'a' } } },
          compress: { compress: {} },
        },
        routers: { canary: { service: 'split', rule: 'Host(`canary.example.com`)' } },
      },
    },
    weights: { 'shop-stable-80': 90, 'shop-canary-80': 10 },
    dns: {
      sources: ['service', 'ingress'] as const,
      zones: [
        { zoneId: 'Z2', zoneName: 'b.example.com' },
        { zoneId: 'Z1', zoneName: 'a.example.com' },
      ],
    },
    namespaces: [{ name: 'shop', labels: { team: 'shop', cost: 'a' }, quota: { pods: '10', 'limits.cpu': '4' } }],
  };
  const property = sameBytes(data, (given) => {
    const { http } = given.ingress;
    const addOns = [
      ingress({ ...given.ingress, http: { ...http, services: { split: weightedService(given.weights) } } }),
      externalDns(given.dns),
      namespaces(given.namespaces),
    ];
    return JSON.stringify(synthStack((stack) => install(stack, addOns, given.facts)).json, null, 2);
  });
  expect(() => fc.assert(property, RUNS)).not.toThrow();
});
