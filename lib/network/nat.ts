import { Eip } from '@cdktf/provider-aws/lib/eip';
import type { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { literalText } from '../core/literal-text';
import type { Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { duplicates } from '../core/duplicates';
import { count } from '../core/format';
import type { Nat } from './nat-props';
import { NatZone } from './nat-zone';
import type { SubnetRef } from './vpc-ref';
import { sortZones } from './zones';

export type { Nat };

type SingleNat = Extract<Nat, { readonly kind: 'single' }>;

export interface NatGatewaysProps {
  readonly name: string;
  readonly nat: Nat;
  readonly vpcId: string;
  readonly internetGateway: InternetGateway;
  readonly publicSubnets: readonly SubnetRef[];
}

/** Checked at runtime too: JSON and JavaScript may hold any other value. */
const REGIONAL = 'regional';

/** When `nat` changes, routes switch to the new gateways before the old ones are deleted. */
const REPLACED_FIRST = { createBeforeDestroy: true };

/** NAT gateways by zone; an Elastic IP is kept when its gateway is replaced. */
export class NatGateways extends Construct {
  private readonly byZone = new Map<string, NatGateway>();
  private readonly ownElasticIps: Eip[] = [];

  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    literalText(this);
    const { nat, publicSubnets } = props;
    if (nat.kind === 'regional') this.addRegional(props);
    if (nat.kind === 'single') this.addSingle(props, nat);
    if (nat.kind === 'per-zone') {
      for (const subnet of publicSubnets) this.addZonal(props, subnet, nat.elasticIpIds?.[subnet.zone]);
    }
  }

  get gateways(): readonly NatGateway[] {
    return [...this.byZone.values()];
  }

  /** The ones created here. */
  get elasticIps(): readonly Eip[] {
    return [...this.ownElasticIps];
  }

  /** The gateway that a zone routes through. */
  for(zone: string): NatGateway {
    return this.byZone.get(zone) ?? this.gateways[0]!;
  }

  private addSingle(props: NatGatewaysProps, { zone: chosen, elasticIpId }: SingleNat): void {
    const subnet = subnetOf(chosen, props.publicSubnets);
    const { zone } = subnet;
    const recorded = new NatZone(this, 'zone', { name: props.name, zone, chosen: chosen !== undefined });
    const gateway = this.addZonal(props, subnet, elasticIpId);
    if (chosen === undefined) gateway.lifecycle = { ...REPLACED_FIRST, precondition: [recorded.unmoved] };
  }

  private addZonal({ name }: NatGatewaysProps, subnet: SubnetRef, elasticIpId: string | undefined): NatGateway {
    const tags = { Name: `${name}-${subnet.zone}` };
    const allocationId = elasticIpId ?? this.addElasticIp(subnet.zone, tags).allocationId;
    const gateway = new NatGateway(this, `gateway-${subnet.zone}`, {
      allocationId,
      subnetId: subnet.subnetId,
      tags,
      lifecycle: REPLACED_FIRST,
    });
    dependsOn(gateway, ...(subnet.ready ?? []));
    this.byZone.set(subnet.zone, gateway);
    return gateway;
  }

  private addElasticIp(zone: string, tags: Record<string, string>): Eip {
    const elasticIp = new Eip(this, `elastic-ip-${zone}`, { domain: 'vpc', tags });
    this.ownElasticIps.push(elasticIp);
    return elasticIp;
  }

  private addRegional({ name, vpcId, internetGateway }: NatGatewaysProps): void {
    const gateway = new NatGateway(this, `gateway-${REGIONAL}`, {
      availabilityMode: 'regional',
      vpcId,
      tags: { Name: name },
      lifecycle: REPLACED_FIRST,
    });
    dependsOn(gateway, internetGateway);
    this.byZone.set(REGIONAL, gateway);
  }
}

/** Validates `nat` for a VPC in these zones. */
export function natProblems(nat: Nat, zones: readonly string[], hasPublicSubnets: boolean): readonly Problem[] {
  const zonal = nat.kind === 'single' || nat.kind === 'per-zone';
  return [
    zonal &&
      !hasPublicSubnets &&
      `nat '${nat.kind}' requires public subnets: remove publicSubnets: false, or use nat 'regional' or 'none'`,
    nat.kind === 'single' &&
      nat.zone !== undefined &&
      !zones.includes(nat.zone) &&
      `nat.zone '${nat.zone}' is not in zones (${zones.join(', ')}): use one of them`,
    ...(nat.kind === 'per-zone' && nat.elasticIpIds ? elasticIpProblems(nat.elasticIpIds, zones) : []),
  ];
}

function elasticIpProblems(ids: Readonly<Record<string, string>>, zones: readonly string[]): readonly Problem[] {
  const missing = sortZones(zones).filter((zone) => !(zone in ids));
  const unknown = Object.keys(ids).filter((zone) => !zones.includes(zone));
  const list = zones.join(', ');
  return [
    missing.length > 0 &&
      `nat.elasticIpIds lacks ${missing.join(', ')}: list ${count(zones.length, 'Elastic IP')}, one for each of zones (${list}), or omit elasticIpIds`,
    ...duplicates(Object.values(ids).filter((id) => !Token.isUnresolved(id))).map(
      (id) => `nat.elasticIpIds has ${id} twice, but an address belongs to one gateway: give another one per zone`,
    ),
    ...unknown.map((zone) => `nat.elasticIpIds has '${zone}', which is not in zones (${list}): remove it`),
  ];
}

function subnetOf(zone: string | undefined, subnets: readonly SubnetRef[]): SubnetRef {
  return subnets.find((subnet) => subnet.zone === zone) ?? subnets[0]!;
}
