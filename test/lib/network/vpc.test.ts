import { Instance } from '@cdktf/provider-aws/lib/instance';
import { Token } from 'cdktf';
import { acknowledge } from '../../../lib/core/acknowledge';
import { dependsOn } from '../../../lib/core/depends-on';
import { Vpc } from '../../../lib/network/vpc';
import type { VpcProps } from '../../../lib/network/vpc-props';
import type { SynthesizedResource, SynthesizedStack } from '../../../lib/testing/synthesized-stack';
import { refusal, synthStack } from '../../support/stack';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const PROPS: VpcProps = { name: 'demo', cidr: '10.20.0.0/16', zones: ZONES };

function synth(props: Partial<VpcProps> = {}): SynthesizedStack {
  return synthStack((stack) => new Vpc(stack, 'network', { ...PROPS, ...props }));
}

/** The same, with an instance in the first private subnet that depends on the subnet's `ready`. */
function synthWithInstance(props: Partial<VpcProps> = {}): SynthesizedStack {
  return synthStack((stack) => {
    const [subnet] = new Vpc(stack, 'network', { ...PROPS, ...props }).privateSubnets;
    dependsOn(new Instance(stack, 'instance', { subnetId: subnet!.subnetId }), ...subnet!.ready);
  });
}

function reference({ address }: SynthesizedResource, attribute = 'id'): string {
  return `\${${address}.${attribute}}`;
}

const paths = (resources: readonly SynthesizedResource[]) => resources.map(({ path }) => path).sort();

describe('subnets', () => {
  test('three per zone, with the tags that load balancers look for', () => {
    const stack = synth({ clusterName: 'demo' });
    expect(
      stack.ofType('aws_subnet').map(({ attributes }) => [attributes['cidr_block'], attributes['tags']]),
    ).toContainEqual([
      '10.20.144.0/20',
      { Name: 'demo-private-eu-west-1b', 'kubernetes.io/role/internal-elb': '1', 'karpenter.sh/discovery': 'demo' },
    ]);
    expect(stack.getResource('aws_subnet', 'public/eu-west-1a/subnet').attributes).toMatchObject({
      availability_zone: 'eu-west-1a',
      cidr_block: '10.20.0.0/24',
      map_public_ip_on_launch: false,
      tags: { Name: 'demo-public-eu-west-1a', 'kubernetes.io/role/elb': '1' },
    });
    expect(stack.getResource('aws_subnet', 'intra/eu-west-1c/subnet').attributes['tags']).toEqual({
      Name: 'demo-intra-eu-west-1c',
    });
  });

  test('a zone id sets availability_zone_id', () => {
    const stack = synth({ zones: ['euw1-az2'] });
    expect(stack.getResource('aws_subnet', 'private/euw1-az2/subnet').attributes).toMatchObject({
      availability_zone_id: 'euw1-az2',
      cidr_block: '10.20.144.0/20',
    });
    expect(stack.getResource('aws_subnet', 'private/euw1-az2/subnet').attributes['availability_zone']).toBeUndefined();
  });

  test('adding a zone changes no subnet, route or gateway of the others', () => {
    const [before, after] = [synth({ zones: ['eu-west-1c', 'eu-west-1b'] }), synth()];
    for (const resource of before.resources.filter(({ type }) => type !== 'aws_vpc_endpoint')) {
      expect(after.getResource(resource.type, resource.path).attributes).toEqual(resource.attributes);
    }
  });

  test('public and private subnets have a default route, intra subnets have none', () => {
    const stack = synth();
    const routed = new Set(stack.ofType('aws_route').map(({ attributes }) => attributes['route_table_id']));
    const unrouted = stack.ofType('aws_route_table').filter((table) => !routed.has(reference(table)));
    expect(paths(unrouted)).toEqual(['network/intra/route-table']);
    expect(stack.ofType('aws_route_table_association')).toHaveLength(9);
  });

  test('the subnets of a VpcRef are sorted by zone', () => {
    synthStack((stack) => {
      const vpc = new Vpc(stack, 'network', { ...PROPS, zones: [...ZONES].reverse() });
      for (const subnets of [vpc.publicSubnets, vpc.privateSubnets, vpc.intraSubnets]) {
        expect(subnets.map(({ zone }) => zone)).toEqual(ZONES);
      }
    });
  });
});

describe('nat', () => {
  test.each<{ nat: VpcProps['nat']; gateways: string[]; elasticIps: number; internet: number }>([
    {
      nat: undefined,
      gateways: ZONES.map((zone) => `network/nat/gateway-${zone}`),
      elasticIps: 3,
      internet: 1,
    },
    { nat: { kind: 'single' }, gateways: ['network/nat/gateway-eu-west-1a'], elasticIps: 1, internet: 1 },
    {
      nat: { kind: 'single', zone: 'eu-west-1b', elasticIpId: 'eipalloc-1' },
      gateways: ['network/nat/gateway-eu-west-1b'],
      elasticIps: 0,
      internet: 1,
    },
    {
      nat: {
        kind: 'per-zone',
        elasticIpIds: { 'eu-west-1a': 'eipalloc-a', 'eu-west-1b': 'eipalloc-b', 'eu-west-1c': 'eipalloc-c' },
      },
      gateways: ZONES.map((zone) => `network/nat/gateway-${zone}`),
      elasticIps: 0,
      internet: 1,
    },
    { nat: { kind: 'regional' }, gateways: ['network/nat/gateway-regional'], elasticIps: 0, internet: 1 },
    { nat: { kind: 'none' }, gateways: [], elasticIps: 0, internet: 0 },
  ])('$nat creates $gateways', ({ nat, gateways, elasticIps, internet }) => {
    const stack = synth({ nat });
    expect(paths(stack.ofType('aws_nat_gateway'))).toEqual(gateways);
    expect(stack.ofType('aws_eip')).toHaveLength(elasticIps);
    expect(stack.ofType('aws_internet_gateway')).toHaveLength(internet);
  });

  test('each zone routes through its own gateway, with its own Elastic IP', () => {
    const elasticIpIds = { 'eu-west-1c': 'eipalloc-c', 'eu-west-1b': 'eipalloc-b', 'eu-west-1a': 'eipalloc-a' };
    const stack = synth({ nat: { kind: 'per-zone', elasticIpIds } });
    for (const zone of ZONES) {
      const gateway = stack.getResource('aws_nat_gateway', `gateway-${zone}`);
      expect(gateway.attributes['allocation_id']).toBe(`eipalloc-${zone.at(-1)}`);
      expect(stack.getResource('aws_route', `private/default-route-${zone}`).attributes).toMatchObject({
        destination_cidr_block: '0.0.0.0/0',
        nat_gateway_id: reference(gateway),
      });
    }
  });

  test('a single gateway serves all zones', () => {
    const stack = synth({ nat: { kind: 'single', zone: 'eu-west-1b' } });
    const gateway = reference(stack.getResource('aws_nat_gateway'));
    for (const zone of ZONES) {
      expect(stack.getResource('aws_route', `private/default-route-${zone}`).attributes['nat_gateway_id']).toBe(
        gateway,
      );
    }
  });

  test('a regional gateway belongs to the VPC and needs no public subnet', () => {
    const stack = synth({ nat: { kind: 'regional' }, publicSubnets: false });
    expect(stack.getResource('aws_nat_gateway').attributes).toMatchObject({
      availability_mode: 'regional',
      vpc_id: reference(stack.getResource('aws_vpc')),
    });
    expect(stack.isAfter(stack.getResource('aws_nat_gateway'), stack.getResource('aws_internet_gateway'))).toBe(true);
    expect(stack.ofType('aws_subnet')).toHaveLength(6);
  });

  test('a gateway is created after, and deleted before, its route to the internet', () => {
    const stack = synth();
    const gateway = stack.getResource('aws_nat_gateway', 'gateway-eu-west-1a');
    expect(stack.isAfter(gateway, stack.getResource('aws_route', 'public/default-route'))).toBe(true);
    expect(stack.isAfter(gateway, stack.getResource('aws_internet_gateway'))).toBe(true);
    expect(
      stack.isAfter(gateway, stack.getResource('aws_route_table_association', 'public/eu-west-1a/route-table')),
    ).toBe(true);
  });
});

describe('ready', () => {
  test('an instance is created after its egress, and deleted before it', () => {
    const stack = synthWithInstance();
    const instance = stack.getResource('aws_instance');
    for (const [type, path] of [
      ['aws_route_table_association', 'private/eu-west-1a/route-table'],
      ['aws_route', 'private/default-route-eu-west-1a'],
      ['aws_nat_gateway', 'gateway-eu-west-1a'],
      ['aws_route', 'public/default-route'],
      ['aws_internet_gateway', 'internet-gateway'],
    ] as const) {
      expect(stack.isAfter(instance, stack.getResource(type, path))).toBe(true);
    }
    expect(instance.attributes['depends_on']).toHaveLength(2);
  });

  test('without NAT it depends on all endpoints, through one edge', () => {
    const stack = synthWithInstance({ nat: { kind: 'none' } });
    const instance = stack.getResource('aws_instance');
    const interfaces = stack.ofType('aws_vpc_endpoint').filter(({ path }) => path.includes('interface-'));
    expect(interfaces).toHaveLength(13);
    for (const endpoint of interfaces) expect(stack.isAfter(instance, endpoint)).toBe(true);
    expect(instance.attributes['depends_on']).toHaveLength(2);
  });

  test('it depends on the subnets of its pods', () => {
    const stack = synthWithInstance({ secondaryCidrs: ['100.64.0.0/16'] });
    const pods = stack.getResource('aws_subnet', 'pods-100.64.0.0-16/eu-west-1a/subnet');
    expect(stack.isAfter(stack.getResource('aws_instance'), pods)).toBe(true);
  });

  test('custom dependencies can be added', () => {
    synthStack((stack) => {
      const vpc = new Vpc(stack, 'network', PROPS);
      const [subnet] = vpc.privateSubnets;
      subnet!.addPrerequisite(vpc.vpc);
      expect(subnet!.ready).toContain(vpc.vpc);
    });
  });
});

describe('endpoints', () => {
  test('some have different service names in China', () => {
    const zones = ['cn-north-1a', 'cn-north-1b'];
    const stack = synthStack((scope) => new Vpc(scope, 'network', { ...PROPS, zones, nat: { kind: 'none' } }), {
      region: 'cn-north-1',
    });
    const names = ['gateway-s3', 'interface-ecr.dkr', 'interface-logs', 'interface-sts'].map(
      (endpoint) => stack.getResource('aws_vpc_endpoint', endpoint).attributes['service_name'],
    );
    expect(names).toEqual([
      'com.amazonaws.cn-north-1.s3',
      'cn.com.amazonaws.cn-north-1.ecr.dkr',
      'com.amazonaws.cn-north-1.logs',
      'cn.com.amazonaws.cn-north-1.sts',
    ]);
  });

  test('S3 and DynamoDB in every public and private route table, unrestricted with NAT', () => {
    const stack = synth();
    expect(paths(stack.ofType('aws_vpc_endpoint'))).toEqual([
      'network/endpoints/gateway-dynamodb',
      'network/endpoints/gateway-s3',
    ]);
    const { attributes } = stack.getResource('aws_vpc_endpoint', 'gateway-s3');
    expect(attributes).toMatchObject({ service_name: 'com.amazonaws.eu-west-1.s3', vpc_endpoint_type: 'Gateway' });
    expect(attributes['route_table_ids']).toHaveLength(4);
    expect(attributes['policy']).toBeUndefined();
    expect(stack.ofType('aws_security_group')).toEqual([]);
  });

  test('without NAT: all services that nodes and add-ons call, over HTTPS from the VPC only', () => {
    const stack = synth({ nat: { kind: 'none' }, secondaryCidrs: ['100.64.0.0/16'] });
    expect(
      paths(stack.ofType('aws_vpc_endpoint').filter(({ path }) => path.includes('interface-'))).map((path) =>
        path.replace('network/endpoints/interface-', ''),
      ),
    ).toEqual([
      'autoscaling',
      'ec2',
      'ecr.api',
      'ecr.dkr',
      'eks',
      'eks-auth',
      'elasticloadbalancing',
      'kms',
      'logs',
      'sqs',
      'ssm',
      'ssmmessages',
      'sts',
    ]);
    expect(stack.getResource('aws_vpc_endpoint', 'interface-ecr.api').attributes).toMatchObject({
      service_name: 'com.amazonaws.eu-west-1.ecr.api',
      private_dns_enabled: true,
      subnet_ids: ZONES.map((zone) => reference(stack.getResource('aws_subnet', `private/${zone}/subnet`))),
      security_group_ids: [reference(stack.getResource('aws_security_group'))],
    });
    const rules = stack.ofType('aws_vpc_security_group_ingress_rule').map(({ attributes }) => attributes);
    expect(rules.map((rule) => rule['cidr_ipv4']).sort()).toEqual(['10.20.0.0/16', '100.64.0.0/16']);
    for (const rule of rules) expect(rule).toMatchObject({ from_port: 443, to_port: 443, ip_protocol: 'tcp' });
  });

  test('without NAT, endpoints admit principals of the own and trusted accounts only, and downloads of image layers', () => {
    const stack = synth({ nat: { kind: 'none' }, trustedAccounts: ['210987654321'] });
    const policy = (path: string) => {
      const { policy: text } = stack.getResource('aws_vpc_endpoint', path).attributes;
      return text === undefined ? undefined : JSON.parse(text as string).Statement;
    };
    const ownAccounts = {
      Condition: { StringEquals: { 'aws:PrincipalAccount': ['123456789012', '210987654321'] } },
      Effect: 'Allow',
      Resource: '*',
    };
    expect(policy('gateway-s3')).toMatchObject([
      ownAccounts,
      {
        Action: 's3:GetObject',
        Resource: [
          'arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*',
          'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*',
        ],
      },
    ]);
    expect(policy('gateway-dynamodb')).toMatchObject([ownAccounts]);
    expect(policy('interface-ecr.dkr')).toMatchObject([ownAccounts]);
    // A pod that assumes a role by web identity has no account yet.
    expect(policy('interface-sts')).toBeUndefined();
  });
});

describe('dual-stack', () => {
  test('private subnets have outbound IPv6 access only', () => {
    const stack = synthWithInstance({ addressing: 'dual-stack' });
    expect(stack.getResource('aws_vpc').attributes['assign_generated_ipv6_cidr_block']).toBe(true);
    const vpc = stack.getResource('aws_vpc').address;
    expect(stack.getResource('aws_subnet', 'private/eu-west-1b/subnet').attributes).toMatchObject({
      ipv6_cidr_block: `\${cidrsubnet(${vpc}.ipv6_cidr_block, 8, 17)}`,
      assign_ipv6_address_on_creation: true,
    });
    expect(stack.getResource('aws_subnet', 'public/eu-west-1b/subnet').attributes).toMatchObject({
      ipv6_cidr_block: `\${cidrsubnet(${vpc}.ipv6_cidr_block, 8, 1)}`,
      assign_ipv6_address_on_creation: false,
    });
    expect(stack.getResource('aws_route', 'private/default-route-ipv6-eu-west-1b').attributes).toMatchObject({
      destination_ipv6_cidr_block: '::/0',
      egress_only_gateway_id: reference(stack.getResource('aws_egress_only_internet_gateway')),
    });
    expect(stack.getResource('aws_route', 'public/default-route-ipv6').attributes).toMatchObject({
      destination_ipv6_cidr_block: '::/0',
      gateway_id: reference(stack.getResource('aws_internet_gateway')),
    });
    expect(
      stack.isAfter(stack.getResource('aws_instance'), stack.getResource('aws_egress_only_internet_gateway')),
    ).toBe(true);
  });

  test('no NAT means no IPv6 egress either', () => {
    const stack = synth({ addressing: 'dual-stack', nat: { kind: 'none' } });
    expect(stack.ofType('aws_egress_only_internet_gateway')).toEqual([]);
    expect(stack.ofType('aws_route')).toEqual([]);
  });
});

test('a secondary CIDR adds a pod subnet per zone, with the route table of the zone’s private subnet', () => {
  const stack = synth({ secondaryCidrs: ['100.64.0.0/16'] });
  const association = stack.getResource('aws_vpc_ipv4_cidr_block_association');
  expect(association.path).toBe('network/pods-100.64.0.0-16/cidr');
  expect(stack.getResource('aws_subnet', 'pods-100.64.0.0-16/eu-west-1c/subnet').attributes).toMatchObject({
    cidr_block: '100.64.64.0/19',
    vpc_id: reference(association, 'vpc_id'),
    tags: { Name: 'demo-pods-eu-west-1c', 'kubernetes.io/role/cni': '1' },
  });
  expect(
    stack.getResource('aws_route_table_association', 'pods-100.64.0.0-16/eu-west-1c/route-table').attributes[
      'route_table_id'
    ],
  ).toBe(reference(stack.getResource('aws_route_table', 'private/route-table-eu-west-1c')));
});

test('names resolve inside the VPC, and its default security group allows nothing', () => {
  const stack = synth();
  expect(stack.getResource('aws_vpc').attributes).toMatchObject({
    enable_dns_support: true,
    enable_dns_hostnames: true,
  });
  expect(stack.getResource('aws_default_security_group').attributes).toMatchObject({ ingress: [], egress: [] });
});

describe('flow logs', () => {
  test('are delivered to a log group, kept for a year, by a least-privilege role', () => {
    const stack = synth({ kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1' });
    const group = stack.getResource('aws_cloudwatch_log_group');
    expect(group.attributes).toMatchObject({
      name: '/aws/vpc/demo/flow-logs',
      retention_in_days: 365,
      kms_key_id: 'arn:aws:kms:eu-west-1:123456789012:key/1',
    });
    const log = stack.getResource('aws_flow_log');
    expect(log.attributes).toMatchObject({ traffic_type: 'ALL', log_destination: reference(group, 'arn') });
    expect(stack.isAfter(log, stack.getResource('aws_iam_role_policy'))).toBe(true);
    expect(JSON.parse(stack.getResource('aws_iam_role_policy').attributes['policy']).Statement[0].Resource).toBe(
      `${reference(group, 'arn')}:*`,
    );
    expect(
      JSON.parse(stack.getResource('aws_iam_role').attributes['assume_role_policy']).Statement[0].Condition,
    ).toEqual({
      StringEquals: { 'aws:SourceAccount': '123456789012' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:ec2:eu-west-1:123456789012:vpc-flow-log/*' },
    });
  });

  test('retention and traffic type can be changed', () => {
    const stack = synth({ flowLogs: { retentionDays: 30, traffic: 'REJECT' } });
    expect(stack.getResource('aws_cloudwatch_log_group').attributes['retention_in_days']).toBe(30);
    expect(stack.getResource('aws_flow_log').attributes['traffic_type']).toBe('REJECT');
  });
});

describe('rejects', () => {
  test.each<{ what: string; props: Partial<VpcProps>; message: string }>([
    {
      what: 'an unknown kind of NAT',
      props: { nat: { kind: 'perzone' as 'per-zone' } },
      message: "nat.kind must be one of none, single, per-zone, regional, got 'perzone'",
    },
    {
      what: 'a name with invalid characters',
      props: { name: 'my network' },
      message: "name 'my network' is not valid: use letters, digits and hyphens",
    },
    {
      what: 'an address instead of a CIDR',
      props: { cidr: '10.20.0.1/16' },
      message: "cidr '10.20.0.1/16' has host bits set: use 10.20.0.0/16",
    },
    {
      what: 'an IPv6 CIDR',
      props: { cidr: 'fd00::/8' },
      message: "cidr 'fd00::/8' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16",
    },
    {
      what: 'a CIDR that is known after apply',
      props: { cidr: Token.asString({ resolve: () => 'later' }) },
      message: 'cidr is known after apply, but subnets are planned at synthesis: use a literal such as 10.20.0.0/16',
    },
    {
      what: 'a VPC that is too small',
      props: { cidr: '10.20.0.0/24' },
      message:
        "cidr '10.20.0.0/24' is not a valid size: use a /16 (AWS maximum) to a /22 (minimum for every zone's public, private and intra subnet), such as 10.20.0.0/22",
    },
    {
      what: 'a VPC that is too large',
      props: { cidr: '10.0.0.0/8' },
      message:
        "cidr '10.0.0.0/8' is not a valid size: use a /16 (AWS maximum) to a /22 (minimum for every zone's public, private and intra subnet), such as 10.0.0.0/16",
    },
    {
      what: 'a secondary CIDR that overlaps the first',
      props: { secondaryCidrs: ['10.20.128.0/17'] },
      message:
        "secondaryCidrs '10.20.128.0/17' overlaps '10.20.0.0/16' of the same VPC: use a block in 100.64.0.0/10 that no other one overlaps",
    },
    {
      what: 'secondary CIDRs that overlap',
      props: { secondaryCidrs: ['100.64.0.0/16', '100.64.0.0/18'] },
      message:
        "secondaryCidrs '100.64.0.0/18' overlaps '100.64.0.0/16' of the same VPC: use a block in 100.64.0.0/10 that no other one overlaps",
    },
    {
      what: 'a secondary CIDR that AWS does not allow alongside the first',
      props: { secondaryCidrs: ['192.168.0.0/16'] },
      message:
        "secondaryCidrs '192.168.0.0/16' is in 192.168.0.0/16, which AWS does not allow alongside '10.20.0.0/16': use a block in 100.64.0.0/10",
    },
    {
      what: 'a secondary CIDR that is too small',
      props: { secondaryCidrs: ['100.64.0.0/26'] },
      message:
        "secondaryCidrs '100.64.0.0/26' is not a valid size: use a /16 (AWS maximum) to a /25 (minimum for every zone's pods), such as 100.64.0.0/25",
    },
    {
      what: 'an intra zone given twice',
      props: { intraZones: ['eu-west-1a', 'eu-west-1a'] },
      message: "intraZones has 'eu-west-1a' more than once: list it once",
    },
    {
      what: 'a zone of another region',
      props: { zones: ['us-east-1a'] },
      message:
        "zones has 'us-east-1a', which is not a zone of eu-west-1: use names such as eu-west-1a, or ids such as euw1-az1",
    },
    {
      what: 'a gateway in a zone that the VPC does not have',
      props: { nat: { kind: 'single', zone: 'eu-west-1d' } },
      message: "nat.zone 'eu-west-1d' is not in zones (eu-west-1a, eu-west-1b, eu-west-1c): use one of them",
    },
    {
      what: 'zonal gateways without public subnets',
      props: { publicSubnets: false },
      message: "nat 'per-zone' requires public subnets: remove publicSubnets: false, or use nat 'regional' or 'none'",
    },
    {
      what: 'endpoints that leave nodes without access to AWS',
      props: { nat: { kind: 'none' }, endpoints: ['ecr.api', 'ecr.dkr', 'logs'] },
      message:
        "nat is 'none' and endpoints (ecr.api, ecr.dkr, logs) lacks ec2, eks-auth, sts: nodes could not join a cluster or pull images; add them, omit endpoints to get all of them, or use another nat (if intended: acknowledge(scope, 'no-way-to-aws', 'the reason'))",
    },
    {
      what: 'a gateway endpoint',
      props: { endpoints: ['s3'] },
      message: "endpoints has 's3', which every VPC has as a gateway endpoint: remove it",
    },
    {
      what: 'the same endpoint twice',
      props: { endpoints: ['sts', 'sts'] },
      message: "endpoints has 'sts' more than once: list it once",
    },
    {
      what: 'an endpoint by its full service name',
      props: { endpoints: ['com.amazonaws.eu-west-1.sts'] },
      message:
        "endpoints has 'com.amazonaws.eu-west-1.sts', which is not a valid service name: use the short name, such as ecr.api",
    },
    {
      what: 'a retention that CloudWatch Logs does not offer',
      props: { flowLogs: { retentionDays: 100 } },
      message:
        'flowLogs.retentionDays 100 is not supported by CloudWatch Logs: use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
    },
    {
      what: 'trusted accounts without restricted endpoints',
      props: { trustedAccounts: ['210987654321'] },
      message: "trustedAccounts (210987654321) has no effect with nat 'per-zone': remove it",
    },
  ])('$what', ({ props, message }) => {
    expect(refusal((stack) => new Vpc(stack, 'network', { ...PROPS, ...props }))).toBe(`test/network: ${message}`);
  });

  test('Elastic IPs that do not match the zones, all problems at once', () => {
    const nat = { kind: 'per-zone', elasticIpIds: { 'eu-west-1a': 'eipalloc-1', 'eu-west-1d': 'eipalloc-2' } } as const;
    expect(refusal((stack) => new Vpc(stack, 'network', { ...PROPS, nat }))).toBe(
      [
        'test/network: 2 problems',
        '  - nat.elasticIpIds lacks eu-west-1b, eu-west-1c: list 3 Elastic IPs, one for each of zones (eu-west-1a, eu-west-1b, eu-west-1c), or omit elasticIpIds',
        "  - nat.elasticIpIds has 'eu-west-1d', which is not in zones (eu-west-1a, eu-west-1b, eu-west-1c): remove it",
      ].join('\n'),
    );
  });

  test('no access to AWS, unless acknowledged', () => {
    const stack = synthStack((scope) => {
      acknowledge(scope, 'no-way-to-aws', 'a transit gateway leads to the shared endpoints');
      new Vpc(scope, 'network', { ...PROPS, nat: { kind: 'none' }, endpoints: [] });
    });
    expect(stack.ofType('aws_vpc_endpoint')).toHaveLength(2);
  });
});
