/** How a service protects the objects of a type from deletion. */
export interface Protection {
  /** The service that rejects the deletion. */
  readonly service: string;
  readonly attribute: string;
  /** The values with the protection on, and off. */
  readonly on: boolean | string;
  readonly off: boolean | string;
  /** Whether the protection is on if the attribute is not set. */
  readonly byDefault?: true;
  /** An attribute with which the provider turns the protection off before it deletes the object. */
  readonly unless?: string;
}

function flag(service: string, attribute = 'deletion_protection'): Protection {
  return { service, attribute, on: true, off: false };
}

const LOAD_BALANCER = flag('Elastic Load Balancing', 'enable_deletion_protection');
const INSTANCE = { ...flag('EC2', 'disable_api_termination'), unless: 'force_destroy' };
const TABLE = flag('DynamoDB', 'deletion_protection_enabled');

/**
 * The types of the AWS provider with a deletion protection of their own. `force_destroy` of buckets and repositories is
 * about their contents, and not listed.
 * Source: the documentation of each type in the AWS provider, version 6.
 */
const TYPES: Readonly<Record<string, Protection>> = {
  aws_alb: LOAD_BALANCER,
  aws_cloudwatch_log_group: flag('CloudWatch Logs', 'deletion_protection_enabled'),
  aws_cognito_user_pool: { ...flag('Cognito'), on: 'ACTIVE', off: 'INACTIVE' },
  aws_db_instance: flag('RDS'),
  aws_docdb_cluster: flag('DocumentDB'),
  aws_docdb_global_cluster: flag('DocumentDB'),
  aws_dsql_cluster: { ...flag('Aurora DSQL', 'deletion_protection_enabled'), unless: 'force_destroy' },
  aws_dynamodb_table: TABLE,
  aws_dynamodb_table_replica: TABLE,
  aws_eks_cluster: flag('EKS'),
  aws_instance: INSTANCE,
  aws_lb: LOAD_BALANCER,
  aws_neptune_cluster: flag('Neptune'),
  aws_neptune_global_cluster: flag('Neptune'),
  aws_neptunegraph_graph: { ...flag('Neptune Analytics'), byDefault: true },
  aws_networkfirewall_firewall: flag('Network Firewall', 'delete_protection'),
  aws_pinpointsmsvoicev2_phone_number: flag('End User Messaging', 'deletion_protection_enabled'),
  aws_qldb_ledger: { ...flag('QLDB'), byDefault: true },
  aws_rds_cluster: flag('RDS'),
  aws_rds_global_cluster: flag('RDS'),
  aws_spot_instance_request: INSTANCE,
  aws_verifiedpermissions_policy_store: { ...flag('Verified Permissions'), on: 'ENABLED', off: 'DISABLED' },
};

export const PROTECTED_TYPES: readonly string[] = Object.keys(TYPES);

/** The deletion protection of a type, if it has one. */
export function protectionOf(type: string): Protection | undefined {
  return Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
}

/** Whether an object with such attributes is protected, as far as its values are known. */
export function isProtected(type: string, attributes: Readonly<Record<string, unknown>>): boolean {
  const protection = protectionOf(type);
  if (!protection || (protection.unless !== undefined && attributes[protection.unless] === true)) return false;
  const value = attributes[protection.attribute] ?? null;
  return value === null ? protection.byDefault === true : value !== protection.off && value !== String(protection.off);
}
