import { Ec2TransitGatewayVpcAttachment } from '@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment';
import { Route } from '@cdktf/provider-aws/lib/route';
import { VpnGatewayAttachment } from '@cdktf/provider-aws/lib/vpn-gateway-attachment';
import { Construct } from 'constructs';
import type { RouteTarget, VpcRoute } from './route-props';
import type { SubnetRef } from './vpc-ref';

export interface RoutesProps {
  /** The VPC's name. */
  readonly name: string;
  readonly vpcId: string;
  readonly addressing: 'ipv4' | 'dual-stack';
  readonly routes: readonly VpcRoute[];
  /** Ids of route tables by name. */
  readonly routeTables: Readonly<Record<string, string>>;
  /** One per zone, for the network interfaces of transit gateways: a zone without one cannot reach the gateway. */
  readonly attachmentSubnets: readonly SubnetRef[];
}

/** Attributes of a route that lead to a target. */
type Target = Partial<Pick<Route, 'transitGatewayId' | 'gatewayId' | 'vpcPeeringConnectionId'>>;

/** A route that changes its target does so before the former gateway is detached. */
const DETACHED_LAST = { createBeforeDestroy: true };

/** Routes to other networks, with the attachments that they require. */
export class Routes extends Construct {
  /** By id of the transit gateway. */
  readonly transitGatewayAttachments: ReadonlyMap<string, Ec2TransitGatewayVpcAttachment>;
  readonly vpnGatewayAttachment?: VpnGatewayAttachment;
  /** By name of the route table. */
  readonly routes: ReadonlyMap<string, readonly Route[]>;

  constructor(scope: Construct, id: string, props: RoutesProps) {
    super(scope, id);
    const targets = props.routes.map(({ via }) => via);
    const transitGateways = targets.flatMap((via) => (via.kind === 'transit-gateway' ? [via.transitGatewayId] : []));
    this.transitGatewayAttachments = new Map(
      [...new Set(transitGateways)].map((gateway) => [gateway, this.addTransitGatewayAttachment(gateway, props)]),
    );
    const vpnGateway = targets.find((via) => via.kind === 'vpn-gateway');
    if (vpnGateway) this.vpnGatewayAttachment = this.addVpnGatewayAttachment(vpnGateway.vpnGatewayId, props);
    this.routes = new Map(
      Object.entries(props.routeTables).map(([table, id]) => [
        table,
        props.routes.map((route) => this.addRoute(route, table, id)),
      ]),
    );
  }

  private addTransitGatewayAttachment(
    transitGatewayId: string,
    { name, vpcId, addressing, attachmentSubnets }: RoutesProps,
  ): Ec2TransitGatewayVpcAttachment {
    return new Ec2TransitGatewayVpcAttachment(this, transitGatewayId, {
      transitGatewayId,
      vpcId,
      subnetIds: attachmentSubnets.map(({ subnetId }) => subnetId),
      ipv6Support: addressing === 'dual-stack' ? 'enable' : undefined,
      tags: { Name: name },
      lifecycle: DETACHED_LAST,
    });
  }

  private addVpnGatewayAttachment(vpnGatewayId: string, { vpcId }: RoutesProps): VpnGatewayAttachment {
    return new VpnGatewayAttachment(this, 'vpn-gateway', { vpnGatewayId, vpcId });
  }

  /** Named after the destination: a change of the target is made in place. */
  private addRoute({ cidr, via }: VpcRoute, table: string, routeTableId: string): Route {
    return new Route(this, `${table}-to-${cidr.replace('/', '-')}`, {
      routeTableId,
      destinationCidrBlock: cidr,
      ...this.target(via),
    });
  }

  /** Through the attachment: AWS rejects a route to a gateway that the VPC is not attached to. */
  private target(via: RouteTarget): Target {
    if (via.kind === 'peering') return { vpcPeeringConnectionId: via.peeringConnectionId };
    if (via.kind === 'vpn-gateway') return { gatewayId: this.vpnGatewayAttachment!.vpnGatewayId };
    return { transitGatewayId: this.transitGatewayAttachments.get(via.transitGatewayId)!.transitGatewayId };
  }
}
