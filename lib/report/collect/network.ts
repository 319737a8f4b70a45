import type { Network, Subnet } from '../model';
import { order, unique, type Resource, type SynthesizedStacks } from '../synthesized';

export function networks(stacks: SynthesizedStacks): readonly Network[] {
  return stacks.ofType('aws_vpc').map((vpc) => {
    const inVpc = (type: string) => stacks.ofType(type).filter((one) => one.target('vpc_id') === vpc);
    const natGateways = inSubnets(stacks, inVpc('aws_subnet'));
    const subnets = inVpc('aws_subnet')
      .map((subnet) => describe(stacks, subnet, natGateways))
      .sort((a, b) => order(a.zone, b.zone) || TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier));
    return {
      construct: vpc.construct,
      cidrs: [
        vpc.text('cidr_block') ?? '',
        ...inVpc('aws_vpc_ipv4_cidr_block_association').flatMap((one) => one.text('cidr_block') ?? []),
      ],
      zones: unique(subnets.map(({ zone }) => zone)),
      subnets,
      natGateways: natGateways.map((nat) => ({ construct: nat.construct, zone: zoneOf(nat.target('subnet_id')) })),
      endpoints: unique(inVpc('aws_vpc_endpoint').map((one) => service(one.text('service_name') ?? ''))),
      flowLogs: inVpc('aws_flow_log').length > 0,
    };
  });
}

const TIERS: readonly Subnet['tier'][] = ['public', 'private', 'intra'];

function inSubnets(stacks: SynthesizedStacks, subnets: readonly Resource[]): readonly Resource[] {
  return stacks.ofType('aws_nat_gateway').filter((nat) => subnets.includes(nat.target('subnet_id')!));
}

function describe(stacks: SynthesizedStacks, subnet: Resource, nats: readonly Resource[]): Subnet {
  const egress = egressOf(stacks, subnet, nats);
  return {
    construct: subnet.construct,
    zone: zoneOf(subnet),
    cidr: subnet.text('cidr_block') ?? '',
    tier: tierOf(subnet, egress),
    wayOut: egress,
  };
}

function tierOf({ path }: Resource, egress: string): Subnet['tier'] {
  const named = TIERS.find((tier) => path.split('/').includes(tier));
  return named ?? (egress === INTERNET ? 'public' : egress === NO_ROUTE ? 'intra' : 'private');
}

const INTERNET = 'internet gateway';
const NO_ROUTE = 'none';

function egressOf(stacks: SynthesizedStacks, subnet: Resource, nats: readonly Resource[]): string {
  const table = stacks
    .ofType('aws_route_table_association')
    .find((one) => one.target('subnet_id') === subnet)
    ?.target('route_table_id');
  const route = stacks
    .ofType('aws_route')
    .find(
      (one) => table && one.target('route_table_id') === table && one.get('destination_cidr_block') === '0.0.0.0/0',
    );
  if (!route) return NO_ROUTE;
  const nat = nats.find((one) => one === route.target('nat_gateway_id'));
  if (nat) return `NAT gateway in ${zoneOf(nat.target('subnet_id'))}`;
  return route.get('gateway_id') === undefined ? 'other' : INTERNET;
}

export function zoneOf(subnet: Resource | undefined): string {
  return subnet?.text('availability_zone') ?? subnet?.text('availability_zone_id') ?? 'unknown zone';
}

/** `ecr.api` for `com.amazonaws.eu-west-1.ecr.api`. */
function service(name: string): string {
  return name.replace(/^(cn\.)?com\.amazonaws\.[^.]+\./, '');
}
