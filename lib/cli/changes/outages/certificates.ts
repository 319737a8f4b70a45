import { exists, isGone, isUnknown, stays, type PlannedResource, type PlannedResources } from '../planned-resources';
import { isUnknownAt, textAt, textsAt } from '../values-at';
import type { Traffic } from './traffic';
import { gone, outage, unordered, type Judge } from './verdict';

const CERTIFICATES = ['aws_acm_certificate', 'aws_iam_server_certificate'];
const WAIT = 'aws_acm_certificate_validation';

export const certificate: Judge = (resource, { resources, traffic }) => {
  if (!exists(resource)) return undefined;
  const users = usersOf(textAt(resource.before, 'arn'), resources, traffic);
  const staying = users.filter((user) => !isGone(user) || resource.action === 'replace');
  if (staying.length === 0) return undefined;
  if (resource.action === 'replace') {
    if (isGone(resource))
      return outage('replaced, deleted first: AWS keeps it while a listener uses it, and the apply fails half done');
    return domainsLost(resource, staying, resources);
  }
  if (resource.action !== 'destroy') return undefined;
  const using = staying.filter((user) => user.action === 'keep');
  if (using.length > 0) return outage(`deleted while ${using[0]!.path} uses it`);
  return unordered(`deleted while ${staying[0]!.path} changes to another certificate`);
};

/** A certificate that is selected by SNI. */
export const listenerCertificate: Judge = (resource, { resources, traffic }) => {
  if (!exists(resource) || !isGone(resource)) return undefined;
  const listener = traffic.listener(textAt(resource.before, 'listener_arn'));
  if (listener && (traffic.isIdle(listener) || isGone(listener))) return undefined;
  const arn = textAt(resource.before, 'certificate_arn');
  const certificate = certificateOf(arn, resources);
  const domains = certificate ? domainsOf(certificate.before) : [];
  const named = domains.length > 0 ? domains.join(', ') : 'its domains';
  const reason = `${gone(resource)}: clients of ${named} get another certificate, and fail`;
  const served = listener && servedDomains(listener, resources, 'after', resource);
  if (!served || domains.length === 0 || uncovered(certificate!.before, served).length > 0) return outage(reason);
  return uncovered(certificate!.before, servedDomains(listener, resources, 'throughout') ?? []).length === 0
    ? undefined
    : unordered(`${gone(resource)} while another certificate for ${named} is added`);
};

/** The planned certificate of an ARN. */
export function certificateOf(arn: string, resources: PlannedResources): PlannedResource | undefined {
  return arn === ''
    ? undefined
    : resources.existing(...CERTIFICATES).find(({ before }) => textAt(before, 'arn') === arn);
}

/**
 * The domains for which a listener presents a certificate, once the plan is applied or all the time until then.
 * Undefined if one of its certificates is not planned here.
 */
export function servedDomains(
  listener: PlannedResource,
  resources: PlannedResources,
  when: 'after' | 'throughout',
  except?: PlannedResource,
): readonly string[] | undefined {
  const bySni = resources
    .of('aws_lb_listener_certificate')
    .filter((one) => one !== except && (when === 'after' ? one.action !== 'destroy' : stays(one)))
    .filter((one) => isOf(listener, one, resources));
  const served: string[] = [];
  for (const one of [listener, ...bySni]) {
    const domains = when === 'after' ? domainsAfter(one, resources) : domainsThroughout(one, resources);
    if (!domains) return undefined;
    served.push(...domains);
  }
  return served;
}

/** The domains of a certificate that none of the others covers. */
export function uncovered(certificate: unknown, served: readonly string[]): readonly string[] {
  return domainsOf(certificate).filter((domain) => !served.some((one) => coversDomain(one, domain)));
}

function usersOf(arn: string, resources: PlannedResources, traffic: Traffic): readonly PlannedResource[] {
  return resources
    .existing('aws_lb_listener', 'aws_lb_listener_certificate')
    .filter((one) => textAt(one.before, 'certificate_arn') === arn && !traffic.isIdle(one));
}

/** A replacement for other domains: those that no certificate of its listeners covers any more. */
function domainsLost(resource: PlannedResource, users: readonly PlannedResource[], resources: PlannedResources) {
  if (isUnknownAt(resource.unknown, 'subject_alternative_names') || isUnknown(resource, 'domain_name'))
    return undefined;
  const own = domainsOf(resource.after);
  const listeners = users.filter(({ family }) => family === 'aws_lb_listener');
  const served = listeners.flatMap((one) => servedDomains(one, resources, 'after') ?? []);
  const lost = uncovered(resource.before, [...own, ...served]);
  return lost.length > 0 ? outage(`replaced by one that does not cover ${lost.join(', ')}`) : undefined;
}

function isOf(listener: PlannedResource, one: PlannedResource, resources: PlannedResources): boolean {
  const arn = textAt(listener.before, 'arn');
  if (exists(one)) return textAt(one.before, 'listener_arn') === arn;
  if (!isUnknown(one, 'listener_arn')) return textAt(one.after, 'listener_arn') === arn;
  return resources.referred(one, 'listener_arn').includes(listener);
}

function domainsAfter(user: PlannedResource, resources: PlannedResources): readonly string[] | undefined {
  const arn = textAt(user.after, 'certificate_arn');
  if (arn === '' && !isUnknown(user, 'certificate_arn')) return [];
  const known = certificateOf(arn, resources);
  if (known) return domainsOf(known.action === 'destroy' ? undefined : known.after);
  const referred = resources.referred(user, 'certificate_arn');
  const direct = referred.find(({ family }) => CERTIFICATES.includes(family));
  const waiting = referred.find(({ family }) => family === WAIT);
  const behind =
    waiting && resources.referred(waiting, 'certificate_arn').find(({ family }) => CERTIFICATES.includes(family));
  const certificate = direct ?? behind;
  return certificate && domainsOf(certificate.after);
}

/** Only what a certificate, and its use, cover both before and after. */
function domainsThroughout(user: PlannedResource, resources: PlannedResources): readonly string[] | undefined {
  const certificate = certificateOf(textAt(user.before, 'certificate_arn'), resources);
  if (!certificate) return undefined;
  const after = domainsAfter(user, resources);
  if (!stays(certificate) || !after) return [];
  return domainsOf(certificate.before).filter((domain) => after.some((one) => coversDomain(one, domain)));
}

function domainsOf(certificate: unknown): readonly string[] {
  return [...new Set([...textsAt(certificate, 'domain_name'), ...textsAt(certificate, 'subject_alternative_names')])];
}

/** A wildcard stands for one label. */
function coversDomain(one: string, domain: string): boolean {
  return one === domain || (one.startsWith('*.') && domain.replace(/^[^.]+/, '*') === one);
}
