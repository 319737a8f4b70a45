import { rehearseChanges } from 'quayside/testing';
import type { App } from 'cdktf';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { describeWithTerraform } from '../offline/support/app';
import { APPS_GROUP, environment } from './fixtures';

jest.setTimeout(240_000);

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

  test('the last add-on is removed: the empty platform stack destroys it', async () => {
    const [infrastructure, platform] = await changes({}, { addOns: [] });
    expect(infrastructure).toEqual([]);
    expect(platform!.length).toBeGreaterThan(5);
    expect(platform!.filter((change) => !change.startsWith('delete'))).toEqual([]);
  });
});
