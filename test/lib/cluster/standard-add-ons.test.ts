import type { AdditionalEksAddOn } from '../../../lib/cluster/eks-add-on-props';
import { StandardAddOns } from '../../../lib/cluster/standard-add-ons';
import { existingCluster } from '../../support/cluster';
import { refusal, synthStack } from '../../support/stack';

const SNAPSHOTS = { version: 'v8.2.0-eksbuild.1' };

type Additional = Readonly<Record<string, AdditionalEksAddOn>>;

const synth = (additional: Additional) =>
  synthStack(
    (stack) => void new StandardAddOns(stack, 'add-ons', { cluster: existingCluster(), after: [], additional }),
  );

test('further add-ons have the version, configuration and order that they are given', () => {
  const stack = synth({
    'snapshot-controller': { ...SNAPSHOTS, configuration: { replicaCount: 1 }, after: ['aws-ebs-csi-driver'] },
    'kube-state-metrics': { version: 'v2.15.0-eksbuild.4', after: ['snapshot-controller'] },
  });
  const [driver, snapshots, metrics] = ['aws-ebs-csi-driver', 'snapshot-controller', 'kube-state-metrics'].map((name) =>
    stack.getResource('aws_eks_addon', `add-ons/${name}/add-on`),
  );
  expect(snapshots!.attributes).toMatchObject({
    addon_name: 'snapshot-controller',
    addon_version: 'v8.2.0-eksbuild.1',
    configuration_values: '{"replicaCount":1}',
  });
  expect(stack.isAfter(snapshots!, driver!)).toBe(true);
  expect(stack.isAfter(metrics!, snapshots!)).toBe(true);
});

test.each<{ additional: Additional; problem: string }>([
  {
    additional: { coredns: SNAPSHOTS },
    problem: "'coredns' is an add-on of every cluster: configure it with the others, in eksAddOns of an environment",
  },
  {
    additional: { 'Snapshot Controller': SNAPSHOTS },
    problem: "'Snapshot Controller' is not the name of an EKS add-on: use one of aws eks describe-addon-versions",
  },
  {
    additional: { 'snapshot-controller': { ...SNAPSHOTS, after: ['aws-ebs-csi-drive'] } },
    problem:
      "'snapshot-controller' is after 'aws-ebs-csi-drive', which is not installed: did you mean 'aws-ebs-csi-driver'?",
  },
  {
    additional: { a: { ...SNAPSHOTS, after: ['b'] }, b: { ...SNAPSHOTS, after: ['a'] } },
    problem: "'a' is after itself, directly or by others: remove one of their after",
  },
])('rejects $problem', ({ additional, problem }) => {
  expect(
    refusal(
      (stack) => void new StandardAddOns(stack, 'add-ons', { cluster: existingCluster(), after: [], additional }),
    ),
  ).toBe(`test/add-ons: additional: ${problem}`);
});
