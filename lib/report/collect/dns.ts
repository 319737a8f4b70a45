import type { DnsZone } from '../model';
import { order, type Resource, type SynthesizedStacks } from '../synthesized';

export function dnsZones(stacks: SynthesizedStacks): readonly DnsZone[] {
  const records = stacks.ofType('aws_route53_record');
  return stacks
    .ofType('aws_route53_zone')
    .map((zone): DnsZone => {
      return {
        construct: zone.construct,
        name: zone.text('name') ?? '',
        visibility: zone.blocks('vpc').length > 0 ? 'private' : 'public',
        dnssec: stacks.ofType('aws_route53_hosted_zone_dnssec').some((one) => one.target('hosted_zone_id') === zone),
        records: records
          .filter((record) => record.target('zone_id') === zone)
          .map((record) => ({
            construct: record.construct,
            name: nameOf(record),
            type: record.text('type') ?? '',
            target: targetOf(record),
          }))
          .sort((a, b) => order(a.name, b.name) || order(a.type, b.type)),
      };
    })
    .sort((a, b) => order(a.name, b.name));
}

/** The name of a validation record is an attribute of its certificate. */
function nameOf(record: Resource): string {
  return isComputed(record, 'name') ? VALIDATION_RECORD : (record.text('name') ?? '');
}

const VALIDATION_RECORD = 'certificate validation';

function targetOf(record: Resource): string {
  const alias = record.text('alias.name');
  if (alias !== undefined) return alias;
  return isComputed(record, 'records.0') ? 'known after apply' : record.texts('records').join(', ');
}

function isComputed(record: Resource, path: string): boolean {
  const value = record.get(path);
  return typeof value === 'string' && value.includes('domain_validation_options');
}
