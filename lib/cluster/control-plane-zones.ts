import { TerraformResource, type Precondition } from 'cdktf';
import type { Construct } from 'constructs';

export interface ControlPlaneZonesProps {
  readonly clusterName: string;
  /** Zones of the control plane subnets. */
  readonly zones: readonly string[];
}

/**
 * Records in the state the zones that a control plane was created in. EKS only accepts subnets in exactly these zones,
 * and rejects others only once the apply is under way: nodes of a removed zone would be gone by then.
 * Source: "Enhanced VPC flexibility: modify subnets and security groups in Amazon EKS",
 * https://aws.amazon.com/blogs/containers/enhanced-vpc-flexibility-modify-subnets-and-security-groups-in-amazon-eks/
 */
export class ControlPlaneZones extends TerraformResource {
  private readonly zones: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ControlPlaneZonesProps,
  ) {
    super(scope, id, {
      terraformResourceType: 'terraform_data',
      // Keep the value of the first apply.
      lifecycle: { ignoreChanges: ['input'] },
    });
    this.zones = [...new Set(props.zones)].sort();
  }

  /** Fails a plan that removes the subnet of one of the control plane's zones. */
  get zonesUnchanged(): Precondition {
    const recordedZones = `${this.terraformResourceType}.${this.friendlyUniqueId}.output`;
    return {
      condition: `\${alltrue([for zone in ${recordedZones} : contains(${JSON.stringify(this.zones)}, zone)])}`,
      errorMessage: `Cluster '${this.props.clusterName}' was made in \${join(", ", ${recordedZones})}, which EKS never changes, and the VPC has subnets for it in ${this.zones.join(', ')}: keep the missing zones in the VPC's intraZones.`,
    };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.zones };
  }
}
