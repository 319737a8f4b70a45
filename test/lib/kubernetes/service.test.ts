import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Testing } from 'cdktf';
import { AwsStack } from '../../../lib/core/aws-stack';
import { Workload } from '../../../lib/kubernetes/workload';
import { PodService, type PodServiceProps } from '../../../lib/kubernetes/service';
import { refusal } from '../../support/stack';
import { props as workload, synth } from './fixtures';

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

test.each<Partial<PodServiceProps>>([
  { ports: { http: { port: 80, target: 'http' }, dns: { port: 80, protocol: 'UDP' } } },
  {
    kind: 'node-port',
    ports: { dns: { port: 53, nodePort: 30053 }, udp: { port: 53, protocol: 'UDP', nodePort: 30053 } },
  },
  { ports: { ['p'.repeat(63)]: { port: 65535 } }, selector: { role: '' } },
])('%j is a service', (changes) => {
  const props = { namespace, identity, ports: {}, ...changes };
  const stack = synth((scope) => new PodService(scope, 'service', props));
  expect(stack.ofType('kubernetes_service_v1')).toHaveLength(1);
});

test.each([
  ['{ "ports": {} }', 'ports is empty: list at least one port, such as { http: { port: 80 } }'],
  ['{ "ports": [80] }', 'ports must be an object of ports by name, such as { http: { port: 80 } }, got [80]'],
  ['{ "ports": { "http": 80 } }', 'ports.http must be an object, got 80'],
  ['{ "ports": { "http": { "port": 0 } } }', 'ports.http.port 0 is not valid: use a whole number from 1 to 65535'],
  ['{ "ports": { "http": { "port": 80, "targetPort": 8080 } } }', "unknown property 'ports.http.targetPort'"],
  ['{ "ports": { "http": { "port": 80, "target": 65536 } } }', 'ports.http.target 65536 is not valid'],
  ['{ "ports": { "http": { "port": 80, "target": "HTTP" } } }', "ports.http.target 'HTTP' is not valid"],
  ['{ "ports": { "HTTP": { "port": 80 } } }', "the name of a port 'HTTP' is not a valid name"],
  ['{ "ports": { "a": { "port": 80 }, "b": { "port": 80 } } }', "ports 'a' and 'b' are both 80: choose another number"],
  [
    '{ "kind": "node-port", "ports": { "a": { "port": 80, "nodePort": 80 } } }',
    'ports.a.nodePort must be a whole number from 30000 to 32767, got 80',
  ],
  [
    '{ "kind": "node-port", "ports": { "a": { "port": 80, "nodePort": 30080 }, "b": { "port": 81, "nodePort": 30080 } } }',
    "ports 'a' and 'b' both have nodePort 30080: choose another number",
  ],
  ['{ "kind": "load-balancer" }', "kind must be one of cluster-ip, headless, node-port, got 'load-balancer'"],
  ['{ "name": "1api" }', "name '1api' starts with a digit: start a Service's name with a letter"],
  [
    '{ "selector": { "app.kubernetes.io/name": "other" } }',
    "selector has 'app.kubernetes.io/name', which identity sets: remove it",
  ],
  ['{ "selector": { "app": "a b" } }', "selector.app 'a b' is not a valid value"],
])('%s: %s', (json, problem) => {
  const props = { namespace, identity, ports: { http: { port: 80 } }, ...(JSON.parse(json) as object) };
  expect(refusal((scope) => new PodService(scope, 'service', props))).toContain(problem);
});

describe('the named target of a port', () => {
  const build =
    (target: string, overrides: Partial<PodServiceProps> = {}) =>
    (stack: AwsStack) => {
      new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
      new PodService(stack, 'service', { namespace, identity, ports: { web: { port: 80, target } }, ...overrides });
      new Workload(stack, 'api', workload);
    };
  const problemsOf = (place: (stack: AwsStack) => void) => {
    const app = Testing.app();
    const stack = new AwsStack(app, 'test', { account: '123456789012', region: 'eu-west-1' });
    place(stack);
    return stack.node.findAll().flatMap(({ node }) => node.validate());
  };

  test('is a port of the pods', () => {
    expect(problemsOf(build('https'))).toEqual([
      "port 'web' has target 'https', which is not a port of test/api: use http, or add it to the ports of a container",
    ]);
    expect(problemsOf(build('http'))).toEqual([]);
  });

  test('is not known of pods that are created elsewhere', () => {
    expect(problemsOf(build('https', { identity: { name: 'chart', partOf: 'shop' } }))).toEqual([]);
    expect(problemsOf(build('https', { namespace: { namespaceName: 'other' } }))).toEqual([]);
  });
});
