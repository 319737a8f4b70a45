import 'quayside/testing/jest';
import { planApp, rehearseChanges, type RehearsedStep } from 'quayside/testing';
import type { App } from 'cdktf';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { describeWithTerraform } from '../offline/support/app';
import { environment, synthInfrastructure } from './fixtures';

jest.setTimeout(120_000);

const PROTECTED = [
  'aws_cloudwatch_log_group cluster/log-group',
  'aws_cloudwatch_log_group firewall/log-group',
  'aws_cloudwatch_log_group network/flow-logs/log-group',
  'aws_eks_cluster cluster/cluster',
  'aws_kms_key key/key',
  'aws_lb load-balancer/load-balancer',
  'aws_route53_zone zone/zone',
  'aws_s3_bucket load-balancer-logs/bucket',
  'aws_vpc network/vpc',
];

const on = { profile: EnvironmentProfile.business(), loadBalancer: { waf: true } };
const off = { profile: EnvironmentProfile.business({ deletionProtection: false }), loadBalancer: { waf: true } };

describe('the profile’s deletion protection', () => {
  const prevented = (overrides: Partial<EnvironmentProps>) =>
    synthInfrastructure(overrides)
      .resources.filter(({ attributes }) => attributes['lifecycle']?.['prevent_destroy'] !== undefined)
      .map(({ type, path }) => `${type} ${path}`)
      .sort();

  test('applies to what serves requests and what holds data', () => {
    expect(prevented(on)).toEqual(PROTECTED);
  });

  test('is off for all of it at once', () => {
    expect(prevented(off)).toEqual([]);
  });
});

describeWithTerraform('deletion protection', () => {
  const app = (overrides: Partial<EnvironmentProps>) => (scope: App) => {
    new Environment(scope, environment(overrides));
  };
  /** The same protection with few resources. */
  const small = {
    profile: EnvironmentProfile.solo({ deletionProtection: true }),
    zones: ['eu-west-1a', 'eu-west-1b'],
  };
  const plan = (after: Partial<EnvironmentProps>) =>
    planApp(app(after), { baseline: app(small), stacks: ['staging-infrastructure'] });

  test.each<[string, Partial<EnvironmentProps>, RegExp]>([
    ['scheme', { loadBalancer: { scheme: 'internal' } }, /load-balancer\/load-balancer/],
    ['nat', { network: { nat: { kind: 'none' } } }, /load-balancer\/load-balancer/],
    ['domain', { domain: 'other.example.com' }, /zone\/zone/],
    ['cidr', { cidr: '10.31.0.0/16' }, /network\/vpc/],
    ['cluster.serviceCidr', { cluster: { serviceCidr: '10.100.0.0/16' } }, /cluster\/cluster/],
    ['iam.rolePath', { iam: { rolePath: '/platform/' } }, /cluster\/cluster/],
  ])('rejects another %s when it is planned', async (_, change, path) => {
    const rejected = plan({ ...small, ...change });
    await expect(rejected).rejects.toThrow(path);
    await expect(rejected).rejects.toThrow(/Instance cannot be destroyed/);
  });

  describe('is turned off, and then the environment changes', () => {
    let steps: readonly RehearsedStep[];
    beforeAll(async () => {
      const addOns = [ingress()];
      const internal = { ...off, loadBalancer: { waf: true, scheme: 'internal' } } as const;
      const versions = [{ ...on, addOns }, { ...off, addOns }, { ...off, addOns: [] }, internal];
      [, ...steps] = await rehearseChanges(versions.map(app));
    });
    const changes = (step: number, name: string) =>
      steps[step]!.applied.filter(({ stack }) => stack === name).map(({ action, path }) => `${action} ${path}`);

    test('in place', () => {
      const planned = steps[0]!.getPlan('staging-infrastructure');
      expect(planned).toHaveNoDestroy();
      const updated = planned.resources.filter(({ action }) => action === 'update').map(({ type }) => type);
      expect(updated).toEqual(expect.arrayContaining(['aws_eks_cluster', 'aws_lb', 'aws_s3_bucket']));
      expect(changes(0, 'staging-infrastructure')).toEqual(
        expect.arrayContaining(['update cluster/cluster', 'update load-balancer/load-balancer']),
      );
      expect(steps[0]!.applied.filter(({ action }) => action !== 'update')).toEqual([]);
    });

    test('without add-ons, the platform stack destroys what it had deployed', () => {
      const platform = steps[1]!.getPlan('staging-platform');
      expect(platform.resources.length).toBeGreaterThan(5);
      expect(platform.resources.filter(({ action }) => action !== 'destroy')).toEqual([]);
      expect(changes(1, 'staging-infrastructure')).toEqual([]);
      const destroyed = changes(1, 'staging-platform');
      expect(destroyed).toHaveLength(platform.resources.length);
      expect(destroyed.filter((change) => !change.startsWith('delete'))).toEqual([]);
    });

    test('a replacement is not hindered', () => {
      expect(steps[2]!.getPlan('staging-infrastructure').getResource('aws_lb').action).toBe('replace');
    });
  });
});
