import type { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { HostedZoneRef } from './dns-ref';
import { withoutWildcard } from './domain-name';

const ID = 'certificate-validation';
const TTL_SECONDS = 300;

/**
 * The records by which ACM sees that a domain is ours: one per domain, for all certificates of a stack. ACM asks every
 * certificate of an account for the same CNAME of a domain, so that a record of each certificate's own would vanish
 * with the first one deleted, and stop the others' renewal. The address comes from zone and domain alone: it stays when
 * the certificate that brought the record goes. Two stacks that prove one domain in one zone still share the record
 * without knowing: destroying one takes it from the other, whose next apply puts it back.
 * Source: "DNS validation", ACM User Guide.
 */
export class ValidationRecords extends Construct {
  private readonly byZone = new Map<string, Construct>();

  /** The stack's, made on first use. */
  static of(scope: Construct): ValidationRecords {
    const stack = TerraformStack.of(scope);
    return (stack.node.tryFindChild(ID) as ValidationRecords | undefined) ?? new ValidationRecords(stack, ID);
  }

  /** @param name as the certificate spells it, with its wildcard */
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
        // Another stack's certificate may have made it already.
        allowOverwrite: true,
        // They depend on account and domain alone. Read again, they would replace the record with every certificate.
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

/** The options are a set, in no order to rely on, and unknown before the certificate exists: they are picked by name. */
function validationOption(certificate: AcmCertificate, name: string, attribute: string): string {
  const options = `aws_acm_certificate.${certificate.friendlyUniqueId}.domain_validation_options`;
  return `\${one([for option in ${options} : option.${attribute} if option.domain_name == "${name}"])}`;
}
