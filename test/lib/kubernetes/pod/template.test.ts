import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { ConfigFiles } from '../../../../lib/kubernetes/config-files';
import { provideImagePolicy } from '../../../../lib/kubernetes/image-policy';
import { provideTrafficPeers } from '../../../../lib/kubernetes/traffic-peers';
import { Workload } from '../../../../lib/kubernetes/workload';
import { privilegesOf } from '../../../support/pod-privileges';
import { container, podOf, props, synth, synthWorkload } from '../fixtures';

test('a pod is restricted, spread and bounded', () => {
  const { metadata, spec } = podOf(synthWorkload());
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
  const { affinity, topology_spread_constraint: spread } = podOf(synthWorkload({ topologySpread: 'node' })).spec;
  const [apart] = affinity.pod_anti_affinity.required_during_scheduling_ignored_during_execution;
  expect(apart.topology_key).toBe('kubernetes.io/hostname');
  expect(spread).toHaveLength(1);
});

test('what is written to the disk counts against the main container', () => {
  const { container: containers } = podOf(
    synthWorkload({
      volumes: {
        buffer: { kind: 'empty-dir', sizeLimit: '1Gi' },
        secrets: { kind: 'empty-dir', sizeLimit: '1Gi', medium: 'memory' },
      },
      containers: [container, { ...container, name: 'sidecar', ports: { admin: 9000 }, readiness: undefined }],
    }),
  ).spec;
  const limits = containers.map((one: { resources: { limits: object } }) => one.resources.limits);
  expect(limits).toMatchObject([{ 'ephemeral-storage': '1216Mi' }, { 'ephemeral-storage': '128Mi' }]);
});

test('configuration that is known only after apply is hashed by Terraform', () => {
  let hash = '';
  const stack = synth((scope) => {
    const { namespace, identity } = props;
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
  expect(podOf(stack).metadata.annotations).toEqual({ 'checksum/config': `\${sha256(jsonencode(${address}.data))}` });
});

test('the image comes from the mirror of its stack', () => {
  const stack = synthWorkload({}, (scope) =>
    provideImagePolicy(scope, { mirrors: { 'docker.io': 'mirror.example.com' } }),
  );
  expect(podOf(stack).spec.container[0].image).toBe('mirror.example.com/library/shop:1.4.2');
});

test('metrics are announced', () => {
  const stack = synthWorkload({ metrics: { port: 'http' } }, (scope) =>
    provideTrafficPeers(scope, { scrapers: [], requestSources: [] }),
  );
  expect(podOf(stack).metadata.annotations).toEqual({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '8080',
    'prometheus.io/path': '/metrics',
  });
});
