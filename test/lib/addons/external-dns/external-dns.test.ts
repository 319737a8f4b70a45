import { externalDns, type ExternalDnsProps } from '../../../../lib/addons/external-dns/external-dns';
import { describeAddOn } from '../../../support/add-on-contract';
import { install, type PlatformOverrides } from '../../../support/platform';
import { refusal, synthStack } from '../../../support/stack';

describeAddOn('external-dns', () => externalDns());

const synth = (props?: ExternalDnsProps, overrides?: PlatformOverrides) =>
  synthStack((stack) => install(stack, [externalDns(props)], overrides));
const container = (props?: ExternalDnsProps) =>
  synth(props).getResource('kubernetes_deployment_v1').attributes['spec'].template.spec.container[0];
const statements = (props?: ExternalDnsProps) =>
  JSON.parse(synth(props).getResource('aws_iam_role_policy').attributes['policy'] as string).Statement;
const SHOP = { zoneId: 'Z2', zoneName: 'shop.example' };

test('all arguments', () => {
  expect(container().args).toEqual([
    '--source=ingress',
    '--source=service',
    '--service-type-filter=LoadBalancer',
    '--provider=aws',
    '--aws-zone-type=public',
    '--aws-zones-cache-duration=1h',
    '--zone-id-filter=Z1',
    '--domain-filter=example.com',
    '--policy=upsert-only',
    '--registry=txt',
    '--txt-owner-id=123456789012-eu-west-1-production',
    // Escaped for Terraform.
    '--txt-prefix=%%{record_type}-owner.',
    '--txt-wildcard-replacement=wildcard',
    '--events',
    '--interval=5m',
    '--log-format=json',
  ]);
});

test.each<[ExternalDnsProps, readonly string[], readonly string[]]>([
  [{ deleteRecords: true }, ['--policy=sync'], ['--policy=upsert-only']],
  [{ ownerId: 'legacy' }, ['--txt-owner-id=legacy'], ['--txt-owner-id=123456789012-eu-west-1-production']],
  [{ sources: ['ingress'] }, ['--source=ingress'], ['--source=service', '--service-type-filter=LoadBalancer']],
  [
    { zones: [SHOP, { zoneId: 'Z3', zoneName: 'shop.test' }] },
    ['--zone-id-filter=Z2', '--domain-filter=shop.example', '--zone-id-filter=Z3', '--domain-filter=shop.test'],
    ['--zone-id-filter=Z1', '--domain-filter=example.com'],
  ],
  [{ zones: [{ ...SHOP, visibility: 'private' }] }, ['--aws-zone-type=private'], ['--aws-zone-type=public']],
])('%j', (props, included, excluded) => {
  const { args } = container(props);
  expect(args).toEqual(expect.arrayContaining([...included]));
  expect(args.filter((arg: string) => excluded.includes(arg))).toEqual([]);
});

test('its role can only create and update address records of its zones', () => {
  expect(statements({ zones: [SHOP] })).toEqual([
    {
      Effect: 'Allow',
      Action: 'route53:ChangeResourceRecordSets',
      Resource: 'arn:aws:route53:::hostedzone/Z2',
      Condition: {
        'ForAllValues:StringEquals': {
          'route53:ChangeResourceRecordSetsActions': ['CREATE', 'UPSERT'],
          'route53:ChangeResourceRecordSetsRecordTypes': ['A', 'AAAA', 'CNAME', 'TXT'],
        },
      },
    },
    { Effect: 'Allow', Action: 'route53:ListResourceRecordSets', Resource: 'arn:aws:route53:::hostedzone/Z2' },
    { Effect: 'Allow', Action: 'route53:ListHostedZones', Resource: '*' },
  ]);
});

test('its role can delete records with deleteRecords', () => {
  const [change] = statements({ deleteRecords: true });
  expect(change.Condition['ForAllValues:StringEquals']['route53:ChangeResourceRecordSetsActions']).toEqual([
    'CREATE',
    'DELETE',
    'UPSERT',
  ]);
});

test.each<[ExternalDnsProps, readonly string[]]>([
  [{}, ['ingresses', 'services']],
  [{ sources: ['ingress'] }, ['ingresses']],
  [{ sources: ['service'] }, ['services']],
])('%j reads %j and nothing else', (props, resources) => {
  const rules = synth(props).getResource('kubernetes_cluster_role_v1').attributes['rule'];
  expect(rules.flatMap((rule: { resources: string[] }) => rule.resources)).toEqual(resources);
  expect(rules.flatMap((rule: { verbs: string[] }) => rule.verbs)).not.toContain('update');
});

test('a single replica runs at a time, and starts after the role association', () => {
  const stack = synth();
  const deployment = stack.getResource('kubernetes_deployment_v1');
  expect(deployment.attributes['spec']).toMatchObject({ replicas: '1', strategy: { type: 'Recreate' } });
  expect(stack.isAfter(deployment, stack.getResource('aws_eks_pod_identity_association'))).toBe(true);
  expect(stack.getResource('aws_eks_pod_identity_association').attributes).toMatchObject({
    namespace: 'external-dns',
    service_account: 'external-dns',
  });
});

test.each<[ExternalDnsProps, PlatformOverrides, string]>([
  [{}, { zone: undefined }, 'test/external-dns/controller: the environment has no zone: set zones'],
  [
    { zones: [] },
    {},
    'test/external-dns/controller: zones is empty: list at least one, or omit it for the zone of the environment',
  ],
  [
    { zones: [SHOP, { zoneId: 'Z3', zoneName: 'internal.example', visibility: 'private' }] },
    {},
    'test/external-dns/controller: zones mixes public and private zones (shop.example, internal.example): use only one kind',
  ],
  [
    { sources: [], ownerId: 'shop,a=b' },
    {},
    [
      'test/external-dns/controller: 2 problems',
      '  - sources is empty: list ingress or service, or omit it for both',
      "  - ownerId 'shop,a=b' is not valid in a TXT record: use up to 63 letters, digits, '-', '_' and '.'",
    ].join('\n'),
  ],
])('%j %j', (props, overrides, message) => {
  expect(refusal((stack) => install(stack, [externalDns(props)], overrides))).toBe(message);
});
