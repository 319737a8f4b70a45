import { exists, isGone, isUnknown, stays, type PlannedResource } from '../planned-resources';
import { textAt, valuesAt } from '../values-at';
import { plainName, pointsAt } from './dns-names';
import { gone, outage, type Judge } from './verdict';

/** Names that clients resolve: aliases, names of load balancers, delegations. */
export const record: Judge = (resource, { resources }) => {
  if (!exists(resource) || !servesRequests(resource, resources.existing('aws_lb'))) return undefined;
  if (!loses(resource)) return undefined;
  const others = resources
    .existing('aws_route53_record')
    .filter((one) => one !== resource && stays(one) && !loses(one) && zoneOf(one) === zoneOf(resource));
  if (others.some((other) => answersFor(other, resource))) return undefined;
  const how = isGone(resource) ? gone(resource) : `renamed to ${nameOf(resource.after)}`;
  return outage(`${how}: ${nameOf(resource.before)} no longer resolves (${typeOf(resource)})`);
};

function servesRequests(resource: PlannedResource, loadBalancers: readonly PlannedResource[]): boolean {
  const type = typeOf(resource);
  if (type === 'NS') return true;
  if (valuesAt(resource.before, 'alias').length > 0) return type === 'A' || type === 'AAAA';
  return loadBalancers.some((one) => pointsAt(resource, one));
}

/** Whether the name is lost, if only for a while. */
function loses(resource: PlannedResource): boolean {
  if (isGone(resource)) return true;
  if (resource.action !== 'replace') return false;
  return ['zone_id', 'name', 'type'].some(
    (name) =>
      isUnknown(resource, name) || plainName(textAt(resource.after, name)) !== plainName(textAt(resource.before, name)),
  );
}

/** Whether clients that ask for one record get the other: of a set, of IPv4, of a wildcard. */
function answersFor(other: PlannedResource, lost: PlannedResource): boolean {
  const name = nameOf(lost.before);
  const names = [name, name.replace(/^[^.]+/, '*')];
  const types = typeOf(lost) === 'AAAA' ? ['AAAA', 'A'] : [typeOf(lost)];
  return names.includes(nameOf(other.before)) && types.includes(typeOf(other));
}

function zoneOf({ before }: PlannedResource): string {
  return textAt(before, 'zone_id');
}

function typeOf({ before }: PlannedResource): string {
  return textAt(before, 'type');
}

function nameOf(value: unknown): string {
  return plainName(textAt(value, 'name'));
}
