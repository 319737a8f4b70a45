import 'quayside/testing/jest';
import { planApp, type PlannedStack } from 'quayside/testing';
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
  const plan = async (before: Partial<EnvironmentProps>, after: Partial<EnvironmentProps>): Promise<PlannedStack> =>
    (await planApp(app(after), { baseline: app(before), stacks: ['staging-infrastructure'] })).get(
      'staging-infrastructure',
    )!;

  test.each<[string, Partial<EnvironmentProps>, RegExp]>([
    ['scheme', { loadBalancer: { waf: true, scheme: 'internal' } }, /load-balancer\/load-balancer/],
    ['nat', { network: { nat: { kind: 'none' } } }, /load-balancer\/load-balancer/],
    ['domain', { domain: 'other.example.com' }, /zone\/zone/],
    ['cidr', { cidr: '10.31.0.0/16' }, /network\/vpc/],
  ])('rejects another %s when it is planned', async (_, change, path) => {
    const rejected = plan(on, { ...on, ...change });
    await expect(rejected).rejects.toThrow(path);
    await expect(rejected).rejects.toThrow(/Instance cannot be destroyed/);
  });

  test('is turned off in place', async () => {
    const planned = await plan(on, off);
    expect(planned).toHaveNoDestroy();
    const updated = planned.resources.filter(({ action }) => action === 'update').map(({ type }) => type);
    expect(updated).toEqual(expect.arrayContaining(['aws_eks_cluster', 'aws_lb', 'aws_s3_bucket']));
  });

  test('once off, does not hinder a replacement', async () => {
    const planned = await plan(off, { ...off, loadBalancer: { waf: true, scheme: 'internal' } });
    expect(planned.getResource('aws_lb').action).toBe('replace');
  });
});

describeWithTerraform('without add-ons', () => {
  const app = (overrides: Partial<EnvironmentProps>) => (scope: App) => {
    new Environment(scope, environment(overrides));
  };

  test('the platform stack destroys what it had deployed', async () => {
    const before = app({ addOns: [ingress()] });
    const plans = await planApp(app({ addOns: [] }), { baseline: before, stacks: ['staging-platform'] });
    const platform = plans.get('staging-platform')!;
    expect(platform.resources.length).toBeGreaterThan(5);
    expect(platform.resources.filter(({ action }) => action !== 'destroy')).toEqual([]);
  });

  test('it can be planned empty', async () => {
    const plans = await planApp(app({}));
    expect(plans.get('staging-platform')).toPlan({});
  });
});
