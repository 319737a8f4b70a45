import { object, oneOf, text, union } from '../core/shape';

/** A network that the VPC's subnets reach, and reply to, through a gateway instead of the internet. */
export interface VpcRoute {
  /** The network, such as `10.0.0.0/8`. With nat 'none', `0.0.0.0/0` is a central way out of several VPCs. */
  readonly cidr: string;
  readonly via: RouteTarget;
}

/** Where a route leads. */
export type RouteTarget =
  /**
   * A transit gateway, of this account or shared with it through RAM. The VPC is attached to it, in every zone; a
   * gateway that does not accept shared attachments automatically needs to accept this one before the routes exist.
   */
  | {
      readonly kind: 'transit-gateway';
      /** Such as `tgw-0123456789abcdef0`: a literal, attachments are named after it. */
      readonly transitGatewayId: string;
    }
  /** A VPC peering connection that both sides have accepted. */
  | { readonly kind: 'peering'; readonly peeringConnectionId: string }
  /** A virtual private gateway, of a VPN or Direct Connect. The VPC is attached to it; it allows one. */
  | { readonly kind: 'vpn-gateway'; readonly vpnGatewayId: string };

const id = (what: string, prefix: string) =>
  text(
    `the id of a ${what}, such as ${prefix}-0123456789abcdef0`,
    new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
  );

export const VPC_ROUTE = object<VpcRoute>({
  cidr: text('an IPv4 CIDR block, such as 10.0.0.0/8'),
  via: union('kind', {
    'transit-gateway': object<Extract<RouteTarget, { readonly kind: 'transit-gateway' }>>({
      kind: oneOf('transit-gateway'),
      transitGatewayId: id('transit gateway', 'tgw'),
    }),
    peering: object<Extract<RouteTarget, { readonly kind: 'peering' }>>({
      kind: oneOf('peering'),
      peeringConnectionId: id('VPC peering connection', 'pcx'),
    }),
    'vpn-gateway': object<Extract<RouteTarget, { readonly kind: 'vpn-gateway' }>>({
      kind: oneOf('vpn-gateway'),
      vpnGatewayId: id('virtual private gateway', 'vgw'),
    }),
  }),
});
