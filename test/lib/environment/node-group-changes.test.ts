import 'quayside/testing/jest';
import {
  planApp,
  rehearseChanges,
  type PlannedResource,
  type PlannedStack,
  type RehearsedStep,
} from 'quayside/testing';
import type { App } from 'cdktf';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import type { NodeGroupSpec } from '../../../lib/environment/node-groups';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { describeWithTerraform } from '../offline/support/app';
import { APPS_GROUP, environment } from './fixtures';
import { actionsOf, goneFirst } from '../../support/plan-actions';

jest.setTimeout(120_000);

const app = (overrides: Partial<EnvironmentProps>) => (scope: App) => {
  new Environment(scope, environment(overrides));
};
const infrastructure = async (after: Partial<EnvironmentProps>, before: Partial<EnvironmentProps>) =>
  (await planApp(app(after), { baseline: app(before), stacks: ['staging-infrastructure'] })).get(
    'staging-infrastructure',
  )!;
const groups = (...specs: readonly Partial<NodeGroupSpec>[]): Partial<EnvironmentProps> => ({
  profile: EnvironmentProfile.solo(),
  zones: ['eu-west-1a', 'eu-west-1b'],
  nodeGroups: specs.map((spec) => ({ ...APPS_GROUP, ...spec }) as NodeGroupSpec),
});

const of = (plan: PlannedStack, action: PlannedResource['action']) =>
  plan.resources.filter((resource) => resource.action === action);

describeWithTerraform('changes of an environment', () => {
  describe('groups are renamed', () => {
    let created: RehearsedStep;
    let renamed: RehearsedStep;
    beforeAll(async () => {
      const other = { name: 'other', spread: 'single' } as const;
      const versions = [
        groups({ name: 'apps' }, { name: 'jobs', kind: 'auto-scaling' }, other),
        groups(
          { name: 'new-apps', formerly: 'apps' },
          { name: 'new-jobs', kind: 'auto-scaling', formerly: 'jobs' },
          other,
        ),
      ];
      [created, renamed] = (await rehearseChanges(versions.map(app))) as [RehearsedStep, RehearsedStep];
    });

    test('they stay targets of the load balancer: the successors are attached first', () => {
      const plan = renamed.getPlan('staging-infrastructure');
      expect(goneFirst(plan)).toEqual([]);
      expect([of(plan, 'create'), of(plan, 'destroy')]).toEqual([[], []]);
      expect(actionsOf(plan, 'aws_autoscaling_attachment').sort()).toEqual([
        ...Array<string>(4).fill('create,delete'),
        'no-op',
      ]);
      const elsewhere = [...of(plan, 'replace'), ...of(plan, 'update')].filter(
        ({ path }) => !/^nodes-new-(apps|jobs)\/|\/attachment-new-(apps|jobs)-/.test(path),
      );
      expect(elsewhere.map(({ path }) => path)).toEqual([]);
    });

    test.each([
      ['managed', 'nodes-new-apps', 'managed-role'],
      ['auto-scaling', 'nodes-new-jobs', 'self-managed-role'],
    ])('the %s group: each successor is created first, and the role stays', (_, id, role) => {
      const changes = renamed.applied
        .filter(({ path }) => path.startsWith(`${id}/`))
        .map(({ action, path }) => `${action} ${path}`);
      const successors = changes.filter((change) => change.includes('/group-'));
      expect(successors.slice(0, 2).every((change) => change.startsWith('create'))).toBe(true);
      expect(successors.slice(2)).toHaveLength(2);
      // Its description; its name stays.
      expect(changes.filter((change) => change.endsWith('/role/role'))).toEqual([`update ${id}/${role}/role/role`]);
    });

    test('a platform stack without add-ons is planned empty, before and after', () => {
      for (const step of [created, renamed]) expect(step.getPlan('staging-platform')).toPlan({});
      expect(renamed.applied.filter(({ stack }) => stack === 'staging-platform')).toEqual([]);
    });
  });

  test('groups of a former spread stay targets until they are removed', async () => {
    const before = groups({ spread: 'single', minSize: 3 });
    const both = groups({ spread: 'per-zone', formerSpread: 'single' });
    const first = await infrastructure(both, before);
    expect(first).toHaveNoDestroy();
    expect(actionsOf(first, 'aws_autoscaling_attachment').sort()).toEqual(['create', 'create', 'no-op']);
    const second = await infrastructure(groups({ spread: 'per-zone' }), both);
    expect([of(second, 'create'), of(second, 'replace')]).toEqual([[], []]);
    expect(actionsOf(second, 'aws_autoscaling_attachment').sort()).toEqual(['delete', 'no-op', 'no-op']);
  });

  test.each(['eu-west-1a', 'eu-west-1b'])(
    'the added zone %s moves nothing: subnets, routes, nodes, targets',
    async (added) => {
      const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
      const profile = EnvironmentProfile.ha({ minZones: 2, minNodes: 2, nat: 'per-zone' });
      const props = { profile, addOns: [ingress()] };
      const plans = await planApp(app({ ...props, zones }), {
        baseline: app({ ...props, zones: zones.filter((zone) => zone !== added) }),
      });
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
