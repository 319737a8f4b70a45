import { Token } from 'cdktf';
import { Certificate } from '../../../lib/dns/certificate';
import { HealthCheck } from '../../../lib/dns/health-check';
import { HostedZone } from '../../../lib/dns/hosted-zone';
import { recordValueProblems, type RecordType } from '../../../lib/dns/record-values';
import { DnsRecord, type DnsRecordProps } from '../../../lib/dns/records';
import { refusal, synthStack } from '../../support/stack';

const zone = { zoneId: 'Z1', zoneName: 'example.com' };

const found = (type: RecordType, ...values: readonly string[]) =>
  recordValueProblems(type, values).flatMap((problem) => (problem ? [problem] : []));

test.each<[RecordType, ...string[]]>([
  ['A', '192.0.2.1', '192.0.2.2'],
  ['AAAA', '2001:db8::1'],
  ['CAA', '0 issue "amazon.com"', '128 iodef "mailto:security@example.com"'],
  ['CNAME', 'pages.example.org'],
  ['CNAME', '1.0/25.2.0.192.in-addr.arpa.'],
  ['CNAME', '_x1.acm-validations.aws.'],
  ['DS', '12345 13 2 49FD46E6C4B45C55 D4AC'],
  ['HTTPS', '0 pages.example.org'],
  ['HTTPS', '1 . alpn="h2,h3" ipv4hint=192.0.2.1'],
  ['MX', '0 .'],
  ['MX', '10 mx1.example.com', '65535 mx2.example.com.'],
  ['NAPTR', '100 50 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .'],
  ['NS', 'ns-1.awsdns-01.org.', 'ns-2.awsdns-02.net'],
  ['PTR', 'host.example.com.'],
  ['SRV', '10 5 5060 sip.example.com', '0 0 0 .'],
  ['SSHFP', '4 2 123456789ABCDEF67890123456789ABCDEF67890123456789ABCDEF123456789'],
  ['SVCB', '1 svc.example.com port=8443'],
  ['TLSA', '3 1 1 0B9FA5A59EED715C26C1020C711B4F6EC42D58B0015E14337A39DAD301C5AFC3'],
  ['TXT', 'v=spf1 exists:%{i}._spf.example.com -all', 'k'.repeat(4000)],
  ['TXT', 'caf\\303\\251', '~ every printable character !'],
  ['CAA', '0 unheard "x"', '0 issuemail "example.org"'],
  ['MX', Token.asString({ resolve: () => 'x' })],
])('%s %j', (type, ...values) => {
  expect(found(type, ...values)).toEqual([]);
});

test.each<{ type: RecordType; value: string; form: string }>([
  { type: 'CNAME', value: '192.0.2.1', form: 'pages.example.org' },
  { type: 'CNAME', value: 'https://pages.example.org/', form: 'pages.example.org' },
  { type: 'CNAME', value: 'pages.example.org/docs', form: 'pages.example.org' },
  { type: 'CNAME', value: 'pages example.org', form: 'pages.example.org' },
  { type: 'CNAME', value: `${'k'.repeat(64)}.example.org`, form: 'pages.example.org' },
  { type: 'NS', value: '192.0.2.53.', form: 'ns1.example.org' },
  { type: 'PTR', value: '.', form: 'host.example.com' },
  { type: 'MX', value: 'mail.example.com', form: '10 mail.example.com' },
  { type: 'MX', value: '10 192.0.2.25', form: '10 mail.example.com' },
  { type: 'MX', value: '65536 mail.example.com', form: '10 mail.example.com' },
  { type: 'MX', value: '10', form: '10 mail.example.com' },
  { type: 'SRV', value: '10 5 99999 sip.example.com', form: '10 5 5060 sip.example.com' },
  { type: 'SRV', value: '10 5 sip.example.com:5060', form: '10 5 5060 sip.example.com' },
  { type: 'DS', value: '12345 13 2 XYZ', form: '12345 13 2 49FD46E6C4B45C55D4AC' },
  { type: 'DS', value: '12345 256 2 49FD', form: '12345 13 2 49FD46E6C4B45C55D4AC' },
  { type: 'HTTPS', value: 'https://example.com', form: '1 . alpn="h2,h3"' },
  { type: 'NAPTR', value: '100 50 u E2U+sip . .', form: '100 50 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .' },
  { type: 'SSHFP', value: '4 2 123', form: '1 1 09F6A01D2175742B257C6B98B7C72C44C4040683' },
  {
    type: 'TLSA',
    value: '3 1 1',
    form: '3 1 1 0B9FA5A59EED715C26C1020C711B4F6EC42D58B0015E14337A39DAD301C5AFC3',
  },
])('$type $value is rejected, and the form that the message gives is not', ({ type, value, form }) => {
  expect(found(type, value)).toEqual([
    `values has '${value}', which is not a value of type ${type}: use the form ${form}`,
  ]);
  expect(found(type, form)).toEqual([]);
});

test.each<{ type: RecordType; values: readonly string[]; problem: string }>([
  {
    type: 'CAA',
    values: ['256 issue "amazon.com"'],
    problem: `values '256 issue "amazon.com"' is not a valid CAA value: use the form 0 issue "amazon.com"`,
  },
  {
    type: 'NS',
    values: ['ns1.example.org', 'ns1.example.org'],
    problem: "values has 'ns1.example.org' twice, which Route 53 rejects: remove one",
  },
  {
    type: 'A',
    values: Array.from({ length: 401 }, (_, index) => `192.0.${index >> 8}.${index & 255}`),
    problem: 'values has 401 values, Route 53 allows at most 400 per record: remove 1',
  },
  {
    type: 'TXT',
    values: Array.from({ length: 9 }, (_, index) => `${index}`.repeat(3600)),
    problem: 'values have 32400 characters, Route 53 allows at most 32000 per record: shorten them',
  },
])('$problem', ({ type, values, problem }) => {
  expect(found(type, ...values)).toEqual([problem]);
});

const RECORD: DnsRecordProps = { zone, name: 'a.example.com', type: 'TXT', values: ['x'] };

test.each<{ what: string; create: Parameters<typeof refusal>[0]; problem: string }>([
  {
    what: 'an NS record of the zone itself',
    create: (stack) =>
      new DnsRecord(stack, 'x', { ...RECORD, name: 'example.com', type: 'NS', values: ['ns1.example.org'] }),
    problem: "name 'example.com' is the zone apex, whose NS record Route 53 creates with the zone: remove this one",
  },
  {
    what: 'a CNAME at an apex in capitals',
    create: (stack) =>
      new DnsRecord(stack, 'x', {
        ...RECORD,
        zone: { zoneId: 'Z1', zoneName: 'Example.com' },
        name: 'example.com',
        type: 'CNAME',
        values: ['pages.example.org'],
      }),
    problem:
      "name 'example.com' is the zone apex, where DNS does not allow type CNAME: use AliasRecords for an AWS resource, or type A",
  },
  {
    what: 'a wildcard delegation',
    create: (stack) =>
      new DnsRecord(stack, 'x', { ...RECORD, name: '*.example.com', type: 'NS', values: ['ns1.example.org'] }),
    problem:
      "name '*.example.com' is a wildcard, which Route 53 does not allow for type NS: delegate each subdomain by its name",
  },
  {
    what: 'a policy without issuers, which would allow all',
    create: (stack) => new HostedZone(stack, 'x', { zoneName: 'example.com', caa: { issuers: [] } }),
    problem:
      "caa.issuers is empty, which would allow every authority: list those that may issue, omit it for Amazon's, or set caa to 'none' to allow all",
  },
  {
    what: 'a certificate for a name with an underscore',
    create: (stack) => new Certificate(stack, 'x', { domainName: 'my_shop.example.com', zones: [zone] }),
    problem:
      "domainName 'my_shop.example.com' is not a name that ACM issues certificates for: use letters, digits and inner hyphens in two labels or more, without underscores",
  },
  {
    what: 'a certificate for eleven names',
    create: (stack) =>
      new Certificate(stack, 'x', {
        domainName: 'example.com',
        subjectAlternativeNames: Array.from({ length: 10 }, (_, index) => `${index}.example.com`),
        zones: [zone],
      }),
    problem:
      "subjectAlternativeNames needs 11 names of a certificate, with domainName, AWS allows 10 unless the quota is raised: use several certificates, or one for a wildcard (if intended: acknowledge(scope, 'default-quota', 'the reason'))",
  },
  {
    what: 'a certificate without zones',
    create: (stack) => new Certificate(stack, 'x', { domainName: 'example.com', zones: [] }),
    problem: "domainName 'example.com' is in none of the public zones (none): add the zone that contains it to zones",
  },
])('$what is rejected', ({ create, problem }) => {
  expect(refusal(create)).toBe(`test/x: ${problem}`);
});

test('numbers that are known after apply are not compared with ranges', () => {
  const number = Token.asNumber({ resolve: () => 60 });
  const stack = synthStack((scope) => {
    new DnsRecord(scope, 'record', {
      ...RECORD,
      ttlSeconds: number,
      routing: { kind: 'weighted', id: 'blue', weight: number },
    });
    new HealthCheck(scope, 'health', { host: 'example.com', failureThreshold: number });
  });
  expect(stack.getResource('aws_route53_record').attributes).toMatchObject({
    ttl: 60,
    weighted_routing_policy: { weight: 60 },
  });
});

describe('text with characters that Route 53 requires an escape code for', () => {
  test.each([
    { value: 'café', problem: 'write \\303\\251 for "é"', remedy: 'caf\\303\\251' },
    { value: 'a\nb', problem: 'write \\012 for "\\n"', remedy: 'a\\012b' },
    { value: '🚀', problem: 'write \\360\\237\\232\\200 for "🚀"', remedy: '\\360\\237\\232\\200' },
  ])('$remedy', ({ value, problem, remedy }) => {
    expect(found('TXT', value)).toEqual([
      `values has '${value}', with a character that Route 53 requires an escape code for: ${problem}`,
    ]);
    expect(found('TXT', remedy)).toEqual([]);
  });

  test('several of them', () => {
    expect(found('TXT', 'Grüße für Zoë')).toEqual([
      "values has 'Grüße für Zoë', with characters that Route 53 requires an escape code for: " +
        'write \\303\\274 for "ü", \\303\\237 for "ß", \\303\\253 for "ë"',
    ]);
  });

  test('an escape code is not split', () => {
    const value = `${'a'.repeat(253)}\\303\\251b`;
    const records = synthStack(
      (stack) => new DnsRecord(stack, 'r', { zone, name: 'a.example.com', type: 'TXT', values: [value] }),
    ).getResource('aws_route53_record').attributes['records'];
    expect(records).toEqual([`${'a'.repeat(253)}""\\303\\251b`]);
  });
});

test('a misspelled tag of a CAA record is rejected', () => {
  expect(found('CAA', '0 isue "amazon.com"')).toEqual([
    "values has the tag 'isue', which authorities ignore: did you mean 'issue'?",
  ]);
});
