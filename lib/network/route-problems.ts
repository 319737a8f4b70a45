import { Token } from 'cdktf';
import { cidrContains } from '../core/cidr';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { peerCidrProblem } from '../core/peer-cidr';
import { list, shapeProblems } from '../core/shape';
import type { Nat } from './nat';
import { VPC_ROUTE, type VpcRoute } from './route-props';

/** What the checks of routes depend on. */
interface RoutedVpc {
  readonly cidrs: readonly string[];
  readonly nat: Nat;
}

const EVERYWHERE = '0.0.0.0/0';
/** Source: "Route tables", https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html */
const LINK_LOCAL = '169.254.168.0/22';

/** Whether the routes lead to the internet, through another network. */
export function routesEverywhere(routes: readonly VpcRoute[]): boolean {
  return routes.some(({ cidr }) => cidr === EVERYWHERE);
}

export function routeProblems(routes: readonly VpcRoute[], vpc: RoutedVpc): readonly Problem[] {
  const malformed = shapeProblems(routes, list(VPC_ROUTE), 'routes');
  if (malformed.length > 0) return malformed;
  const vpnGateways = new Set(routes.flatMap(({ via }) => (via.kind === 'vpn-gateway' ? [via.vpnGatewayId] : [])));
  return [
    ...routes.flatMap((route) => [...destinationProblems(route, vpc), targetProblem(route)]),
    ...duplicates(routes.map(({ cidr }) => cidr)).map(
      (cidr) => `routes has ${cidr} twice: a route table has one route per network, remove one`,
    ),
    vpnGateways.size > 1 &&
      `routes has the VPN gateways ${[...vpnGateways].join(' and ')}, but a VPC can be attached to one: use one of them, or a transit gateway`,
  ];
}

function destinationProblems({ cidr }: VpcRoute, { cidrs, nat }: RoutedVpc): readonly Problem[] {
  if (Token.isUnresolved(cidr)) {
    return ['routes has a CIDR block known only after apply: use a literal, it is part of a construct id'];
  }
  if (cidr.includes(':')) return [`routes has '${cidr}': only IPv4 networks are routed, remove it`];
  const own = cidrs.find((one) => cidrContains(one, cidr));
  return [
    peerCidrProblem('routes', cidr, 'link-local'),
    own !== undefined &&
      `routes has ${cidr}, which is within the VPC's own ${own}: AWS keeps it in the VPC, remove the route or list the other network's CIDR block`,
    cidrContains(LINK_LOCAL, cidr) &&
      `routes has ${cidr}, which is within ${LINK_LOCAL}, AWS's own services: remove it, AWS allows no route there`,
    cidr === EVERYWHERE &&
      nat.kind !== 'none' &&
      `routes has ${EVERYWHERE}, which is where nat '${nat.kind}' leads: set nat to { kind: 'none' }, or list the networks behind the gateway`,
  ];
}

/**
 * Source: "VPC peering limitations", https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
function targetProblem({ cidr, via }: VpcRoute): Problem {
  if (via.kind === 'peering' && cidr === EVERYWHERE) {
    return `routes has ${EVERYWHERE} through a peering connection, which leads to the other VPC and not through it: list its CIDR block, or use a transit gateway`;
  }
  return (
    via.kind === 'transit-gateway' &&
    Token.isUnresolved(via.transitGatewayId) &&
    `the route to ${cidr} has a transitGatewayId known only after apply: use a literal, it is part of a construct id`
  );
}
