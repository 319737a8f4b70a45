import { objectKind, uniquenessOf } from '../../offline/facts/unique';
import type { PlannedResource, PlannedResources } from './planned-resources';
import { textAt } from './values-at';

/**
 * By type: what AWS identifies a resource by, although it accepts a second one, and deletes it with the first: an
 * association, a setting, a record.
 */
export const ASSOCIATIONS: Readonly<Record<string, readonly string[]>> = {
  aws_autoscaling_attachment: ['autoscaling_group_name', 'lb_target_group_arn'],
  aws_eks_access_policy_association: ['cluster_name', 'principal_arn', 'policy_arn'],
  aws_lb_listener_certificate: ['listener_arn', 'certificate_arn'],
  // Records of one name and type differ by their set.
  aws_route53_record: ['zone_id', 'name', 'type', 'set_identifier'],
  aws_sqs_queue: ['name'],
  aws_ssm_parameter: ['name'],
};
const OPTIONAL = new Set(['set_identifier']);

/** The resource that is created at another address in the place of one that is destroyed. */
export function successorInPlace(resource: PlannedResource, resources: PlannedResources): PlannedResource | undefined {
  const identity = identityOf(resource, resource.before);
  if (resource.action !== 'destroy' || identity === undefined) return undefined;
  return resources
    .of(resource.family)
    .find((one) => one.action === 'create' && one.stack === resource.stack && identityOf(one, one.after) === identity);
}

function identityOf({ family, type }: PlannedResource, value: unknown): string | undefined {
  if (family.startsWith('kubernetes_')) {
    const name = textAt(value, 'metadata.name');
    return name === '' || !objectKind(type) ? undefined : `${textAt(value, 'metadata.namespace')}/${name}`;
  }
  const paths = ASSOCIATIONS[family] ?? uniquenessOf(type)?.attributes;
  const parts = paths?.map((path) => ({ path, text: textAt(value, path) }));
  if (!parts || parts.some(({ path, text }) => text === '' && !OPTIONAL.has(path))) return undefined;
  return parts.map(({ text }) => text).join('\n');
}
