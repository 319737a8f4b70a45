import 'quayside/testing/jest';
import { planStack, type PlannedResource, type PlannedStack } from 'quayside/testing';
import { join } from 'node:path';
import type { App } from 'cdktf';
import { AutoScalingNodeGroup } from '../../../lib/cluster/auto-scaling-node-group';
import { NodeDraining } from '../../../lib/cluster/draining';
import { ManagedNodeGroup } from '../../../lib/cluster/managed-node-group';
import type { NodeGroupProps } from '../../../lib/cluster/node-group-props';
import { AwsStack } from '../../../lib/core/aws-stack';
import { formerly } from '../../../lib/core/formerly';
import { existingCluster, existingVpc } from '../../support/cluster';
import { describeWithTerraform } from '../offline/support/app';

jest.setTimeout(120_000);

type Kind = 'managed' | 'auto-scaling';

interface Group extends Partial<NodeGroupProps> {
  readonly id?: string;
  readonly kind: Kind;
  readonly formerId?: string;
}

const GROUPS = { managed: ManagedNodeGroup, 'auto-scaling': AutoScalingNodeGroup };
const KINDS = ['managed', 'auto-scaling'] as const;

/** A stack with these node groups, in two zones unless specified. */
const app =
  (...groups: readonly Group[]) =>
  (scope: App) => {
    const stack = new AwsStack(scope, 'test', { account: '123456789012', region: 'eu-west-1' });
    const cluster = existingCluster();
    const draining = new NodeDraining(stack, 'draining', { cluster });
    for (const { id = 'apps', kind, formerId, ...props } of groups) {
      const group = new GROUPS[kind](stack, id, {
        cluster,
        subnets: existingVpc().privateSubnets,
        name: id,
        architecture: 'arm64',
        instanceTypes: ['m7g.large'],
        minSize: 1,
        maxSize: 3,
        ...(kind === 'auto-scaling' && { draining }),
        ...props,
      });
      formerly(group, formerId);
    }
    return stack;
  };

const paths = (plan: PlannedStack, action: PlannedResource['action']) =>
  plan.resources.filter((resource) => resource.action === action).map(({ path }) => path);
const NAMES = ['name', 'name_prefix', 'node_group_name', 'node_group_name_prefix'];
/** Type and literal name of each resource that is created, or that stands until the end of the apply. */
const namesOf = (resources: readonly PlannedResource[], values: 'attributes' | 'before') =>
  resources.flatMap((resource) =>
    NAMES.map((name) => resource[values][name] as unknown)
      .filter((name) => typeof name === 'string' && name !== '' && !name.endsWith('-') && !name.startsWith('(known'))
      .map((name) => `${resource.type} ${String(name)}`),
  );

/** Resources that are deleted before their successor is created. */
const goneFirst = (plan: PlannedStack) =>
  (plan.json.resource_changes ?? [])
    .filter(({ change }) => change.actions.join() === 'delete,create')
    .map(({ address }) => address);

describeWithTerraform('changes of node groups', () => {
  test('an environment that exists keeps its roles, and with them its nodes', async () => {
    const place = { cluster: existingCluster(), subnets: existingVpc().privateSubnets } as const;
    const build = (scope: App) => {
      const stack = new AwsStack(scope, 'test', { account: '123456789012', region: 'eu-west-1' });
      const props = { ...place, architecture: 'arm64', instanceTypes: ['m7g.large'], minSize: 1, maxSize: 3 } as const;
      new ManagedNodeGroup(stack, 'apps', { ...props, name: 'apps' });
      new AutoScalingNodeGroup(stack, 'jobs', { ...props, name: 'jobs' });
      return stack;
    };
    const plan = await planStack(build, { baseline: join(__dirname, '../../fixtures/former-node-roles') });
    expect(plan).toPlan({});
    const role = (path: string) => plan.getResource('aws_iam_role', path).attributes['name'];
    expect([role('apps/managed-role/role/role'), role('jobs/self-managed-role/role/role')]).toEqual([
      'legacy-eu-west-1-apps-nodes',
      'legacy-eu-west-1-jobs-nodes',
    ]);
  });

  test.each<[Kind, Kind]>([
    ['managed', 'auto-scaling'],
    ['auto-scaling', 'managed'],
  ])('%s -> %s: another role, whose access entry does not exist yet, and no name twice', async (from, to) => {
    const plan = await planStack(app({ kind: to }), { baseline: app({ kind: from }) });
    const created = plan.resources.filter(({ action }) => action === 'create');
    const destroyed = plan.resources.filter(({ action }) => action === 'destroy');
    const roles = (resources: readonly PlannedResource[]) =>
      resources.filter(({ type }) => type === 'aws_iam_role').map(({ path }) => path);
    const role = { managed: 'apps/managed-role/role/role', 'auto-scaling': 'apps/self-managed-role/role/role' };
    expect(roles(created)).toEqual([role[to]]);
    expect(destroyed.filter(({ type }) => type === 'aws_iam_role')).toHaveLength(1);
    expect(plan.getResource('aws_iam_role', role[to]).attributes['name_prefix']).toBe('legacy-eu-west-1-apps-nodes-');
    const standing = namesOf(destroyed, 'before');
    expect(namesOf(created, 'attributes').filter((name) => standing.includes(name))).toEqual([]);
    expect(paths(plan, 'replace')).toEqual([]);
    expect(paths(plan, 'update')).toEqual(['apps/launch-template/resource']);
    const entries = (resources: readonly PlannedResource[]) =>
      resources.filter(({ type }) => type === 'aws_eks_access_entry').length;
    expect([entries(created), entries(destroyed)]).toEqual(to === 'auto-scaling' ? [1, 0] : [0, 1]);
  });

  test.each(KINDS)('a %s group is renamed: successors first, and its role stays', async (kind) => {
    const before = { id: 'old', kind, labels: { pool: 'apps' } };
    const after = { id: 'new', kind, formerId: 'old', labels: { pool: 'apps' } };
    const other = { id: 'other', kind };
    const plan = await planStack(app(after, other), { baseline: app(before, other) });
    expect(goneFirst(plan)).toEqual([]);
    expect([paths(plan, 'create'), paths(plan, 'destroy')]).toEqual([[], []]);
    const changed = [...paths(plan, 'replace'), ...paths(plan, 'update')];
    expect(changed.filter((path) => !path.startsWith('new/'))).toEqual([]);
    // Only its description.
    const role = `new/${kind === 'managed' ? 'managed' : 'self-managed'}-role/role/role`;
    expect(changed.filter((path) => path.includes('role'))).toEqual([role]);
    expect(plan.getResource('aws_iam_role', role).action).toBe('update');
    expect(plan.getResource('aws_launch_template', 'new/launch-template/resource').action).toBe('replace');
  });

  test.each(
    KINDS.flatMap((kind) =>
      (
        [
          ['single', 'per-zone'],
          ['per-zone', 'single'],
        ] as const
      ).map(([from, to]) => ({ kind, from, to })),
    ),
  )('$kind: $from -> $to in two applies, with old and new side by side', async ({ kind, from, to }) => {
    const sizes = { minSize: 3, maxSize: 9 };
    const both = app({ kind, spread: to, formerSpread: from, ...sizes, labels: { pool: 'apps' } });
    const first = await planStack(both, { baseline: app({ kind, spread: from }) });
    expect([paths(first, 'replace').filter((path) => !path.includes('/gate-')), paths(first, 'destroy')]).toEqual([
      [],
      [],
    ]);
    const groups = (plan: PlannedStack, action: PlannedResource['action']) =>
      plan.resources
        .filter(({ type }) => type === 'aws_eks_node_group' || type === 'aws_autoscaling_group')
        .filter((resource) => resource.action === action).length;
    const [old, fresh] = from === 'single' ? [1, 2] : [2, 1];
    expect([groups(first, 'create'), groups(first, 'no-op'), groups(first, 'update')]).toEqual([fresh, old, 0]);

    const second = await planStack(app({ kind, spread: to, ...sizes, labels: { pool: 'apps' } }), { baseline: both });
    expect([paths(second, 'create'), paths(second, 'replace'), paths(second, 'update')]).toEqual([[], [], []]);
    expect(groups(second, 'destroy')).toBe(old);
  });

  test.each([
    { kind: 'managed', action: 'replace' },
    { kind: 'auto-scaling', action: 'update' },
  ] as const)('a zone added to a single $kind group: $action, successors first', async ({ kind, action }) => {
    const in3 = existingVpc(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']).privateSubnets;
    const plan = await planStack(app({ kind, spread: 'single', subnets: in3 }), {
      baseline: app({ kind, spread: 'single' }),
    });
    expect(goneFirst(plan)).toEqual([]);
    expect(paths(plan, action)).toContain('apps/group-all-zones');
    expect([paths(plan, 'create'), paths(plan, 'destroy')]).toEqual([[], []]);
  });

  test.each(KINDS)('a zone added to a %s group per zone only adds', async (kind) => {
    const in3 = existingVpc(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']).privateSubnets;
    const plan = await planStack(app({ kind, subnets: in3 }), { baseline: app({ kind }) });
    expect([paths(plan, 'replace'), paths(plan, 'update'), paths(plan, 'destroy')]).toEqual([[], [], []]);
  });

  test.each(KINDS)(
    'a fixed number of a %s group is raised in one apply, an autoscaled one is not touched',
    async (kind) => {
      const sizes = [
        { id: 'fixed', before: { minSize: 2, maxSize: 2 }, after: { minSize: 4, maxSize: 4 }, desired: 4 },
        { id: 'becomes-fixed', before: { minSize: 1, maxSize: 3 }, after: { minSize: 4, maxSize: 4 }, desired: 4 },
        {
          id: 'autoscaled',
          before: { minSize: 1, maxSize: 3 },
          after: { minSize: 1, maxSize: 3, desiredSize: 2 },
          desired: 1,
        },
      ];
      const plan = await planStack(app(...sizes.map(({ id, after }) => ({ id, kind, ...after }))), {
        baseline: app(...sizes.map(({ id, before }) => ({ id, kind, ...before }))),
      });
      expect(plan).toHaveNoDestroy();
      const desired = ({ id }: { id: string }) => {
        const { attributes } = plan.getResource(
          kind === 'managed' ? 'aws_eks_node_group' : 'aws_autoscaling_group',
          `${id}/group-eu-west-1a`,
        );
        return kind === 'managed' ? attributes['scaling_config'][0].desired_size : attributes['desired_capacity'];
      };
      expect(sizes.map(desired)).toEqual(sizes.map((one) => one.desired));
    },
  );
});
