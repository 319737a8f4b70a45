import type { FactTable } from './type-facts';

export const AWS_DATA_SOURCES: FactTable = {
  'data.aws_caller_identity': {
    values: {
      id: '{account}',
      account_id: '{account}',
      arn: 'arn:{partition}:iam::{account}:user/offline',
      user_id: 'AIDA{capitals:17}',
    },
  },
  'data.aws_partition': {
    values: {
      id: '{partition}',
      partition: '{partition}',
      dns_suffix: '{dnsSuffix}',
      reverse_dns_prefix: 'com.amazonaws',
    },
  },
  'data.aws_region': { values: { id: '{region}', name: '{region}', region: '{region}', description: '{region}' } },
  'data.aws_availability_zones': {
    values: {
      id: '{region}',
      names: ['{region}a', '{region}b', '{region}c'],
      zone_ids: ['az1', 'az2', 'az3'],
    },
  },
  'data.aws_iam_policy_document': {
    values: {
      id: '{hex:10}',
      json: '{"Version":"2012-10-17","Statement":[]}',
      minified_json: '{"Version":"2012-10-17","Statement":[]}',
    },
  },
  'data.aws_eks_cluster_auth': { sensitive: ['token'], values: { id: '{name}', token: 'k8s-aws-v1.{hex:40}' } },
  'data.aws_ecr_authorization_token': {
    sensitive: ['authorization_token', 'password'],
    values: { id: '{region}', proxy_endpoint: 'https://{account}.dkr.ecr.{region}.{dnsSuffix}', user_name: 'AWS' },
  },
};
