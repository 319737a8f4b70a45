import type { PlannedResource } from '../planned-resources';
import { textAt, textsAt } from '../values-at';

/** Whether a record that exists is an alias or another name of a load balancer. */
export function pointsAt({ before }: PlannedResource, loadBalancer: PlannedResource): boolean {
  const dnsName = plainName(textAt(loadBalancer.before, 'dns_name'));
  return (
    dnsName !== '' && [...textsAt(before, 'alias.name'), ...textsAt(before, 'records')].map(plainName).includes(dnsName)
  );
}

/** A name in one spelling. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '');
}
