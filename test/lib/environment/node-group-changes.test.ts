import 'quayside/testing/jest';
import { planApp, type PlannedResource, type PlannedStack } from 'quayside/testing';
import type { App } from 'cdktf';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import type { NodeGroupSpec } from '../../../lib/environment/node-groups';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { describeWithTerraform } from '../offline/support/app';
import { APPS_GROUP, environment } from './fixtures';

jest.setTimeout(120_000);

const app = (overrides: Partial<EnvironmentProps>) => (scope: App) => {
  new Environment(scope, environment(overrides));
};
const plansOf = (after: Partial<EnvironmentProps>, before: Partial<EnvironmentProps>) =>
  planApp(app(after), { baseline: app(before) });
const infrastructure = async (after: Partial<EnvironmentProps>, before: Partial<EnvironmentProps>) =>
  (await plansOf(after, before)).get('staging-infrastructure')!;
const groups = (...specs: readonly Partial<NodeGroupSpec>[]): Partial<EnvironmentProps> => ({
  profile: EnvironmentProfile.solo(),
  nodeGroups: specs.map((spec) => ({ ...APPS_GROUP, ...spec }) as NodeGroupSpec),
});

const of = (plan: PlannedStack, action: PlannedResource['action']) =>
  plan.resources.filter((resource) => resource.action === action);
const actionsOf = (plan: PlannedStack, type: string) =>
  (plan.json.resource_changes ?? [])
    .filter((change) => change.type === type)
    .map(({ change }) => change.actions.join());
const goneFirst = (plan: PlannedStack) =>
  (plan.json.resource_changes ?? [])
    .filter(({ change }) => change.actions.join() === 'delete,create')
    .map(({ address }) => address);

describeWithTerraform('changes of an environment', () => {
  test.each(['managed', 'auto-scaling'] as const)(
    'a renamed %s group stays a target of the load balancer: its successor is attached first',
    async (kind) => {
      const other = { name: 'other' };
      const plan = await infrastructure(
        groups({ name: 'new', kind, formerly: 'apps' }, other),
        groups({ name: 'apps', kind }, other),
      );
      expect(goneFirst(plan)).toEqual([]);
      expect([of(plan, 'create'), of(plan, 'destroy')]).toEqual([[], []]);
      expect(actionsOf(plan, 'aws_autoscaling_attachment').sort()).toEqual([
        ...Array<string>(3).fill('create,delete'),
        ...Array<string>(3).fill('no-op'),
      ]);
      const elsewhere = [...of(plan, 'replace'), ...of(plan, 'update')].filter(
        ({ path }) => !path.startsWith('nodes-new/') && !path.includes('/attachment-new-'),
      );
      expect(elsewhere.map(({ path }) => path)).toEqual([]);
    },
  );

  test('groups of a former spread stay targets until they are removed', async () => {
    const before = groups({ spread: 'single', minSize: 3 });
    const both = groups({ spread: 'per-zone', formerSpread: 'single' });
    const first = await infrastructure(both, before);
    expect(first).toHaveNoDestroy();
    expect(actionsOf(first, 'aws_autoscaling_attachment').sort()).toEqual(['create', 'create', 'create', 'no-op']);
    const second = await infrastructure(groups({ spread: 'per-zone' }), both);
    expect([of(second, 'create'), of(second, 'replace')]).toEqual([[], []]);
    expect(actionsOf(second, 'aws_autoscaling_attachment').sort()).toEqual(['delete', 'no-op', 'no-op', 'no-op']);
  });

  test.each([
    ['managed', 'auto-scaling'],
    ['auto-scaling', 'managed'],
  ] as const)('%s -> %s: the new nodes are attached before the old ones are detached', async (from, to) => {
    const plan = await infrastructure(groups({ kind: to }), groups({ kind: from }));
    expect(goneFirst(plan)).toEqual([]);
    expect(actionsOf(plan, 'aws_autoscaling_attachment')).toEqual(Array<string>(3).fill('create,delete'));
  });

  test.each(['eu-west-1a', 'eu-west-1b'])(
    'the added zone %s moves nothing: subnets, routes, nodes, targets',
    async (added) => {
      const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
      const profile = EnvironmentProfile.ha({ minZones: 2, minNodes: 2, nat: 'per-zone' });
      const props = { profile, addOns: [ingress()] };
      const plans = await plansOf({ ...props, zones }, { ...props, zones: zones.filter((zone) => zone !== added) });
      const stack = plans.get('staging-infrastructure')!;
      expect(stack).toHaveNoDestroy();
      expect(of(stack, 'create').filter(({ path }) => !path.includes(added))).toEqual([]);
      // Lists of subnets and route tables, and what follows the number of nodes.
      const changed = of(stack, 'update').map(({ path }) => path);
      expect(changed.sort()).toEqual([
        'add-ons/coredns/add-on',
        'load-balancer/load-balancer',
        'network/endpoints/gateway-dynamodb',
        'network/endpoints/gateway-s3',
      ]);
      const platform = plans.get('staging-platform')!;
      // The ingress trusts the subnets of the load balancer. A disruption budget cannot be changed in place.
      expect(platform).toPlan({ update: ['daemon-set', 'network-policy/policy'], replace: ['disruption-budget'] });
    },
  );
});
