import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import type { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Vpc as AwsVpc } from '@cdktf/provider-aws/lib/vpc';
import { Fn, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { literalText } from '../core/literal-text';
import type { PlannedSubnet } from './subnet-plan';
import type { SubnetRef } from './vpc-ref';
import { isZoneId } from './zones';

export interface VpcSubnetProps {
  /** The VPC's name. */
  readonly name: string;
  readonly vpc: AwsVpc;
  /**
   * The VPC's id, known once the VPC has the subnet's CIDR.
   * @default the VPC's id
   */
  readonly vpcId?: string;
  readonly plan: PlannedSubnet;
  readonly routeTable: RouteTable;
  readonly addressing: 'ipv4' | 'dual-stack';
  readonly tags: Readonly<Record<string, string>>;
}

/** A VPC's /56 from AWS has 256 blocks of /64. */
const IPV6_SUBNET_BITS = 8;

/** A planned subnet with its route table. */
export class VpcSubnet extends Construct implements SubnetRef {
  readonly subnet: Subnet;
  readonly subnetId: string;
  readonly zone: string;
  readonly cidr: string;
  readonly routeTable: RouteTable;
  private readonly prerequisites: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: VpcSubnetProps) {
    super(scope, id);
    literalText(this);
    const { vpc, vpcId, plan, routeTable, addressing, tags } = props;
    const ipv6 = addressing === 'dual-stack' ? plan.ipv6Block : undefined;
    this.subnet = new Subnet(this, 'subnet', {
      vpcId: vpcId ?? vpc.id,
      ...(isZoneId(plan.zone) ? { availabilityZoneId: plan.zone } : { availabilityZone: plan.zone }),
      cidrBlock: plan.cidr,
      mapPublicIpOnLaunch: false,
      ...(ipv6 !== undefined && {
        ipv6CidrBlock: Fn.cidrsubnet(vpc.ipv6CidrBlock, IPV6_SUBNET_BITS, ipv6),
        // An IPv6 address in a public subnet is a public address.
        assignIpv6AddressOnCreation: plan.tier !== 'public',
      }),
      tags: { Name: `${props.name}-${plan.tier}-${plan.zone}`, ...tags },
    });
    this.subnetId = this.subnet.id;
    this.zone = plan.zone;
    this.cidr = plan.cidr;
    this.routeTable = routeTable;
    this.addPrerequisite(
      new RouteTableAssociation(this, 'route-table', { subnetId: this.subnetId, routeTableId: routeTable.id }),
    );
  }

  get ready(): readonly ITerraformDependable[] {
    return [...this.prerequisites];
  }

  /** Adds a dependency of nodes in the subnet, such as a custom route; call it before they are created. */
  addPrerequisite(...resources: readonly ITerraformDependable[]): void {
    this.prerequisites.push(...resources);
  }
}
