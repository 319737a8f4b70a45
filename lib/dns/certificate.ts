import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { check, requireProps, type Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import type { CertificateRef, HostedZoneRef } from './dns-ref';
import { domainNameProblem, isWildcard, isWithin, withoutWildcard } from './domain-name';
import { ValidationRecords } from './validation-records';

export interface CertificateProps {
  /** At most 64 characters; a wildcard covers one label. */
  readonly domainName: string;
  /**
   * Further names, also of other zones. A change makes a new certificate.
   * @default none
   */
  readonly subjectAlternativeNames?: readonly string[];
  /** The public zones that hold the names: each name is proved in the closest one. */
  readonly zones: readonly HostedZoneRef[];
  /**
   * CloudFront takes certificates from `us-east-1` only.
   * @default the stack's region
   */
  readonly region?: string;
}

/** Source: "Certificate characteristics", ACM User Guide: the common name of X.509. */
const MAX_DOMAIN_NAME = 64;

/** A certificate from ACM, proved by DNS and renewed by AWS. Whoever uses `certificateArn` waits until it is issued. */
export class Certificate extends Construct implements CertificateRef {
  readonly certificate: AcmCertificate;
  readonly validation: AcmCertificateValidation;
  readonly certificateArn: string;
  readonly domainNames: readonly string[];

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    requireProps(this, props, 'domainName', 'zones');
    this.domainNames = [...new Set([props.domainName, ...(props.subjectAlternativeNames ?? [])])];
    check(this, ...problems(props, this.domainNames));

    this.certificate = new AcmCertificate(this, 'certificate', {
      domainName: props.domainName,
      subjectAlternativeNames: this.domainNames.length > 1 ? this.domainNames.slice(1) : undefined,
      validationMethod: 'DNS',
      region: props.region,
      // A listener must never be left without.
      lifecycle: { createBeforeDestroy: true },
    });
    // ACM looks for its records from the start, and that there is no such domain is remembered for a quarter of an hour.
    dependsOn(this.certificate, ...props.zones.flatMap(({ ready = [] }) => ready));
    if (this.domainNames.some(isWildcard)) {
      acknowledge(this.certificate, 'CKV2_AWS_71', 'The hosts below share one load balancer; the key never leaves ACM');
    }
    this.validation = new AcmCertificateValidation(this, 'validation', {
      certificateArn: this.certificate.arn,
      validationRecordFqdns: this.addValidation(props.zones),
      region: props.region,
    });
    this.certificateArn = this.validation.certificateArn;
  }

  /** @returns the records' names, one per domain: a domain and its wildcard have the same proof */
  private addValidation(zones: readonly HostedZoneRef[]): string[] {
    const records = ValidationRecords.of(this);
    const byDomain = new Map(
      this.domainNames.map((name) => [
        withoutWildcard(name),
        records.record(this.certificate, name, closestZone(name, zones)!),
      ]),
    );
    return [...byDomain.values()].map((record) => record.fqdn);
  }
}

/** The public zone with the longest name that holds `name`. */
function closestZone(name: string, zones: readonly HostedZoneRef[]): HostedZoneRef | undefined {
  return zones
    .filter((zone) => zone.visibility !== 'private' && isWithin(withoutWildcard(name), zone.zoneName))
    .reduce<HostedZoneRef | undefined>(
      (best, zone) => (best && best.zoneName.length >= zone.zoneName.length ? best : zone),
      undefined,
    );
}

function problems({ domainName, zones }: CertificateProps, domainNames: readonly string[]): readonly Problem[] {
  const known = zones.filter((zone) => !Token.isUnresolved(zone.zoneName));
  const publicZones = known.filter((zone) => zone.visibility !== 'private');
  const given = publicZones.map((zone) => zone.zoneName).join(', ') || 'none';
  const prop = (name: string) => (name === domainName ? 'domainName' : 'subjectAlternativeNames');
  return [
    ...domainNames.map((name) => domainNameProblem(prop(name), name)),
    ...domainNames.map(
      (name) =>
        Token.isUnresolved(name) &&
        `${prop(name)} has a name that only Terraform will know: write it out, since records are named after it`,
    ),
    domainName.length > MAX_DOMAIN_NAME &&
      `domainName '${domainName}' has ${domainName.length} characters, ACM takes ${MAX_DOMAIN_NAME}: make a shorter name the domainName and this one a subject alternative name`,
    known.length < zones.length && 'zones has a zone whose zoneName only Terraform will know: write the name out',
    ...domainNames.map(
      (name) =>
        !Token.isUnresolved(name) &&
        known.length === zones.length &&
        !closestZone(name, zones) &&
        `${prop(name)} '${name}' is in none of the public zones (${given}): add the zone that holds it to zones`,
    ),
  ];
}
