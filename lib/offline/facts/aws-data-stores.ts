import type { FactTable } from './type-facts';

const LOGS = 'arn:{partition}:logs:{region}:{account}';
const RDS = 'arn:{partition}:rds:{region}:{account}';
/** The id of a resource that configures a bucket is the bucket's name. */
const OF_BUCKET = { forceNew: ['bucket', 'expected_bucket_owner'], values: { id: '{bucket}' } } as const;

export const AWS_DATA_STORES: FactTable = {
  aws_s3_bucket: {
    forceNew: ['bucket', 'bucket_prefix', 'object_lock_enabled'],
    defaults: { force_destroy: false },
    computedBlocks: ['grant', 'server_side_encryption_configuration', 'versioning'],
    values: {
      id: '{bucket}',
      bucket: (self) => `${self.text('bucket_prefix') || 'terraform-'}${self.hex(26, 'name')}`,
      arn: 'arn:{partition}:s3:::{bucket}',
      bucket_domain_name: '{bucket}.s3.{dnsSuffix}',
      bucket_regional_domain_name: '{bucket}.s3.{region}.{dnsSuffix}',
      bucket_region: '{region}',
      hosted_zone_id: 'Z{capitals:13}',
    },
  },
  aws_s3_bucket_policy: OF_BUCKET,
  aws_s3_bucket_versioning: OF_BUCKET,
  aws_s3_bucket_ownership_controls: OF_BUCKET,
  aws_s3_bucket_public_access_block: {
    ...OF_BUCKET,
    defaults: {
      block_public_acls: false,
      block_public_policy: false,
      ignore_public_acls: false,
      restrict_public_buckets: false,
    },
  },
  aws_s3_bucket_lifecycle_configuration: OF_BUCKET,
  aws_s3_bucket_server_side_encryption_configuration: OF_BUCKET,
  aws_s3_bucket_logging: OF_BUCKET,
  aws_ecr_repository: {
    forceNew: ['name', 'encryption_configuration'],
    defaults: { image_tag_mutability: 'MUTABLE' },
    values: {
      id: '{name}',
      arn: 'arn:{partition}:ecr:{region}:{account}:repository/{name}',
      registry_id: '{account}',
      repository_url: '{account}.dkr.ecr.{region}.{dnsSuffix}/{name}',
    },
  },
  aws_ecr_lifecycle_policy: {
    forceNew: ['repository', 'policy'],
    values: { id: '{repository}', registry_id: '{account}' },
  },
  aws_ecr_repository_policy: { forceNew: ['repository'], values: { id: '{repository}', registry_id: '{account}' } },
  aws_ecr_pull_through_cache_rule: {
    forceNew: ['ecr_repository_prefix', 'upstream_registry_url', 'upstream_repository_prefix'],
    values: { id: '{ecr_repository_prefix}', registry_id: '{account}', upstream_repository_prefix: 'ROOT' },
  },
  aws_ecr_repository_creation_template: { forceNew: ['prefix'], values: { id: '{prefix}', registry_id: '{account}' } },
  aws_ecr_registry_scanning_configuration: { values: { id: '{account}', registry_id: '{account}' } },
  aws_ecr_registry_policy: { values: { id: '{account}', registry_id: '{account}' } },
  aws_cloudwatch_log_group: {
    forceNew: ['name', 'name_prefix', 'log_group_class'],
    defaults: { retention_in_days: 0, skip_destroy: false },
    values: { id: '{name}', arn: `${LOGS}:log-group:{name}`, log_group_class: 'STANDARD' },
  },
  aws_cloudwatch_log_resource_policy: { forceNew: ['policy_name'], values: { id: '{policy_name}' } },
  aws_cloudwatch_event_rule: {
    forceNew: ['name', 'name_prefix', 'event_bus_name'],
    defaults: { event_bus_name: 'default', force_destroy: false },
    values: { id: '{name}', arn: 'arn:{partition}:events:{region}:{account}:rule/{name}' },
  },
  aws_cloudwatch_event_target: {
    forceNew: ['rule', 'target_id', 'event_bus_name'],
    defaults: { event_bus_name: 'default', force_destroy: false },
    values: { id: '{rule}-{target_id}' },
  },
  aws_cloudwatch_metric_alarm: {
    forceNew: ['alarm_name'],
    values: { id: '{alarm_name}', arn: 'arn:{partition}:cloudwatch:{region}:{account}:alarm:{alarm_name}' },
  },
  aws_sqs_queue: {
    forceNew: ['name', 'name_prefix', 'fifo_queue'],
    defaults: {
      content_based_deduplication: false,
      delay_seconds: 0,
      fifo_queue: false,
      max_message_size: 262144,
      message_retention_seconds: 345600,
      receive_wait_time_seconds: 0,
      visibility_timeout_seconds: 30,
    },
    values: {
      id: '{url}',
      url: 'https://sqs.{region}.{dnsSuffix}/{account}/{name}',
      arn: 'arn:{partition}:sqs:{region}:{account}:{name}',
      kms_data_key_reuse_period_seconds: 300,
      sqs_managed_sse_enabled: true,
    },
  },
  aws_sqs_queue_policy: { forceNew: ['queue_url'], values: { id: '{queue_url}' } },
  aws_sns_topic: {
    forceNew: ['name', 'name_prefix', 'fifo_topic'],
    values: { id: '{arn}', arn: 'arn:{partition}:sns:{region}:{account}:{name}', owner: '{account}' },
  },
  aws_sns_topic_policy: { forceNew: ['arn'], values: { id: '{arn}' } },
  aws_dynamodb_table: {
    forceNew: ['name', 'hash_key', 'range_key'],
    defaults: { billing_mode: 'PROVISIONED' },
    values: { id: '{name}', arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{name}' },
  },
  aws_db_subnet_group: {
    forceNew: ['name', 'name_prefix'],
    defaults: { description: 'Managed by Terraform' },
    values: { id: '{name}', arn: `${RDS}:subgrp:{name}` },
  },
  aws_db_parameter_group: {
    forceNew: ['name', 'name_prefix', 'family', 'description'],
    defaults: { description: 'Managed by Terraform', skip_destroy: false },
    values: { id: '{name}', arn: `${RDS}:pg:{name}` },
  },
  aws_db_instance: {
    forceNew: [
      'identifier_prefix',
      'engine',
      'db_name',
      'username',
      'storage_encrypted',
      'kms_key_id',
      'availability_zone',
    ],
    sensitive: ['password'],
    values: {
      id: 'db-{capitals:26}',
      resource_id: '{id}',
      arn: `${RDS}:db:{identifier}`,
      address: '{identifier}.{hex:12}.{region}.rds.{dnsSuffix}',
      endpoint: '{identifier}.{hex:12}.{region}.rds.{dnsSuffix}:3306',
      hosted_zone_id: 'Z{capitals:13}',
      port: 3306,
      master_user_secret: [
        {
          secret_arn: 'arn:{partition}:secretsmanager:{region}:{account}:secret:rds!db-{uuid}',
          secret_status: 'active',
        },
      ],
    },
  },
  aws_rds_cluster: {
    forceNew: [
      'cluster_identifier',
      'cluster_identifier_prefix',
      'engine',
      'database_name',
      'master_username',
      'kms_key_id',
      'storage_encrypted',
    ],
    sensitive: ['master_password'],
    values: {
      id: '{cluster_identifier}',
      arn: `${RDS}:cluster:{cluster_identifier}`,
      endpoint: '{cluster_identifier}.cluster-{hex:12}.{region}.rds.{dnsSuffix}',
      reader_endpoint: '{cluster_identifier}.cluster-ro-{hex:12}.{region}.rds.{dnsSuffix}',
      master_user_secret: [
        {
          secret_arn: 'arn:{partition}:secretsmanager:{region}:{account}:secret:rds!cluster-{uuid}',
          secret_status: 'active',
        },
      ],
    },
  },
  aws_elasticache_replication_group: {
    forceNew: ['replication_group_id', 'subnet_group_name', 'at_rest_encryption_enabled', 'kms_key_id'],
    sensitive: ['auth_token'],
    values: {
      id: '{replication_group_id}',
      arn: 'arn:{partition}:elasticache:{region}:{account}:replicationgroup:{replication_group_id}',
      primary_endpoint_address: 'master.{replication_group_id}.{hex:6}.cache.{dnsSuffix}',
      reader_endpoint_address: 'replica.{replication_group_id}.{hex:6}.cache.{dnsSuffix}',
    },
  },
  aws_elasticache_subnet_group: {
    forceNew: ['name'],
    defaults: { description: 'Managed by Terraform' },
    values: { id: '{name}' },
  },
  aws_mq_broker: {
    forceNew: ['broker_name', 'deployment_mode', 'engine_type', 'publicly_accessible', 'subnet_ids', 'storage_type'],
    sensitive: ['user.password', 'ldap_server_metadata.service_account_password'],
    values: { id: 'b-{uuid}', arn: 'arn:{partition}:mq:{region}:{account}:broker:{broker_name}:{id}' },
  },
  aws_opensearch_domain: {
    forceNew: ['domain_name'],
    sensitive: ['advanced_security_options.master_user_options.master_user_password'],
    values: {
      id: '{arn}',
      arn: 'arn:{partition}:es:{region}:{account}:domain/{domain_name}',
      endpoint: 'search-{domain_name}-{hex:26}.{region}.es.{dnsSuffix}',
    },
  },
};
