import type { PlannedResource, PlannedResources } from './planned-resources';
import { textAt } from './values-at';

/** By type: what AWS identifies a resource by. There cannot be two of one identity, even for a moment. */
export const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  aws_autoscaling_attachment: ['autoscaling_group_name', 'lb_target_group_arn'],
  aws_autoscaling_group: ['name'],
  aws_db_instance: ['identifier'],
  aws_ecr_repository: ['name'],
  aws_eks_access_entry: ['cluster_name', 'principal_arn'],
  aws_eks_access_policy_association: ['cluster_name', 'principal_arn', 'policy_arn'],
  aws_eks_addon: ['cluster_name', 'addon_name'],
  aws_eks_cluster: ['name'],
  aws_eks_node_group: ['cluster_name', 'node_group_name'],
  aws_eks_pod_identity_association: ['cluster_name', 'namespace', 'service_account'],
  aws_iam_instance_profile: ['name'],
  aws_iam_role: ['name'],
  aws_iam_user: ['name'],
  aws_kms_alias: ['name'],
  aws_launch_template: ['name'],
  aws_lb: ['name'],
  aws_lb_listener: ['load_balancer_arn', 'port'],
  aws_lb_listener_certificate: ['listener_arn', 'certificate_arn'],
  aws_lb_listener_rule: ['listener_arn', 'priority'],
  aws_lb_target_group: ['name'],
  aws_cloudwatch_log_group: ['name'],
  aws_route53_record: ['zone_id', 'name', 'type'],
  aws_s3_bucket: ['bucket'],
  aws_secretsmanager_secret: ['name'],
  aws_sqs_queue: ['name'],
  aws_ssm_parameter: ['name'],
};

/** The resource that is created at another address in the place of one that is destroyed. */
export function successorInPlace(resource: PlannedResource, resources: PlannedResources): PlannedResource | undefined {
  const identity = identityOf(resource, resource.before);
  if (resource.action !== 'destroy' || identity === undefined) return undefined;
  return resources
    .of(resource.family)
    .find((one) => one.action === 'create' && one.stack === resource.stack && identityOf(one, one.after) === identity);
}

function identityOf({ family }: PlannedResource, value: unknown): string | undefined {
  if (family.startsWith('kubernetes_')) {
    const name = textAt(value, 'metadata.name');
    return name === '' ? undefined : `${textAt(value, 'metadata.namespace')}/${name}`;
  }
  const parts = IDENTITIES[family]?.map((path) => textAt(value, path));
  if (!parts || parts.includes('')) return undefined;
  // Records of one name and type differ by their set.
  return [...parts, textAt(value, 'set_identifier')].join(' ');
}
