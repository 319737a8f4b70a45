import { exists, isGone, stays, type PlannedResource, type PlannedResources } from '../planned-resources';
import { textAt } from '../values-at';
import { certificateOf, servedDomains, uncovered } from './certificates';
import { pointsAt } from './dns-names';
import { defaultAction } from './rules';
import { gone, outage, unordered, type Judge, type Verdict } from './verdict';

/**
 * Route 53 answers with 60 seconds for an alias of a load balancer.
 * Source: "Choosing between alias and non-alias records", https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
 */
const ALIAS_TTL_SECONDS = 60;

export const loadBalancer: Judge = (resource, { resources, traffic }) => {
  if (!exists(resource) || traffic.isIdle(resource)) return undefined;
  if (isGone(resource)) return outage(`${gone(resource)}: no other load balancer serves its names`);
  if (resource.action !== 'replace') return undefined;
  const records = resources.existing('aws_route53_record').filter((record) => pointsAt(record, resource));
  if (records.length === 0) return outage('replaced under another DNS name, and no planned record follows it');
  const behind = records.find((record) => record.action === 'keep');
  if (behind) return outage(`replaced under another DNS name, and ${behind.path} still points at the old one`);
  return {
    kind: 'note',
    reason: `replaced under another DNS name: clients use the deleted one for up to ${ALIAS_TTL_SECONDS} seconds, and longer if they cache names`,
  };
};

export const listener: Judge = (resource, context) => {
  const { resources, traffic } = context;
  if (!exists(resource) || traffic.isIdle(resource)) return undefined;
  const { before, after } = resource;
  if (isGone(resource)) return outage(`${gone(resource)}: port ${textAt(before, 'port')} is closed`);
  const [port, portAfter] = [textAt(before, 'port'), textAt(after, 'port')];
  const successors = others(resource, resources).filter((one) => textAt(one.after, 'port') === port);
  if (portAfter !== '' && portAfter !== port && successors.length === 0) {
    return outage(`moved from port ${port} to ${portAfter}: clients of the old one are refused`);
  }
  return protocolLost(before, after) ?? defaultAction(resource, context) ?? certificateLost(resource, resources);
};

function others(resource: PlannedResource, resources: PlannedResources): readonly PlannedResource[] {
  const loadBalancerArn = textAt(resource.before, 'load_balancer_arn');
  return resources
    .existing('aws_lb_listener')
    .filter((one) => one !== resource && stays(one) && textAt(one.before, 'load_balancer_arn') === loadBalancerArn);
}

function protocolLost(before: unknown, after: unknown): Verdict | undefined {
  const [was, becomes] = [textAt(before, 'protocol'), textAt(after, 'protocol')];
  if (was === '' || becomes === '' || was === becomes || becomes === 'TCP_UDP') return undefined;
  return outage(
    `speaks ${becomes} instead of ${was} on port ${textAt(before, 'port')}: clients of the old protocol fail`,
  );
}

/** A default certificate that nothing else presents for its domains. */
function certificateLost(resource: PlannedResource, resources: PlannedResources): Verdict | undefined {
  const arn = textAt(resource.before, 'certificate_arn');
  const certificate = certificateOf(arn, resources);
  if (resource.action !== 'change' || !certificate || textAt(resource.after, 'certificate_arn') === arn)
    return undefined;
  const served = servedDomains(resource, resources, 'after');
  // A certificate that is replaced is judged itself.
  if (!served || certificate.action === 'replace') return undefined;
  const lost = uncovered(certificate.before, served);
  if (lost.length > 0) return outage(`no longer presents a certificate for ${lost.join(', ')}`);
  const late = uncovered(certificate.before, servedDomains(resource, resources, 'throughout') ?? []);
  return late.length > 0
    ? unordered(`its certificate for ${late.join(', ')} changes while another one is added`)
    : undefined;
}
