import { nodeTerminationHandler } from '../../../../lib/addons/node-termination-handler/node-termination-handler';
import { NodeDraining } from '../../../../lib/cluster/draining';
import { trafficContract } from '../../../../lib/load-balancing/traffic-contract';
import type { Attributes } from '../../../../lib/testing/synthesized-stack';
import { describeAddOn } from '../../../support/add-on-contract';
import { existingCluster } from '../../../support/cluster';
import { install, NODE_POOLS, type PlatformOverrides } from '../../../support/platform';
import { refusal, synthStack } from '../../../support/stack';

describeAddOn('nodeTerminationHandler', () => nodeTerminationHandler());

const synth = (platform?: PlatformOverrides) =>
  synthStack((stack) => install(stack, [nodeTerminationHandler()], platform));

function environment(platform?: PlatformOverrides): Record<string, string> {
  const { env } = synth(platform).getResource('kubernetes_deployment_v1').attributes['spec'].template.spec.container[0];
  return Object.fromEntries(
    env.map(({ name, value, value_from: from }: Attributes) => [name, value ?? from['field_ref']['field_path']]),
  );
}

test('it processes the queue of its cluster', () => {
  expect(environment()).toMatchObject({
    AWS_REGION: 'eu-west-1',
    ENABLE_SQS_TERMINATION_DRAINING: 'true',
    ENABLE_SPOT_INTERRUPTION_DRAINING: 'false',
    ENABLE_SCHEDULED_EVENT_DRAINING: 'false',
    QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/production-draining',
    CHECK_TAG_BEFORE_DRAINING: 'true',
    MANAGED_TAG: 'aws-node-termination-handler/production',
    NODE_NAME: 'spec.nodeName',
  });
});

test('its service account and tag match those of NodeDraining', () => {
  const cluster = existingCluster({ clusterName: 'production' });
  let draining!: NodeDraining;
  synthStack((stack) => {
    draining = new NodeDraining(stack, 'draining', { cluster });
  });
  const account = synth({ cluster }).getResource('kubernetes_service_account_v1').attributes['metadata'];
  expect({ namespace: account.namespace, name: account.name }).toEqual(draining.serviceAccount);
  expect(environment({ cluster })['MANAGED_TAG']).toBe(draining.managedTag);
});

test.each([
  { title: 'by default', traffic: trafficContract(), seconds: '240' },
  {
    title: 'with a longer termination grace period',
    traffic: { ...trafficContract(), terminationGraceSeconds: 600 },
    seconds: '600',
  },
])('$title a node is drained for at most $seconds seconds', ({ traffic, seconds }) => {
  expect(environment({ traffic })['NODE_TERMINATION_GRACE_PERIOD']).toBe(seconds);
});

test.each(['infrastructure', 'platform'] as const)('without self-managed nodes it is rejected: %s', (half) => {
  const nodePools = NODE_POOLS.map((pool) => ({ ...pool, kind: 'managed' as const }));
  expect(refusal((stack) => install(stack, [nodeTerminationHandler()], { half, nodePools }))).toBe(
    "test/node-termination-handler: environment 'production' has no node group of kind 'auto-scaling', and EKS drains managed groups itself: remove the add-on",
  );
});

test.each([
  { options: '{"resource":{}}', problem: "unknown property 'resource': did you mean 'resources'?" },
  {
    options: '{"resources":{"cpu":"-1","memory":"64Mi"}}',
    problem: "resources.cpu must be a quantity, such as 200m, got '-1'",
  },
])('options $options are rejected when they are given', ({ options, problem }) => {
  expect(() => nodeTerminationHandler(JSON.parse(options) as object)).toThrow(`nodeTerminationHandler: ${problem}`);
});
