import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { REGION } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { quotaProblem } from '../core/quotas';
import { unknownRegion } from '../core/regions';
import { list, object, optional, text } from '../core/shape';
import { warn } from '../core/warnings';
import { HOSTED_ZONE_REF, type CertificateRef, type HostedZoneRef } from './dns-ref';
import { domainNameProblem, isWildcard, isWithin, withoutWildcard } from './domain-name';
import { ValidationRecords } from './validation-records';

export interface CertificateProps {
  /** At most 64 characters; a wildcard covers one label. */
  readonly domainName: string;
  /**
   * Further names, in any of `zones`. Changing them replaces the certificate.
   * @default none
   */
  readonly subjectAlternativeNames?: readonly string[];
  /** The public zones that contain the names: each name is validated in the most specific one. */
  readonly zones: readonly HostedZoneRef[];
  /**
   * CloudFront requires certificates in `us-east-1`.
   * @default the stack's region
   */
  readonly region?: string;
}

export const CERTIFICATE_PROPS = object<CertificateProps>({
  domainName: text(),
  subjectAlternativeNames: optional(list(text())),
  zones: list(HOSTED_ZONE_REF),
  region: optional(text('an AWS region, such as us-east-1', REGION)),
});

/**
 * The limit of an X.509 common name. Source: "Certificate characteristics",
 * https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
 */
const MAX_DOMAIN_NAME = 64;
/** Source: "Quotas", https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const MAX_NAMES = 10;
/** Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9][a-z0-9-]*[a-z0-9]$/;

/** An ACM certificate, validated by DNS and renewed by AWS. Users of `certificateArn` wait until it is issued. */
export class Certificate extends Construct implements CertificateRef {
  readonly certificate: AcmCertificate;
  readonly validation: AcmCertificateValidation;
  readonly certificateArn: string;
  readonly domainNames: readonly string[];

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    checkProps(this, props, CERTIFICATE_PROPS);
    this.domainNames = [...new Set([props.domainName, ...(props.subjectAlternativeNames ?? [])])];
    check(this, ...problems(props, this.domainNames));
    if (props.region !== undefined) warn(this, unknownRegion('region', props.region));

    this.certificate = new AcmCertificate(this, 'certificate', {
      domainName: props.domainName,
      subjectAlternativeNames: this.domainNames.length > 1 ? this.domainNames.slice(1) : undefined,
      validationMethod: 'DNS',
      region: props.region,
      // A listener must always have a certificate.
      lifecycle: { createBeforeDestroy: true },
    });
    // ACM queries its records immediately, and a negative answer (NXDOMAIN) is cached for 15 minutes.
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

  /** @returns the records' names, one per domain: a domain and its wildcard share a validation record */
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

/** The most specific public zone that contains `name`. */
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
    ...domainNames.map((name) => domainNameProblem(prop(name), name) || certificateNameProblem(prop(name), name)),
    quotaProblem(
      'subjectAlternativeNames',
      domainNames.length,
      { limit: MAX_NAMES, what: 'names of a certificate, with domainName' },
      'use several certificates, or one for a wildcard',
    ),
    ...domainNames.map(
      (name) =>
        Token.isUnresolved(name) &&
        `${prop(name)} has a name that is known after apply: use a literal, since validation records are named after it`,
    ),
    domainName.length > MAX_DOMAIN_NAME &&
      `domainName '${domainName}' has ${domainName.length} characters, ACM allows at most ${MAX_DOMAIN_NAME}: use a shorter domainName and move this one to subjectAlternativeNames`,
    known.length < zones.length && 'zones has a zone whose zoneName is known after apply: use a literal',
    ...domainNames.map(
      (name) =>
        !Token.isUnresolved(name) &&
        known.length === zones.length &&
        !closestZone(name, zones) &&
        `${prop(name)} '${name}' is in none of the public zones (${given}): add the zone that contains it to zones`,
    ),
  ];
}

function certificateNameProblem(prop: string, name: string): Problem {
  return (
    !Token.isUnresolved(name) &&
    !NAME.test(name) &&
    `${prop} '${name}' is not a name that ACM issues certificates for: use letters, digits and inner hyphens in two labels or more, without underscores`
  );
}
