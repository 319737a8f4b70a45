import { textAt, valuesAt } from './values-at';

const AWS: Readonly<Record<string, string>> = {
  aws_acmpca_certificate_authority: 'a certificate authority',
  aws_backup_vault: 'backups',
  aws_cloudtrail_event_data_store: 'an audit trail',
  aws_cloudwatch_log_group: 'logs',
  aws_codecommit_repository: 'a repository',
  aws_cognito_user_pool: 'user accounts',
  aws_db_cluster_snapshot: 'a snapshot',
  aws_db_instance: 'a database',
  aws_db_snapshot: 'a snapshot',
  aws_docdb_cluster: 'a database',
  aws_dynamodb_global_table: 'a table',
  aws_dynamodb_table: 'a table',
  aws_ebs_snapshot: 'a snapshot',
  aws_ebs_volume: 'a volume',
  aws_ecr_repository: 'container images',
  aws_ecrpublic_repository: 'container images',
  aws_efs_file_system: 'a file system',
  aws_eip: 'an IP address that others may have allowlisted',
  aws_eks_cluster: 'a cluster and its workloads',
  aws_elasticache_cluster: 'a cache',
  aws_elasticache_replication_group: 'a cache',
  aws_elasticache_serverless_cache: 'a cache',
  aws_elasticsearch_domain: 'a search index',
  aws_fsx_lustre_file_system: 'a file system',
  aws_fsx_ontap_file_system: 'a file system',
  aws_fsx_openzfs_file_system: 'a file system',
  aws_fsx_windows_file_system: 'a file system',
  aws_instance: 'the disks of an instance',
  aws_keyspaces_table: 'a table',
  aws_kinesis_stream: 'a stream',
  aws_kms_external_key: 'a key, without which the data it encrypted cannot be decrypted',
  aws_kms_key: 'a key, without which the data it encrypted cannot be decrypted',
  aws_memorydb_cluster: 'a database',
  aws_mq_broker: 'queues',
  aws_msk_cluster: 'topics',
  aws_msk_serverless_cluster: 'topics',
  aws_neptune_cluster: 'a database',
  aws_opensearch_domain: 'a search index',
  aws_opensearchserverless_collection: 'a search index',
  aws_prometheus_workspace: 'metrics',
  aws_qldb_ledger: 'a ledger',
  aws_rds_cluster: 'a database',
  aws_redshift_cluster: 'a data warehouse',
  aws_redshiftserverless_namespace: 'a data warehouse',
  aws_route53_zone: 'a hosted zone, whose name servers change',
  aws_s3_bucket: 'objects',
  aws_s3_directory_bucket: 'objects',
  aws_s3tables_table: 'a table',
  aws_secretsmanager_secret: 'a secret',
  aws_sqs_queue: 'messages',
  aws_ssm_parameter: 'a parameter',
  aws_timestreamwrite_table: 'a table',
};

const KUBERNETES: Readonly<Record<string, string>> = {
  kubernetes_namespace: 'everything in a namespace',
  kubernetes_persistent_volume: 'a volume',
  kubernetes_persistent_volume_claim: 'a volume',
  kubernetes_stateful_set: 'the state of its pods',
};

/** Providers whose stateful types are all listed here, or whose resources hold nothing beyond their configuration. */
const KNOWN_PROVIDERS = /^(aws|kubernetes|archive|external|http|local|null|template|terraform|time)_/;

/** The types that hold data which another apply does not restore, with a description of that data. */
export const STATEFUL_TYPES: Readonly<Record<string, string>> = { ...AWS, ...KUBERNETES };

/** Sets whose claims, and the volumes behind them, are deleted with them. */
const DELETES_CLAIMS = /^kubernetes_stateful_set(_v\d+)?$/;

/**
 * The data that is lost with a resource of a type; undefined if an apply restores it. Types of unknown providers are
 * assumed to hold data.
 */
export function dataLostWith(type: string, before?: unknown): string | undefined {
  const known = STATEFUL_TYPES[type] ?? STATEFUL_TYPES[type.replace(/_v\d+$/, '')];
  if (DELETES_CLAIMS.test(type) && deletesClaims(before)) return 'the volumes of its claims';
  if (known !== undefined) return known;
  return KNOWN_PROVIDERS.test(type) ? undefined : 'data unknown to quayside';
}

function deletesClaims(set: unknown): boolean {
  const policy = textAt(set, 'spec.persistent_volume_claim_retention_policy.when_deleted');
  return policy === 'Delete' && valuesAt(set, 'spec.volume_claim_template').length > 0;
}
