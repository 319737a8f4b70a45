import { construct, integer, object, optional } from '../core/shape';
import type { NodeDraining } from './draining';
import { ANY_CAPACITY, type MixedCapacity } from './mixed-capacity';
import { NODE_GROUP_SHAPES, RENAMED_NODE_GROUP_PROPS, type Capacity, type NodeGroupProps } from './node-group-props';
import { NODE_IMAGE, type NodeImage } from './node-image';

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

export const AUTO_SCALING_NODE_GROUP_PROPS = object<AutoScalingNodeGroupProps>(
  {
    ...NODE_GROUP_SHAPES,
    capacity: optional(ANY_CAPACITY),
    image: optional(NODE_IMAGE),
    draining: optional(construct<NodeDraining>('a NodeDraining, such as new NodeDraining(...)')),
    minHealthyPercent: optional(integer),
    maxHealthyPercent: optional(integer),
  },
  { renamed: RENAMED_NODE_GROUP_PROPS },
);
