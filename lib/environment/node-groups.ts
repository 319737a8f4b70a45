import type { AutoScalingNodeGroupProps } from '../cluster/auto-scaling-node-group';
import type { ManagedNodeGroupProps } from '../cluster/managed-node-group';

/** Settled by the environment for all its node groups. */
type EnvironmentManagedProps = 'cluster' | 'subnets' | 'nodeRole';

interface CommonSpec {
  /**
   * Whether the group hosts the ingress: the load balancer sends requests to its nodes. To move the ingress, say so of
   * both groups until it runs on the new one: a group that no longer does is sent nothing at once.
   * @default false; where no group says so, all of them do
   */
  readonly ingress?: boolean;
  /**
   * The environment's zones that the group has machines in.
   * @default all of them
   */
  readonly zones?: readonly string[];
}

/** Nodes that EKS launches, drains and replaces. */
export interface ManagedNodeGroupSpec extends CommonSpec, Omit<ManagedNodeGroupProps, EnvironmentManagedProps> {
  readonly kind?: 'managed';
}

/** An Auto Scaling group of our own, for what managed groups lack: mixed capacity, settings of the group itself. */
export interface AutoScalingNodeGroupSpec
  extends CommonSpec, Omit<AutoScalingNodeGroupProps, EnvironmentManagedProps | 'draining'> {
  readonly kind: 'auto-scaling';
}

/** A node group as an environment's data says it. */
export type NodeGroupSpec = ManagedNodeGroupSpec | AutoScalingNodeGroupSpec;

/** The groups that host the ingress. */
export function ingressGroups(specs: readonly NodeGroupSpec[]): readonly NodeGroupSpec[] {
  const selected = specs.filter(({ ingress }) => ingress);
  return selected.length > 0 ? selected : specs;
}

/** The machines that there are at the least. */
export function minNodes(specs: readonly NodeGroupSpec[], zones: readonly string[]): number {
  return specs
    .map((spec) => spec.minSize * (spec.spread === 'single' ? 1 : (spec.zones ?? zones).length))
    .reduce((sum, count) => sum + count, 0);
}
