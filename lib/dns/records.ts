import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { bool, list, number, object, oneOf, optional, ref, text, value } from '../core/shape';
import { HOSTED_ZONE_REF, type HostedZoneRef } from './dns-ref';
import { domainNameProblem, isWildcard, isWithin } from './domain-name';
import { isHostName, RECORD_TYPES, recordValueProblems, type RecordType } from './record-values';
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
    dnsName: value<string>(
      'a DNS name, such as shop-1234567890.eu-west-1.elb.amazonaws.com',
      (name) => typeof name === 'string' && isHostName(name),
    ),
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

export const DNS_RECORD_PROPS = object<DnsRecordProps>({
  zone: HOSTED_ZONE_REF,
  name: text(),
  type: oneOf(...RECORD_TYPES),
  values: list(text()),
  ttlSeconds: optional(number),
  routing: optional(ROUTING),
});

/** A mistake can be corrected within five minutes, while answers are still cached. */
const TTL_SECONDS = 300;
const MAX_TTL_SECONDS = 2_147_483_647;
/** A TXT record is a list of strings of at most this length (RFC 1035, section 3.3), which clients concatenate. */
const MAX_TXT_STRING = 255;

/** A record with literal values. For an AWS resource, use `AliasRecords`. */
export class DnsRecord extends Construct {
  readonly record: Route53Record;

  constructor(scope: Construct, id: string, props: DnsRecordProps) {
    super(scope, id);
    checkProps(this, props, DNS_RECORD_PROPS);
    check(
      this,
      ...recordNameProblems(props.zone, props.name),
      apexProblem(props),
      props.type === 'CNAME' &&
        props.values.some((target) => target.replace(/\.$/, '').toLowerCase() === props.name.toLowerCase()) &&
        `values has '${props.name}', the name of the record itself: use the name that it stands for`,
      // Source: "DNS domain name format", https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
      props.type === 'NS' &&
        isWildcard(props.name) &&
        `name '${props.name}' is a wildcard, which Route 53 does not allow for type NS: delegate each subdomain by its name`,
      ...recordValueProblems(props.type, props.values),
      ttlProblem(props.ttlSeconds),
      ...routingProblems(props.routing, false),
    );

    this.record = new Route53Record(this, 'record', {
      zoneId: props.zone.zoneId,
      name: props.name,
      type: props.type,
      ttl: props.ttlSeconds ?? TTL_SECONDS,
      records: recordTexts(props),
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

function apexProblem({ zone, name, type }: DnsRecordProps): Problem {
  if (Token.isUnresolved(name) || name.toLowerCase() !== zone.zoneName.toLowerCase()) return false;
  switch (type) {
    case 'CNAME':
      return `name '${name}' is the zone apex, where DNS does not allow type CNAME: use AliasRecords for an AWS resource, or type A`;
    case 'NS':
      return `name '${name}' is the zone apex, whose NS record Route 53 creates with the zone: remove this one`;
    case 'DS':
      return `name '${name}' is the zone apex, whose DS record belongs to the zone above it: use that zone, or add it at the registrar`;
    default:
      return false;
  }
}

function ttlProblem(ttlSeconds = TTL_SECONDS): Problem {
  return (
    !Token.isUnresolved(ttlSeconds) &&
    !(Number.isInteger(ttlSeconds) && ttlSeconds >= 0 && ttlSeconds <= MAX_TTL_SECONDS) &&
    `ttlSeconds must be a whole number from 0 to ${MAX_TTL_SECONDS}, got ${ttlSeconds}`
  );
}

/** A list that is known after apply is written as it is. */
function recordTexts({ type, values }: DnsRecordProps): string[] {
  return type !== 'TXT' || Token.isUnresolved(values) ? [...values] : values.map(txtStrings);
}

/** Characters, or escape codes, which must stay whole: `\\303`. */
const TXT_UNITS = /\\[0-7]{3}|\\?./gs;

/** The provider adds the outer quotes; in its syntax, `""` separates strings. */
function txtStrings(text: string): string {
  if (Token.isUnresolved(text)) return text;
  const strings: string[] = [];
  for (const unit of text.match(TXT_UNITS) ?? []) {
    const last = strings.at(-1);
    if (last === undefined || last.length + unit.length > MAX_TXT_STRING) strings.push(unit);
    else strings[strings.length - 1] = last + unit;
  }
  return strings.join('""');
}
