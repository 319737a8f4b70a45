import type { NodeDraining } from './draining';
import type { MixedCapacity } from './mixed-capacity';
import type { Capacity, NodeGroupProps } from './node-group-props';
import type { NodeImage } from './node-image';

export interface AutoScalingNodeGroupProps extends NodeGroupProps {
  /**
   * Purchase option of the instances. A change replaces every node.
   * @default on-demand
   */
  readonly capacity?: Capacity | MixedCapacity;
  /** @default the latest AMI from AWS for the cluster's Kubernetes version */
  readonly image?: NodeImage;
  /**
   * Drains a node before its instance terminates. Without it pods are killed whenever a node is replaced or removed.
   * @default no draining
   */
  readonly draining?: NodeDraining;
  /**
   * Minimum share of a zone's desired nodes that stay in service while others are replaced, in percent.
   * @default 100: a new node is in service before an old one terminates
   */
  readonly minHealthyPercent?: number;
  /**
   * Maximum number of old and new nodes meanwhile, in percent of the desired nodes; at most 100 above
   * minHealthyPercent.
   * @default room for one more node than minSize, but for a tenth of the nodes at least
   */
  readonly maxHealthyPercent?: number;
}
