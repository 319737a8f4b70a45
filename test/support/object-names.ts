import type { Attributes, SynthesizedResource } from '../../lib/testing/synthesized-stack';

/** EC2 rejects a second rule with the same values for all of these. */
const RULE = [
  'security_group_id',
  'ip_protocol',
  'from_port',
  'to_port',
  'cidr_ipv4',
  'cidr_ipv6',
  'referenced_security_group_id',
];

/**
 * The attributes by which AWS identifies a resource, by type; `a.b` is inside a block. An empty list: AWS generates an
 * id, or an account has one only.
 */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  aws_acm_certificate: ['domain_name'],
  aws_acm_certificate_validation: ['certificate_arn'],
  aws_autoscaling_attachment: ['autoscaling_group_name', 'lb_target_group_arn'],
  aws_autoscaling_group: ['name'],
  aws_autoscaling_group_tag: ['autoscaling_group_name', 'tag.key'],
  aws_autoscaling_lifecycle_hook: ['autoscaling_group_name', 'name'],
  aws_cloudwatch_event_rule: ['name'],
  aws_cloudwatch_event_target: ['rule', 'arn'],
  aws_cloudwatch_log_group: ['name'],
  aws_cloudwatch_log_resource_policy: ['policy_name'],
  aws_default_security_group: ['vpc_id'],
  aws_ec2_transit_gateway_vpc_attachment: ['transit_gateway_id', 'vpc_id'],
  aws_ecr_lifecycle_policy: ['repository'],
  aws_ecr_pull_through_cache_rule: ['ecr_repository_prefix'],
  aws_ecr_registry_policy: [],
  aws_ecr_registry_scanning_configuration: [],
  aws_ecr_repository: ['name'],
  aws_ecr_repository_creation_template: ['prefix'],
  aws_ecr_repository_policy: ['repository'],
  aws_egress_only_internet_gateway: [],
  aws_eip: [],
  aws_eks_access_entry: ['cluster_name', 'principal_arn'],
  aws_eks_access_policy_association: ['cluster_name', 'principal_arn', 'policy_arn'],
  aws_eks_addon: ['cluster_name', 'addon_name'],
  aws_eks_cluster: ['name'],
  aws_eks_node_group: ['cluster_name', 'node_group_name', 'node_group_name_prefix'],
  aws_eks_pod_identity_association: ['cluster_name', 'namespace', 'service_account'],
  aws_flow_log: ['vpc_id', 'traffic_type', 'log_destination'],
  aws_iam_instance_profile: ['name', 'name_prefix'],
  aws_iam_openid_connect_provider: ['url'],
  aws_iam_policy: ['name'],
  aws_iam_role: ['name', 'name_prefix'],
  aws_iam_role_policy: ['role', 'name', 'name_prefix'],
  aws_iam_role_policy_attachment: ['role', 'policy_arn'],
  aws_internet_gateway: [],
  aws_kms_alias: ['name'],
  aws_kms_key: [],
  aws_launch_template: ['name', 'name_prefix'],
  aws_lb: ['name', 'name_prefix'],
  aws_lb_listener: ['load_balancer_arn', 'port'],
  aws_lb_listener_certificate: ['listener_arn', 'certificate_arn'],
  aws_lb_listener_rule: ['listener_arn', 'priority'],
  aws_lb_target_group: ['name', 'name_prefix'],
  aws_nat_gateway: [],
  aws_route: ['route_table_id', 'destination_cidr_block', 'destination_ipv6_cidr_block'],
  aws_route53_health_check: [],
  aws_route53_hosted_zone_dnssec: ['hosted_zone_id'],
  aws_route53_key_signing_key: ['hosted_zone_id', 'name'],
  aws_route53_query_log: ['zone_id', 'cloudwatch_log_group_arn'],
  aws_route53_record: ['zone_id', 'type', 'name', 'set_identifier'],
  aws_route53_zone: ['name'],
  aws_route_table: [],
  aws_route_table_association: ['subnet_id', 'route_table_id'],
  aws_s3_bucket: ['bucket', 'bucket_prefix'],
  aws_s3_bucket_lifecycle_configuration: ['bucket'],
  aws_s3_bucket_ownership_controls: ['bucket'],
  aws_s3_bucket_policy: ['bucket'],
  aws_s3_bucket_public_access_block: ['bucket'],
  aws_s3_bucket_server_side_encryption_configuration: ['bucket'],
  aws_s3_bucket_versioning: ['bucket'],
  aws_security_group: ['name', 'name_prefix'],
  aws_sqs_queue: ['name', 'name_prefix'],
  aws_sqs_queue_policy: ['queue_url'],
  aws_subnet: ['vpc_id', 'availability_zone', 'availability_zone_id', 'cidr_block'],
  aws_vpc: ['cidr_block'],
  aws_vpc_endpoint: ['vpc_id', 'service_name'],
  aws_vpc_ipv4_cidr_block_association: ['vpc_id', 'cidr_block'],
  aws_vpc_security_group_egress_rule: RULE,
  aws_vpc_security_group_ingress_rule: RULE,
  aws_vpn_gateway_attachment: ['vpc_id'],
  aws_wafv2_web_acl: ['scope', 'name'],
  aws_wafv2_web_acl_association: ['resource_arn', 'web_acl_arn'],
  aws_wafv2_web_acl_logging_configuration: ['resource_arn'],
  helm_release: ['namespace', 'name'],
  terraform_data: [],
};

/**
 * The name that identifies a resource in AWS or Kubernetes, with Terraform references as they are; `-` if it has none.
 * @throws Error for a type that is not listed
 */
export function objectName({ type, attributes }: SynthesizedResource): string {
  if (type.startsWith('kubernetes_')) return kubernetesName(attributes);
  const names = NAMES[type];
  if (!names)
    throw new Error(`no name is known for ${type}: list its identifying attributes in test/support/object-names.ts`);
  // A resource outside the provider's region has a region attribute.
  return [...names, 'region'].flatMap((path) => valueAt(attributes, path)).join(' ') || '-';
}

function kubernetesName({ metadata }: Attributes): string {
  return [metadata.namespace, metadata.name].filter((part) => part !== undefined).join('/') || '-';
}

function valueAt(attributes: Attributes, path: string): string[] {
  const value: unknown = path.split('.').reduce<Attributes | undefined>((inner, key) => inner?.[key], attributes);
  return value === undefined || value === null ? [] : [String(value)];
}
