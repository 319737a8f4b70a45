import { isList, isWhollyKnown, UNKNOWN, type Value } from '../wire/values';
import type { FactTable, TypeFacts } from './type-facts';

const EC2_ARN = 'arn:{partition}:ec2:{region}:{account}';

/** An EC2 resource: its id is a prefix and 17 hexadecimal digits. */
function ec2(prefix: string, kind: string, facts: TypeFacts = {}): TypeFacts {
  const values = { id: `${prefix}-{hex:17}`, arn: `${EC2_ARN}:${kind}/{id}`, owner_id: '{account}', ...facts.values };
  return { ...facts, values };
}

const SECURITY_GROUP_RULE: TypeFacts = {
  forceNew: ['security_group_id'],
  values: { id: 'sgr-{hex:17}', security_group_rule_id: '{id}', arn: `${EC2_ARN}:security-group-rule/{id}` },
};

export const AWS_NETWORK: FactTable = {
  aws_vpc: ec2('vpc', 'vpc', {
    forceNew: ['cidr_block', 'ipv4_ipam_pool_id'],
    defaults: { enable_dns_support: true, instance_tenancy: 'default' },
    values: {
      default_security_group_id: 'sg-{hex:17:group}',
      default_network_acl_id: 'acl-{hex:17:acl}',
      default_route_table_id: 'rtb-{hex:17:table}',
      main_route_table_id: 'rtb-{hex:17:table}',
      dhcp_options_id: 'dopt-{hex:17:dhcp}',
      ipv6_association_id: 'vpc-cidr-assoc-{hex:17:ipv6}',
      ipv6_cidr_block: '2a05:d018:{hex:4:ipv6}:{hex:2:ipv6}00::/56',
    },
  }),
  aws_vpc_ipv4_cidr_block_association: {
    forceNew: ['vpc_id', 'cidr_block', 'ipv4_ipam_pool_id'],
    values: { id: 'vpc-cidr-assoc-{hex:17}' },
  },
  aws_subnet: ec2('subnet', 'subnet', {
    forceNew: ['vpc_id', 'cidr_block', 'availability_zone', 'availability_zone_id', 'outpost_arn', 'ipv6_native'],
    defaults: {
      assign_ipv6_address_on_creation: false,
      enable_dns64: false,
      enable_resource_name_dns_a_record_on_launch: false,
      enable_resource_name_dns_aaaa_record_on_launch: false,
      ipv6_native: false,
      map_public_ip_on_launch: false,
    },
    values: {
      availability_zone: '{region}a',
      availability_zone_id: 'az-{hex:4}',
      ipv6_cidr_block_association_id: 'subnet-cidr-assoc-{hex:17:ipv6}',
      private_dns_hostname_type_on_launch: 'ip-name',
    },
  }),
  aws_internet_gateway: ec2('igw', 'internet-gateway'),
  aws_egress_only_internet_gateway: ec2('eigw', 'egress-only-internet-gateway', { forceNew: ['vpc_id'] }),
  aws_eip: ec2('eipalloc', 'elastic-ip', {
    forceNew: ['address', 'domain', 'network_border_group', 'public_ipv4_pool', 'ipam_pool_id'],
    values: {
      allocation_id: '{id}',
      public_ip: '203.0.113.10',
      public_dns: 'ec2-203-0-113-10.{region}.compute.{dnsSuffix}',
      network_border_group: '{region}',
      public_ipv4_pool: 'amazon',
    },
  }),
  aws_nat_gateway: ec2('nat', 'natgateway', {
    forceNew: ['subnet_id', 'allocation_id', 'connectivity_type', 'private_ip', 'vpc_id', 'availability_mode'],
    defaults: { connectivity_type: 'public' },
    values: {
      network_interface_id: 'eni-{hex:17:interface}',
      association_id: 'eipassoc-{hex:17:association}',
      public_ip: '203.0.113.20',
      private_ip: '10.0.0.20',
      route_table_id: 'rtb-{hex:17:table}',
    },
  }),
  aws_route_table: ec2('rtb', 'route-table', { forceNew: ['vpc_id'] }),
  aws_default_route_table: ec2('rtb', 'route-table', { forceNew: ['default_route_table_id'] }),
  aws_route: {
    forceNew: ['route_table_id', 'destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id'],
    values: { id: 'r-{route_table_id}{hex:10}', origin: 'CreateRoute', state: 'active' },
  },
  aws_route_table_association: {
    forceNew: ['subnet_id', 'gateway_id'],
    values: { id: 'rtbassoc-{hex:17}' },
  },
  aws_network_acl: ec2('acl', 'network-acl', { forceNew: ['vpc_id'] }),
  aws_security_group: ec2('sg', 'security-group', {
    forceNew: ['name', 'name_prefix', 'description', 'vpc_id'],
    defaults: { description: 'Managed by Terraform', revoke_rules_on_delete: false },
  }),
  aws_default_security_group: ec2('sg', 'security-group', {
    forceNew: ['vpc_id'],
    values: { name: 'default', description: 'default VPC security group' },
  }),
  aws_security_group_rule: {
    forceNew: [
      'type',
      'protocol',
      'from_port',
      'to_port',
      'security_group_id',
      'source_security_group_id',
      'cidr_blocks',
      'ipv6_cidr_blocks',
      'prefix_list_ids',
      'self',
    ],
    defaults: { self: false },
    values: { id: 'sgrule-{hex:10}', security_group_rule_id: 'sgr-{hex:17}' },
  },
  aws_vpc_security_group_ingress_rule: SECURITY_GROUP_RULE,
  aws_vpc_security_group_egress_rule: SECURITY_GROUP_RULE,
  aws_vpc_endpoint: ec2('vpce', 'vpc-endpoint', {
    forceNew: ['vpc_id', 'service_name', 'vpc_endpoint_type', 'service_region'],
    defaults: { vpc_endpoint_type: 'Gateway' },
    values: { prefix_list_id: 'pl-{hex:8}', state: 'available', ip_address_type: 'ipv4' },
  }),
  aws_vpc_peering_connection: ec2('pcx', 'vpc-peering-connection', {
    forceNew: ['vpc_id', 'peer_vpc_id', 'peer_owner_id', 'peer_region'],
  }),
  aws_ec2_transit_gateway_vpc_attachment: {
    forceNew: ['transit_gateway_id', 'vpc_id'],
    defaults: { appliance_mode_support: 'disable', dns_support: 'enable', ipv6_support: 'disable' },
    values: { id: 'tgw-attach-{hex:17}', vpc_owner_id: '{account}' },
  },
  aws_vpn_gateway_attachment: { forceNew: ['vpc_id', 'vpn_gateway_id'], values: { id: 'vpn-attachment-{hex:8}' } },
  aws_network_interface: ec2('eni', 'network-interface', { forceNew: ['subnet_id', 'interface_type'] }),
  aws_flow_log: {
    forceNew: [
      'vpc_id',
      'subnet_id',
      'eni_id',
      'log_destination',
      'log_destination_type',
      'iam_role_arn',
      'traffic_type',
      'log_format',
      'max_aggregation_interval',
      'destination_options',
    ],
    defaults: { log_destination_type: 'cloud-watch-logs', max_aggregation_interval: 600 },
    values: { id: 'fl-{hex:17}', arn: `${EC2_ARN}:vpc-flow-log/{id}` },
  },
  aws_route53_zone: {
    forceNew: ['name', 'delegation_set_id'],
    defaults: { comment: 'Managed by Terraform', force_destroy: false },
    values: {
      id: 'Z{capitals:20}',
      zone_id: '{id}',
      arn: 'arn:{partition}:route53:::hostedzone/{id}',
      primary_name_server: 'ns-1.awsdns-01.com',
      name_servers: (self) =>
        ['com', 'net', 'org', 'co.uk'].map(
          (domain, index) => `ns-${(parseInt(self.hex(3), 16) % 512) + index * 512}.awsdns-${10 + index}.${domain}`,
        ),
    },
  },
  aws_route53_record: {
    forceNew: ['zone_id', 'name', 'set_identifier'],
    values: {
      id: (self) =>
        [self.text('zone_id'), self.text('name'), self.text('type'), self.text('set_identifier')]
          .filter(Boolean)
          .join('_'),
      fqdn: '{name}',
    },
  },
  aws_route53_health_check: {
    forceNew: ['type', 'request_interval', 'measure_latency', 'reference_name'],
    values: { id: '{uuid}', arn: 'arn:{partition}:route53:::healthcheck/{id}' },
  },
  aws_route53_key_signing_key: {
    forceNew: ['hosted_zone_id', 'key_management_service_arn', 'name'],
    values: {
      id: '{hosted_zone_id},{name}',
      key_tag: 12345,
      digest_algorithm_mnemonic: 'SHA-256',
      digest_algorithm_type: 2,
      signing_algorithm_mnemonic: 'ECDSAP256SHA256',
      signing_algorithm_type: 13,
      digest_value: '{hex:64:digest}',
      ds_record: '12345 13 2 {hex:64:digest}',
      dnskey_record: '257 3 13 {hex:88:key}',
      public_key: '{hex:88:key}',
      flag: 257,
    },
  },
  aws_route53_hosted_zone_dnssec: { forceNew: ['hosted_zone_id'], values: { id: '{hosted_zone_id}' } },
  aws_route53_query_log: {
    forceNew: ['zone_id', 'cloudwatch_log_group_arn'],
    values: { id: '{uuid}', arn: 'arn:{partition}:route53:::queryloggingconfig/{id}' },
  },
  aws_route53_zone_association: { forceNew: ['zone_id', 'vpc_id'], values: { id: '{zone_id}:{vpc_id}' } },
  aws_acm_certificate: {
    forceNew: [
      'domain_name',
      'subject_alternative_names',
      'validation_method',
      'key_algorithm',
      'certificate_authority_arn',
    ],
    computedBlocks: ['options'],
    sensitive: ['private_key'],
    // The domains are known at plan time, so that `for_each` can iterate over the validation records.
    planned: {
      subject_alternative_names: ({ domain_name }) => (typeof domain_name === 'string' ? [domain_name] : UNKNOWN),
      domain_validation_options: ({ domain_name, subject_alternative_names = null }) =>
        typeof domain_name !== 'string' || !isWhollyKnown(subject_alternative_names)
          ? UNKNOWN
          : certificateDomains(domain_name, subject_alternative_names).map((domain) => ({
              domain_name: domain,
              resource_record_name: UNKNOWN,
              resource_record_type: UNKNOWN,
              resource_record_value: UNKNOWN,
            })),
    },
    values: {
      id: '{arn}',
      arn: 'arn:{partition}:acm:{region}:{account}:certificate/{uuid}',
      status: 'PENDING_VALIDATION',
      type: 'AMAZON_ISSUED',
      key_algorithm: 'RSA_2048',
      renewal_eligibility: 'INELIGIBLE',
      subject_alternative_names: (self) => certificateDomains(self.get('domain_name'), null),
      domain_validation_options: (self) =>
        certificateDomains(self.get('domain_name'), self.get('subject_alternative_names')).map((domain) => {
          const host = domain.replace(/^\*\./, '');
          return {
            domain_name: domain,
            resource_record_name: `_${self.hex(32, host)}.${host}.`,
            resource_record_type: 'CNAME',
            resource_record_value: `_${self.hex(32, `to ${host}`)}.acm-validations.aws.`,
          };
        }),
      options: [{ certificate_transparency_logging_preference: 'ENABLED', export: 'DISABLED' }],
    },
  },
  aws_acm_certificate_validation: {
    forceNew: ['certificate_arn', 'validation_record_fqdns'],
    values: { id: '2024-01-01 00:00:00 +0000 UTC' },
  },
};

function certificateDomains(main: Value, alternatives: Value): readonly string[] {
  const names = [main, ...(isList(alternatives) ? alternatives : [])];
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}
