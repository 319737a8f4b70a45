import { TerraformOutput, TerraformVariable } from 'cdktf';
import { caaProblems } from '../../../lib/dns/caa';
import { Certificate, type CertificateProps } from '../../../lib/dns/certificate';
import { domainNameProblem } from '../../../lib/dns/domain-name';
import { HealthCheck, type HealthCheckProps } from '../../../lib/dns/health-check';
import { HostedZone, type HostedZoneProps } from '../../../lib/dns/hosted-zone';
import { DnsRecord, type DnsRecordProps } from '../../../lib/dns/records';
import { routingProblems, type Routing } from '../../../lib/dns/routing';
import { group, inStack, returned, type Group } from '../try';

const ZONE = { zoneId: 'Z1', zoneName: 'example.com' };
const PRIVATE_ZONE = { ...ZONE, visibility: 'private' } as const;
const KNOWN_AFTER_APPLY = 'the value is known after apply';
const TOO_LONG = 'its value is too long for a message';
const NAME_SERVERS = { type: 'NS', values: ['ns1.example.org'] } as const;
const SIGNED = { type: 'DS', values: ['12345 13 2 49FD46E6C4B45C55D4AC'] } as const;

const addresses = (count: number) =>
  Array.from({ length: count }, (_, index) => `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}`);
const texts = (length: number) => Array.from('abcdefghi', (letter) => letter.repeat(length));

const record = (props: Partial<DnsRecordProps>): DnsRecordProps => ({
  zone: ZONE,
  name: 'www.example.com',
  type: 'A',
  values: ['192.0.2.1'],
  ...props,
});
const certificate = (props: Partial<CertificateProps>): CertificateProps => ({
  domainName: 'example.com',
  zones: [ZONE],
  ...props,
});

export const GROUPS: readonly Group[] = [
  group(
    returned(({ values }: { readonly values: readonly string[] }) => caaProblems('values', values)),
    {
      '{} \'{}\' is not a valid CAA value: use the form 0 issue "amazon.com"': {
        wrong: { values: ['amazon.com'] },
        right: { values: ['0 issue "amazon.com"'] },
      },
      "{} '{}' reports to '{}', which is not a valid URL: use mailto: or https:": {
        wrong: { values: ['0 iodef "security@example.com"'] },
        right: { values: ['0 iodef "mailto:security@example.com"'] },
      },
      "{} has the tag '{}', which authorities ignore{}": {
        wrong: { values: ['0 isue "amazon.com"'] },
        right: { values: ['0 issue "amazon.com"'] },
        unnamed: 'the value is a record, of which it has the tag',
      },
      '{} allows {} to issue {}certificates, so ACM cannot: add one of {}': {
        wrong: { values: ['0 issue "letsencrypt.org"'] },
        right: { values: ['0 issue "letsencrypt.org"', '0 issue "amazon.com"'] },
      },
    },
  ),
  group(
    returned(({ name }: { readonly name: string }) => domainNameProblem('name', name)),
    {
      '{} must not be empty': { wrong: { name: '' }, right: { name: 'example.com' } },
      "{} '{}' has uppercase letters: use '{}'": { wrong: { name: 'Example.com' }, right: { name: 'example.com' } },
      "{} '{}' ends with a dot: remove it": { wrong: { name: 'example.com.' }, right: { name: 'example.com' } },
      "{} '{}' has {} characters, DNS allows at most {}: shorten it": {
        wrong: { name: 'shop.'.repeat(60) + 'com' },
        right: { name: 'shop.'.repeat(20) + 'com' },
      },
      "{} '{}' has a wildcard that is not its entire leftmost label: use the form *.example.com": {
        wrong: { name: 'a*.example.com' },
        right: { name: '*.example.com' },
      },
      "{} '{}' has the label '{}', which is not valid: use 1 to {} lower-case letters, digits and inner hyphens (punycode for other alphabets)":
        { wrong: { name: 'my shop.example.com' }, right: { name: 'my-shop.example.com' } },
    },
  ),
  group(
    inStack((stack, props: CertificateProps) => void new Certificate(stack, 'certificate', props)),
    {
      "domainName '{}' has {} characters, ACM allows at most {}: use a shorter domainName and move this one to subjectAlternativeNames":
        {
          wrong: certificate({ domainName: `${'a'.repeat(60)}.example.com` }),
          right: certificate({ subjectAlternativeNames: [`${'a'.repeat(60)}.example.com`] }),
        },
      "{} '{}' is not a name that ACM issues certificates for: use letters, digits and inner hyphens in two labels or more, without underscores":
        {
          wrong: certificate({ subjectAlternativeNames: ['my_shop.example.com'] }),
          right: certificate({ subjectAlternativeNames: ['my-shop.example.com'] }),
        },
      "{} '{}' is in none of the public zones ({}): add the zone that contains it to zones": {
        wrong: certificate({ domainName: 'example.org' }),
        right: certificate({ domainName: 'example.org', zones: [ZONE, { zoneId: 'Z2', zoneName: 'example.org' }] }),
      },
    },
  ),
  group(
    inStack((stack, isLiteral: boolean) => {
      const { value } = new TerraformVariable(stack, 'name', { type: 'string' });
      new Certificate(stack, 'certificate', certificate({ domainName: isLiteral ? 'example.com' : value }));
    }),
    {
      '{} has a name that is known after apply: use a literal, since validation records are named after it': {
        wrong: false,
        right: true,
        unnamed: KNOWN_AFTER_APPLY,
      },
    },
  ),
  group(
    inStack((stack, isLiteral: boolean) => {
      const { value } = new TerraformVariable(stack, 'name', { type: 'string' });
      const zoneName = isLiteral ? 'example.com' : value;
      new Certificate(stack, 'certificate', certificate({ zones: [{ zoneId: 'Z1', zoneName }] }));
    }),
    {
      'zones has a zone whose zoneName is known after apply: use a literal': {
        wrong: false,
        right: true,
        unnamed: KNOWN_AFTER_APPLY,
      },
    },
  ),
  group(
    inStack((stack, props: Partial<HealthCheckProps>) => {
      new HealthCheck(stack, 'check', { host: 'www.example.com', ...props });
    }),
    {
      "host '{}' does not resolve on the internet: give a full name, such as www.example.com": {
        wrong: { host: 'www' },
        right: { host: 'www.example.com' },
      },
      "host '{}' is an address: give a name, which Route 53 resolves for each check": {
        wrong: { host: '192.0.2.1' },
        right: { host: 'www.example.com' },
      },
      'path has {} characters, Route 53 allows at most {}: use a shorter one': {
        wrong: { path: `/${'a'.repeat(255)}` },
        right: { path: `/${'a'.repeat(254)}` },
        unnamed: TOO_LONG,
      },
      "host '{}' is a wildcard: give a single host": {
        wrong: { host: '*.example.com' },
        right: { host: 'www.example.com' },
      },
      "path '{}' must start with /": { wrong: { path: 'healthz' }, right: { path: '/healthz' } },
      'failureThreshold must be a whole number from 1 to {}, got {}': {
        wrong: { failureThreshold: 11 },
        right: { failureThreshold: 10 },
      },
    },
  ),
  group(
    inStack((stack, props: Partial<HostedZoneProps>) => {
      new HostedZone(stack, 'zone', { zoneName: 'shop.example.com', ...props } as HostedZoneProps);
    }),
    {
      "zoneName '{}' is a wildcard: use wildcards in records only": {
        wrong: { zoneName: '*.example.com' },
        right: { zoneName: 'example.com' },
      },
      'vpcIds is empty, so {} would not resolve anywhere: give at least one VPC': {
        wrong: { visibility: 'private', vpcIds: [] },
        right: { visibility: 'private', vpcIds: ['vpc-1'] },
      },
      "caa.reportTo '{}' is not a valid URL: use mailto: or https:": {
        wrong: { caa: { reportTo: 'security@example.com' } },
        right: { caa: { reportTo: 'mailto:security@example.com' } },
      },
      'vpcIds has {} twice: remove one': {
        wrong: { visibility: 'private', vpcIds: ['vpc-1', 'vpc-1'] },
        right: { visibility: 'private', vpcIds: ['vpc-1'] },
      },
      "caa.issuers is empty, which would allow every authority: list those that may issue, omit it for Amazon's, or set caa to 'none' to allow all":
        { wrong: { caa: { issuers: [] } }, right: { caa: {} } },
      "queryLogGroupArn '{}' is a log group of account {}, Route 53 logs to those of the zone's own account, {}: create one there":
        {
          wrong: { queryLogGroupArn: 'arn:aws:logs:us-east-1:210987654321:log-group:dns' },
          right: { queryLogGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:dns' },
        },
      "zoneName '{}' is not a subdomain of parent '{}': give the zone of a domain above it": {
        wrong: { parent: { zoneId: 'Z2', zoneName: 'example.org' } },
        right: { parent: ZONE },
      },
      "parent '{}' is private and cannot delegate: give the public zone of that name": {
        wrong: { parent: PRIVATE_ZONE },
        right: { parent: ZONE },
      },
      "dnssec 'trusted' requires parent, for the DS record: set parent, or use 'signed' and add dsRecord at the registrar":
        { wrong: { dnssec: 'trusted' }, right: { dnssec: 'signed' } },
      "queryLogGroupArn '{}' is not a log group in us-east-1, the only region that Route 53 logs to: create one there":
        {
          wrong: { queryLogGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:dns' },
          right: { queryLogGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:dns' },
        },
    },
  ),
  group(
    inStack(
      (stack, props: Partial<HostedZoneProps>) => {
        const zone = new HostedZone(stack, 'zone', { zoneName: 'example.cn', ...props } as HostedZoneProps);
        new TerraformOutput(stack, 'zone-id', { value: zone.zoneId });
      },
      { region: 'cn-north-1' },
    ),
    {
      "dnssec '{}' requires a KMS key in {}, which is not available to accounts of {}: set dnssec to 'off'": {
        wrong: { dnssec: 'signed' },
        right: { dnssec: 'off' },
      },
    },
  ),
  group(
    inStack((stack, props: DnsRecordProps) => void new DnsRecord(stack, 'record', props)),
    {
      "name '{}' is outside zone '{}': give the zone that contains it, or a name that ends with .{}": {
        wrong: record({ name: 'www.example.org' }),
        right: record({ name: 'www.example.com' }),
      },
      'values is empty: give at least one': { wrong: record({ values: [] }), right: record({ values: ['192.0.2.1'] }) },
      "name '{}' is the zone apex, where DNS does not allow type CNAME: use AliasRecords for an AWS resource, or type A":
        {
          wrong: record({ name: 'example.com', type: 'CNAME', values: ['www.example.com'] }),
          right: record({ name: 'example.com', type: 'A', values: ['192.0.2.1'] }),
        },
      'values has {}, but a CNAME allows only one name: keep one of them': {
        wrong: record({ type: 'CNAME', values: ['a.example.com', 'b.example.com'] }),
        right: record({ type: 'CNAME', values: ['a.example.com'] }),
      },
      "name '{}' is a wildcard, which Route 53 does not allow for type NS: delegate each subdomain by its name": {
        wrong: record({ name: '*.example.com', ...NAME_SERVERS }),
        right: record({ name: 'shop.example.com', ...NAME_SERVERS }),
      },
      "name '{}' is the zone apex, whose DS record belongs to the zone above it: use that zone, or add it at the registrar":
        {
          wrong: record({ zone: { ...ZONE, zoneName: 'shop.example.com' }, name: 'shop.example.com', ...SIGNED }),
          right: record({ zone: ZONE, name: 'shop.example.com', ...SIGNED }),
        },
      "values has '{}' twice, which Route 53 rejects: remove one": {
        wrong: record({ values: ['192.0.2.1', '192.0.2.1'] }),
        right: record({ values: ['192.0.2.1'] }),
      },
      "values has '{}', the name of the record itself: use the name that it stands for": {
        wrong: record({ type: 'CNAME', values: ['www.example.com'] }),
        right: record({ type: 'CNAME', values: ['pages.example.org'] }),
      },
      "values has '{}', which is not a value of type {}: use the form {}": {
        wrong: record({ type: 'MX', values: ['mail.example.com'] }),
        right: record({ type: 'MX', values: ['10 mail.example.com'] }),
      },
      "values has '{}', with {} that Route 53 requires an escape code for: write {}": {
        wrong: record({ type: 'TXT', values: ['Grüße'] }),
        right: record({ type: 'TXT', values: ['Gr\\303\\274\\303\\237e'] }),
      },
      'values has a text of {} characters, Route 53 allows at most {}: split it into several values, or shorten it': {
        wrong: record({ type: 'TXT', values: ['a'.repeat(5000)] }),
        right: record({ type: 'TXT', values: ['a'.repeat(4000), 'a'.repeat(1000)] }),
      },
      'values has {} values, Route 53 allows at most {} per record: remove {}': {
        wrong: record({ values: addresses(401) }),
        right: record({ values: addresses(400) }),
        unnamed: 'it has the number of values',
      },
      'values have {} characters, Route 53 allows at most {} per record: shorten them': {
        wrong: record({ type: 'TXT', values: texts(3999) }),
        right: record({ type: 'TXT', values: texts(3000) }),
        unnamed: TOO_LONG,
      },
      "values has '{}', which is not an IPv{} address: type {} requires IPv{} addresses": {
        wrong: record({ values: ['192.0.2.256'] }),
        right: record({ values: ['192.0.2.255'] }),
      },
      'values has {}: remove the quotes, they are added for you': {
        wrong: record({ type: 'TXT', values: ['"v=spf1 -all"'] }),
        right: record({ type: 'TXT', values: ['v=spf1 -all'] }),
      },
      'ttlSeconds must be a whole number from 0 to {}, got {}': {
        wrong: record({ ttlSeconds: -1 }),
        right: record({ ttlSeconds: 60 }),
      },
    },
  ),
  group(
    inStack((stack, records: readonly Partial<DnsRecordProps>[]) => {
      for (const props of records) new DnsRecord(stack, props.name!, record(props));
    }),
    {
      "name '{}' is the zone apex, whose NS record Route 53 creates with the zone: remove this one": {
        wrong: [{ name: 'example.com', ...NAME_SERVERS }, { name: 'www.example.com' }],
        right: [{ name: 'www.example.com' }],
      },
    },
  ),
  group(
    returned((routing: Routing) => routingProblems(routing, false)),
    {
      'routing.weight must be a whole number from 0 to {}, got {}': {
        wrong: { kind: 'weighted', id: 'blue', weight: 1.5 },
        right: { kind: 'weighted', id: 'blue', weight: 1 },
      },
      "routing.role is 'primary' but the record has no health check, so failover to the secondary would never happen: set healthCheckId":
        {
          wrong: { kind: 'failover', role: 'primary' },
          right: { kind: 'failover', role: 'primary', healthCheckId: 'check' },
        },
    },
  ),
];
