import type { ITerraformDependable } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { NodeLaunchTemplate } from './node-launch-template';
import type { NodeRole } from './node-role';

/** A zone's part of a node group. */
export interface ZoneGroup {
  /** The zone's name, or `all-zones`. Usable in a construct id. */
  readonly zone: string;
  /** For a load balancer's `aws_autoscaling_attachment`. */
  readonly autoScalingGroupName: string;
}

/** A managed or a self-managed node group, as a load balancer or an add-on sees it. */
export interface NodeGroup extends IConstruct {
  readonly nodeRole: NodeRole;
  readonly launchTemplate: NodeLaunchTemplate;
  /** By zone, in the order in which they are updated. */
  readonly groups: readonly ZoneGroup[];
  /** Dependencies of add-ons that need nodes: the last zone's group, and through it all others. */
  readonly ready: readonly ITerraformDependable[];
}
