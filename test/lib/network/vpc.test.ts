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

/** The same, with a machine in the first private subnet that waits until the subnet is ready. */
function synthWithMachine(props: Partial<VpcProps> = {}): SynthesizedStack {
  return synthStack((stack) => {
    const [subnet] = new Vpc(stack, 'network', { ...PROPS, ...props }).privateSubnets;
    dependsOn(new Instance(stack, 'machine', { subnetId: subnet!.subnetId }), ...subnet!.ready);
  });
}

function reference({ address }: SynthesizedResource, attribute = 'id'): string {
  return `\${${address}.${attribute}}`;
}

const paths = (resources: readonly SynthesizedResource[]) => resources.map(({ path }) => path).sort();

describe('subnets', () => {
  test('three in each zone, found by load balancers by their tags', () => {
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

  test('a zone id goes where AWS takes ids', () => {
    const stack = synth({ zones: ['euw1-az2'] });
    expect(stack.getResource('aws_subnet', 'private/euw1-az2/subnet').attributes).toMatchObject({
      availability_zone_id: 'euw1-az2',
      cidr_block: '10.20.144.0/20',
    });
    expect(stack.getResource('aws_subnet', 'private/euw1-az2/subnet').attributes['availability_zone']).toBeUndefined();
  });

  test('another zone more changes no subnet, route or gateway of the others', () => {
    const [before, after] = [synth({ zones: ['eu-west-1c', 'eu-west-1b'] }), synth()];
    for (const resource of before.resources.filter(({ type }) => type !== 'aws_vpc_endpoint')) {
      expect(after.getResource(resource.type, resource.path).attributes).toEqual(resource.attributes);
    }
  });

  test('public and private ones have a table with a route, intra ones a table without', () => {
    const stack = synth();
    const routed = new Set(stack.ofType('aws_route').map(({ attributes }) => attributes['route_table_id']));
    const unrouted = stack.ofType('aws_route_table').filter((table) => !routed.has(reference(table)));
    expect(paths(unrouted)).toEqual(['network/intra/route-table']);
    expect(stack.ofType('aws_route_table_association')).toHaveLength(9);
  });

  test('the reference gives them in the order of the zones', () => {
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
      nat: { kind: 'per-zone', elasticIpIds: { 'eu-west-1a': 'e-a', 'eu-west-1b': 'e-b', 'eu-west-1c': 'e-c' } },
      gateways: ZONES.map((zone) => `network/nat/gateway-${zone}`),
      elasticIps: 0,
      internet: 1,
    },
    { nat: { kind: 'regional' }, gateways: ['network/nat/gateway-regional'], elasticIps: 0, internet: 1 },
    { nat: { kind: 'none' }, gateways: [], elasticIps: 0, internet: 0 },
  ])('$nat makes $gateways', ({ nat, gateways, elasticIps, internet }) => {
    const stack = synth({ nat });
    expect(paths(stack.ofType('aws_nat_gateway'))).toEqual(gateways);
    expect(stack.ofType('aws_eip')).toHaveLength(elasticIps);
    expect(stack.ofType('aws_internet_gateway')).toHaveLength(internet);
  });

  test('each zone leaves through its own gateway, with the elastic IP given for it', () => {
    const elasticIpIds = { 'eu-west-1c': 'e-c', 'eu-west-1b': 'e-b', 'eu-west-1a': 'e-a' };
    const stack = synth({ nat: { kind: 'per-zone', elasticIpIds } });
    for (const zone of ZONES) {
      const gateway = stack.getResource('aws_nat_gateway', `gateway-${zone}`);
      expect(gateway.attributes['allocation_id']).toBe(`e-${zone.at(-1)}`);
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

  test('a gateway is made after, and deleted before, its way to the internet', () => {
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
  test('a machine comes after its way out, and goes before it', () => {
    const stack = synthWithMachine();
    const machine = stack.getResource('aws_instance');
    for (const [type, path] of [
      ['aws_route_table_association', 'private/eu-west-1a/route-table'],
      ['aws_route', 'private/default-route-eu-west-1a'],
      ['aws_nat_gateway', 'gateway-eu-west-1a'],
      ['aws_route', 'public/default-route'],
      ['aws_internet_gateway', 'internet-gateway'],
    ] as const) {
      expect(stack.isAfter(machine, stack.getResource(type, path))).toBe(true);
    }
    expect(machine.attributes['depends_on']).toHaveLength(2);
  });

  test('without NAT it comes after all endpoints, by one edge', () => {
    const stack = synthWithMachine({ nat: { kind: 'none' } });
    const machine = stack.getResource('aws_instance');
    const interfaces = stack.ofType('aws_vpc_endpoint').filter(({ path }) => path.includes('interface-'));
    expect(interfaces).toHaveLength(13);
    for (const endpoint of interfaces) expect(stack.isAfter(machine, endpoint)).toBe(true);
    expect(machine.attributes['depends_on']).toHaveLength(2);
  });

  test('it comes after the subnets of its pods', () => {
    const stack = synthWithMachine({ secondaryCidrs: ['100.64.0.0/16'] });
    const pods = stack.getResource('aws_subnet', 'pods-100.64.0.0-16/eu-west-1a/subnet');
    expect(stack.isAfter(stack.getResource('aws_instance'), pods)).toBe(true);
  });

  test('a route of the user can be added to it', () => {
    synthStack((stack) => {
      const vpc = new Vpc(stack, 'network', PROPS);
      const [subnet] = vpc.privateSubnets;
      subnet!.addPrerequisite(vpc.vpc);
      expect(subnet!.ready).toContain(vpc.vpc);
    });
  });
});

describe('endpoints', () => {
  test('some have names of their own in China', () => {
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

  test('S3 and DynamoDB through every public and private route table, unrestricted where there is NAT', () => {
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

  test('without NAT: every service that nodes and add-ons call, from inside the VPC over HTTPS only', () => {
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

  test('without NAT data leaves to the own and trusted accounts only; image layers come in', () => {
    const stack = synth({ nat: { kind: 'none' }, trustedAccounts: ['210987654321'] });
    const policy = (path: string) => {
      const { policy: text } = stack.getResource('aws_vpc_endpoint', path).attributes;
      return text === undefined ? undefined : JSON.parse(text as string).Statement;
    };
    const ours = {
      Condition: { StringEquals: { 'aws:PrincipalAccount': ['123456789012', '210987654321'] } },
      Effect: 'Allow',
      Resource: '*',
    };
    expect(policy('gateway-s3')).toMatchObject([
      ours,
      {
        Action: 's3:GetObject',
        Resource: [
          'arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*',
          'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*',
        ],
      },
    ]);
    expect(policy('gateway-dynamodb')).toMatchObject([ours]);
    expect(policy('interface-ecr.dkr')).toMatchObject([ours]);
    // A pod that assumes a role by web identity has no account yet.
    expect(policy('interface-sts')).toBeUndefined();
  });
});

describe('dual-stack', () => {
  test('private subnets reach the IPv6 internet and are not reached', () => {
    const stack = synthWithMachine({ addressing: 'dual-stack' });
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

  test('no NAT means no way out by IPv6 either', () => {
    const stack = synth({ addressing: 'dual-stack', nat: { kind: 'none' } });
    expect(stack.ofType('aws_egress_only_internet_gateway')).toEqual([]);
    expect(stack.ofType('aws_route')).toEqual([]);
  });
});

test('a secondary CIDR gives each zone a subnet for pods, which leaves by the zone’s own way', () => {
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
  test('go to a log group, kept for a year, by a role that can do nothing else', () => {
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

  test('can be shorter and rarer', () => {
    const stack = synth({ flowLogs: { retentionDays: 30, traffic: 'REJECT' } });
    expect(stack.getResource('aws_cloudwatch_log_group').attributes['retention_in_days']).toBe(30);
    expect(stack.getResource('aws_flow_log').attributes['traffic_type']).toBe('REJECT');
  });
});

describe('refuses', () => {
  test.each<{ what: string; props: Partial<VpcProps>; message: string }>([
    {
      what: 'a way out that there is not',
      props: { nat: { kind: 'perzone' as 'per-zone' } },
      message: "nat.kind is one of none, single, per-zone, regional, got 'perzone'",
    },
    {
      what: 'a name that AWS would refuse somewhere',
      props: { name: 'my network' },
      message: "name 'my network' must be of letters, digits and hyphens",
    },
    {
      what: 'an address instead of a CIDR',
      props: { cidr: '10.20.0.1/16' },
      message: "cidr '10.20.0.1/16' is an address inside 10.20.0.0/16: write 10.20.0.0/16",
    },
    {
      what: 'an IPv6 CIDR',
      props: { cidr: 'fd00::/8' },
      message: "cidr 'fd00::/8' is not an IPv4 CIDR: write it like 10.20.0.0/16",
    },
    {
      what: 'a CIDR that is known later',
      props: { cidr: Token.asString({ resolve: () => 'later' }) },
      message:
        'cidr is known only when Terraform runs, but subnets are planned before: write it out, like 10.20.0.0/16',
    },
    {
      what: 'a VPC that is too small',
      props: { cidr: '10.20.0.0/24' },
      message:
        "cidr '10.20.0.0/24' must be between a /16, the largest that AWS takes, and a /22, which has room for every zone's public, private and intra subnet",
    },
    {
      what: 'a VPC that is too large',
      props: { cidr: '10.0.0.0/8' },
      message:
        "cidr '10.0.0.0/8' must be between a /16, the largest that AWS takes, and a /22, which has room for every zone's public, private and intra subnet",
    },
    {
      what: 'a secondary CIDR that overlaps the first',
      props: { secondaryCidrs: ['10.20.128.0/17'] },
      message: "secondaryCidrs '10.20.128.0/17' overlaps '10.20.0.0/16' of the same VPC: choose another block",
    },
    {
      what: 'secondary CIDRs that overlap',
      props: { secondaryCidrs: ['100.64.0.0/16', '100.64.0.0/18'] },
      message: "secondaryCidrs '100.64.0.0/18' overlaps '100.64.0.0/16' of the same VPC: choose another block",
    },
    {
      what: 'a secondary CIDR that AWS does not mix with the first',
      props: { secondaryCidrs: ['192.168.0.0/16'] },
      message:
        "secondaryCidrs '192.168.0.0/16' is of 192.168.0.0/16, which AWS refuses beside '10.20.0.0/16': take one of 100.64.0.0/10",
    },
    {
      what: 'a secondary CIDR that is too small',
      props: { secondaryCidrs: ['100.64.0.0/26'] },
      message:
        "secondaryCidrs '100.64.0.0/26' must be between a /16, the largest that AWS takes, and a /25, which has room for every zone's pods",
    },
    {
      what: 'an intra zone given twice',
      props: { intraZones: ['eu-west-1a', 'eu-west-1a'] },
      message: "intraZones names 'eu-west-1a' more than once: name it once",
    },
    {
      what: 'a zone of another region',
      props: { zones: ['us-east-1a'] },
      message: "zones names 'us-east-1a', no zone of eu-west-1: name zones like eu-west-1a, or ids like euw1-az1",
    },
    {
      what: 'a gateway in a zone that the VPC does not have',
      props: { nat: { kind: 'single', zone: 'eu-west-1d' } },
      message: "nat.zone 'eu-west-1d' is not one of zones (eu-west-1a, eu-west-1b, eu-west-1c)",
    },
    {
      what: 'zonal gateways without public subnets',
      props: { publicSubnets: false },
      message: "nat 'per-zone' needs public subnets: drop publicSubnets: false, or take nat 'regional' or 'none'",
    },
    {
      what: 'endpoints that leave machines without a way to AWS',
      props: { nat: { kind: 'none' }, endpoints: ['ecr.api', 'ecr.dkr', 'logs'] },
      message:
        "nat is 'none' and endpoints lacks ec2, eks-auth, sts: machines could not join a cluster or pull images; add them, leave endpoints out for the whole list, or choose another nat (on purpose? acknowledge(scope, 'no-way-to-aws', 'the reason'))",
    },
    {
      what: 'an endpoint that is there anyway',
      props: { endpoints: ['s3'] },
      message: "endpoints has 's3', which every VPC has: drop it",
    },
    {
      what: 'the same endpoint twice',
      props: { endpoints: ['sts', 'sts'] },
      message: "endpoints has 'sts' more than once: name it once",
    },
    {
      what: "an endpoint by AWS's full name",
      props: { endpoints: ['com.amazonaws.eu-west-1.sts'] },
      message: "endpoints has 'com.amazonaws.eu-west-1.sts': write the service's name alone, like ecr.api",
    },
    {
      what: 'a retention that CloudWatch Logs does not offer',
      props: { flowLogs: { retentionDays: 100 } },
      message:
        'flowLogs.retentionDays 100 is not offered by CloudWatch Logs: take one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
    },
    {
      what: 'trusted accounts where nothing is restricted',
      props: { trustedAccounts: ['210987654321'] },
      message: "trustedAccounts has no effect with nat 'per-zone': drop it",
    },
  ])('$what', ({ props, message }) => {
    expect(refusal((stack) => new Vpc(stack, 'network', { ...PROPS, ...props }))).toBe(`test/network: ${message}`);
  });

  test('elastic IPs that do not fit the zones, all problems at once', () => {
    const nat = { kind: 'per-zone', elasticIpIds: { 'eu-west-1a': 'eipalloc-1', 'eu-west-1d': 'eipalloc-2' } } as const;
    expect(refusal((stack) => new Vpc(stack, 'network', { ...PROPS, nat }))).toBe(
      [
        'test/network: 2 problems',
        '  - nat.elasticIpIds lacks eu-west-1b, eu-west-1c: give one for each of zones (eu-west-1a, eu-west-1b, eu-west-1c), or none',
        '  - nat.elasticIpIds has eu-west-1d, not among zones (eu-west-1a, eu-west-1b, eu-west-1c): drop it',
      ].join('\n'),
    );
  });

  test('no way to AWS, unless somebody else provides one', () => {
    const stack = synthStack((scope) => {
      acknowledge(scope, 'no-way-to-aws', 'a transit gateway leads to the shared endpoints');
      new Vpc(scope, 'network', { ...PROPS, nat: { kind: 'none' }, endpoints: [] });
    });
    expect(stack.ofType('aws_vpc_endpoint')).toHaveLength(2);
  });
});
