import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { efsDriver, type EfsDriverProps } from '../../../lib/addons/efs-driver';
import { describeAddOn } from '../../support/add-on-contract';
import { install, type PlatformOverrides } from '../../support/platform';
import { synthStack } from '../../support/stack';

const VERSION = 'v3.4.0-eksbuild.1';

describeAddOn('efs-driver', () => efsDriver({ version: VERSION }));

const synth = (props: Partial<EfsDriverProps> = {}, overrides: PlatformOverrides = {}) =>
  synthStack((stack) => {
    const nodes = new SqsQueue(stack, 'nodes');
    const addOn = efsDriver({ version: VERSION, ...props });
    install(stack, [addOn], { stack: 'infrastructure', readyForPods: [nodes], ...overrides });
  });
const SOLO = { name: 'solo', replicas: 1, toleratedNodeLosses: 0, deletionProtection: false, prefixDelegation: false };

test('is an EKS add-on whose controller makes access points, after the nodes', () => {
  const stack = synth();
  const addOn = stack.getResource('aws_eks_addon');
  expect(addOn.attributes).toMatchObject({ addon_name: 'aws-efs-csi-driver', addon_version: VERSION });
  expect(addOn.attributes['pod_identity_association'][0].service_account).toBe('efs-csi-controller-sa');
  expect(stack.getResource('aws_iam_role_policy_attachment').attributes['policy_arn']).toBe(
    'arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy',
  );
  expect(stack.isAfter(addOn, stack.getResource('aws_sqs_queue'))).toBe(true);
});

test.each<[string, Partial<EfsDriverProps>, PlatformOverrides, unknown]>([
  ['the driver’s own configuration', {}, {}, {}],
  ['one replica for one node', {}, { profile: SOLO }, { replicaCount: 1 }],
  ['what is asked for', { configuration: { replicaCount: 2 } }, { profile: SOLO }, { replicaCount: 2 }],
])('%s', (_, props, overrides, configuration) => {
  const { attributes } = synth(props, overrides).getResource('aws_eks_addon');
  expect(JSON.parse(attributes['configuration_values'] as string)).toEqual(configuration);
});
