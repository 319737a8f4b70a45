import type { FactTable } from './type-facts';

const IAM = 'arn:{partition}:iam::{account}';

export const AWS_IDENTITY: FactTable = {
  aws_iam_role: {
    forceNew: ['name', 'name_prefix', 'path'],
    defaults: { force_detach_policies: false, max_session_duration: 3600, path: '/' },
    values: { id: '{name}', arn: `${IAM}:role{path}{name}`, unique_id: 'AROA{capitals:17}' },
  },
  aws_iam_policy: {
    forceNew: ['name', 'name_prefix', 'path', 'description'],
    defaults: { path: '/' },
    values: { id: '{arn}', arn: `${IAM}:policy{path}{name}`, policy_id: 'ANPA{capitals:17}', attachment_count: 0 },
  },
  aws_iam_role_policy: { forceNew: ['role', 'name', 'name_prefix'], values: { id: '{role}:{name}' } },
  aws_iam_role_policy_attachment: { forceNew: ['role', 'policy_arn'], values: { id: '{role}-{hex:26}' } },
  aws_iam_instance_profile: {
    forceNew: ['name', 'name_prefix', 'path'],
    defaults: { path: '/' },
    values: { id: '{name}', arn: `${IAM}:instance-profile{path}{name}`, unique_id: 'AIPA{capitals:17}' },
  },
  aws_iam_openid_connect_provider: {
    forceNew: ['url'],
    values: {
      id: '{arn}',
      arn: (self) => self.fill(`${IAM}:oidc-provider/`) + self.text('url').replace(/^https:\/\//, ''),
      thumbprint_list: (self) => [self.hex(40)],
    },
  },
  aws_iam_user: {
    forceNew: ['path', 'permissions_boundary'],
    defaults: { force_destroy: false, path: '/' },
    values: { id: '{name}', arn: `${IAM}:user{path}{name}`, unique_id: 'AIDA{capitals:17}' },
  },
  aws_iam_user_policy: { forceNew: ['user', 'name'], values: { id: '{user}:{name}' } },
  aws_iam_user_policy_attachment: { forceNew: ['user', 'policy_arn'], values: { id: '{user}-{hex:26}' } },
  aws_iam_access_key: {
    forceNew: ['user', 'pgp_key'],
    defaults: { status: 'Active' },
    sensitive: ['secret', 'ses_smtp_password_v4'],
    values: { id: 'AKIA{capitals:16}' },
  },
  aws_iam_service_linked_role: {
    forceNew: ['aws_service_name', 'custom_suffix'],
    values: { id: '{arn}', arn: `${IAM}:role/aws-service-role/{aws_service_name}/{name}` },
  },
  aws_kms_key: {
    forceNew: ['customer_master_key_spec', 'custom_key_store_id', 'key_usage', 'multi_region', 'xks_key_id'],
    defaults: {
      bypass_policy_lockout_safety_check: false,
      customer_master_key_spec: 'SYMMETRIC_DEFAULT',
      enable_key_rotation: false,
      is_enabled: true,
      key_usage: 'ENCRYPT_DECRYPT',
    },
    values: { id: '{uuid}', key_id: '{id}', arn: 'arn:{partition}:kms:{region}:{account}:key/{id}' },
  },
  aws_kms_alias: {
    forceNew: ['name', 'name_prefix'],
    values: {
      id: '{name}',
      arn: 'arn:{partition}:kms:{region}:{account}:{name}',
      target_key_arn: (self) => {
        const target = self.text('target_key_id');
        return target.startsWith('arn:') ? target : self.fill(`arn:{partition}:kms:{region}:{account}:key/${target}`);
      },
    },
  },
  aws_kms_key_policy: { forceNew: ['key_id'], values: { id: '{key_id}' } },
  aws_secretsmanager_secret: {
    forceNew: ['name', 'name_prefix'],
    defaults: { force_overwrite_replica_secret: false, recovery_window_in_days: 30 },
    values: { id: '{arn}', arn: 'arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{capitals:6}' },
  },
  aws_secretsmanager_secret_version: {
    forceNew: ['secret_id', 'secret_string', 'secret_binary'],
    sensitive: ['secret_string', 'secret_binary'],
    values: { id: '{secret_id}|{version_id}', arn: '{secret_id}', version_id: '{uuid}' },
  },
  aws_ssm_parameter: {
    forceNew: ['name', 'key_id'],
    sensitive: ['value'],
    values: {
      id: '{name}',
      arn: (self) =>
        self.fill(`arn:{partition}:ssm:{region}:{account}:parameter/`) + self.text('name').replace(/^\//, ''),
      version: 1,
      tier: 'Standard',
      data_type: 'text',
    },
  },
};
