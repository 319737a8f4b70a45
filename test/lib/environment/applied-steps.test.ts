import { rehearseChanges } from 'quayside/testing';
import type { App } from 'cdktf';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import type { NodeGroupSpec } from '../../../lib/environment/node-groups';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { describeWithTerraform } from '../offline/support/app';
import { APPS_GROUP, environment } from './fixtures';

jest.setTimeout(240_000);

/** A group that stays. */
const other: NodeGroupSpec = { ...APPS_GROUP, name: 'other' };
const apps = (kind: 'managed' | 'auto-scaling', overrides: Partial<NodeGroupSpec> = {}): Partial<EnvironmentProps> => ({
  nodeGroups: [{ ...APPS_GROUP, kind, ...overrides } as NodeGroupSpec, other],
  addOns: [],
});

const app = (overrides: Partial<EnvironmentProps>) => (scope: App) => {
  new Environment(scope, environment({ addOns: [ingress()], ...overrides }));
};

/** What the steps after the first one did: to the infrastructure, then to the platform. */
async function changes(...versions: readonly Partial<EnvironmentProps>[]): Promise<readonly (readonly string[])[]> {
  const [, ...steps] = await rehearseChanges(versions.map(app));
  return steps.flatMap(({ applied }) =>
    ['staging-infrastructure', 'staging-platform'].map((name) =>
      applied.filter(({ stack }) => stack === name).map(({ action, path }) => `${action} ${path}`),
    ),
  );
}

describeWithTerraform('applied step by step', () => {
  test('the ingress moves: attached, started, detached, stopped', async () => {
    const edge = { ...APPS_GROUP, name: 'edge', labels: { pool: 'edge' } };
    const apps = { ...APPS_GROUP, labels: { pool: 'apps' } };
    const [attached, started, detached, stopped] = await changes(
      { nodeGroups: [{ ...edge, ingress: true }, apps] },
      { nodeGroups: [edge, apps].map((group) => ({ ...group, ingress: true })) },
      { nodeGroups: [edge, { ...apps, ingress: true }] },
    );
    const attachments = (action: string, group: string) =>
      ['a', 'b', 'c'].map(
        (zone) => `${action} load-balancer/target-group-ingress/attachment-${group}-eu-west-1${zone}`,
      );
    const pods = [
      'delete ingress/traefik/traefik/disruption-budget',
      'create ingress/traefik/traefik/disruption-budget',
      'update ingress/traefik/traefik/daemon-set',
    ];
    expect(attached!.toSorted()).toEqual(attachments('create', 'apps'));
    expect(started!.toSorted()).toEqual(pods.toSorted());
    expect(detached!.toSorted()).toEqual(attachments('delete', 'edge'));
    expect(stopped!.toSorted()).toEqual(pods.toSorted());
  });

  test('the protection is turned off in place, and the environment is destroyed', async () => {
    const [infrastructure, platform] = await changes(
      { profile: EnvironmentProfile.business() },
      { profile: EnvironmentProfile.business({ deletionProtection: false }) },
    );
    expect(infrastructure).toEqual(
      expect.arrayContaining(['update cluster/cluster', 'update load-balancer/load-balancer']),
    );
    expect([...infrastructure!, ...platform!].filter((change) => !change.startsWith('update'))).toEqual([]);
  });

  // The mock of EKS keeps the access entry of a managed group's role, and rejects another one for the same role.
  test('a group changes its kind and back, and is removed and added again', async () => {
    const versions = (['managed', 'auto-scaling', 'managed', 'auto-scaling'] as const).map((kind) => apps(kind, { spread: 'single' }));
    const steps = await changes(...versions, { nodeGroups: [other], addOns: [] }, ...versions.slice(1, 3));
    const roles = steps.map((step) =>
      step.filter((change) => /nodes-apps\/[a-z-]*role\/role\/role$/.test(change)).sort(),
    );
    const [created, deleted] = ['create', 'delete'].map(
      (action) => (kind: string) => `${action} nodes-apps/${kind}-role/role/role`,
    ) as [(kind: string) => string, (kind: string) => string];
    const infrastructure = roles.filter((_, index) => index % 2 === 0);
    expect(infrastructure).toEqual([
      [created('self-managed'), deleted('managed')],
      [created('managed'), deleted('self-managed')],
      [created('self-managed'), deleted('managed')],
      [deleted('self-managed')],
      [created('self-managed')],
      [created('managed'), deleted('self-managed')],
    ]);
  });

  test.each([
    ['managed', 'managed-role'],
    ['auto-scaling', 'self-managed-role'],
  ] as const)('the %s group is renamed: each successor first', async (kind, role) => {
    const [infrastructure, platform] = await changes(apps(kind), apps(kind, { name: 'new', formerly: 'apps' }));
    const groups = infrastructure!.filter((change) => /nodes-new\/group-/.test(change));
    expect(groups.slice(0, 3).every((change) => change.startsWith('create'))).toBe(true);
    expect(groups.slice(3)).toHaveLength(3);
    // Its description; its name stays.
    expect(infrastructure!.filter((change) => change.endsWith('/role/role'))).toEqual([
      `update nodes-new/${role}/role/role`,
    ]);
    expect(platform).toEqual([]);
  });

  test('the last add-on is removed: the empty platform stack destroys it', async () => {
    const [infrastructure, platform] = await changes({}, { addOns: [] });
    expect(infrastructure).toEqual([]);
    expect(platform!.length).toBeGreaterThan(5);
    expect(platform!.filter((change) => !change.startsWith('delete'))).toEqual([]);
  });
});
