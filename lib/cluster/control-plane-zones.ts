import { TerraformResource, type Precondition } from 'cdktf';
import type { Construct } from 'constructs';

export interface ControlPlaneZonesProps {
  readonly clusterName: string;
  /** Those of the subnets for the control plane. */
  readonly zones: readonly string[];
}

/**
 * Remembers, in the state, the zones that a control plane was made in. EKS refuses other subnets than those of exactly
 * these zones, and only after the rest of the change has begun: nodes of a dropped zone would be gone by then.
 * Source: "Enhanced VPC flexibility: modify subnets and security groups in Amazon EKS", AWS Containers blog.
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
      // What was written first is what stays.
      lifecycle: { ignoreChanges: ['input'] },
    });
    this.zones = [...new Set(props.zones)].sort();
  }

  /** Lets a plan fail in which a zone of the control plane has lost its subnet. */
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
