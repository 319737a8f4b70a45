import 'quayside/testing/jest';
import { rehearseChanges, type RehearsedStep } from 'quayside/testing';
import type { App } from 'cdktf';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { describeWithTerraform } from '../offline/support/app';
import { environment } from './fixtures';

jest.setTimeout(120_000);

const app = (overrides: Partial<EnvironmentProps>) => (scope: App) => {
  const [profile, zones] = [EnvironmentProfile.solo(), ['eu-west-1a', 'eu-west-1b']];
  new Environment(scope, environment({ profile, zones, ...overrides }));
};
const routes = (transitGatewayId: string) => ({
  routes: [{ cidr: '10.0.0.0/8', via: { kind: 'transit-gateway', transitGatewayId } as const }],
});
const [FORMER, LATTER] = ['tgw-0a1b2c3d4e5f60718', 'tgw-0f1e2d3c4b5a69788'] as const;

describeWithTerraform('an environment that exists gets ways in, changes them, and loses them', () => {
  let steps: readonly RehearsedStep[];
  const plan = (step: number) => steps[step]!.getPlan('staging-infrastructure');
  const applied = (step: number, action: string) =>
    steps[step]!.applied.filter((one) => one.action === action).map(({ path }) => path);

  beforeAll(async () => {
    const versions = [
      app({}),
      app({ tunnel: {}, network: routes(FORMER) }),
      app({ tunnel: { roles: ['platform'] }, network: routes(LATTER) }),
      app({}),
    ];
    steps = await rehearseChanges(versions, { stacks: ['staging-infrastructure'] });
  });

  test('nothing that exists is changed, but what waits for the routes', () => {
    expect(applied(1, 'update')).toEqual([]);
    expect(applied(1, 'delete')).toEqual([]);
    expect(plan(1)).toHaveNoDestroy();
    expect(plan(1)).toHaveNoOutage();
    expect(applied(1, 'create')).toEqual(
      expect.arrayContaining([`network/routes/${FORMER}`, 'network/routes/intra-to-10.0.0.0-8', 'tunnel/group']),
    );
  });

  test('routes lead to another gateway before the former one is detached', () => {
    const order = steps[2]!.applied.map(({ action, path }) => `${action} ${path}`);
    const changed = ['intra', 'private-eu-west-1a', 'private-eu-west-1b'].map(
      (table) => `update network/routes/${table}-to-10.0.0.0-8`,
    );
    expect([...order].sort()).toEqual([
      `create network/routes/${LATTER}`,
      'create tunnel/role-platform',
      `delete network/routes/${FORMER}`,
      ...changed,
    ]);
    for (const update of changed) {
      expect(order.indexOf(update)).toBeGreaterThan(order.indexOf(`create network/routes/${LATTER}`));
      expect(order.indexOf(update)).toBeLessThan(order.indexOf(`delete network/routes/${FORMER}`));
    }
  });

  test('what was added is all that is deleted', () => {
    const added = [...applied(1, 'create'), ...applied(2, 'create')].filter((path) => !path.endsWith(FORMER));
    expect(applied(3, 'delete').sort()).toEqual(added.sort());
    expect(applied(3, 'update')).toEqual([]);
  });
});
