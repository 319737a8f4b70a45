import type { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { literalText } from '../core/literal-text';
import type { HostedZoneRef } from './dns-ref';
import { withoutWildcard } from './domain-name';

const ID = 'certificate-validation';
const TTL_SECONDS = 300;

/**
 * ACM's DNS validation records: one per domain, shared by all certificates of a stack. ACM requires the same CNAME for
 * a domain from every certificate of an account, so a record per certificate would be deleted with the first
 * certificate, and the others could not renew. The resource address depends on zone and domain only: it does not change
 * when the certificate that created the record is removed. Two stacks that validate one domain in one zone still share
 * the record unknowingly: destroying one deletes it for the other, whose next apply recreates it.
 * Source: "DNS validation", https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class ValidationRecords extends Construct {
  private readonly byZone = new Map<string, Construct>();

  /** The stack's instance, created on first use. */
  static of(scope: Construct): ValidationRecords {
    const stack = TerraformStack.of(scope);
    return (stack.node.tryFindChild(ID) as ValidationRecords | undefined) ?? new ValidationRecords(stack, ID);
  }

  constructor(scope: Construct, id: string) {
    super(scope, id);
    literalText(this);
  }

  /** @param name as in the certificate, including a wildcard */
  record(certificate: AcmCertificate, name: string, zone: HostedZoneRef): Route53Record {
    const domain = withoutWildcard(name);
    const inZone = this.inZone(zone.zoneName);
    return (
      (inZone.node.tryFindChild(domain) as Route53Record | undefined) ??
      new Route53Record(inZone, domain, {
        zoneId: zone.zoneId,
        name: validationOption(certificate, name, 'resource_record_name'),
        type: 'CNAME',
        ttl: TTL_SECONDS,
        records: [validationOption(certificate, name, 'resource_record_value')],
        // Another stack's certificate may have created it already.
        allowOverwrite: true,
        // They depend only on account and domain. Without this, every new certificate would replace the record.
        lifecycle: { ignoreChanges: ['name', 'records'] },
      })
    );
  }

  private inZone(zoneName: string): Construct {
    const found = this.byZone.get(zoneName) ?? new Construct(this, zoneName);
    this.byZone.set(zoneName, found);
    return found;
  }
}

/** The options are an unordered set, known after apply: they are selected by domain name. */
function validationOption(certificate: AcmCertificate, name: string, attribute: string): string {
  const options = `aws_acm_certificate.${certificate.friendlyUniqueId}.domain_validation_options`;
  const expression = `\${one([for option in ${options} : option.${attribute} if option.domain_name == "${name}"])}`;
  return Token.asString({ creationStack: [], resolve: () => expression });
}
