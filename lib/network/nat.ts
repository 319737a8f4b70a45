import { Eip } from '@cdktf/provider-aws/lib/eip';
import type { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Construct } from 'constructs';
import type { Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import type { SubnetRef } from './vpc-ref';
import { sortZones } from './zones';

/** How machines in private subnets reach the internet. */
export type Nat =
  /** Not at all: they reach AWS through endpoints. */
  | { readonly kind: 'none' }
  /** One gateway for all zones: the cheapest, and all zones depend on its zone. */
  | {
      readonly kind: 'single';
      /**
       * Where it stands. Give it if zones with earlier letters may be added: moving the gateway interrupts.
       * @default the first zone, by name
       */
      readonly zone?: string;
      /**
       * An elastic IP's allocation id. One that another stack owns survives this VPC. Give another where the zone changes:
       * the new gateway comes before the old one has let go.
       * @default an elastic IP of its own
       */
      readonly elasticIpId?: string;
    }
  /** One in each zone: a zone that fails takes nothing from the others. */
  | {
      readonly kind: 'per-zone';
      /**
       * Allocation ids of elastic IPs, by zone. Those that another stack owns survive this VPC.
       * @default an elastic IP of its own for each zone
       */
      readonly elasticIpIds?: Readonly<Record<string, string>>;
    }
  /** One gateway that AWS spreads over the zones in use, with addresses of AWS's choice; needs no public subnet. */
  | { readonly kind: 'regional' };

export interface NatGatewaysProps {
  readonly name: string;
  readonly nat: Nat;
  readonly vpcId: string;
  readonly internetGateway: InternetGateway;
  readonly publicSubnets: readonly SubnetRef[];
}

/** Data that no compiler has seen may name another. */
const KINDS: readonly string[] = ['none', 'single', 'per-zone', 'regional'] satisfies readonly Nat['kind'][];

const REGIONAL = 'regional';

/** Where `nat` changes, routes go over to the new gateways before the old ones are deleted. */
const REPLACED_FIRST = { createBeforeDestroy: true };

/** NAT gateways, by zone; each has an elastic IP that outlives the gateway's replacement. */
export class NatGateways extends Construct {
  private readonly byZone = new Map<string, NatGateway>();
  private readonly ownElasticIps: Eip[] = [];

  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    const { nat, publicSubnets } = props;
    if (nat.kind === 'regional') this.addRegional(props);
    if (nat.kind === 'single') this.addZonal(props, subnetOf(nat.zone, publicSubnets), nat.elasticIpId);
    if (nat.kind === 'per-zone') {
      for (const subnet of publicSubnets) this.addZonal(props, subnet, nat.elasticIpIds?.[subnet.zone]);
    }
  }

  get gateways(): readonly NatGateway[] {
    return [...this.byZone.values()];
  }

  /** Those made here. */
  get elasticIps(): readonly Eip[] {
    return [...this.ownElasticIps];
  }

  /** The gateway for machines in a zone. */
  for(zone: string): NatGateway {
    return this.byZone.get(zone) ?? this.gateways[0]!;
  }

  private addZonal({ name }: NatGatewaysProps, subnet: SubnetRef, elasticIpId: string | undefined): void {
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

/** What is wrong with `nat` in a VPC of these zones. */
export function natProblems(nat: Nat, zones: readonly string[], hasPublicSubnets: boolean): readonly Problem[] {
  const zonal = nat.kind === 'single' || nat.kind === 'per-zone';
  return [
    !KINDS.includes(nat.kind) && `nat.kind is one of ${KINDS.join(', ')}, got '${String(nat.kind)}'`,
    zonal &&
      !hasPublicSubnets &&
      `nat '${nat.kind}' needs public subnets: drop publicSubnets: false, or take nat 'regional' or 'none'`,
    nat.kind === 'single' &&
      nat.zone !== undefined &&
      !zones.includes(nat.zone) &&
      `nat.zone '${nat.zone}' is not one of zones (${zones.join(', ')})`,
    ...(nat.kind === 'per-zone' && nat.elasticIpIds ? elasticIpProblems(nat.elasticIpIds, zones) : []),
  ];
}

function elasticIpProblems(ids: Readonly<Record<string, string>>, zones: readonly string[]): readonly Problem[] {
  const missing = sortZones(zones).filter((zone) => !(zone in ids));
  const unknown = Object.keys(ids).filter((zone) => !zones.includes(zone));
  const list = zones.join(', ');
  return [
    missing.length > 0 && `nat.elasticIpIds lacks ${missing.join(', ')}: give one for each of zones (${list}), or none`,
    unknown.length > 0 && `nat.elasticIpIds has ${unknown.join(', ')}, not among zones (${list}): drop it`,
  ];
}

function subnetOf(zone: string | undefined, subnets: readonly SubnetRef[]): SubnetRef {
  return subnets.find((subnet) => subnet.zone === zone) ?? subnets[0]!;
}
