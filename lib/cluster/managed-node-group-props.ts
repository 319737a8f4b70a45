import type { Capacity, NodeGroupProps } from './node-group-props';

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
