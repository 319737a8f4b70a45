import { EgressOnlyInternetGateway } from '@cdktf/provider-aws/lib/egress-only-internet-gateway';
import type { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import type { Vpc as AwsVpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcIpv4CidrBlockAssociation } from '@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association';
import { Construct } from 'constructs';
import { literalText } from '../core/literal-text';
import type { NatGateways } from './nat';
import type { PlannedSubnet } from './subnet-plan';
import { VpcSubnet } from './vpc-subnet';

export type Addressing = 'ipv4' | 'dual-stack';

interface TierProps {
  /** The VPC's name. */
  readonly name: string;
  readonly vpc: AwsVpc;
  readonly addressing: Addressing;
  /** The subnets of this tier. */
  readonly plan: readonly PlannedSubnet[];
}

const ANYWHERE = { destinationCidrBlock: '0.0.0.0/0' };
const ANYWHERE_IPV6 = { destinationIpv6CidrBlock: '::/0' };

/** One route table for all zones, with a default route to the internet gateway. */
export class PublicTier extends Construct {
  readonly routeTable: RouteTable;
  readonly subnets: readonly VpcSubnet[];

  constructor(scope: Construct, id: string, props: TierProps & { readonly internetGateway: InternetGateway }) {
    super(scope, id);
    literalText(this);
    const { name, vpc, plan, addressing, internetGateway } = props;
    this.routeTable = new RouteTable(this, 'route-table', { vpcId: vpc.id, tags: { Name: `${name}-public` } });
    const toInternet = { routeTableId: this.routeTable.id, gatewayId: internetGateway.id };
    const routes = [
      new Route(this, 'default-route', { ...toInternet, ...ANYWHERE }),
      ...(addressing === 'dual-stack'
        ? [new Route(this, 'default-route-ipv6', { ...toInternet, ...ANYWHERE_IPV6 })]
        : []),
    ];
    this.subnets = plan.map((planned) => {
      const subnet = new VpcSubnet(this, planned.zone, {
        ...props,
        plan: planned,
        routeTable: this.routeTable,
        tags: { 'kubernetes.io/role/elb': '1' },
      });
      subnet.addPrerequisite(...routes);
      return subnet;
    });
  }
}

export interface PrivateTierProps extends TierProps {
  /** @default no route out of the VPC */
  readonly nat?: NatGateways;
  readonly clusterName?: string;
}

/** A route table per zone, so that each zone can have its own gateway. */
export class PrivateTier extends Construct {
  /** For IPv6, which has no NAT. */
  readonly egressOnlyGateway?: EgressOnlyInternetGateway;
  readonly subnets: readonly VpcSubnet[];

  constructor(scope: Construct, id: string, props: PrivateTierProps) {
    super(scope, id);
    literalText(this);
    const { name, vpc, plan, addressing, nat, clusterName } = props;
    const tags = {
      'kubernetes.io/role/internal-elb': '1',
      ...(clusterName !== undefined && { 'karpenter.sh/discovery': clusterName }),
    };
    if (nat && addressing === 'dual-stack') {
      this.egressOnlyGateway = new EgressOnlyInternetGateway(this, 'egress-only-gateway', {
        vpcId: vpc.id,
        tags: { Name: name },
      });
    }
    this.subnets = plan.map((planned) => {
      const { zone } = planned;
      const routeTable = new RouteTable(this, `route-table-${zone}`, {
        vpcId: vpc.id,
        tags: { Name: `${name}-private-${zone}` },
      });
      const subnet = new VpcSubnet(this, zone, { ...props, plan: planned, routeTable, tags });
      subnet.addPrerequisite(...this.addEgressRoutes(zone, routeTable.id, nat));
      return subnet;
    });
  }

  private addEgressRoutes(zone: string, routeTableId: string, nat: NatGateways | undefined): readonly Route[] {
    const routes: Route[] = [];
    if (nat) {
      const natGatewayId = nat.for(zone).id;
      routes.push(new Route(this, `default-route-${zone}`, { routeTableId, natGatewayId, ...ANYWHERE }));
    }
    if (this.egressOnlyGateway) {
      const egressOnlyGatewayId = this.egressOnlyGateway.id;
      routes.push(
        new Route(this, `default-route-ipv6-${zone}`, { routeTableId, egressOnlyGatewayId, ...ANYWHERE_IPV6 }),
      );
    }
    return routes;
  }
}

export interface PodTierProps extends TierProps {
  readonly cidr: string;
  /** Pods share the route table of their zone's private subnet. */
  readonly privateSubnets: readonly VpcSubnet[];
}

/** A secondary CIDR, for pods. */
export class PodTier extends Construct {
  readonly subnets: readonly VpcSubnet[];

  constructor(scope: Construct, id: string, props: PodTierProps) {
    super(scope, id);
    literalText(this);
    const { vpc, cidr, plan, privateSubnets } = props;
    const association = new VpcIpv4CidrBlockAssociation(this, 'cidr', { vpcId: vpc.id, cidrBlock: cidr });
    this.subnets = plan.map((planned) => {
      const privateSubnet = privateSubnets.find(({ zone }) => zone === planned.zone)!;
      const subnet = new VpcSubnet(this, planned.zone, {
        ...props,
        // Through the association: the subnet can be created only once the VPC has the CIDR.
        vpcId: association.vpcId,
        plan: planned,
        routeTable: privateSubnet.routeTable,
        // The VPC CNI finds subnets for pods by this tag (enhanced subnet discovery).
        tags: { 'kubernetes.io/role/cni': '1' },
      });
      // Nodes have network interfaces there, which block deletion of the subnet.
      privateSubnet.addPrerequisite(...subnet.ready);
      return subnet;
    });
  }
}

/** No route out of the VPC: with a dedicated route table, routes in the VPC's main one do not apply. */
export class IntraTier extends Construct {
  readonly routeTable: RouteTable;
  readonly subnets: readonly VpcSubnet[];

  constructor(scope: Construct, id: string, props: TierProps) {
    super(scope, id);
    literalText(this);
    const { name, vpc, plan } = props;
    this.routeTable = new RouteTable(this, 'route-table', { vpcId: vpc.id, tags: { Name: `${name}-intra` } });
    this.subnets = plan.map(
      (planned) =>
        new VpcSubnet(this, planned.zone, { ...props, plan: planned, routeTable: this.routeTable, tags: {} }),
    );
  }
}
