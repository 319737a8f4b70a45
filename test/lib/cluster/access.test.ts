import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { AccessEntry, NodeAccessEntry } from '../../../lib/cluster/access';
import type { AccessPolicy } from '../../../lib/cluster/access-props';
import { claimPrincipal } from '../../../lib/cluster/cluster-registry';
import { check } from '../../../lib/core/check';
import { refusal, synthStack } from '../../support/stack';
import { existingCluster } from '../../support/cluster';

const PRINCIPAL = 'arn:aws:iam::123456789012:role/platform';

function role(scope: AwsStack, name = 'nodes'): IamRole {
  return new IamRole(scope, name, { name, assumeRolePolicy: '{}' });
}

test.each<{ policy: AccessPolicy; namespaces?: string[]; arn: string; scope: object }>([
  {
    policy: 'cluster-admin',
    arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    scope: { type: 'cluster' },
  },
  {
    policy: 'edit',
    namespaces: ['shop'],
    arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy',
    scope: { type: 'namespace', namespaces: ['shop'] },
  },
])('$policy with namespaces $namespaces is an entry with an access policy', ({ policy, namespaces, arn, scope }) => {
  const stack = synthStack(
    (it) =>
      new AccessEntry(it, 'platform', { cluster: existingCluster(), principalArn: PRINCIPAL, policy, namespaces }),
  );
  expect(stack.getResource('aws_eks_access_entry').attributes).toMatchObject({
    cluster_name: 'legacy',
    principal_arn: PRINCIPAL,
    type: 'STANDARD',
  });
  expect(stack.getResource('aws_eks_access_policy_association').attributes).toMatchObject({
    policy_arn: arn,
    access_scope: scope,
  });
  expect(
    stack.isAfter(stack.getResource('aws_eks_access_policy_association'), stack.getResource('aws_eks_access_entry')),
  ).toBe(true);
});

test('the access entry of self-managed nodes is replaced with their role', () => {
  const stack = synthStack((it) => new NodeAccessEntry(it, 'access', { cluster: existingCluster(), role: role(it) }));
  expect(stack.getResource('aws_eks_access_entry').attributes).toMatchObject({
    type: 'EC2_LINUX',
    principal_arn: '${aws_iam_role.nodes.arn}',
    lifecycle: { replace_triggered_by: ['aws_iam_role.nodes.unique_id'] },
  });
});

test('managed node groups may share a role', () => {
  const cluster = existingCluster();
  const stack = synthStack((it) => {
    const shared = role(it);
    check(it, claimPrincipal(it, cluster, shared, 'managed'), claimPrincipal(it, cluster, shared, 'managed'));
  });
  expect(stack.ofType('aws_eks_access_entry')).toEqual([]);
});

test.each<{ mistake: string; build: (it: AwsStack) => void; message: string }>([
  {
    mistake: 'an invalid principal',
    build: (it) =>
      new AccessEntry(it, 'ci', { cluster: existingCluster(), principalArn: 'ci', policy: 'edit', namespaces: [] }),
    message:
      'test/ci: 2 problems\n' +
      "  - principalArn must be the ARN of an IAM role or user, got 'ci'\n" +
      '  - namespaces is empty: list at least one namespace, or omit it for the whole cluster',
  },
  {
    mistake: 'an unknown policy',
    build: (it) =>
      new AccessEntry(it, 'ci', {
        cluster: existingCluster(),
        principalArn: PRINCIPAL,
        policy: 'viewer' as 'view',
      }),
    message: "test/ci: policy must be one of cluster-admin, admin, edit, view, admin-view, got 'viewer'",
  },
  {
    mistake: 'two entries for one principal',
    build: (it) => {
      const cluster = existingCluster();
      new AccessEntry(it, 'platform', { cluster, principalArn: PRINCIPAL, policy: 'cluster-admin' });
      new AccessEntry(it, 'ci', { cluster, principalArn: PRINCIPAL, policy: 'view' });
    },
    message:
      `test/ci: principal '${PRINCIPAL}' already has an access entry in cluster 'legacy', created by test/platform: ` +
      'remove this entry, EKS allows one per principal',
  },
  {
    mistake: 'one role in two self-managed groups',
    build: (it) => {
      const cluster = existingCluster();
      const shared = role(it);
      new NodeAccessEntry(it, 'apps', { cluster, role: shared });
      new NodeAccessEntry(it, 'jobs', { cluster, role: shared });
    },
    message:
      "test/jobs: the role test/nodes already has an access entry in cluster 'legacy', created by test/apps: " +
      'give each self-managed node group its own role',
  },
  {
    mistake: 'an entry for the role of a managed node group',
    build: (it) => {
      const cluster = existingCluster();
      const nodes = role(it);
      check(it, claimPrincipal(it, cluster, nodes, 'managed'));
      new AccessEntry(it, 'by-reference', { cluster, principalArn: nodes.arn, policy: 'view' });
    },
    message:
      "test/by-reference: principal '${aws_iam_role.nodes.arn}' already has an access entry in cluster 'legacy', " +
      'created by EKS for the managed node group test: remove this entry, EKS allows one per principal',
  },
  {
    mistake: 'an entry for the role of a managed node group, by its literal name',
    build: (it) => {
      const cluster = existingCluster();
      const arn = 'arn:aws:iam::123456789012:role/nodes';
      new AccessEntry(it, 'by-name', { cluster, principalArn: arn, policy: 'view' });
      check(it, claimPrincipal(it, cluster, role(it), 'managed'));
    },
    message:
      "test: the role test/nodes already has an access entry in cluster 'legacy', created by test/by-name: " +
      'give the managed node group its own role',
  },
  {
    mistake: 'a self-managed role in a managed node group',
    build: (it) => {
      const cluster = existingCluster();
      const shared = role(it);
      new NodeAccessEntry(it, 'apps', { cluster, role: shared });
      check(it, claimPrincipal(it, cluster, shared, 'managed'));
    },
    message:
      "test: the role test/nodes already has an access entry in cluster 'legacy', created by test/apps: " +
      'give the managed node group its own role',
  },
])('rejects $mistake', ({ build, message }) => {
  expect(refusal(build)).toBe(message);
});

test('several policies and groups of one principal; the single policy of before moves', () => {
  const stack = synthStack(
    (it) =>
      new AccessEntry(it, 'ci', {
        cluster: existingCluster(),
        principalArn: 'arn:aws:iam::210987654321:role/ci/deploy',
        policies: [{ policy: 'view' }, { policy: 'edit', namespaces: ['shop', 'team-*'] }],
        groups: ['deployers', 'auditors'],
      }),
  );
  expect(stack.getResource('aws_eks_access_entry').attributes['kubernetes_groups']).toEqual(['auditors', 'deployers']);
  const [view, edit] = ['view', 'edit'].map((policy) =>
    stack.getResource('aws_eks_access_policy_association', `ci/policy-${policy}`),
  );
  expect(edit!.attributes['access_scope']).toEqual({ type: 'namespace', namespaces: ['shop', 'team-*'] });
  expect(stack.isAfter(edit!, view!)).toBe(true);
  expect(stack.json['moved']).toEqual([
    {
      from: expect.stringMatching(/^aws_eks_access_policy_association\.ci_policy_/),
      to: view!.address,
    },
  ]);
});

test.each<{ props: object; problem: string }>([
  { props: {}, problem: 'policy is required, or policies or groups: without them the principal may do nothing' },
  {
    props: { policies: [] },
    problem: 'policies is empty: list at least one policy, or omit it if the principal only has groups',
  },
  {
    props: { policy: 'view', policies: [{ policy: 'edit' }] },
    problem: "policy 'view' and policies are both set: move policy into policies, with its namespaces",
  },
  {
    props: JSON.parse('{ "policy": "admin", "namespace": ["shop"] }'),
    problem: "unknown property 'namespace': did you mean 'namespaces'?",
  },
  {
    props: { groups: ['system:masters'] },
    problem:
      "groups has 'system:masters', and EKS reserves the prefix system: for itself: use a group of your own, and bind the role to it, or set policy to 'cluster-admin'",
  },
])('access $props is rejected', ({ props, problem }) => {
  const build = (it: AwsStack) =>
    new AccessEntry(it, 'ci', { cluster: existingCluster(), principalArn: PRINCIPAL, ...props });
  expect(refusal(build)).toBe(`test/ci: ${problem}`);
});
