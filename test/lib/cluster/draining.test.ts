import { NodeDraining, type NodeDrainingProps } from '../../../lib/cluster/draining';
import { existingCluster } from '../../support/cluster';
import { refusal, synthStack } from '../../support/stack';

const draining = (overrides: Partial<NodeDrainingProps> = {}) =>
  synthStack((stack) => new NodeDraining(stack, 'draining', { cluster: existingCluster(), ...overrides }));

test('termination events of nodes reach one encrypted queue', () => {
  const stack = draining();
  const queue = stack.getResource('aws_sqs_queue');
  expect(queue.attributes).toMatchObject({
    name: 'legacy-node-draining',
    message_retention_seconds: 300,
    sqs_managed_sse_enabled: true,
  });
  const rules = stack.ofType('aws_cloudwatch_event_rule');
  expect(
    rules.map(({ attributes }) => [attributes['name'], JSON.parse(attributes['event_pattern'])['detail-type'][0]]),
  ).toEqual([
    ['legacy-node-group-terminates', 'EC2 Instance-terminate Lifecycle Action'],
    ['legacy-node-rebalance-recommendation', 'EC2 Instance Rebalance Recommendation'],
    ['legacy-node-scheduled-change', 'AWS Health Event'],
    ['legacy-node-spot-interruption', 'EC2 Spot Instance Interruption Warning'],
    ['legacy-node-state-change', 'EC2 Instance State-change Notification'],
  ]);
  expect(JSON.parse(rules[0]!.attributes['event_pattern']).detail).toEqual({
    AutoScalingGroupName: [{ prefix: 'legacy-' }],
  });
  expect(stack.ofType('aws_cloudwatch_event_target').map(({ attributes }) => attributes['arn'])).toEqual(
    rules.map(() => `\${${queue.address}.arn}`),
  );
});

test('only those event rules may send, and only over TLS', () => {
  const stack = draining();
  const [allow, deny] = JSON.parse(stack.getResource('aws_sqs_queue_policy').attributes['policy']).Statement;
  expect(allow).toMatchObject({
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Condition: {
      ArnEquals: {
        'aws:SourceArn': expect.arrayContaining(
          stack.ofType('aws_cloudwatch_event_rule').map(({ address }) => `\${${address}.arn}`),
        ),
      },
    },
  });
  expect(deny).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
});

test('the termination handler may complete the hooks of its own cluster only', () => {
  const stack = draining({ serviceAccount: { namespace: 'platform', name: 'handler' } });
  expect(stack.getResource('aws_eks_pod_identity_association').attributes).toMatchObject({
    cluster_name: 'legacy',
    namespace: 'platform',
    service_account: 'handler',
  });
  const { Statement } = JSON.parse(stack.getResource('aws_iam_role_policy').attributes['policy']);
  expect(Statement[0]).toMatchObject({
    Action: ['sqs:DeleteMessage', 'sqs:ReceiveMessage'],
    Resource: `\${${stack.getResource('aws_sqs_queue').address}.arn}`,
  });
  expect(Statement[1]).toMatchObject({
    Action: 'autoscaling:CompleteLifecycleAction',
    Resource: 'arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:*:autoScalingGroupName/legacy-*',
    Condition: { StringEquals: { 'aws:ResourceTag/kubernetes.io/cluster/legacy': 'owned' } },
  });
});

test.each([
  { overrides: {}, seconds: 300 },
  { overrides: { podGraceSeconds: 600 }, seconds: 660 },
  { overrides: { podGraceSeconds: 30, heartbeatSeconds: 60 }, seconds: 60 },
])('$overrides waits $seconds s', ({ overrides, seconds }) => {
  synthStack((stack) => {
    const nodeDraining = new NodeDraining(stack, 'draining', { cluster: existingCluster(), ...overrides });
    expect(nodeDraining.heartbeatSeconds).toBe(seconds);
    expect(nodeDraining.managedTag).toBe('aws-node-termination-handler/legacy');
  });
});

test.each([
  {
    overrides: { podGraceSeconds: 10, heartbeatSeconds: 20 },
    problem: 'heartbeatSeconds must be between 30 and 7200, got 20',
  },
  {
    overrides: { serviceAccount: { namespace: 'Nodes', name: 'handler' } },
    problem:
      "serviceAccount.namespace 'Nodes' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends",
  },
  { overrides: { podGraceSeconds: -1 }, problem: 'podGraceSeconds must be a whole number of at least 0, got -1' },
  { overrides: { heartbeatSeconds: 7201 }, problem: 'heartbeatSeconds must be between 30 and 7200, got 7201' },
  {
    overrides: { podGraceSeconds: 300, heartbeatSeconds: 200 },
    problem:
      'heartbeatSeconds (200) is below podGraceSeconds (300): instances would terminate before their pods have stopped; raise heartbeatSeconds',
  },
])('$overrides is rejected', ({ overrides, problem }) => {
  const build = () =>
    refusal((stack) => new NodeDraining(stack, 'draining', { cluster: existingCluster(), ...overrides }));
  expect(build()).toBe(`test/draining: ${problem}`);
});
