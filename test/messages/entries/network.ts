import { Fn } from 'cdktf';
import { Vpc } from '../../../lib/network/vpc';
import type { VpcProps } from '../../../lib/network/vpc-props';
import { group, inStack, type Group } from '../try';

const KNOWN_AFTER_APPLY = 'the value is known after apply';
const VGW = (id: string) => ({ kind: 'vpn-gateway', vpnGatewayId: `vgw-0a1b2c3d4e5f6071${id}` }) as const;
const TGW = { kind: 'transit-gateway', transitGatewayId: 'tgw-0a1b2c3d4e5f60718' } as const;
const EIP = (id: string) => `eipalloc-0a1b2c3d4e5f6071${id}`;
const perZone = (elasticIpIds: Readonly<Record<string, string>>): Partial<VpcProps> => ({
  nat: { kind: 'per-zone', elasticIpIds },
});
const PRIVATE = { nat: { kind: 'none' } } as const;

export const GROUPS: readonly Group[] = [
  group(
    inStack<Partial<VpcProps>>((stack, props) => {
      new Vpc(stack, 'vpc', { name: 'shop', cidr: '10.20.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'], ...props });
    }),
    {
      "name '{}' is not valid: use letters, digits and hyphens": {
        wrong: { name: 'the shop' },
        right: { name: 'the-shop' },
      },
      "name '{}' has {} characters: shorten it to at most {}, it is part of tags": {
        wrong: { name: 'a'.repeat(201) },
        right: { name: 'a'.repeat(200) },
      },
      "{} '{}' is in {}, which is reserved: use a private block, such as {}": {
        wrong: { cidr: '169.254.0.0/16' },
        right: { cidr: '10.20.0.0/16' },
      },
      "{} '{}' is public: what it stands for on the internet would be unreachable; use a private block, such as {}": {
        wrong: { cidr: '8.8.0.0/16' },
        right: { cidr: '10.20.0.0/16' },
      },
      '{} is known after apply, but subnets are planned at synthesis: use a literal such as {}': {
        wrong: { secondaryCidrs: [Fn.join('/', ['100.64.0.0', '16'])] },
        right: { secondaryCidrs: ['100.64.0.0/16'] },
        unnamed: KNOWN_AFTER_APPLY,
      },
      "secondaryCidrs '{}' overlaps '{}' of the same VPC: use a block in {} that no other one overlaps": {
        wrong: { secondaryCidrs: ['10.20.128.0/20'] },
        right: { secondaryCidrs: ['100.64.0.0/20'] },
      },
      "secondaryCidrs '{}' is in {}, which AWS does not allow alongside '{}': use a block in {}": {
        wrong: { secondaryCidrs: ['192.168.0.0/16'] },
        right: { secondaryCidrs: ['100.64.0.0/16'] },
      },
      "secondaryCidrs '{}' is in {}, which AWS does not add to a VPC with '{}' of {}: use a block in {}": {
        wrong: { cidr: '10.1.0.0/16', secondaryCidrs: ['10.0.0.0/16'] },
        right: { cidr: '10.1.0.0/16', secondaryCidrs: ['100.64.0.0/16'] },
      },
      '{} needs {} {}, AWS allows {} unless the quota is raised: {}': {
        wrong: { secondaryCidrs: [0, 1, 2, 3, 4].map((index) => `100.64.${index * 16}.0/20`) },
        right: { secondaryCidrs: ['100.64.0.0/16'] },
        unnamed: 'it has the number of values',
      },
      'nat.elasticIpIds lacks {}: list {}, one for each of zones ({}), or omit elasticIpIds': {
        wrong: perZone({ 'eu-west-1a': EIP('1') }),
        right: perZone({ 'eu-west-1a': EIP('1'), 'eu-west-1b': EIP('2') }),
      },
      'nat.elasticIpIds has {} twice, but an address belongs to one gateway: give another one per zone': {
        wrong: perZone({ 'eu-west-1a': EIP('1'), 'eu-west-1b': EIP('1') }),
        right: perZone({ 'eu-west-1a': EIP('1'), 'eu-west-1b': EIP('2') }),
      },
      "nat.elasticIpIds has '{}', which is not in zones ({}): remove it": {
        wrong: perZone({ 'eu-west-1a': EIP('1'), 'eu-west-1b': EIP('2'), 'eu-west-1c': EIP('3') }),
        right: perZone({ 'eu-west-1a': EIP('1'), 'eu-west-1b': EIP('2') }),
      },
      "{} '{}' is not a valid size: use a /{} (AWS maximum) to a /{} (minimum for {}), such as {}": {
        wrong: { cidr: '10.20.30.0/8' },
        right: { cidr: '10.20.0.0/16' },
      },
      '{} is empty: give at least one, such as {}a': { wrong: { zones: [] }, right: { zones: ['eu-west-1a'] } },
      "{} has '{}', which is not a zone of {}: use names such as {}a, or ids such as {}-az1": {
        wrong: { zones: ['us-east-1a'] },
        right: { zones: ['eu-west-1a'] },
      },
      "{} has '{}' more than once: list it once": {
        wrong: { zones: ['eu-west-1a', 'eu-west-1a'] },
        right: { zones: ['eu-west-1a'] },
      },
      "{} mixes names ('{}') and ids ('{}'), which may be the same zone: use only names or only ids": {
        wrong: { zones: ['eu-west-1a', 'euw1-az2'] },
        right: { zones: ['euw1-az1', 'euw1-az2'] },
      },
      "nat '{}' requires public subnets: remove publicSubnets: false, or use nat 'regional' or 'none'": {
        wrong: { nat: { kind: 'single' }, publicSubnets: false },
        right: { nat: { kind: 'regional' }, publicSubnets: false },
      },
      "nat.zone '{}' is not in zones ({}): use one of them": {
        wrong: { nat: { kind: 'single', zone: 'eu-west-1c' } },
        right: { nat: { kind: 'single', zone: 'eu-west-1b' } },
      },

      "endpoints has '{}' more than once: list it once": {
        wrong: { endpoints: ['sts', 'sts'] },
        right: { endpoints: ['sts'] },
      },
      "endpoints has '{}', which every VPC has as a gateway endpoint: remove it": {
        wrong: { endpoints: ['s3', 'sts'] },
        right: { endpoints: ['sts'] },
      },
      "endpoints has '{}', which is not a valid service name: use the short name, such as ecr.api": {
        wrong: { endpoints: ['com.amazonaws.eu-west-1.ecr/api'] },
        right: { endpoints: ['ecr.api'] },
      },
      "nat is 'none' and endpoints ({}) lacks {}: nodes could not join a cluster or pull images; add them, omit endpoints to get all of them, or use another nat":
        { wrong: { ...PRIVATE, endpoints: ['sts'] }, right: PRIVATE },
      "trustedAccounts ({}) has no effect with nat '{}': remove it": {
        wrong: { trustedAccounts: ['210987654321'] },
        right: {},
      },
      "routes has '{}': only IPv4 networks are routed, remove it": {
        wrong: { routes: [{ cidr: '2001:db8::/32', via: TGW }] },
        right: { routes: [] },
      },
      'routes has a CIDR block known only after apply: use a literal, it is part of a construct id': {
        wrong: { routes: [{ cidr: Fn.join('/', ['192.168.0.0', '16']), via: TGW }] },
        right: { routes: [{ cidr: '192.168.0.0/16', via: TGW }] },
        unnamed: KNOWN_AFTER_APPLY,
      },
      'routes has {} through a peering connection, which leads to the other VPC and not through it: list its CIDR block, or use a transit gateway':
        {
          wrong: {
            ...PRIVATE,
            routes: [{ cidr: '0.0.0.0/0', via: { kind: 'peering', peeringConnectionId: 'pcx-0a1b2c3d4e5f60718' } }],
          },
          right: {
            ...PRIVATE,
            routes: [
              { cidr: '192.168.0.0/16', via: { kind: 'peering', peeringConnectionId: 'pcx-0a1b2c3d4e5f60718' } },
            ],
          },
        },
      'routes has the VPN gateways {}, but a VPC can be attached to one: use one of them, or a transit gateway': {
        wrong: {
          routes: [
            { cidr: '192.168.0.0/16', via: VGW('1') },
            { cidr: '172.16.0.0/16', via: VGW('2') },
          ],
        },
        right: {
          routes: [
            { cidr: '192.168.0.0/16', via: VGW('1') },
            { cidr: '172.16.0.0/16', via: VGW('1') },
          ],
        },
      },
      'routes has {} twice: a route table has one route per network, remove one': {
        wrong: {
          routes: [
            { cidr: '192.168.0.0/16', via: TGW },
            { cidr: '192.168.0.0/16', via: VGW('1') },
          ],
        },
        right: { routes: [{ cidr: '192.168.0.0/16', via: TGW }] },
      },
      "routes has {}, which is where nat '{}' leads: set nat to { kind: 'none' }, or list the networks behind the gateway":
        {
          wrong: { routes: [{ cidr: '0.0.0.0/0', via: TGW }] },
          right: { routes: [{ cidr: '192.168.0.0/16', via: TGW }] },
        },
      "routes has {}, which is within the VPC's own {}: AWS keeps it in the VPC, remove the route or list the other network's CIDR block":
        {
          wrong: { routes: [{ cidr: '10.20.1.0/24', via: TGW }] },
          right: { routes: [{ cidr: '192.168.0.0/16', via: TGW }] },
        },
      "routes has {}, which is within {}, AWS's own services: remove it, AWS allows no route there": {
        wrong: { routes: [{ cidr: '169.254.169.254/32', via: TGW }] },
        right: { routes: [{ cidr: '192.168.0.0/16', via: TGW }] },
      },
      'the route to {} has a transitGatewayId known only after apply: use a literal, it is part of a construct id': {
        wrong: {
          routes: [
            { cidr: '192.168.0.0/16', via: { ...TGW, transitGatewayId: Fn.join('-', ['tgw', '0a1b2c3d4e5f60718']) } },
          ],
        },
        right: { routes: [{ cidr: '192.168.0.0/16', via: TGW }] },
        unnamed: KNOWN_AFTER_APPLY,
      },
    },
  ),
];
