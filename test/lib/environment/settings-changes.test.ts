import 'quayside/testing/jest';
import { rehearseChanges, type RehearsedStep } from 'quayside/testing';
import type { App } from 'cdktf';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { describeWithTerraform } from '../offline/support/app';
import { APPS_GROUP, environment } from './fixtures';

jest.setTimeout(120_000);

const app = (overrides: Partial<EnvironmentProps>) => (scope: App) => {
  const [profile, zones] = [EnvironmentProfile.solo(), ['eu-west-1a', 'eu-west-1b']];
  new Environment(scope, environment({ profile, zones, nodeGroups: [APPS_GROUP], ...overrides }));
};

const SETTINGS: Partial<EnvironmentProps> = {
  domains: [{ domain: 'shop.example.org' }, { domain: 'example.net', zone: { zoneId: 'Z8', zoneName: 'example.net' } }],
  access: [
    { name: 'platform', role: 'platform', policies: [{ policy: 'cluster-admin' }], groups: ['platform'] },
    { name: 'audit', principalArn: 'arn:aws:iam::210987654321:role/audit', policy: 'view' },
  ],
  iam: { permissionsBoundary: 'Boundary' },
  cluster: {
    logTypes: ['api', 'audit'],
    logRetentionDays: 90,
    upgradePolicy: 'EXTENDED',
    secretsKmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/11112222-3333-4444-5555-666677778888',
    oidcProvider: true,
    zonalShift: false,
  },
  loadBalancer: {
    strictTransportSecurity: 'max-age=60',
    waf: { mode: 'count', requestsPerFiveMinutes: 3000 },
    rules: [
      { key: 'no-metrics', priority: 20, paths: ['/metrics'], action: { kind: 'fixed-response', statusCode: 404 } },
    ],
  },
  network: { flowLogs: { retentionDays: 30 } },
};

describeWithTerraform('settings of an environment that exists', () => {
  let steps: readonly RehearsedStep[];
  const plan = (step: number) => steps[step]!.getPlan('staging-infrastructure');
  const applied = (step: number, action: string) =>
    steps[step]!.applied.filter((one) => one.action === action).map(({ path }) => path);

  beforeAll(async () => {
    const blocking: Partial<EnvironmentProps> = {
      ...SETTINGS,
      loadBalancer: { ...SETTINGS.loadBalancer, waf: { requestsPerFiveMinutes: 3000 } },
      domains: SETTINGS.domains!.slice(1),
    };
    steps = await rehearseChanges([app({}), app(SETTINGS), app(blocking)], { stacks: ['staging-infrastructure'] });
  });

  test('are added in place, without an outage', () => {
    expect(applied(1, 'delete')).toEqual([]);
    expect(plan(1)).toHaveNoDestroy();
    expect(plan(1)).toHaveNoOutage();
    expect(applied(1, 'update')).toEqual(
      expect.arrayContaining(['cluster/cluster', 'cluster/role/role', 'load-balancer/https']),
    );
    expect(applied(1, 'create')).toEqual(
      expect.arrayContaining([
        'domains/shop.example.org/zone/zone',
        'domains/example.net/certificate/certificate',
        'load-balancer/rule-domain-example.net',
        'load-balancer/rule-no-metrics',
        'firewall/acl',
      ]),
    );
  });

  test('rules block after they counted, in place', () => {
    expect(applied(2, 'update')).toContain('firewall/acl');
  });

  test('a domain that is removed takes only what is its own, and its end is an outage of its names', () => {
    const own = /shop\.example\.org/;
    expect(applied(2, 'delete').filter((path) => !own.test(path))).toEqual([]);
    expect(applied(2, 'delete')).toContain('domains/shop.example.org/alias/a');
    expect(plan(2)).not.toHaveNoOutage();
  });
});
