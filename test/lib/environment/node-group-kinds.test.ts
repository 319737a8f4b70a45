import { rehearseChanges, type RehearsedStep } from 'quayside/testing';
import type { App } from 'cdktf';
import { Environment } from '../../../lib/environment/environment';
import type { NodeGroupSpec } from '../../../lib/environment/node-groups';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { actionsOf, goneFirst } from '../../support/plan-actions';
import { describeWithTerraform } from '../offline/support/app';
import { APPS_GROUP, environment } from './fixtures';

jest.setTimeout(240_000);

/** A group that stays. */
const other: NodeGroupSpec = { ...APPS_GROUP, name: 'other', spread: 'single' };

/** An environment with this kind of the group, or without the group. */
const app = (kind?: 'managed' | 'auto-scaling') => (scope: App) => {
  const nodeGroups = kind === undefined ? [other] : [{ ...APPS_GROUP, kind } as NodeGroupSpec, other];
  const zones = ['eu-west-1a', 'eu-west-1b'];
  new Environment(scope, environment({ profile: EnvironmentProfile.solo(), zones, nodeGroups }));
};

// The mock of EKS keeps the access entry of a managed group's role, and rejects another one for the same role.
describeWithTerraform('a group changes its kind and back, and is removed and added again', () => {
  let steps: readonly RehearsedStep[];
  beforeAll(async () => {
    const kinds = ['managed', 'auto-scaling', 'managed', 'auto-scaling', undefined, 'auto-scaling', 'managed'] as const;
    [, ...steps] = await rehearseChanges(kinds.map(app), { stacks: ['staging-infrastructure'] });
  });

  test('each kind has its own role', () => {
    const roles = steps.map(({ applied }) =>
      applied
        .filter(({ path }) => /nodes-apps\/[a-z-]*role\/role\/role$/.test(path))
        .map(({ action, path }) => `${action} ${path}`)
        .sort(),
    );
    const [created, deleted] = ['create', 'delete'].map(
      (action) => (kind: string) => `${action} nodes-apps/${kind}-role/role/role`,
    ) as [(kind: string) => string, (kind: string) => string];
    expect(roles).toEqual([
      [created('self-managed'), deleted('managed')],
      [created('managed'), deleted('self-managed')],
      [created('self-managed'), deleted('managed')],
      [deleted('self-managed')],
      [created('self-managed')],
      [created('managed'), deleted('self-managed')],
    ]);
  });

  test.each([
    { from: 'managed', to: 'auto-scaling', step: 0 },
    { from: 'auto-scaling', to: 'managed', step: 1 },
  ])('$from -> $to: the new nodes are attached before the old ones are detached', ({ step }) => {
    const plan = steps[step]!.getPlan('staging-infrastructure');
    expect(goneFirst(plan)).toEqual([]);
    expect(actionsOf(plan, 'aws_autoscaling_attachment').sort()).toEqual(['create,delete', 'create,delete', 'no-op']);
  });
});
