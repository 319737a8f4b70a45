import type { ITerraformDependable } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { NodeLaunchTemplate } from './node-launch-template';
import type { NodeRole } from './node-role';

/** One of the groups that a node group consists of. */
export interface ZoneGroup {
  /** The zone's name, or `all-zones`. Fit for a construct id. */
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
  /** What an add-on that needs nodes waits for: the last zone's group, and with it all others. */
  readonly ready: readonly ITerraformDependable[];
}
