import 'quayside/testing/jest';
import { planApp, rehearseChanges, type PlannedStack, type RehearsedStep } from 'quayside/testing';
import type { App } from 'cdktf';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import type { NodeGroupSpec } from '../../../lib/environment/node-groups';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { describeWithTerraform } from '../offline/support/app';
import { APPS_GROUP, environment } from './fixtures';

jest.setTimeout(120_000);

type Overrides = Partial<EnvironmentProps>;

/** Groups have the same attachment in every zone: two zones are enough. */
const ZONES = ['eu-west-1a', 'eu-west-1b'];
const ha = () => EnvironmentProfile.ha({ minZones: 2, minNodes: 2 });
const business = (deletionProtection: boolean) =>
  EnvironmentProfile.business({ minZones: 2, minNodes: 4, toleratedNodeLosses: 1, deletionProtection });

const app = (overrides: Overrides) => (scope: App) => {
  new Environment(scope, environment({ profile: ha(), zones: ZONES, addOns: [ingress()], ...overrides }));
};

interface Plans {
  readonly infrastructure: PlannedStack;
  readonly platform: PlannedStack;
}

async function plan(before: Overrides, after: Overrides): Promise<Plans> {
  const plans = await planApp(app(after), { baseline: app(before) });
  return plansOf(plans);
}

function plansOf(plans: ReadonlyMap<string, PlannedStack>): Plans {
  return { infrastructure: plans.get('staging-infrastructure')!, platform: plans.get('staging-platform')! };
}

const attachments = (group: string) =>
  ZONES.map((zone) => `load-balancer/target-group-ingress/attachment-${group}-${zone}`);

const ofType = ({ infrastructure }: Plans, type: string, action: string) =>
  infrastructure.ofType(type).filter((resource) => resource.action === action);

/** The node labels that admit the pods of the ingress. */
function nodeLabels({ platform }: Plans): unknown {
  const pods = platform.getResource('kubernetes_daemon_set_v1').attributes['spec'][0].template[0].spec[0];
  const terms = pods.affinity?.[0]?.node_affinity[0].required_during_scheduling_ignored_during_execution[0];
  return (
    terms?.node_selector_term.map(
      ({ match_expressions: [{ values }] }: { match_expressions: [{ values: string[] }] }) => values.join(),
    ) ?? pods.node_selector
  );
}

const edge: NodeGroupSpec = { ...APPS_GROUP, ingress: undefined, name: 'edge', labels: { pool: 'edge' } };
const apps: NodeGroupSpec = { ...APPS_GROUP, ingress: undefined, labels: { pool: 'apps' } };
const groups = (...nodeGroups: NodeGroupSpec[]): Overrides => ({ nodeGroups });

/** What both steps of every move have in common. */
function expectSafe(plans: Plans): void {
  const replaced = plans.infrastructure.resources.filter(({ action }) => action === 'destroy' || action === 'replace');
  expect(replaced.filter(({ type }) => type.startsWith('aws_lb') || type === 'aws_route53_record')).toEqual([]);
  expect(ofType(plans, 'aws_lb_target_group', 'no-op')).toHaveLength(1);
  // Only its dependencies change.
  expect(ofType(plans, 'aws_lb_listener_rule', 'no-op')).toHaveLength(1);
  expect(plans.platform.getResource('kubernetes_daemon_set_v1').action).toBe('update');
  expect(plans.platform.getResource('kubernetes_service_v1').action).toBe('no-op');
}

describeWithTerraform('the ingress moves to another node group in two steps', () => {
  const before = groups(apps, { ...edge, ingress: true });
  const both = groups({ ...apps, ingress: true }, { ...edge, ingress: true });
  const after = groups({ ...apps, ingress: true }, edge);

  let steps: readonly RehearsedStep[];
  beforeAll(async () => {
    [, ...steps] = await rehearseChanges([before, both, after].map(app));
  });

  test('both groups host it: the new one is attached, the old one stays', () => {
    const plans = plansOf(steps[0]!.plans);
    expectSafe(plans);
    expect(plans.infrastructure).toPlan({ create: attachments('apps') });
    expect(plans.platform).toPlan({ update: ['traefik/daemon-set'], replace: ['traefik/disruption-budget'] });
    expect(nodeLabels(plans)).toBeNull();
  });

  test('only the new group hosts it: the old one is detached, and nothing else changes', () => {
    const plans = plansOf(steps[1]!.plans);
    expectSafe(plans);
    expect(plans.infrastructure).toPlan({ destroy: ZONES.length });
    expect(ofType(plans, 'aws_autoscaling_attachment', 'no-op').map(({ path }) => path)).toEqual(attachments('apps'));
    expect(nodeLabels(plans)).toEqual({ pool: 'apps' });
  });

  test('applied: attached, started, detached, stopped', () => {
    const [attached, started, detached, stopped] = steps.flatMap(({ applied }) =>
      ['staging-infrastructure', 'staging-platform'].map((name) =>
        applied.filter(({ stack }) => stack === name).map(({ action, path }) => `${action} ${path}`),
      ),
    );
    const pods = [
      'create ingress/traefik/traefik/disruption-budget',
      'delete ingress/traefik/traefik/disruption-budget',
      'update ingress/traefik/traefik/daemon-set',
    ];
    expect(attached!.toSorted()).toEqual(attachments('apps').map((path) => `create ${path}`));
    expect(started!.toSorted()).toEqual(pods);
    expect(detached!.toSorted()).toEqual(attachments('edge').map((path) => `delete ${path}`));
    expect(stopped!.toSorted()).toEqual(pods);
  });

  test('beside a group that never hosts it, both are listed', async () => {
    const batch: NodeGroupSpec = { ...APPS_GROUP, name: 'batch', labels: { pool: 'batch' } };
    const plans = await plan(groups(...before.nodeGroups!, batch), groups(...both.nodeGroups!, batch));
    expectSafe(plans);
    expect(nodeLabels(plans)).toEqual(['apps', 'edge']);
  });
});

describeWithTerraform('the profile changes, with the ingress, in two steps', () => {
  const hosting = (nodeGroups: readonly NodeGroupSpec[]) => nodeGroups.map((group) => ({ ...group, ingress: true }));

  test.each<{ name: string; before: Overrides; both: Overrides; after: Overrides; from: string[]; to: string[] }>([
    {
      name: 'ha to business: all groups of business, then only its own',
      before: { profile: ha() },
      both: { profile: business(true), nodeGroups: hosting(business(true).nodeGroups) },
      after: { profile: business(true) },
      from: ['apps'],
      to: ['ingress'],
    },
    {
      name: 'business to ha: the apps host it beside the ingress group, which is then removed',
      before: { profile: business(false) },
      both: { profile: ha(), nodeGroups: hosting([business(false).nodeGroups[0]!, ...ha().nodeGroups]) },
      after: { profile: ha() },
      from: ['ingress'],
      to: ['apps'],
    },
  ])('$name', async ({ before, both, after, from, to }) => {
    const first = await plan(before, both);
    const kept = from.flatMap(attachments);
    const added = to.flatMap(attachments);
    const changed = first.infrastructure
      .ofType('aws_autoscaling_attachment')
      .filter(({ action }) => action !== 'no-op');
    expect(changed.filter(({ action }) => action === 'destroy')).toEqual([]);
    expect(changed.filter(({ action }) => action === 'create').map(({ path }) => path)).toEqual(added);
    expectSafe(first);

    const second = await plan(both, after);
    expect(ofType(second, 'aws_autoscaling_attachment', 'destroy')).toHaveLength(kept.length);
    expect(ofType(second, 'aws_autoscaling_attachment', 'no-op').map(({ path }) => path)).toEqual(added);
    expectSafe(second);
  });
});
