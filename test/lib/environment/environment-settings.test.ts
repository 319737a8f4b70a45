import { EnvironmentProfile } from '../../../lib/environment/profile';
import type { Attributes, SynthesizedResource } from '../../../lib/testing/synthesized-stack';
import { EVERY_SETTING } from './every-setting';
import { APPS_GROUP, environment, synthEnvironments, synthInfrastructure } from './fixtures';

const BOUNDARY = 'arn:aws:iam::123456789012:policy/Boundary';

describe('each setting is in the infrastructure', () => {
  const stack = synthEnvironments(EVERY_SETTING).get('staging-infrastructure')!;
  const at = (path: string): Attributes => resourceAt(path).attributes;
  const resourceAt = (path: string): SynthesizedResource => {
    const found = stack.resources.find((one) => one.path === path);
    if (!found) throw new Error(`nothing at ${path}`);
    return found;
  };

  test.each<{ setting: string; path: string; attributes: object }>([
    {
      setting: 'cluster',
      path: 'cluster/cluster',
      attributes: {
        enabled_cluster_log_types: ['api', 'audit'],
        upgrade_policy: { support_type: 'EXTENDED' },
        encryption_config: { resources: ['secrets'], provider: { key_arn: EVERY_SETTING.cluster!.secretsKmsKeyArn } },
        kubernetes_network_config: { ip_family: 'ipv4', service_ipv4_cidr: '10.100.0.0/16' },
        zonal_shift_config: { enabled: false },
      },
    },
    { setting: 'cluster.logRetentionDays', path: 'cluster/log-group', attributes: { retention_in_days: 90 } },
    {
      setting: 'cluster.oidcProvider',
      path: 'cluster/oidc-provider',
      attributes: { client_id_list: ['sts.amazonaws.com'] },
    },
    {
      setting: 'cluster.openPorts',
      path: 'cluster/security-groups/nodes-from-control-plane-tcp-9500',
      attributes: { from_port: 9500, to_port: 9500 },
    },
    { setting: 'network.addressing', path: 'network/vpc', attributes: { assign_generated_ipv6_cidr_block: true } },
    { setting: 'network.flowLogs', path: 'network/flow-logs/log-group', attributes: { retention_in_days: 30 } },
    { setting: 'network.flowLogs', path: 'network/flow-logs/flow-log', attributes: { traffic_type: 'REJECT' } },
    {
      setting: 'loadBalancer.ipAddressType',
      path: 'load-balancer/load-balancer',
      attributes: { ip_address_type: 'dualstack' },
    },
    {
      setting: 'loadBalancer.strictTransportSecurity',
      path: 'load-balancer/https',
      attributes: { routing_http_response_strict_transport_security_header_value: 'max-age=0' },
    },
    {
      setting: 'loadBalancer.rules: a redirect',
      path: 'load-balancer/rule-old-shop',
      attributes: {
        priority: 10,
        condition: [{ host_header: { values: ['old.staging.example.com'] } }],
        action: [{ type: 'redirect', redirect: { host: 'shop.example.org', status_code: 'HTTP_301' } }],
      },
    },
    {
      setting: 'loadBalancer.rules: a fixed response',
      path: 'load-balancer/rule-maintenance',
      attributes: { action: [{ type: 'fixed-response', fixed_response: { status_code: '503' } }] },
    },
    {
      setting: 'loadBalancer.waf',
      path: 'firewall/acl',
      attributes: {
        rule: [
          { name: 'rate-limit', action: { count: {} }, statement: { rate_based_statement: { limit: 2000 } } },
          { name: 'AWSManagedRulesCommonRuleSet', override_action: { count: {} } },
        ],
      },
    },
    { setting: 'loadBalancer.waf.logRetentionDays', path: 'firewall/log-group', attributes: { retention_in_days: 30 } },
    {
      setting: 'access.groups',
      path: 'cluster/principal-role-platform/entry',
      attributes: { principal_arn: 'arn:aws:iam::123456789012:role/platform', kubernetes_groups: ['platform'] },
    },
    {
      setting: 'access.policies',
      path: 'cluster/principal-role-platform/policy-view',
      attributes: { access_scope: { type: 'namespace', namespaces: ['shop'] } },
    },
    {
      setting: 'access.principalArn',
      path: 'cluster/principal-210987654321-role-audit/entry',
      attributes: { principal_arn: 'arn:aws:iam::210987654321:role/audit' },
    },
    {
      setting: 'iam',
      path: 'cluster/role/role',
      attributes: { path: '/platform/', permissions_boundary: BOUNDARY },
    },
    {
      setting: 'additionalEksAddOns',
      path: 'add-ons/aws-efs-csi-driver/add-on',
      attributes: {
        addon_name: 'aws-efs-csi-driver',
        addon_version: 'v2.1.0-eksbuild.1',
        configuration_values: '{"controller":{"replicaCount":2}}',
      },
    },
    { setting: 'zone', path: 'alias/a', attributes: { zone_id: 'Z0123456789ABCDEFGHIJ' } },
    {
      setting: 'domains',
      path: 'domains/shop.example.org/certificate/certificate',
      attributes: { domain_name: 'shop.example.org', subject_alternative_names: ['*.shop.example.org'] },
    },
    {
      setting: 'domains.parentZone',
      path: 'domains/shop.example.org/zone/delegation',
      attributes: { zone_id: 'Z9', name: 'shop.example.org', type: 'NS' },
    },
    {
      setting: 'domains.zone',
      path: 'domains/example.net/wildcard-alias/a',
      attributes: { zone_id: 'Z8', name: '*.example.net' },
    },
    {
      setting: 'domains.rulePriority',
      path: 'load-balancer/rule-domain-example.net',
      attributes: { priority: 900, condition: [{ host_header: { values: ['example.net', '*.example.net'] } }] },
    },
  ])('$setting: $path', ({ path, attributes }) => {
    expect(at(path)).toMatchObject(attributes);
  });

  test('only accounts that are trusted may be reached through endpoints', () => {
    expect(JSON.stringify(at('network/endpoints/interface-sqs')['policy'])).toContain('210987654321');
  });

  test('further EKS add-ons are installed after the nodes and those that they name, with their role', () => {
    const [driver, controller] = ['aws-efs-csi-driver', 'snapshot-controller'].map((name) =>
      resourceAt(`add-ons/${name}/add-on`),
    );
    expect(stack.isAfter(controller!, driver!)).toBe(true);
    expect(stack.isAfter(driver!, resourceAt('nodes-apps/group-eu-west-1a'))).toBe(true);
    expect(at('add-ons/aws-efs-csi-driver/role/AmazonEFSCSIDriverPolicy')).toMatchObject({
      policy_arn: 'arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy',
    });
  });

  test('every role has the path and the boundary', () => {
    const roles = stack.ofType('aws_iam_role').map(({ attributes }) => attributes);
    expect(roles.filter((role) => role['path'] !== '/platform/' || role['permissions_boundary'] !== BOUNDARY)).toEqual(
      [],
    );
  });

  test('the zone that exists has no output for its parent, and new zones of further domains have', () => {
    const { output = {} } = stack.json;
    expect(Object.keys(output)).not.toContain('name_servers');
    expect(Object.keys((output['domain_name_servers'] as { value: object }).value)).toEqual([
      'shop.example.org',
      'staging.example.info',
    ]);
  });
});

test('further domains change nothing of the first one', () => {
  const ofFirst = (stack: ReturnType<typeof synthInfrastructure>) =>
    stack.resources
      .filter(
        ({ path }) => !/^domains\/|domain-|certificate-example\.net|^certificate-validation\/example\.net/.test(path),
      )
      .map(({ address, attributes }) => ({ address, attributes }));
  const before = synthInfrastructure();
  const after = synthInfrastructure({ domains: [{ domain: 'example.net' }] });
  expect(ofFirst(after)).toEqual(ofFirst(before));
  expect(after.resources.length).toBeGreaterThan(before.resources.length);
});

test('the priority of a domain does not depend on the others', () => {
  const priority = (...names: readonly string[]) =>
    synthInfrastructure({ domains: names.map((domain) => ({ domain })) })
      .resources.filter(({ path }) => path === 'load-balancer/rule-domain-b.example.net')
      .map(({ attributes }) => attributes['priority'] as number);
  expect(priority('b.example.net')).toEqual(priority('a.example.net', 'b.example.net', 'c.example.net'));
});

test.each([
  { waf: true as const, action: 'none' },
  { waf: {}, action: 'none' },
  { waf: { mode: 'count' as const }, action: 'count' },
])('$waf filters with the groups of AWS', ({ waf, action }) => {
  const rules = synthInfrastructure({ loadBalancer: { waf } }).getResource('aws_wafv2_web_acl').attributes['rule'];
  expect(rules.map((rule: Attributes) => rule['override_action'])).toEqual(
    Array.from({ length: 3 }, () => ({ [action]: {} })),
  );
});

test('waf: false has none', () => {
  expect(synthInfrastructure({ loadBalancer: { waf: false } }).ofType('aws_wafv2_web_acl')).toEqual([]);
});

const UNSAID = { ...APPS_GROUP, ingress: undefined };

test.each([
  { nodeGroups: [UNSAID], hosts: ['apps'] },
  { nodeGroups: [APPS_GROUP], hosts: ['apps'] },
  { nodeGroups: [APPS_GROUP, { ...UNSAID, name: 'batch' }], hosts: ['apps'] },
  {
    nodeGroups: [
      APPS_GROUP,
      { ...APPS_GROUP, name: 'batch', ingress: false },
      { ...APPS_GROUP, name: 'edge', ingress: true },
    ],
    hosts: ['apps', 'edge'],
  },
  { nodeGroups: undefined, profile: EnvironmentProfile.flexible(), hosts: ['ingress'] },
])('the ingress is on $hosts', ({ hosts, nodeGroups, profile = EnvironmentProfile.ha() }) => {
  const stack = synthEnvironments(environment({ nodeGroups, profile })).get('staging-infrastructure')!;
  const attached = stack.ofType('aws_autoscaling_attachment').map(({ path }) => /attachment-(\w+)-eu/.exec(path)![1]!);
  expect([...new Set(attached)].sort()).toEqual(hosts);
});
