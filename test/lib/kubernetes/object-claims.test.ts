import { ConfigFiles } from '../../../lib/kubernetes/config-files';
import { HorizontalPodAutoscaler } from '../../../lib/kubernetes/autoscaler';
import { Ingress } from '../../../lib/kubernetes/ingress';
import { Job } from '../../../lib/kubernetes/job';
import { NetworkPolicy } from '../../../lib/kubernetes/network-policy';
import { reserveNodePorts } from '../../../lib/kubernetes/object-claims';
import { PriorityClass } from '../../../lib/kubernetes/priority-class';
import { ClusterRoleGrant, RoleGrant } from '../../../lib/kubernetes/rbac';
import { PodService, type PodServiceProps } from '../../../lib/kubernetes/service';
import { ServiceAccount } from '../../../lib/kubernetes/service-account';
import { Workload, type WorkloadProps } from '../../../lib/kubernetes/workload';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { refusal } from '../../support/stack';
import { props, synth } from './fixtures';

type Place = (stack: AwsStack, id: string, namespaceName: string) => void;

const identity = { name: 'api', partOf: 'shop' };
const rules = [{ resources: ['pods'], verbs: ['get'] }];
const routes = [{ host: 'shop.example.com', service: 'api', port: 80 }];

const KINDS: readonly [string, Place][] = [
  [
    'ConfigMap',
    (stack, id, namespaceName) => new ConfigFiles(stack, id, { namespace: { namespaceName }, identity, files: {} }),
  ],
  [
    'Service',
    (stack, id, namespaceName) =>
      new PodService(stack, id, { namespace: { namespaceName }, identity, ports: { http: { port: 80 } } }),
  ],
  [
    'ServiceAccount',
    (stack, id, namespaceName) => new ServiceAccount(stack, id, { namespace: { namespaceName }, identity }),
  ],
  [
    'Ingress',
    (stack, id, namespaceName) =>
      new Ingress(stack, id, { namespace: { namespaceName }, identity, ingressClass: 'traefik', routes }),
  ],
  [
    'NetworkPolicy',
    (stack, id, namespaceName) => new NetworkPolicy(stack, id, { namespace: { namespaceName }, name: 'api', pods: {} }),
  ],
  [
    'Role',
    (stack, id, namespaceName) => {
      const namespace = { namespaceName };
      new RoleGrant(stack, id, { name: 'api', namespace, subject: { namespace, serviceAccountId: 'api' }, rules });
    },
  ],
  [
    'Workload',
    (stack, id, namespaceName) =>
      new Workload(stack, id, {
        ...props,
        namespace: { namespaceName },
        name: 'api',
        identity: { ...identity, instance: id },
      }),
  ],
  [
    'HorizontalPodAutoscaler',
    (stack, id, namespaceName) =>
      new HorizontalPodAutoscaler(stack, id, {
        identity,
        target: { kind: 'Deployment', name: `chart-${id}`, namespace: { namespaceName } },
        min: 1,
        max: 2,
      }),
  ],
];

test.each(KINDS)('a %s of a name is one in its namespace', (kind, place) => {
  const twice = (stack: AwsStack) => ['one', 'two'].forEach((id) => place(stack, id, 'shop'));
  expect(refusal(twice)).toBe(
    `test/two: name 'api' is also the name of the ${kind} test/one in namespace 'shop': choose another`,
  );
  const apart = (stack: AwsStack) => ['one', 'two'].forEach((id) => place(stack, id, id));
  expect(synth(apart).resources.length).toBeGreaterThan(1);
});

test.each<[string, (stack: AwsStack, id: string) => void]>([
  ['PriorityClass', (stack, id) => new PriorityClass(stack, id, { name: 'api', value: 1, description: '' })],
  [
    'ClusterRole',
    (stack, id) =>
      new ClusterRoleGrant(stack, id, {
        name: 'api',
        subject: { namespace: { namespaceName: id }, serviceAccountId: 'api' },
        rules,
      }),
  ],
])('a %s of a name is one in the cluster', (kind, place) => {
  expect(refusal((stack) => ['one', 'two'].forEach((id) => place(stack, id)))).toBe(
    `test/two: name 'api' is also the name of the ${kind} test/one: choose another`,
  );
});

test('two autoscalers would set one number', () => {
  const target = { kind: 'Deployment', name: 'chart', namespace: props.namespace } as const;
  const twice = (stack: AwsStack) =>
    ['one', 'two'].forEach(
      (name) => new HorizontalPodAutoscaler(stack, name, { identity, name, target, min: 1, max: 2 }),
    );
  expect(refusal(twice)).toContain(
    "test/two: name 'chart' is also the name of the autoscaled Deployment test/one in namespace 'shop'",
  );
});

describe('pods of one identity', () => {
  const CONFLICT =
    'identity has the name and instance of test/api, so that budgets and services of one apply to the pods of the other: set another identity.instance';
  const beside = (overrides: Partial<WorkloadProps>) => (stack: AwsStack) => {
    new Workload(stack, 'api', props);
    new Workload(stack, 'other', { ...props, name: 'other', ...overrides });
  };

  test.each<[string, Partial<WorkloadProps>]>([
    ['two deployments', {}],
    ['a component of it', { identity: { ...props.identity, component: 'worker' } }],
    // Verified with Kubernetes 1.34: "jobs.batch does not implement the scale subresource", no disruption is allowed.
    ['a job, even when it has ended', { controller: { kind: 'job' } }],
    ['the labels by hand', { identity: { name: 'api', instance: 'api', partOf: 'other' } }],
  ])('%s', (_what, overrides) => {
    expect(refusal(beside(overrides))).toBe(`test/other: ${CONFLICT}`);
  });

  test.each<[string, Partial<WorkloadProps>]>([
    ['another instance', { identity: { ...props.identity, instance: 'blue' } }],
    ['another namespace', { namespace: { namespaceName: 'other' } }],
  ])('%s is another one', (_what, overrides) => {
    expect(synth(beside(overrides)).ofType('kubernetes_deployment_v1')).toHaveLength(2);
  });

  test('jobs have no budget', () => {
    const { controller: _, ...pods } = props;
    const jobs = (stack: AwsStack) => ['one', 'two'].forEach((name) => new Job(stack, name, { ...pods, name }));
    expect(synth(jobs).ofType('kubernetes_job_v1')).toHaveLength(2);
  });
});

describe('node ports', () => {
  const service = (stack: AwsStack, id: string, ports: PodServiceProps['ports']) =>
    new PodService(stack, id, {
      namespace: props.namespace,
      identity: { ...identity, instance: id },
      kind: 'node-port',
      ports,
    });

  test('a node port is of one service', () => {
    const twice = (stack: AwsStack) =>
      ['one', 'two'].forEach((id) => service(stack, id, { http: { port: 80, nodePort: 30080 } }));
    expect(refusal(twice)).toBe(
      'test/two: nodePort 30080 is also that of test/one: choose another, or leave it out for any free one',
    );
  });

  test('of each protocol', () => {
    const stack = synth((scope) => {
      service(scope, 'one', { dns: { port: 53, nodePort: 30053, protocol: 'UDP' } });
      service(scope, 'two', { dns: { port: 53, nodePort: 30053 } });
    });
    expect(stack.ofType('kubernetes_service_v1')).toHaveLength(2);
  });

  test("it may be that of an environment's ingress", () => {
    const reserved = (stack: AwsStack) => {
      reserveNodePorts(stack, "the environment's ingress", [30080]);
      service(stack, 'one', { http: { port: 80, nodePort: 30080 } });
    };
    expect(refusal(reserved)).toContain("test/one: nodePort 30080 is also that of the environment's ingress");
  });
});
