import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import { TerraformData } from '../core/terraform-data';

export interface NatZoneProps {
  /** The VPC's name. */
  readonly name: string;
  /** The zone of the gateway. */
  readonly zone: string;
  /** Whether the zone was chosen, and not derived from the VPC's zones. */
  readonly chosen: boolean;
}

/**
 * Records in the state the zone of a VPC's only NAT gateway: by default it is the first one, and an added zone may come
 * before it. The gateway would move, all connections would break, and their public address would be another one.
 */
export class NatZone extends TerraformData {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: NatZoneProps,
  ) {
    // Keep the zone of the first apply, until another one is chosen.
    const lifecycle = props.chosen ? undefined : { ignoreChanges: ['input'] };
    super(scope, id, { input: props.zone }, { lifecycle });
  }

  /** Fails a plan that moves the gateway without its zone being chosen. */
  get unmoved(): Precondition {
    const { name, zone } = this.props;
    const recorded = `${this.reference}.output`;
    return {
      condition: `\${${recorded} == ${JSON.stringify(zone)}}`,
      errorMessage: `The NAT gateway of VPC '${name}' is in \${${recorded}} and would move to ${zone}, with another public address: keep it with nat: { kind: 'single', zone: '\${${recorded}}' }, or choose ${zone} in the same way.`,
    };
  }
}
