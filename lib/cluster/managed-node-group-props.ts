import { integer, object, optional, text } from '../core/shape';
import {
  CAPACITY,
  NODE_GROUP_SHAPES,
  RENAMED_NODE_GROUP_PROPS,
  type Capacity,
  type NodeGroupProps,
} from './node-group-props';

export interface ManagedNodeGroupProps extends NodeGroupProps {
  /**
   * Purchase option of the instances. Only a self-managed node group supports a mix.
   * @default on-demand
   */
  readonly capacity?: Capacity;
  /**
   * AMI release version, such as `1.34.2-20260107`.
   * @default the latest when the group is created or its Kubernetes version changes; it is not updated in between
   */
  readonly releaseVersion?: string;
  /**
   * Maximum share of a zone's nodes that an update replaces in parallel, in percent. Disruption budgets are respected.
   * @default one node at a time, from 11 nodes of `maxSize` on about a tenth of them
   */
  readonly maxUnavailablePercent?: number;
}

export const MANAGED_NODE_GROUP_PROPS = object<ManagedNodeGroupProps>(
  {
    ...NODE_GROUP_SHAPES,
    capacity: optional(CAPACITY),
    releaseVersion: optional(text()),
    maxUnavailablePercent: optional(integer),
  },
  { renamed: RENAMED_NODE_GROUP_PROPS },
);
