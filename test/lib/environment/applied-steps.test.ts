import type { App } from 'cdktf';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { AppVersions } from '../../support/versions';
import { describeWithTerraform, removeSynthesized } from '../offline/support/app';
import { APPS_GROUP, environment } from './fixtures';

jest.setTimeout(240_000);
const open: AppVersions[] = [];
afterAll(async () => {
  for (const versions of open) await versions.close();
  removeSynthesized();
});

function newVersions(): AppVersions {
  const versions = new AppVersions();
  open.push(versions);
  return versions;
}

const app = (overrides: Partial<EnvironmentProps>) => (scope: App) => {
  new Environment(scope, environment({ addOns: [ingress()], ...overrides }));
};

const SUCCEEDED = ['staging-infrastructure', 'staging-platform'].map((stack) =>
  expect.objectContaining({ stack, ok: true }),
);

describeWithTerraform('applied step by step', () => {
  test('the ingress moves: attached, started, detached, stopped', async () => {
    const versions = newVersions();
    const edge = { ...APPS_GROUP, name: 'edge', labels: { pool: 'edge' } };
    const apps = { ...APPS_GROUP, labels: { pool: 'apps' } };
    await versions.apply(app({ nodeGroups: [{ ...edge, ingress: true }, apps] }));

    const both = await versions.apply(app({ nodeGroups: [edge, apps].map((group) => ({ ...group, ingress: true })) }));
    const attachments = (group: string) =>
      ['a', 'b', 'c'].map((zone) => `load-balancer/target-group-ingress/attachment-${group}-eu-west-1${zone}`);
    expect(both[0]!.order.toSorted()).toEqual(attachments('apps').map((path) => `create ${path}`));
    expect(both[1]!.order).toContain('update ingress/traefik/traefik/daemon-set');

    const after = await versions.apply(app({ nodeGroups: [edge, { ...apps, ingress: true }] }));
    expect(after[0]!.order.toSorted()).toEqual(attachments('edge').map((path) => `delete ${path}`));
    expect(after).toEqual(SUCCEEDED);
  });

  test('the protection is turned off, and the environment is destroyed', async () => {
    const versions = newVersions();
    await versions.apply(app({ profile: EnvironmentProfile.business() }));
    const off = await versions.apply(app({ profile: EnvironmentProfile.business({ deletionProtection: false }) }));
    expect(off).toEqual(SUCCEEDED);
    expect(off.flatMap(({ order }) => order).filter((change) => !change.startsWith('update'))).toEqual([]);
    expect(await versions.destroy()).toEqual(SUCCEEDED.toReversed());
  });

  test('the last add-on is removed: the empty platform stack destroys it', async () => {
    const versions = newVersions();
    const [, deployed] = await versions.apply(app({}));
    const [, removed] = await versions.apply(app({ addOns: [] }));
    expect(removed!.order).toHaveLength(deployed!.order.length);
    expect(removed!.order.filter((change) => !change.startsWith('delete'))).toEqual([]);
  });
});
