import 'quayside/testing/jest';
import { planStack } from 'quayside/testing';
import type { App } from 'cdktf';
import { AwsStack } from '../../../lib/core/aws-stack';
import type { ClusterAccessEntry } from '../../../lib/cluster/access-props';
import { Cluster } from '../../../lib/cluster/cluster';
import { existingVpc } from '../../support/cluster';
import { synthStack } from '../../support/stack';
import { describeWithTerraform, PLACE, removeSynthesized } from '../offline/support/app';

jest.setTimeout(60_000);
afterAll(removeSynthesized);

const ACCOUNT = PLACE.account;
const role = (name: string, as = name, policy: ClusterAccessEntry['policy'] = 'cluster-admin'): ClusterAccessEntry => ({
  name: as,
  principalArn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
  policy,
});
const cluster = (scope: AwsStack, access: readonly ClusterAccessEntry[]) =>
  new Cluster(scope, 'cluster', { name: 'production', kubernetesVersion: '1.35', vpc: existingVpc(), access });
const app =
  (...access: readonly ClusterAccessEntry[]) =>
  (scope: App) =>
    cluster(new AwsStack(scope, 'test', PLACE), access);

describeWithTerraform('EKS has one entry per principal', () => {
  const platform = role('platform');
  const ci = role('ci');

  test.each<{ change: string; before: ClusterAccessEntry[]; after: ClusterAccessEntry[] }>([
    { change: 'an entry is renamed', before: [platform], after: [role('platform', 'operators')] },
    {
      change: 'two entries swap their names',
      before: [platform, ci],
      after: [role('platform', 'ci'), role('ci', 'platform')],
    },
    { change: 'entries are listed otherwise', before: [platform, ci], after: [ci, platform] },
  ])('$change: nothing changes', async ({ before, after }) => {
    expect(await planStack(app(...after), { baseline: app(...before) })).toPlan({});
  });

  test('the roles of two names are swapped: policies change, no entry does', async () => {
    const before = [role('platform'), role('ci', 'ci', 'view')];
    const after = [role('ci', 'platform'), role('platform', 'ci', 'view')];
    const plan = await planStack(app(...after), { baseline: app(...before) });
    expect(plan).toPlan({
      replace: ['cluster/principal-role-ci/policy', 'cluster/principal-role-platform/policy'],
    });
  });

  test('another principal under the same name is another entry', async () => {
    const plan = await planStack(app(platform, role('new', 'ci')), { baseline: app(platform, role('old', 'ci')) });
    expect(plan).toPlan({
      create: ['cluster/principal-role-new/entry', 'cluster/principal-role-new/policy'],
      destroy: ['cluster/principal-role-old/entry', 'cluster/principal-role-old/policy'],
    });
  });
});

test.each([
  { arn: 'arn:aws:iam::123456789012:role/platform', id: 'principal-role-platform' },
  { arn: 'arn:aws:iam::123456789012:role/teams/platform', id: 'principal-role-teams--platform' },
  { arn: 'arn:aws:iam::123456789012:user/platform', id: 'principal-user-platform' },
  { arn: 'arn:aws:iam::210987654321:role/platform', id: 'principal-210987654321-role-platform' },
])('$arn is at $id', ({ arn, id }) => {
  const stack = synthStack((scope) => cluster(scope, [{ ...role('platform'), principalArn: arn }]));
  expect(stack.getResource('aws_eks_access_entry', `${id}/entry`).attributes['principal_arn']).toBe(arn);
});

test('entries that were addressed by their name move', () => {
  const { moved } = synthStack((scope) => cluster(scope, [role('platform', 'operators')])).json as unknown as {
    moved: readonly { from: string; to: string }[];
  };
  // The former addresses, as earlier versions wrote them.
  expect(moved).toEqual([
    {
      from: expect.stringMatching(/^aws_eks_access_entry\.cluster_access-operators_entry_[0-9A-F]{8}$/),
      to: expect.stringMatching(/^aws_eks_access_entry\.cluster_principal-\w+-role-platform_entry_[0-9A-F]{8}$/),
    },
    {
      from: expect.stringMatching(/^aws_eks_access_policy_association\.cluster_access-operators_policy_[0-9A-F]{8}$/),
      to: expect.stringMatching(
        /^aws_eks_access_policy_association\.cluster_principal-\w+-role-platform_policy_[0-9A-F]{8}$/,
      ),
    },
  ]);
});
