import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { EfsDriver } from '../../../../lib/addons/storage/efs-driver';
import { storage } from '../../../../lib/addons/storage/storage';
import { install, type PlatformOverrides } from '../../../support/platform';
import { synthStack } from '../../../support/stack';

const VERSION = 'v3.4.0-eksbuild.1';

const synth = (props: Partial<EfsDriver> = {}, overrides: PlatformOverrides = {}) =>
  synthStack((stack) => {
    const nodes = new SqsQueue(stack, 'nodes');
    const addOn = storage({ efs: { fileSystemId: 'fs-0a1b2c3d', driver: { version: VERSION, ...props } } });
    install(stack, [addOn], { half: 'infrastructure', readyForPods: [nodes], ...overrides });
  });
const SOLO = { name: 'solo', replicas: 1, toleratedNodeLosses: 0, deletionProtection: false, prefixDelegation: false };

test('is an EKS add-on whose controller manages access points, created after the nodes', () => {
  const stack = synth();
  const addOn = stack.getResource('aws_eks_addon');
  expect(addOn.attributes).toMatchObject({ addon_name: 'aws-efs-csi-driver', addon_version: VERSION });
  expect(addOn.attributes['pod_identity_association'][0].service_account).toBe('efs-csi-controller-sa');
  expect(stack.getResource('aws_iam_role_policy_attachment').attributes['policy_arn']).toBe(
    'arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy',
  );
  expect(stack.isAfter(addOn, stack.getResource('aws_sqs_queue'))).toBe(true);
});

test.each<[string, Partial<EfsDriver>, PlatformOverrides, unknown]>([
  ['the driver’s own configuration', {}, {}, {}],
  ['one replica for one node', {}, { profile: SOLO }, { replicaCount: 1 }],
  ['an explicit configuration', { configuration: { replicaCount: 2 } }, { profile: SOLO }, { replicaCount: 2 }],
])('%s', (_, props, overrides, configuration) => {
  const { attributes } = synth(props, overrides).getResource('aws_eks_addon');
  expect(JSON.parse(attributes['configuration_values'] as string)).toEqual(configuration);
});

test('text of the configuration is literal, and references stay references', () => {
  const stack = synthStack((scope) => {
    const queue = new SqsQueue(scope, 'queue');
    const configuration = {
      controller: { tags: { owner: '${x}', '%{if}': '%{y} of ${aws:PrincipalTag/team}', queue: queue.arn } },
    };
    const driver = { version: VERSION, configuration };
    install(scope, [storage({ efs: { fileSystemId: 'fs-0a1b2c3d', driver } })], { half: 'infrastructure' });
  });
  const written = stack.getResource('aws_eks_addon').attributes['configuration_values'] as string;
  expect(JSON.parse(written)).toEqual({
    controller: {
      tags: { owner: '$${x}', '%%{if}': '%%{y} of $${aws:PrincipalTag/team}', queue: '${aws_sqs_queue.queue.arn}' },
    },
  });
});
