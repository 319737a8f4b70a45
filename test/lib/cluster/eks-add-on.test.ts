import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { Construct } from 'constructs';
import { registerNodeGroup } from '../../../lib/cluster/cluster-registry';
import { EksAddOn } from '../../../lib/cluster/eks-add-on';
import type { EksAddOnProps } from '../../../lib/cluster/eks-add-on-props';
import { StandardAddOns } from '../../../lib/cluster/standard-add-ons';
import type { StandardAddOnsProps } from '../../../lib/cluster/eks-add-on-props';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { existingCluster } from '../../support/cluster';
import { refusal, synthStack } from '../../support/stack';

function nodeGroup(scope: AwsStack): EksNodeGroup {
  return new EksNodeGroup(scope, 'apps', {
    clusterName: 'legacy',
    nodeRoleArn: 'arn:aws:iam::123456789012:role/nodes',
    subnetIds: ['subnet-1'],
    scalingConfig: { desiredSize: 1, maxSize: 1, minSize: 1 },
  });
}

test('an add-on overwrites drift, and is removed completely', () => {
  const stack = synthStack((scope) => new EksAddOn(scope, 'coredns', { cluster: existingCluster(), after: [] }));
  expect(stack.getResource('aws_eks_addon').attributes).toMatchObject({
    cluster_name: 'legacy',
    addon_name: 'coredns',
    addon_version: 'v1.12.4-eksbuild.38',
    resolve_conflicts_on_create: 'OVERWRITE',
    resolve_conflicts_on_update: 'OVERWRITE',
    preserve: false,
  });
  expect(stack.getResource('aws_eks_addon').attributes).not.toHaveProperty('configuration_values');
});

test('the configuration does not depend on the order of keys', () => {
  const texts = [
    { replicaCount: 3, affinity: { b: [2, { d: 1, c: 1 }], a: 1 } },
    { affinity: { a: 1, b: [2, { c: 1, d: 1 }] }, replicaCount: 3 },
  ].map((configuration) => {
    const stack = synthStack(
      (scope) => new EksAddOn(scope, 'coredns', { cluster: existingCluster(), after: [], configuration }),
    );
    return stack.getResource('aws_eks_addon').attributes['configuration_values'];
  });
  expect(texts[0]).toBe('{"affinity":{"a":1,"b":[2,{"c":1,"d":1}]},"replicaCount":3}');
  expect(texts[1]).toBe(texts[0]);
});

test('the EBS driver gets its role through Pod Identity, before it starts', () => {
  const stack = synthStack(
    (scope) => new EksAddOn(scope, 'aws-ebs-csi-driver', { cluster: existingCluster(), after: [nodeGroup(scope)] }),
  );
  const addOn = stack.getResource('aws_eks_addon');
  expect(addOn.attributes['pod_identity_association']).toEqual([
    { role_arn: expect.stringMatching(/^\$\{aws_iam_role\./), service_account: 'ebs-csi-controller-sa' },
  ]);
  const attachment = stack.getResource('aws_iam_role_policy_attachment');
  expect(attachment.attributes['policy_arn']).toBe('arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2');
  expect(stack.getResource('aws_iam_role').attributes['name']).toBe('legacy-eu-west-1-aws-ebs-csi-driver');
  expect(stack.isAfter(addOn, attachment)).toBe(true);
  expect(stack.ofType('aws_eks_pod_identity_association')).toEqual([]);
});

test.each<{ settings: StandardAddOnsProps['settings']; names: string[] }>([
  {
    settings: undefined,
    names: ['aws-ebs-csi-driver', 'coredns', 'eks-node-monitoring-agent', 'metrics-server'],
  },
  {
    settings: { 'metrics-server': 'none', coredns: { configuration: { replicaCount: 3 } } },
    names: ['aws-ebs-csi-driver', 'coredns', 'eks-node-monitoring-agent'],
  },
])('with $settings the standard add-ons are $names, after the nodes', ({ settings, names }) => {
  const stack = synthStack((scope) => {
    new StandardAddOns(scope, 'add-ons', { cluster: existingCluster(), after: [nodeGroup(scope)], settings });
  });
  const addOns = stack.ofType('aws_eks_addon');
  expect(addOns.map(({ attributes }) => attributes['addon_name'])).toEqual(names);
  const nodes = stack.getResource('aws_eks_node_group');
  expect(addOns.filter((addOn) => !stack.isAfter(addOn, nodes))).toEqual([]);
});

const OPEN = { taints: [], nodes: 1 };
const EMPTY = { taints: [], nodes: 0 };
const TAINTED: Nodes = { taints: [{ key: 'pool', effect: 'NoSchedule' }], nodes: 3 };
const FOR_ADD_ONS: Nodes = { taints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }], nodes: 3 };
const RELUCTANT: Nodes = { taints: [{ key: 'pool', effect: 'PreferNoSchedule' }], nodes: 1 };
const TOLERATIONS = [{ operator: 'Exists' }];

type Nodes = Parameters<typeof registerNodeGroup>[2];

function beside(groups: readonly Nodes[], name = 'coredns', configuration?: EksAddOnProps['configuration']) {
  return (scope: AwsStack) => {
    const cluster = existingCluster();
    new EksAddOn(scope, name, { cluster, after: [], configuration });
    groups.forEach((group, index) => registerNodeGroup(new Construct(scope, `group-${index}`), cluster, group));
  };
}

test.each<{ groups: Nodes[]; name?: string; configuration?: EksAddOnProps['configuration'] }>([
  { groups: [] },
  { groups: [TAINTED, OPEN] },
  { groups: [TAINTED, FOR_ADD_ONS] },
  { groups: [RELUCTANT] },
  { groups: [TAINTED], configuration: { tolerations: TOLERATIONS } },
  { groups: [TAINTED], name: 'aws-ebs-csi-driver', configuration: { controller: { tolerations: TOLERATIONS } } },
  { groups: [TAINTED, EMPTY], name: 'eks-node-monitoring-agent' },
])('$name can be scheduled beside $groups with $configuration', ({ groups, name, configuration }) => {
  expect(synthStack(beside(groups, name, configuration)).ofType('aws_eks_addon')).toHaveLength(1);
});

test.each([
  {
    name: 'coredns',
    groups: [TAINTED, TAINTED],
    reasons: 'test/group-0 is tainted, test/group-1 is tainted',
    prop: 'tolerations',
  },
  {
    name: 'metrics-server',
    groups: [TAINTED, EMPTY],
    reasons: 'test/group-0 is tainted, test/group-1 starts without nodes',
    prop: 'tolerations',
  },
  { name: 'aws-ebs-csi-driver', groups: [TAINTED], reasons: 'test/group-0 is tainted', prop: 'controller.tolerations' },
])('rejects $name if $reasons', ({ name, groups, reasons, prop }) => {
  expect(refusal(beside(groups, name))).toBe(
    `test/${name}: pods of '${name}' cannot be scheduled (${reasons}): add an untainted node group with a node, or set ${prop} in configuration ` +
      "(if intended: acknowledge(scope, 'add-on-without-nodes', 'the reason'))",
  );
});

test.each<{ mistake: string; name: string; props: Partial<EksAddOnProps>; message: string }>([
  {
    mistake: 'coredns before nodes',
    name: 'coredns',
    props: {},
    message:
      "after is required: pods of 'coredns' need nodes, so list the node groups, or [] if the cluster already has nodes",
  },
  {
    mistake: 'a configuration that is not JSON',
    name: 'vpc-cni',
    props: { configuration: { env: { WARM_IP_TARGET: NaN } } },
    message:
      'configuration.env.WARM_IP_TARGET must be a string, a number, true, false, null, a list or an object, got NaN',
  },
  {
    mistake: 'what has no address',
    name: 'vpc-cni',
    props: { after: ['nodes'] as never },
    message: "after[0] must be a resource, such as nodeGroup.ready[0], got 'nodes'",
  },
  {
    mistake: 'the name of no service account',
    name: 'vpc-cni',
    props: { podIdentity: { serviceAccount: 'AWS Node' } },
    message:
      "podIdentity.serviceAccount 'AWS Node' is not a valid name of a Kubernetes object: use lower-case letters, digits, '-' and '.', with a letter or digit at both ends",
  },
  {
    mistake: 'an add-on without a version',
    name: 'adot',
    props: {},
    message: "no version of 'adot' is pinned for Kubernetes 1.34: set version",
  },
])('rejects $mistake', ({ name, props, message }) => {
  const build = (scope: AwsStack) => new EksAddOn(scope, name, { cluster: existingCluster(), ...props });
  expect(refusal(build)).toBe(`test/${name}: ${message}`);
});
