import { Token } from 'cdktf';
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

test('without a zone, the environment needs zones', () => {
  const overrides = { zone: undefined };
  expect(refusal((stack) => install(stack, [externalDns()], overrides))).toBe(
    'test/external-dns/controller: the environment has no zone: set zones',
  );
  expect(() => synth({ zones: [SHOP] }, overrides)).not.toThrow();
});

test.each<{ options: string; problems: readonly string[] }>([
  {
    options: '{"zones":[],"sources":[]}',
    problems: [
      'zones is empty: list at least one, or omit it for the zone of the environment',
      'sources is empty: list ingress or service, or omit it for both',
    ],
  },
  {
    options: JSON.stringify({ zones: [SHOP, { ...SHOP, zoneName: 'internal.example', visibility: 'private' }] }),
    problems: [
      'zones mixes public and private zones (shop.example, internal.example): use only one kind',
      "zones has 'Z2' twice: list it once",
    ],
  },
  { options: '{"sources":["ingress","ingress"]}', problems: ["sources has 'ingress' twice: list it once"] },
  {
    options: '{"zones":{"zoneId":"Z2"},"sources":["ingresses"],"deleteRecords":"no","ownerId":"shop,a=b"}',
    problems: [
      'zones must be a list, got {"zoneId":"Z2"}',
      "sources[0] must be one of ingress, service, got 'ingresses'",
      "deleteRecords must be true or false, got 'no'",
      "ownerId must be valid in a TXT record, up to 63 letters, digits, '-', '_' and '.', got 'shop,a=b'",
    ],
  },
  {
    options:
      '{"zones":[{"zoneId":"/hostedzone/Z2","zoneName":"shop.example.","visability":"private"},null,{"zoneId":"Z3"}]}',
    problems: [
      "unknown property 'zones[0].visability': did you mean 'visibility'?",
      "zones[0].zoneId must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ, got '/hostedzone/Z2'",
      "zones[0].zoneName 'shop.example.' ends with a dot: remove it",
      'zones[1] must be a hosted zone, such as new HostedZone(...), got null',
      'zones[2].zoneName is required, such as example.com',
    ],
  },
  {
    options: '{"zone":[],"resources":{"cpu":1,"memory":"64MB","limit":"1Gi"}}',
    problems: [
      "unknown property 'zone': did you mean 'zones'?",
      "unknown property 'resources.limit': use one of cpu, memory, memoryLimit, ephemeralStorage, or remove it",
      'resources.cpu must be a quantity, such as 200m, got 1',
      "resources.memory must be a quantity, such as 128Mi, got '64MB'",
    ],
  },
])('options $options are rejected when they are given', ({ options, problems }) => {
  const [problem, ...others] = problems;
  expect(() => externalDns(JSON.parse(options) as ExternalDnsProps)).toThrow(
    others.length === 0
      ? `externalDns: ${problem}`
      : `externalDns: ${problems.length} problems\n  - ${problems.join('\n  - ')}`,
  );
});

test('zones that are known only after apply are accepted', () => {
  const [zoneId, zoneName] = ['id', 'name'].map((part) =>
    Token.asString({ resolve: () => `\${aws_route53_zone.a.${part}}` }),
  ) as [string, string];
  expect(container({ zones: [{ zoneId, zoneName }] }).args).toEqual(
    expect.arrayContaining(['--zone-id-filter=${aws_route53_zone.a.id}', '--domain-filter=${aws_route53_zone.a.name}']),
  );
});
