import { acknowledge, acknowledged } from '../../../lib/core/acknowledge';
import { AMAZON_ISSUERS } from '../../../lib/dns/caa';
import { HostedZone, type HostedZoneProps } from '../../../lib/dns/hosted-zone';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { refusal, synthStack } from '../../support/stack';

const parent = { zoneId: 'ZPARENT', zoneName: 'example.com' };

function zoneStack(props: HostedZoneProps) {
  return synthStack((stack) => new HostedZone(stack, 'zone', props));
}

function refused(props: HostedZoneProps): string {
  return refusal((stack) => new HostedZone(stack, 'zone', props));
}

test('a public zone keeps unmanaged records and allows only Amazon to issue certificates', () => {
  const stack = zoneStack({ zoneName: 'example.com' });
  expect(stack.resources.map((resource) => resource.path)).toEqual(['zone/caa', 'zone/zone']);
  expect(stack.getResource('aws_route53_zone').attributes).toMatchObject({ name: 'example.com', force_destroy: false });
  expect(stack.getResource('aws_route53_record', 'zone/caa').attributes).toMatchObject({
    name: 'example.com',
    type: 'CAA',
    records: [
      '0 issue "amazon.com"',
      '0 issue "amazontrust.com"',
      '0 issue "awstrust.com"',
      '0 issue "amazonaws.com"',
      '0 issuewild "amazon.com"',
      '0 issuewild "amazontrust.com"',
      '0 issuewild "awstrust.com"',
      '0 issuewild "amazonaws.com"',
    ],
  });
});

test('a private zone has its VPCs, and no CAA or other record', () => {
  const stack = zoneStack({ zoneName: 'internal', visibility: 'private', vpcIds: ['vpc-1', 'vpc-2'] });
  expect(stack.resources.map((resource) => resource.path)).toEqual(['zone/zone']);
  expect(stack.getResource('aws_route53_zone').attributes['vpc']).toEqual([{ vpc_id: 'vpc-1' }, { vpc_id: 'vpc-2' }]);
});

test('caa: additional issuers and a report address; or none', () => {
  const values = zoneStack({
    zoneName: 'example.com',
    caa: { issuers: [...AMAZON_ISSUERS, 'letsencrypt.org'], reportTo: 'mailto:security@example.com' },
  }).getResource('aws_route53_record').attributes['records'];
  expect(values).toHaveLength(11);
  expect(values).toEqual(
    expect.arrayContaining([
      '0 issue "letsencrypt.org"',
      '0 issuewild "letsencrypt.org"',
      '0 iodef "mailto:security@example.com"',
    ]),
  );
  expect(zoneStack({ zoneName: 'example.com', caa: 'none' }).ofType('aws_route53_record')).toEqual([]);
});

test('parent: the zone is delegated in the parent', () => {
  const stack = zoneStack({ zoneName: 'staging.example.com', parent });
  const zone = stack.getResource('aws_route53_zone');
  expect(stack.getResource('aws_route53_record', 'zone/delegation').attributes).toMatchObject({
    zone_id: 'ZPARENT',
    name: 'staging.example.com',
    type: 'NS',
    records: `\${${zone.address}.name_servers}`,
  });
});

describe('dnssec', () => {
  test('the key is in us-east-1, and Route 53 may sign this zone only', () => {
    const stack = zoneStack({ zoneName: 'example.com', dnssec: 'signed' });
    const key = stack.getResource('aws_kms_key').attributes;
    expect(key).toMatchObject({
      customer_master_key_spec: 'ECC_NIST_P256',
      key_usage: 'SIGN_VERIFY',
      region: 'us-east-1',
    });
    expect(JSON.parse(key['policy']).Statement.slice(1)).toEqual([
      {
        Sid: 'Route53SignsThisZone',
        Effect: 'Allow',
        Principal: { Service: 'dnssec-route53.amazonaws.com' },
        Action: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'],
        Resource: '*',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '123456789012' },
          ArnLike: { 'aws:SourceArn': `\${${stack.getResource('aws_route53_zone').address}.arn}` },
        },
      },
      {
        Sid: 'Route53KeepsItsGrant',
        Effect: 'Allow',
        Principal: { Service: 'dnssec-route53.amazonaws.com' },
        Action: 'kms:CreateGrant',
        Resource: '*',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ]);
  });

  test('trusted: DS record in the parent after delegation and signing, signing after its key; destroyed in reverse', () => {
    const stack = zoneStack({ zoneName: 'staging.example.com', parent, dnssec: 'trusted' });
    const ds = stack.getResource('aws_route53_record', 'zone/ds');
    const signing = stack.getResource('aws_route53_hosted_zone_dnssec');
    const ksk = stack.getResource('aws_route53_key_signing_key');
    expect(ds.attributes).toMatchObject({
      zone_id: 'ZPARENT',
      type: 'DS',
      records: [`\${${ksk.address}.ds_record}`],
    });
    const order = [ds, signing, ksk, stack.getResource('aws_kms_key')];
    order.slice(1).forEach((earlier, index) => expect(stack.isAfter(order[index]!, earlier)).toBe(true));
    expect(stack.isAfter(ds, stack.getResource('aws_route53_record', 'zone/delegation'))).toBe(true);
  });

  test('signed: no DS record in the parent, only its value for the registrar', () => {
    let dsRecord: string | undefined;
    const stack = synthStack((scope) => {
      ({ dsRecord } = new HostedZone(scope, 'zone', { zoneName: 'staging.example.com', parent, dnssec: 'signed' }));
    });
    expect(dsRecord).toBeDefined();
    expect(stack.ofType('aws_route53_record').map((record) => record.path)).toEqual(['zone/caa', 'zone/delegation']);
  });

  test('is rejected in partitions without us-east-1', () => {
    const build = (stack: AwsStack) => new HostedZone(stack, 'zone', { zoneName: 'example.cn', dnssec: 'signed' });
    expect(refusal(build, { region: 'cn-north-1' })).toBe(
      "test/zone: dnssec 'signed' requires a KMS key in us-east-1, which is not available to accounts of cn-north-1: set dnssec to 'off'",
    );
  });
});

test('query logs are written to the given log group', () => {
  const queryLogGroupArn = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com';
  expect(
    zoneStack({ zoneName: 'example.com', queryLogGroupArn }).getResource('aws_route53_query_log').attributes,
  ).toMatchObject({ cloudwatch_log_group_arn: queryLogGroupArn });
});

test('what is off by default is acknowledged', () => {
  synthStack((stack) => {
    const { zone } = new HostedZone(stack, 'zone', { zoneName: 'example.com' });
    expect(acknowledged(zone, 'CKV2_AWS_38')?.reason).toMatch(/set dnssec$/);
    expect(acknowledged(zone, 'CKV2_AWS_39')?.reason).toMatch(/opt in with queryLogGroupArn$/);
  });
});

test.each<{ props: HostedZoneProps; problem: string }>([
  {
    props: { zoneName: '*.example.com' },
    problem: "zoneName '*.example.com' is a wildcard: use wildcards in records only",
  },
  {
    props: { zoneName: 'example.org', parent },
    problem: "zoneName 'example.org' is not a subdomain of parent 'example.com': give the zone of a domain above it",
  },
  {
    props: { zoneName: 'example.com', parent },
    problem: "zoneName 'example.com' is not a subdomain of parent 'example.com': give the zone of a domain above it",
  },
  {
    props: { zoneName: 'a.example.com', parent: { ...parent, visibility: 'private' } },
    problem: "parent 'example.com' is private and cannot delegate: give the public zone of that name",
  },
  {
    props: { zoneName: 'example.com', dnssec: 'trusted' },
    problem:
      "dnssec 'trusted' requires parent, for the DS record: set parent, or use 'signed' and add dsRecord at the registrar",
  },
  {
    props: { zoneName: 'example.com', caa: { reportTo: 'security@example.com' } },
    problem: "caa.reportTo 'security@example.com' is not a valid URL: use mailto: or https:",
  },
  {
    props: { zoneName: 'example.com', queryLogGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:x' },
    problem:
      "queryLogGroupArn 'arn:aws:logs:eu-west-1:123456789012:log-group:x' is not a log group in us-east-1, the only region that Route 53 logs to: create one there",
  },
  {
    props: { zoneName: 'internal', visibility: 'private', vpcIds: [] },
    problem: 'vpcIds is empty, so internal would not resolve anywhere: give at least one VPC',
  },
])('$props is rejected', ({ props, problem }) => {
  expect(refused(props)).toBe(`test/zone: ${problem}`);
});

describe('a CAA that excludes Amazon', () => {
  const props: HostedZoneProps = { zoneName: 'example.com', caa: { issuers: ['letsencrypt.org'] } };

  test('is rejected', () => {
    expect(refused(props)).toBe(
      `test/zone: 2 problems
  - caa allows only letsencrypt.org to issue certificates, so ACM cannot: add one of amazon.com, amazontrust.com, awstrust.com, amazonaws.com (if intended: acknowledge(scope, 'caa-excludes-amazon', 'the reason'))
  - caa allows only letsencrypt.org to issue wildcard certificates, so ACM cannot: add one of amazon.com, amazontrust.com, awstrust.com, amazonaws.com (if intended: acknowledge(scope, 'caa-excludes-amazon', 'the reason'))`,
    );
  });

  test('is allowed if acknowledged', () => {
    const stack = synthStack((scope) => {
      acknowledge(scope, 'caa-excludes-amazon', 'Certificates come from elsewhere');
      new HostedZone(scope, 'zone', props);
    });
    expect(stack.ofType('aws_route53_record')).toHaveLength(1);
  });
});
