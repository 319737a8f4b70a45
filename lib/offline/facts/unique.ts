/** Which values no two objects of a type may share at one time. */
export interface Uniqueness {
  /** Attributes that identify an object together. */
  readonly attributes: readonly string[];
  /** What they identify, for messages: `role`. */
  readonly noun: string;
  /** Whether it is unique in the account, rather than in a region. */
  readonly isGlobal?: true;
}

const LOAD_BALANCER: Uniqueness = { noun: 'load balancer', attributes: ['name'] };
const LISTENER: Uniqueness = { noun: 'listener', attributes: ['load_balancer_arn', 'port'] };
const RULE: Uniqueness = { noun: 'listener rule', attributes: ['listener_arn', 'priority'] };
const TARGET_GROUP: Uniqueness = { noun: 'target group', attributes: ['name'] };

/**
 * Source: the errors of each type's create action in AWS's API references: EntityAlreadyExists, ResourceInUseException,
 * DuplicateLoadBalancerName, DuplicateListener, PriorityInUse, InvalidGroup.Duplicate, AlreadyExists, ...
 */
const TYPES: Readonly<Record<string, Uniqueness>> = {
  aws_alb: LOAD_BALANCER,
  aws_alb_listener: LISTENER,
  aws_alb_listener_rule: RULE,
  aws_alb_target_group: TARGET_GROUP,
  aws_autoscaling_group: { noun: 'Auto Scaling group', attributes: ['name'] },
  aws_cloudwatch_log_group: { noun: 'log group', attributes: ['name'] },
  aws_db_instance: { noun: 'DB instance', attributes: ['identifier'] },
  aws_dynamodb_table: { noun: 'table', attributes: ['name'] },
  aws_ecr_repository: { noun: 'repository', attributes: ['name'] },
  aws_eks_access_entry: { noun: 'access entry', attributes: ['cluster_name', 'principal_arn'] },
  aws_eks_addon: { noun: 'EKS add-on', attributes: ['cluster_name', 'addon_name'] },
  aws_eks_cluster: { noun: 'cluster', attributes: ['name'] },
  aws_eks_fargate_profile: { noun: 'Fargate profile', attributes: ['cluster_name', 'fargate_profile_name'] },
  aws_eks_node_group: { noun: 'node group', attributes: ['cluster_name', 'node_group_name'] },
  aws_eks_pod_identity_association: {
    noun: 'pod identity association',
    attributes: ['cluster_name', 'namespace', 'service_account'],
  },
  aws_elasticache_replication_group: { noun: 'replication group', attributes: ['replication_group_id'] },
  aws_iam_instance_profile: { noun: 'instance profile', attributes: ['name'], isGlobal: true },
  aws_iam_policy: { noun: 'policy', attributes: ['name'], isGlobal: true },
  aws_iam_role: { noun: 'role', attributes: ['name'], isGlobal: true },
  aws_iam_user: { noun: 'user', attributes: ['name'], isGlobal: true },
  aws_kms_alias: { noun: 'alias', attributes: ['name'] },
  aws_launch_template: { noun: 'launch template', attributes: ['name'] },
  aws_lb: LOAD_BALANCER,
  aws_lb_listener: LISTENER,
  aws_lb_listener_rule: RULE,
  aws_lb_target_group: TARGET_GROUP,
  aws_rds_cluster: { noun: 'DB cluster', attributes: ['cluster_identifier'] },
  aws_s3_bucket: { noun: 'bucket', attributes: ['bucket'], isGlobal: true },
  aws_secretsmanager_secret: { noun: 'secret', attributes: ['name'] },
  aws_security_group: { noun: 'security group', attributes: ['vpc_id', 'name'] },
};

export const UNIQUE_TYPES: readonly string[] = Object.keys(TYPES);

/** What no two objects of an AWS type may share. */
export function uniquenessOf(type: string): Uniqueness | undefined {
  return Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
}

const ACCESS_ENTRY_FOR: Readonly<Record<string, string>> = {
  aws_eks_node_group: 'node_role_arn',
  aws_eks_fargate_profile: 'pod_execution_role_arn',
};

/**
 * The attribute with the role for which EKS itself creates an access entry, when an object of a type is created. The
 * entry is kept when the object is deleted.
 * Source: "Create access entries", https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function accessEntryRole(type: string): string | undefined {
  return Object.hasOwn(ACCESS_ENTRY_FOR, type) ? ACCESS_ENTRY_FOR[type] : undefined;
}

/** Types of the Kubernetes provider that change an object which exists, rather than create one. */
const ADOPTING = /_(data|labels|annotations|env|taint)$|^kubernetes_default_service_account$/;

/** The kind of object that a Kubernetes type creates, the same for all its versions; undefined if it creates none. */
export function objectKind(type: string): string | undefined {
  const kind = type.replace(/_v\d+((alpha|beta)\d+)?$/, '');
  return ADOPTING.test(type) || ADOPTING.test(kind) ? undefined : kind;
}
