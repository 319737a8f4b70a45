import type { AutoScalingNodeGroupProps } from '../cluster/auto-scaling-node-group-props';
import type { ManagedNodeGroupProps } from '../cluster/managed-node-group-props';

/** Set by the environment for all its node groups. */
type EnvironmentManagedProps = 'cluster' | 'subnets' | 'nodeRole';

interface CommonSpec {
  /**
   * Whether the group hosts the ingress: the load balancer targets its nodes. To move the ingress, set it on both
   * groups until the ingress runs on the new one: a group without it is deregistered immediately.
   * @default false; if no group sets it, all groups host the ingress
   */
  readonly ingress?: boolean;
  /**
   * Zones of the group's nodes, among the environment's.
   * @default all of them
   */
  readonly zones?: readonly string[];
  /**
   * The group's name until now: the group is renamed instead of being deleted and created. Its nodes are replaced, new
   * ones first. Remove it once every environment has been applied.
   * @default none: the group has always had its name
   */
  readonly formerly?: string;
}

/** Nodes that EKS launches, drains and replaces. */
export interface ManagedNodeGroupSpec extends CommonSpec, Omit<ManagedNodeGroupProps, EnvironmentManagedProps> {
  readonly kind?: 'managed';
}

/** A self-managed Auto Scaling group, for features that managed groups lack: mixed capacity, settings of the group. */
export interface AutoScalingNodeGroupSpec
  extends CommonSpec, Omit<AutoScalingNodeGroupProps, EnvironmentManagedProps | 'draining'> {
  readonly kind: 'auto-scaling';
}

/** A node group in an environment's data. */
export type NodeGroupSpec = ManagedNodeGroupSpec | AutoScalingNodeGroupSpec;

/** The groups that host the ingress. */
export function ingressGroups(specs: readonly NodeGroupSpec[]): readonly NodeGroupSpec[] {
  const selected = specs.filter(({ ingress }) => ingress);
  return selected.length > 0 ? selected : specs;
}

/** The minimum number of nodes. */
export function minNodes(specs: readonly NodeGroupSpec[], zones: readonly string[]): number {
  return specs
    .map((spec) => spec.minSize * (spec.spread === 'single' ? 1 : (spec.zones ?? zones).length))
    .reduce((sum, count) => sum + count, 0);
}
