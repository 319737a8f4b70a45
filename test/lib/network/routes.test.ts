import { Instance } from '@cdktf/provider-aws/lib/instance';
import { Token } from 'cdktf';
import { dependsOn } from '../../../lib/core/depends-on';
import type { RouteTarget, VpcRoute } from '../../../lib/network/route-props';
import { Vpc } from '../../../lib/network/vpc';
import type { VpcProps } from '../../../lib/network/vpc-props';
import { refusal, synthStack } from '../../support/stack';

const PROPS: VpcProps = { name: 'demo', cidr: '10.20.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'] };
const TRANSIT: RouteTarget = { kind: 'transit-gateway', transitGatewayId: 'tgw-0a1b2c3d4e5f60718' };
const OTHER_TRANSIT: RouteTarget = { kind: 'transit-gateway', transitGatewayId: 'tgw-0f1e2d3c4b5a69788' };
const PEERING: RouteTarget = { kind: 'peering', peeringConnectionId: 'pcx-0a1b2c3d4e5f60718' };
const VPN: RouteTarget = { kind: 'vpn-gateway', vpnGatewayId: 'vgw-0a1b2c3d' };

function synth(routes: readonly VpcRoute[], props: Partial<VpcProps> = {}) {
  return synthStack((stack) => new Vpc(stack, 'network', { ...PROPS, ...props, routes }));
}

const routesIn = (stack: ReturnType<typeof synth>) =>
  stack.ofType('aws_route').filter(({ path }) => path.includes('/routes/'));

test('a route in the tables of private and intra subnets, none in that of public ones', () => {
  const stack = synth([{ cidr: '10.0.0.0/8', via: PEERING }]);
  expect(routesIn(stack).map(({ path, attributes }) => [path, attributes['route_table_id']])).toEqual([
    [
      'network/routes/intra-to-10.0.0.0-8',
      `\${${stack.getResource('aws_route_table', 'intra/route-table').address}.id}`,
    ],
    ...PROPS.zones.map((zone) => [
      `network/routes/private-${zone}-to-10.0.0.0-8`,
      `\${${stack.getResource('aws_route_table', `private/route-table-${zone}`).address}.id}`,
    ]),
  ]);
});

test('pods in secondary CIDRs share the table of their zone', () => {
  const without = routesIn(synth([{ cidr: '10.0.0.0/8', via: PEERING }]));
  const withPods = routesIn(synth([{ cidr: '10.0.0.0/8', via: PEERING }], { secondaryCidrs: ['100.64.0.0/16'] }));
  expect(withPods.map(({ path }) => path)).toEqual(without.map(({ path }) => path));
});

test.each([
  { via: PEERING, target: { vpc_peering_connection_id: 'pcx-0a1b2c3d4e5f60718' } },
  { via: TRANSIT, target: { transit_gateway_id: expect.stringMatching(/_attachment\..*\.transit_gateway_id}$/) } },
  { via: VPN, target: { gateway_id: expect.stringMatching(/_attachment\..*\.vpn_gateway_id}$/) } },
])('$via.kind is the target, through its attachment if it has one', ({ via, target }) => {
  const [route] = routesIn(synth([{ cidr: '10.0.0.0/8', via }]));
  expect(route!.attributes).toMatchObject({ destination_cidr_block: '10.0.0.0/8', ...target });
});

test('one attachment per transit gateway, in every zone', () => {
  const stack = synth(
    [
      { cidr: '10.0.0.0/8', via: TRANSIT },
      { cidr: '192.168.0.0/16', via: TRANSIT },
      { cidr: '172.16.0.0/16', via: OTHER_TRANSIT },
    ],
    { intraZones: ['eu-west-1a', 'eu-west-1c'] },
  );
  const attachments = stack.ofType('aws_ec2_transit_gateway_vpc_attachment');
  expect(attachments.map(({ attributes }) => attributes['transit_gateway_id'])).toEqual([
    TRANSIT.transitGatewayId,
    OTHER_TRANSIT.transitGatewayId,
  ]);
  const subnets = ['intra/eu-west-1a', 'intra/eu-west-1c', 'private/eu-west-1b'];
  expect(attachments[0]!.attributes).toMatchObject({
    subnet_ids: subnets.map((path) => `\${${stack.getResource('aws_subnet', `${path}/subnet`).address}.id}`),
    tags: { Name: 'demo' },
    lifecycle: { create_before_destroy: true },
  });
  expect(attachments[0]!.attributes['ipv6_support']).toBeUndefined();
});

test('dual-stack attachments carry IPv6', () => {
  const stack = synth([{ cidr: '10.0.0.0/8', via: TRANSIT }], { addressing: 'dual-stack' });
  expect(
    stack.getResource('aws_ec2_transit_gateway_vpc_attachment', TRANSIT.transitGatewayId).attributes,
  ).toMatchObject({ ipv6_support: 'enable' });
});

test('one attachment for all routes to a VPN gateway', () => {
  const routes = ['10.0.0.0/8', '192.168.0.0/16'].map((cidr) => ({ cidr, via: VPN }));
  expect(synth(routes).ofType('aws_vpn_gateway_attachment')).toHaveLength(1);
});

test('nodes start after the routes of their zone, which are deleted after them', () => {
  const stack = synthStack((scope) => {
    const [subnet] = new Vpc(scope, 'network', {
      ...PROPS,
      routes: [{ cidr: '10.0.0.0/8', via: PEERING }],
    }).privateSubnets;
    dependsOn(new Instance(scope, 'instance', { subnetId: subnet!.subnetId }), ...subnet!.ready);
  });
  const { attributes } = stack.getResource('aws_instance', 'instance');
  const awaited = routesIn(stack).filter(({ address }) => attributes['depends_on'].includes(address));
  expect(awaited.map(({ path }) => path)).toEqual(['network/routes/private-eu-west-1a-to-10.0.0.0-8']);
});

test('the target does not change the address of a route', () => {
  const paths = [TRANSIT, OTHER_TRANSIT, PEERING, VPN].map((via) =>
    routesIn(synth([{ cidr: '10.0.0.0/8', via }])).map(({ address }) => address),
  );
  expect(new Set(paths.map((one) => one.join())).size).toBe(1);
});

test('without routes nothing is added', () => {
  expect(synth([]).resources).toEqual(synthStack((stack) => new Vpc(stack, 'network', PROPS)).resources);
});

test('everything through a transit gateway replaces NAT, and endpoints are a choice', () => {
  const stack = synth([{ cidr: '0.0.0.0/0', via: TRANSIT }], { nat: { kind: 'none' }, endpoints: [] });
  expect(routesIn(stack)).toHaveLength(3);
});

test('a peering connection is no way to the internet', () => {
  const routes = [{ cidr: '0.0.0.0/0', via: PEERING }];
  expect(refusal((scope) => new Vpc(scope, 'network', { ...PROPS, nat: { kind: 'none' }, routes }))).toBe(
    'test/network: routes has 0.0.0.0/0 through a peering connection, which leads to the other VPC and not through it: list its CIDR block, or use a transit gateway',
  );
});

const route = (cidr: string, via: unknown = PEERING) => ({ cidr, via }) as VpcRoute;

test.each([
  [
    'an invalid network',
    [route('10.1.0.0')],
    "routes '10.1.0.0' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16",
  ],
  ['host bits', [route('10.1.0.7/16')], "routes '10.1.0.7/16' has host bits set: use 10.1.0.0/16"],
  ['IPv6', [route('2001:db8::/32')], "routes has '2001:db8::/32': only IPv4 networks are routed, remove it"],
  [
    'a network known after apply',
    [route(Token.asString({ resolve: () => '10.1.0.0/16' }))],
    'routes has a CIDR block known only after apply: use a literal, it is part of a construct id',
  ],
  [
    'a part of the VPC',
    [route('10.20.4.0/24')],
    "routes has 10.20.4.0/24, which is within the VPC's own 10.20.0.0/16: AWS keeps it in the VPC, remove the route or list the other network's CIDR block",
  ],
  [
    'the metadata service',
    [route('169.254.169.254/32')],
    "routes has 169.254.169.254/32, which is within 169.254.168.0/22, AWS's own services: remove it, AWS allows no route there",
  ],
  [
    'one network twice',
    [route('10.1.0.0/16'), route('10.1.0.0/16', TRANSIT)],
    'routes has 10.1.0.0/16 twice: a route table has one route per network, remove one',
  ],
  [
    'the internet beside NAT',
    [route('0.0.0.0/0', TRANSIT)],
    "routes has 0.0.0.0/0, which is where nat 'per-zone' leads: set nat to { kind: 'none' }, or list the networks behind the gateway",
  ],
  [
    'two VPN gateways',
    [route('10.1.0.0/16', VPN), route('10.2.0.0/16', { kind: 'vpn-gateway', vpnGatewayId: 'vgw-0f1e2d3c' })],
    'routes has the VPN gateways vgw-0a1b2c3d and vgw-0f1e2d3c, but a VPC can be attached to one: use one of them, or a transit gateway',
  ],
  [
    'the id of something else',
    [route('10.1.0.0/16', { kind: 'transit-gateway', transitGatewayId: 'tgw-attach-0a1b2c3d4e5f60718' })],
    "routes[0].via.transitGatewayId must be the id of a transit gateway, such as tgw-0123456789abcdef0, got 'tgw-attach-0a1b2c3d4e5f60718'",
  ],
  [
    'another kind of target',
    [route('10.1.0.0/16', { kind: 'nat' })],
    "routes[0].via.kind must be one of transit-gateway, peering, vpn-gateway, got 'nat'",
  ],
  [
    'a property of another kind',
    [route('10.1.0.0/16', { ...PEERING, transitGatewayId: 'tgw-0a1b2c3d' })],
    "unknown property 'routes[0].via.transitGatewayId': use one of kind, peeringConnectionId, or remove it",
  ],
  [
    'a transit gateway known after apply',
    [
      route('10.1.0.0/16', {
        kind: 'transit-gateway',
        transitGatewayId: Token.asString({ resolve: () => 'tgw-0a1b2c3d' }),
      }),
    ],
    'the route to 10.1.0.0/16 has a transitGatewayId known only after apply: use a literal, it is part of a construct id',
  ],
])('%s is rejected', (_, routes, message) => {
  expect(refusal((stack) => new Vpc(stack, 'network', { ...PROPS, routes }))).toBe(`test/network: ${message}`);
});

test('a network that contains the VPC is routed: what is within the VPC stays there', () => {
  expect(routesIn(synth([route('10.0.0.0/8')]))).toHaveLength(3);
});
