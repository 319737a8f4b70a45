import { isIP } from 'node:net';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { bool, list, number, object, oneOf, optional, ref, text } from '../core/shape';
import { duplicates } from '../core/duplicates';
import { caaProblems } from './caa';
import { HOSTED_ZONE_REF, type HostedZoneRef } from './dns-ref';
import { domainNameProblem, isWithin } from './domain-name';
import { ROUTING, routingConfig, routingProblems, type Routing } from './routing';

export interface AliasRecordsProps {
  readonly zone: HostedZoneRef;
  /** The full name: the zone's own, a subdomain, or a wildcard such as `*.example.com`. */
  readonly name: string;
  readonly target: AliasTarget;
  /**
   * Whether Route 53 stops returning the target while it is unhealthy.
   * @default true
   */
  readonly evaluateTargetHealth?: boolean;
  /** @default simple routing: the only record of the name */
  readonly routing?: Routing;
}

/** An AWS resource with a DNS name, such as a load balancer. */
export interface AliasTarget {
  readonly dnsName: string;
  /** The AWS-managed zone of the target's DNS name. */
  readonly hostedZoneId: string;
}

export const ALIAS_RECORDS_PROPS = object<AliasRecordsProps>({
  zone: HOSTED_ZONE_REF,
  name: text(),
  target: ref<AliasTarget>('a target, such as { dnsName: loadBalancer.dnsName, hostedZoneId: loadBalancer.zoneId }', {
    dnsName: text(),
    hostedZoneId: text('the id of a hosted zone, such as Z0123456789ABCDEFGHIJ', /^Z[A-Z0-9]+$/),
  }),
  evaluateTargetHealth: optional(bool),
  routing: optional(ROUTING),
});

/**
 * Points a name, even the zone apex, to an AWS resource over IPv4 and IPv6; queries are free. If the target has no IPv6
 * address, the AAAA record returns no answer, which is harmless.
 */
export class AliasRecords extends Construct {
  readonly ipv4: Route53Record;
  readonly ipv6: Route53Record;

  constructor(scope: Construct, id: string, props: AliasRecordsProps) {
    super(scope, id);
    checkProps(this, props, ALIAS_RECORDS_PROPS);
    check(
      this,
      ...recordNameProblems(props.zone, props.name),
      ...routingProblems(props.routing, props.evaluateTargetHealth ?? true),
    );

    this.ipv4 = this.addRecord('a', 'A', props);
    this.ipv6 = this.addRecord('aaaa', 'AAAA', props);
    if (!Token.isUnresolved(props.target.dnsName)) {
      acknowledge(this.ipv4, 'CKV2_AWS_23', 'The target is managed elsewhere');
    }
  }

  private addRecord(id: string, type: 'A' | 'AAAA', props: AliasRecordsProps): Route53Record {
    return new Route53Record(this, id, {
      zoneId: props.zone.zoneId,
      name: props.name,
      type,
      alias: {
        name: props.target.dnsName,
        zoneId: props.target.hostedZoneId,
        evaluateTargetHealth: props.evaluateTargetHealth ?? true,
      },
      ...routingConfig(props.routing),
    });
  }
}

export interface DnsRecordProps {
  readonly zone: HostedZoneRef;
  /** The full name: the zone's own, a subdomain, or a wildcard such as `*.example.com`. */
  readonly name: string;
  readonly type: RecordType;
  /** As in a zone file, except TXT: those values are quoted and split into 255-character strings for you. */
  readonly values: readonly string[];
  /** @default 300 */
  readonly ttlSeconds?: number;
  /** @default simple routing: the only record of the name and type */
  readonly routing?: Routing;
}

export type RecordType =
  | 'A'
  | 'AAAA'
  | 'CAA'
  | 'CNAME'
  | 'DS'
  | 'HTTPS'
  | 'MX'
  | 'NAPTR'
  | 'NS'
  | 'PTR'
  | 'SRV'
  | 'SSHFP'
  | 'SVCB'
  | 'TLSA'
  | 'TXT';

export const DNS_RECORD_PROPS = object<DnsRecordProps>({
  zone: HOSTED_ZONE_REF,
  name: text(),
  type: oneOf(
    'A',
    'AAAA',
    'CAA',
    'CNAME',
    'DS',
    'HTTPS',
    'MX',
    'NAPTR',
    'NS',
    'PTR',
    'SRV',
    'SSHFP',
    'SVCB',
    'TLSA',
    'TXT',
  ),
  values: list(text()),
  ttlSeconds: optional(number),
  routing: optional(ROUTING),
});

/** A mistake can be corrected within five minutes, while answers are still cached. */
const TTL_SECONDS = 300;
const MAX_TTL_SECONDS = 2_147_483_647;
/** A TXT record is a list of strings of at most this length (RFC 1035, section 3.3), which clients concatenate. */
const MAX_TXT_STRING = 255;

/** Of all values of a record together. Source: "Quotas", https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
const MAX_CHARACTERS = 32_000;
/** Source: "Supported DNS record types", TXT, https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
const MAX_TXT = 4000;
/** A host name, which may end with a dot. */
const HOST = String.raw`(\.|([\w-]{1,63}\.)*[\w-]{1,63}\.?)`;

/** The forms of values, by type. Source: "Supported DNS record types" of Route 53. */
const FORMS: Readonly<Partial<Record<RecordType, { readonly pattern: RegExp; readonly example: string }>>> = {
  CNAME: { pattern: new RegExp(`^${HOST}$`), example: 'pages.example.org' },
  DS: { pattern: /^\d+ \d+ \d+ [0-9A-Fa-f ]+$/, example: '12345 13 2 49FD46E6C4B45C55D4AC' },
  MX: { pattern: new RegExp(String.raw`^\d{1,5} ${HOST}$`), example: '10 mail.example.com' },
  NS: { pattern: new RegExp(`^${HOST}$`), example: 'ns1.example.org' },
  PTR: { pattern: new RegExp(`^${HOST}$`), example: 'host.example.com' },
  SRV: { pattern: new RegExp(String.raw`^\d{1,5} \d{1,5} \d{1,5} ${HOST}$`), example: '10 5 5060 sip.example.com' },
};

/** A record with literal values. For an AWS resource, use `AliasRecords`. */
export class DnsRecord extends Construct {
  readonly record: Route53Record;

  constructor(scope: Construct, id: string, props: DnsRecordProps) {
    super(scope, id);
    checkProps(this, props, DNS_RECORD_PROPS);
    check(
      this,
      ...recordNameProblems(props.zone, props.name),
      ...valueProblems(props),
      ...routingProblems(props.routing, false),
    );

    this.record = new Route53Record(this, 'record', {
      zoneId: props.zone.zoneId,
      name: props.name,
      type: props.type,
      ttl: props.ttlSeconds ?? TTL_SECONDS,
      records: props.values.map((value) => (props.type === 'TXT' ? txtStrings(value) : value)),
      ...routingConfig(props.routing),
    });
    if (props.type === 'A') acknowledge(this.record, 'CKV2_AWS_23', 'The addresses are managed elsewhere');
  }
}

function recordNameProblems(zone: HostedZoneRef, name: string): readonly Problem[] {
  return [
    domainNameProblem('name', name),
    !isWithin(name, zone.zoneName) &&
      `name '${name}' is outside zone '${zone.zoneName}': give the zone that contains it, or a name that ends with .${zone.zoneName}`,
  ];
}

function valueProblems({ zone, name, type, values, ttlSeconds = TTL_SECONDS }: DnsRecordProps): readonly Problem[] {
  const known = values.filter((value) => !Token.isUnresolved(value));
  return [
    values.length === 0 && 'values is empty: give at least one',
    type === 'CNAME' &&
      name === zone.zoneName &&
      `name '${name}' is the zone apex, where DNS does not allow a CNAME: use AliasRecords for an AWS resource, or an A record`,
    type === 'CNAME' && values.length > 1 && `values has ${values.length} names, but a CNAME allows only one: keep one`,
    ...(type === 'A' || type === 'AAAA' ? known.filter((value) => isIP(value) !== (type === 'A' ? 4 : 6)) : []).map(
      (value) =>
        `values has '${value}', which is not an IPv${type === 'A' ? 4 : 6} address: type ${type} requires IPv${type === 'A' ? 4 : 6} addresses`,
    ),
    ...known
      .filter((value) => FORMS[type] && !FORMS[type].pattern.test(value))
      .map(
        (value) => `values has '${value}', which is not a value of type ${type}: use the form ${FORMS[type]!.example}`,
      ),
    ...duplicates(known).map((value) => `values has '${value}' twice, which Route 53 rejects: remove one`),
    ...known
      .filter((value) => type === 'TXT' && value.length > MAX_TXT)
      .map(
        (value) =>
          `values has a text of ${value.length} characters, Route 53 allows at most ${MAX_TXT}: split it into several values, or shorten it`,
      ),
    known.join('').length > MAX_CHARACTERS &&
      `values have ${known.join('').length} characters, Route 53 allows at most ${MAX_CHARACTERS} per record: shorten them`,
    ...(type === 'CAA' ? caaProblems('values', known) : []),
    ...(type === 'TXT' ? known.filter((value) => value.includes('"')) : []).map(
      (value) => `values has ${value}: remove the quotes, they are added for you`,
    ),
    !(Number.isInteger(ttlSeconds) && ttlSeconds >= 0 && ttlSeconds <= MAX_TTL_SECONDS) &&
      `ttlSeconds must be a whole number from 0 to ${MAX_TTL_SECONDS}, got ${ttlSeconds}`,
  ];
}

/** The provider adds the outer quotes; in its syntax, `""` separates strings. */
function txtStrings(value: string): string {
  if (Token.isUnresolved(value)) return value;
  return (value.match(new RegExp(`.{1,${MAX_TXT_STRING}}`, 'gs')) ?? []).join('""');
}
