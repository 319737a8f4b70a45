import type { FactTable } from './type-facts';

/** Placeholder certificate in Base64, sufficient for code that only decodes it. */
const CERTIFICATE = Buffer.from(
  '-----BEGIN CERTIFICATE-----\nb2ZmbGluZSBwbGFuOiBub3QgYSBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n',
).toString('base64');
const EKS = 'arn:{partition}:eks:{region}:{account}';
const AUTOSCALING = 'arn:{partition}:autoscaling:{region}:{account}';
const ELB = 'arn:{partition}:elasticloadbalancing:{region}:{account}';
const ISSUER = 'https://oidc.eks.{region}.amazonaws.com/id/{capitals:32:issuer}';

export const AWS_COMPUTE: FactTable = {
  aws_eks_cluster: {
    forceNew: [
      'name',
      'role_arn',
      'bootstrap_self_managed_addons',
      'kubernetes_network_config.ip_family',
      'kubernetes_network_config.service_ipv4_cidr',
      'access_config.bootstrap_cluster_creator_admin_permissions',
      'outpost_config',
    ],
    forceNewOnceSet: ['encryption_config'],
    defaults: { bootstrap_self_managed_addons: true },
    computedBlocks: ['access_config', 'kubernetes_network_config', 'upgrade_policy'],
    values: {
      id: '{name}',
      arn: `${EKS}:cluster/{name}`,
      endpoint: 'https://{capitals:32:endpoint}.gr7.{region}.eks.amazonaws.com',
      version: '1.33',
      platform_version: 'eks.1',
      status: 'ACTIVE',
      certificate_authority: [{ data: CERTIFICATE }],
      identity: [{ oidc: [{ issuer: ISSUER }] }],
      access_config: [{ authentication_mode: 'CONFIG_MAP', bootstrap_cluster_creator_admin_permissions: true }],
      kubernetes_network_config: [{ ip_family: 'ipv4', service_ipv4_cidr: '172.20.0.0/16' }],
      upgrade_policy: [{ support_type: 'EXTENDED' }],
      'kubernetes_network_config.service_ipv4_cidr': '172.20.0.0/16',
      'kubernetes_network_config.service_ipv6_cidr': '',
      'kubernetes_network_config.ip_family': 'ipv4',
      'vpc_config.cluster_security_group_id': 'sg-{hex:17:cluster}',
      'vpc_config.vpc_id': 'vpc-{hex:17:vpc}',
      'vpc_config.public_access_cidrs': ['0.0.0.0/0'],
    },
  },
  aws_eks_node_group: {
    forceNew: [
      'cluster_name',
      'node_group_name',
      'node_group_name_prefix',
      'node_role_arn',
      'subnet_ids',
      'ami_type',
      'capacity_type',
      'disk_size',
      'instance_types',
      'remote_access',
    ],
    computedBlocks: ['update_config', 'node_repair_config'],
    values: {
      id: '{cluster_name}:{node_group_name}',
      arn: `${EKS}:nodegroup/{cluster_name}/{node_group_name}/{uuid}`,
      status: 'ACTIVE',
      ami_type: 'AL2023_x86_64_STANDARD',
      capacity_type: 'ON_DEMAND',
      node_group_name: '{node_group_name_prefix}{hex:26:name}',
      resources: [
        {
          autoscaling_groups: [{ name: 'eks-{node_group_name}-{uuid}' }],
          remote_access_security_group_id: '',
        },
      ],
      update_config: [{ max_unavailable: 1 }],
    },
  },
  aws_eks_addon: {
    forceNew: ['cluster_name', 'addon_name'],
    values: { id: '{cluster_name}:{addon_name}', arn: `${EKS}:addon/{cluster_name}/{addon_name}/{uuid}` },
  },
  aws_eks_access_entry: {
    forceNew: ['cluster_name', 'principal_arn', 'type'],
    defaults: { type: 'STANDARD' },
    values: {
      id: '{cluster_name}:{principal_arn}',
      access_entry_arn: `${EKS}:access-entry/{cluster_name}/role/{account}/{uuid}`,
    },
  },
  aws_eks_access_policy_association: {
    forceNew: ['cluster_name', 'policy_arn', 'principal_arn', 'access_scope'],
    values: { id: '{cluster_name}#{principal_arn}#{policy_arn}' },
  },
  aws_eks_pod_identity_association: {
    forceNew: ['cluster_name', 'namespace', 'service_account'],
    values: {
      id: '{association_id}',
      association_id: 'a-{hex:17}',
      association_arn: `${EKS}:podidentityassociation/{cluster_name}/{association_id}`,
    },
  },
  aws_eks_fargate_profile: {
    forceNew: ['cluster_name', 'fargate_profile_name', 'pod_execution_role_arn', 'selector', 'subnet_ids'],
    values: { id: '{cluster_name}:{fargate_profile_name}' },
  },
  aws_eks_identity_provider_config: { forceNew: ['cluster_name', 'oidc'] },
  aws_launch_template: {
    forceNew: ['name', 'name_prefix'],
    computedBlocks: ['metadata_options'],
    // The provider plans a new version for any change except of the names and the description.
    computedOnChange: ['latest_version'],
    values: {
      id: 'lt-{hex:17}',
      arn: 'arn:{partition}:ec2:{region}:{account}:launch-template/{id}',
      default_version: 1,
      latest_version: 1,
      name: (self) => `${self.text('name_prefix') || 'terraform-'}${self.hex(26, 'name')}`,
      metadata_options: [
        {
          http_endpoint: 'enabled',
          http_put_response_hop_limit: 1,
          http_tokens: 'optional',
          instance_metadata_tags: 'disabled',
        },
      ],
    },
  },
  aws_autoscaling_group: {
    forceNew: ['name', 'name_prefix', 'placement_group'],
    defaults: {
      force_delete: false,
      force_delete_warm_pool: false,
      ignore_failed_scaling_activities: false,
      metrics_granularity: '1Minute',
      protect_from_scale_in: false,
      wait_for_capacity_timeout: '10m',
    },
    values: {
      id: '{name}',
      arn: `${AUTOSCALING}:autoScalingGroup:{uuid}:autoScalingGroupName/{name}`,
      default_cooldown: 300,
      health_check_type: 'EC2',
      desired_capacity: (self) => self.get('min_size'),
    },
  },
  aws_autoscaling_lifecycle_hook: { forceNew: ['name'], values: { id: '{name}' } },
  aws_autoscaling_group_tag: {
    forceNew: ['autoscaling_group_name', 'tag.key'],
    values: { id: '{autoscaling_group_name},{hex:8}' },
  },
  aws_autoscaling_attachment: {
    forceNew: ['autoscaling_group_name', 'elb', 'lb_target_group_arn'],
    values: { id: '{autoscaling_group_name}-{hex:26}' },
  },
  aws_autoscaling_policy: {
    forceNew: ['autoscaling_group_name', 'name'],
    values: {
      id: '{name}',
      arn: `${AUTOSCALING}:scalingPolicy:{uuid}:autoScalingGroupName/{autoscaling_group_name}:policyName/{name}`,
    },
  },
  aws_instance: {
    forceNew: ['ami', 'subnet_id', 'availability_zone', 'key_name', 'user_data_replace_on_change'],
    values: { id: 'i-{hex:17}', arn: 'arn:{partition}:ec2:{region}:{account}:instance/{id}', private_ip: '10.0.0.30' },
  },
  aws_lb: {
    forceNew: ['name', 'name_prefix', 'internal', 'load_balancer_type', 'customer_owned_ipv4_pool'],
    defaults: {
      client_keep_alive: 3600,
      desync_mitigation_mode: 'defensive',
      drop_invalid_header_fields: false,
      enable_cross_zone_load_balancing: false,
      enable_deletion_protection: false,
      enable_http2: true,
      enable_tls_version_and_cipher_suite_headers: false,
      enable_waf_fail_open: false,
      enable_xff_client_port: false,
      enable_zonal_shift: false,
      idle_timeout: 60,
      load_balancer_type: 'application',
      preserve_host_header: false,
      xff_header_processing_mode: 'append',
    },
    values: {
      id: '{arn}',
      arn: `${ELB}:loadbalancer/app/{name}/{hex:16}`,
      arn_suffix: 'app/{name}/{hex:16}',
      dns_name: '{name}-{hex:10}.{region}.elb.{dnsSuffix}',
      zone_id: 'Z{capitals:13}',
      vpc_id: 'vpc-{hex:17:vpc}',
      ip_address_type: 'ipv4',
    },
  },
  aws_lb_listener: {
    forceNew: ['load_balancer_arn'],
    sensitive: ['default_action.authenticate_oidc.client_secret'],
    values: { id: '{arn}', arn: `${ELB}:listener/app/{hex:10}/{hex:16}/{hex:16:listener}`, ssl_policy: '' },
  },
  aws_lb_listener_rule: {
    forceNew: ['listener_arn'],
    sensitive: ['action.authenticate_oidc.client_secret'],
    values: { id: '{arn}', arn: `${ELB}:listener-rule/app/{hex:10}/{hex:16}/{hex:16:rule}` },
  },
  aws_lb_listener_certificate: {
    forceNew: ['certificate_arn', 'listener_arn'],
    values: { id: '{listener_arn}_{certificate_arn}' },
  },
  aws_lb_target_group: {
    forceNew: [
      'name',
      'name_prefix',
      'port',
      'protocol',
      'protocol_version',
      'target_type',
      'vpc_id',
      'ip_address_type',
    ],
    defaults: {
      deregistration_delay: '300',
      lambda_multi_value_headers_enabled: false,
      proxy_protocol_v2: false,
      slow_start: 0,
      target_type: 'instance',
    },
    computedBlocks: ['health_check', 'stickiness', 'target_failover', 'target_group_health', 'target_health_state'],
    values: {
      id: '{arn}',
      arn: `${ELB}:targetgroup/{name}/{hex:16}`,
      arn_suffix: 'targetgroup/{name}/{hex:16}',
      name: (self) => `${self.text('name_prefix') || 'tf-'}${self.hex(26, 'name')}`,
      ip_address_type: 'ipv4',
      load_balancing_algorithm_type: 'round_robin',
      load_balancing_anomaly_mitigation: 'off',
      load_balancing_cross_zone_enabled: 'use_load_balancer_configuration',
      protocol_version: 'HTTP1',
      health_check: [
        {
          enabled: true,
          healthy_threshold: 5,
          interval: 30,
          matcher: '200',
          path: '/',
          port: 'traffic-port',
          protocol: 'HTTP',
          timeout: 5,
          unhealthy_threshold: 2,
        },
      ],
    },
  },
  aws_lb_target_group_attachment: { forceNew: ['target_group_arn', 'target_id', 'port', 'availability_zone'] },
  aws_wafv2_web_acl: {
    forceNew: ['name', 'scope'],
    values: {
      id: '{uuid}',
      arn: 'arn:{partition}:wafv2:{region}:{account}:regional/webacl/{name}/{id}',
      lock_token: '{uuid}',
      capacity: 100,
    },
  },
  aws_wafv2_web_acl_association: {
    forceNew: ['resource_arn', 'web_acl_arn'],
    values: { id: '{web_acl_arn},{resource_arn}' },
  },
  aws_wafv2_web_acl_logging_configuration: { forceNew: ['resource_arn'], values: { id: '{resource_arn}' } },
};
