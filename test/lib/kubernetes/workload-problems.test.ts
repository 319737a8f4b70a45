import { Token } from 'cdktf';
import { acknowledge } from '../../../lib/core/acknowledge';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { Job } from '../../../lib/kubernetes/job';
import { ServiceAccount } from '../../../lib/kubernetes/service-account';
import { provideTrafficPeers } from '../../../lib/kubernetes/traffic-peers';
import { Workload, type WorkloadProps } from '../../../lib/kubernetes/workload';
import { refusal } from '../../support/stack';
import { container, props, refusedWorkload, synth, synthWorkload } from './fixtures';

const PEERS = (stack: AwsStack) => {
  provideTrafficPeers(stack, { scrapers: [], requestSources: [] });
  acknowledge(stack, 'run-as-root', 'a test');
  acknowledge(stack, 'host-network', 'a test');
};

test.each<Partial<WorkloadProps>>([
  { runAs: { user: 1000, group: 0, fsGroup: 0 } },
  { runAs: { fsGroup: 2000 }, privileges: { runAsRoot: true } },
  { terminationGraceSeconds: 0 },
  { priorityClass: 'team.high' },
  { ingress: [{ peers: [{ cidr: '::/0' }, { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }], ports: ['http', 9999] }] },
  { ingress: [{ peers: [], ports: [] }], egress: [] },
  { placement: { tolerations: [{ key: 'example.com/gpu', effect: 'NoSchedule' }], nodeLabels: [{ pool: '' }] } },
  { placement: { tolerations: [] } },
  { controller: { kind: 'deployment', replicas: 0, minReadySeconds: 479 } },
  { controller: { kind: 'daemon-set', update: 'replace' }, privileges: { hostNetwork: true } },
  { controller: { kind: 'stateful-set', replicas: 1, serviceId: 'api' }, name: 's'.repeat(52) },
  { controller: { kind: 'daemon-set', minAvailable: 0 } },
  { name: Token.asString({ resolve: () => 'api' }) },
])('%j is accepted', (overrides) => {
  const stack = synthWorkload(overrides, PEERS);
  expect(stack.resources.some(({ type }) => /kubernetes_(deployment|daemon_set|stateful_set)_v1/.test(type))).toBe(
    true,
  );
});

test.each<[unknown, string]>([
  [{ runAs: 0 }, 'runAs must be an object { user, group, fsGroup }, got 0'],
  [
    { runAs: { user: 0 } },
    'runAs.user is 0, which is root: use another user; root needs privileges.runAsRoot, and an acknowledgement of it',
  ],
  [{ runAs: { user: -1 } }, 'runAs.user must be a whole number of at least 0, got -1'],
  [{ runAs: { fsGroup: 2 ** 31 } }, 'runAs.fsGroup must be a whole number of at least 0, got 2147483648'],
  [
    { runAs: { user: 1000 }, privileges: { runAsRoot: true } },
    'runAs.user (1000) has no effect beside privileges.runAsRoot: remove one of them',
  ],
  [
    { privileges: { capabilities: ['CAP_CHOWN'] } },
    "privileges.capabilities[0] must be a capability without CAP_, such as 'NET_ADMIN'",
  ],
  [{ privileges: { root: true } }, "unknown property 'privileges.root'"],
  [{ terminationGraceSeconds: -1 }, 'terminationGraceSeconds must be a whole number of at least 0, got -1'],
  [{ terminationGraceSeconds: 0.5 }, 'terminationGraceSeconds must be a whole number, got 0.5'],
  [{ priorityClass: 'High' }, "priorityClass 'High' is not a valid name"],
  [{ metrics: { port: 'http', path: 'metrics' } }, "metrics.path 'metrics' does not start with '/': write '/metrics'"],
  [
    { metrics: { port: 'toString' } },
    "metrics.port 'toString' is not a port of a container: use http, or add it to the ports of a container",
  ],
  [{ annotations: { 'a b': 'x' } }, "annotations has the key 'a b'"],
  [{ labels: { team: 'a b' } }, "labels.team 'a b' is not a valid value"],
  [{ labels: { 'app.kubernetes.io/name': 'other' } }, "labels has 'app.kubernetes.io/name': set identity.name instead"],
  [
    { identity: { name: '///', partOf: 'shop' }, name: 'api' },
    "identity.name '///' has no letter or digit: use at least one, since labels are derived from it",
  ],
  [{ identity: { name: 'api' } }, 'identity.partOf is required: a string'],
  [{ namespace: { namespaceName: 'Shop' } }, "namespace.namespaceName 'Shop' is not a valid name"],
  [
    { namespace: 'shop' },
    "namespace must be a namespace, such as new Namespace(...), or { namespaceName: '...' } of an existing one, got 'shop'",
  ],
  [
    { placement: { nodeLabels: [] } },
    'placement.nodeLabels is empty, so that no node has any of them: leave it out for any node',
  ],
  [{ placement: { nodeLabels: [{ 'a b': 'x' }] } }, "placement.nodeLabels[0] has the key 'a b'"],
  [
    { placement: { tolerations: [{ key: 'a b', effect: 'NoSchedule' }] } },
    "placement.tolerations[0] has the key 'a b'",
  ],
  [{ placement: { tolerations: [{ key: 'a', effect: 'Never' }] } }, 'placement.tolerations[0].effect must be one of'],
  [
    { requestPorts: ['https'] },
    "requestPorts has 'https', which is not a port of a container: use http, or add it to the ports of a container",
  ],
  [
    { ingress: [{ ports: ['https'] }] },
    "ingress[0].ports has 'https', which is not a port of a container: use http, or add it to the ports of a container",
  ],
  [{ ingress: [{ ports: [0] }] }, 'ingress[0].ports[0] 0 is not valid: use a whole number from 1 to 65535'],
  [{ egress: [{ ports: [{ port: 53, protocol: 'udp' }] }] }, 'egress[0].ports[0].protocol must be one of TCP, UDP'],
  [
    { egress: [{ peers: [{ cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] }] }] },
    "egress[0].peers[0].except '11.0.0.0/16' is not a part of cidr '10.0.0.0/8': remove it",
  ],
  [
    { egress: [{ peers: [{ cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] }] }] },
    "egress[0].peers[0].except '10.0.0.0/8' is not a part of",
  ],
  [{ egress: [{ peers: [{ cidr: '::/129' }] }] }, "egress[0].peers[0].cidr '::/129' is not a valid IPv6 CIDR"],
  [{ egress: [{ peers: [{ pods: { app: 'a b' } }] }] }, "egress[0].peers[0].pods.app 'a b' is not a valid value"],
  [{ egress: [{ peers: [{ namespace: 'Shop' }] }] }, "egress[0].peers[0].namespace 'Shop' is not a valid name"],
  [{ to: [] }, 'to was renamed: use egress'],
  [{ spread: 'node' }, 'spread was renamed: use topologySpread'],
  [
    { controller: { kind: 'deployment', replicas: -1 } },
    'controller.replicas must be a whole number of at least 0, got -1',
  ],
  [
    { controller: { kind: 'deployment', replicas: 2, minReadySeconds: 480 } },
    'controller.minReadySeconds must be a whole number from 0 to 479, got 480',
  ],
  [
    { controller: { kind: 'deployment', replicas: 2, update: 'surge' } },
    "controller.update must be one of rolling, recreate, got 'surge'",
  ],
  [
    { controller: { kind: 'daemon-set', minAvailable: -1 } },
    'controller.minAvailable must be a whole number of at least 0, got -1',
  ],
  [
    { controller: { kind: 'daemon-set', update: 'surge' }, privileges: { hostNetwork: true } },
    "controller.update 'surge' needs the ports of the node's network twice: use 'replace'",
  ],
  [
    { controller: { kind: 'stateful-set', replicas: 1, serviceId: 'api' }, name: 's'.repeat(53) },
    'has 53 characters, Kubernetes allows at most 52: shorten it',
  ],
  [
    { controller: { kind: 'stateful-set', replicas: 1, serviceId: 'A' } },
    "controller.serviceId 'A' is not a valid name",
  ],
  [
    { controller: { kind: 'stateful-set', replicas: 1, serviceId: 'a', start: 'ordered' } },
    'controller.start was renamed: use podManagement',
  ],
  [{ controller: { kind: 'cron-job', schedule: '0 0 * * 7' } }, "schedule '0 0 * * 7' has the weekday '7'"],
  [
    { controller: { kind: 'cron-job', schedule: '@daily', timeZone: 'Europe/Berln' } },
    "timeZone 'Europe/Berln' is not a time zone",
  ],
  [
    { controller: { kind: 'daemon-set' }, topologySpread: 'node' },
    "topologySpread 'node' has no effect on a daemon-set: remove it",
  ],
  [
    { privileges: { hostNetwork: true }, egress: [{ ports: [443] }] },
    "egress has no effect on the node's network, to which no policy applies: remove it",
  ],
  [
    { controller: { kind: 'stateful-set', replicas: 1, serviceId: 'a', claimsOnDelete: 'delete' } },
    "controller.claimsOnDelete 'delete' has no effect without a volume of kind 'claim-template': remove it",
  ],
  [{ controller: { kind: 'job', retries: -1 } }, 'retries must be a whole number of at least 0, got -1'],
  [{ containers: [null] }, 'containers[0] must be a container, such as { name, image, resources }, got null'],
  [
    { containers: [{ ...container, resource: {} }] },
    "unknown property 'containers[0].resource': did you mean 'resources'?",
  ],
  [{ container: [] }, "unknown property 'container': did you mean 'containers'?"],
])('%j: %s', (overrides, problem) => {
  // Also data from JSON, which is not type-checked.
  const data = JSON.parse(JSON.stringify(overrides)) as Partial<WorkloadProps>;
  expect(refusedWorkload(data, PEERS)).toContain(problem);
});

test('an account is of the namespace of its pods', () => {
  const identity = { name: 'api', partOf: 'shop' };
  const build = (stack: AwsStack) => {
    const serviceAccount = new ServiceAccount(stack, 'account', { namespace: { namespaceName: 'other' }, identity });
    new Workload(stack, 'api', { ...props, serviceAccount });
  };
  expect(refusal(build)).toBe(
    "test/api: serviceAccount is of namespace 'other', the pods are in 'shop': create an account in 'shop'",
  );
});

test.each([
  ['{ "deadlineSeconds": "600" }', "deadlineSeconds must be a whole number, got '600'"],
  ['{ "retrys": 1 }', "unknown property 'retrys': did you mean 'retries'?"],
  ['{ "controller": { "kind": "job" } }', "unknown property 'controller': remove it"],
  ['{ "containers": null }', 'containers must be a list of containers, got null'],
])('the flat props of a job: %s', (json, problem) => {
  const { controller: _, ...pods } = props;
  const build = (stack: AwsStack) => new Job(stack, 'job', { ...pods, ...(JSON.parse(json) as object) });
  expect(refusal(build)).toContain(problem);
});

test('text of pods is literal, and references stay', () => {
  const reference = Token.asString({ resolve: () => '${aws_eip.one.public_ip}' });
  const stack = synth(
    (scope) =>
      new Workload(scope, 'api', {
        ...props,
        annotations: { note: '${a}' },
        containers: [
          {
            ...container,
            args: ['%{b}', `\${c} ${reference}`],
            env: { D: '${d}' },
            readiness: { path: '/${e}', port: 'http', headers: { host: '${f}' } },
          },
        ],
      }),
  );
  const { metadata, spec } = stack.getResource('kubernetes_deployment_v1').attributes['spec'].template;
  expect(metadata.annotations.note).toBe('$${a}');
  expect(spec.container[0]).toMatchObject({
    args: ['%%{b}', '$${c} ${aws_eip.one.public_ip}'],
    env: [{ name: 'D', value: '$${d}' }],
    readiness_probe: { http_get: { path: '/$${e}', http_header: [{ name: 'host', value: '$${f}' }] } },
  });
});
