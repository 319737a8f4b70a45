import { valuesAt } from './values-at';

/** By type: the argument with which AWS rejects deletion, and its value. */
export const PROTECTIONS: Readonly<Record<string, { readonly argument: string; readonly on: unknown }>> = {
  aws_alb: { argument: 'enable_deletion_protection', on: true },
  aws_cloudtrail_event_data_store: { argument: 'termination_protection_enabled', on: true },
  aws_cloudwatch_log_group: { argument: 'deletion_protection_enabled', on: true },
  aws_cognito_user_pool: { argument: 'deletion_protection', on: 'ACTIVE' },
  aws_db_instance: { argument: 'deletion_protection', on: true },
  aws_docdb_cluster: { argument: 'deletion_protection', on: true },
  aws_docdb_global_cluster: { argument: 'deletion_protection', on: true },
  aws_dsql_cluster: { argument: 'deletion_protection_enabled', on: true },
  aws_dynamodb_table: { argument: 'deletion_protection_enabled', on: true },
  aws_dynamodb_table_replica: { argument: 'deletion_protection_enabled', on: true },
  aws_eks_cluster: { argument: 'deletion_protection', on: true },
  aws_emr_cluster: { argument: 'termination_protection', on: true },
  aws_instance: { argument: 'disable_api_termination', on: true },
  aws_lb: { argument: 'enable_deletion_protection', on: true },
  aws_neptune_cluster: { argument: 'deletion_protection', on: true },
  aws_neptune_global_cluster: { argument: 'deletion_protection', on: true },
  aws_neptunegraph_graph: { argument: 'deletion_protection', on: true },
  aws_networkfirewall_firewall: { argument: 'delete_protection', on: true },
  aws_qldb_ledger: { argument: 'deletion_protection', on: true },
  aws_rds_cluster: { argument: 'deletion_protection', on: true },
  aws_rds_global_cluster: { argument: 'deletion_protection', on: true },
  aws_verifiedpermissions_policy_store: { argument: 'deletion_protection', on: 'ENABLED' },
};

/** The argument that protects a resource from deletion; undefined if nothing does. */
export function protectionOf(type: string, value: unknown): string | undefined {
  const protection = PROTECTIONS[type];
  if (!protection || valuesAt(value, protection.argument)[0] !== protection.on) return undefined;
  // An instance with `force_destroy` is terminated in spite of it.
  return type === 'aws_instance' && valuesAt(value, 'force_destroy')[0] === true ? undefined : protection.argument;
}
