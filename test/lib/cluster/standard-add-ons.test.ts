import type { AwsStack } from '../../../lib/core/aws-stack';
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
    problem: "additional has 'coredns', which is a standard add-on: configure it in settings",
  },
  {
    additional: { 'vpc-cni': SNAPSHOTS },
    problem: "additional has 'vpc-cni', which the cluster installs: configure it there, in addOns",
  },
  {
    additional: { 'snapshot-controller': { ...SNAPSHOTS, after: ['cert-manager'] } },
    problem:
      "additional.snapshot-controller.after has 'cert-manager', which is not installed here: use one of coredns, metrics-server, aws-ebs-csi-driver, eks-node-monitoring-agent",
  },
])('rejects $problem', ({ additional, problem }) => {
  const build = (stack: AwsStack) =>
    void new StandardAddOns(stack, 'add-ons', { cluster: existingCluster(), after: [], additional });
  expect(refusal(build)).toBe(`test/add-ons: ${problem}`);
});

test('rejects add-ons that come after one another', () => {
  const additional = { a: { ...SNAPSHOTS, after: ['b'] }, b: { ...SNAPSHOTS, after: ['a'] } };
  expect(
    refusal(
      (stack) => void new StandardAddOns(stack, 'add-ons', { cluster: existingCluster(), after: [], additional }),
    ),
  ).toContain("additional.a.after leads back to 'a': remove one of the steps");
});
