import type { ITerraformDependable } from 'cdktf';
import type { ClusterRef } from '../cluster/cluster-ref';
import type { HostedZoneRef } from '../dns/dns-ref';
import type { VpcRef } from '../network/vpc-ref';
import type { EnvironmentFacts } from './facts';

/** What both halves of an add-on are given: the environment's facts, and what only AWS knows. */
export interface EnvironmentResources {
  readonly facts: EnvironmentFacts;
  readonly vpc: VpcRef;
  readonly cluster: ClusterRef;
  /**
   * The zone of the domain.
   * @default none: its records are managed elsewhere
   */
  readonly zone?: HostedZoneRef;
  /** What must exist before a pod can run, and must outlive it, where it is in the same stack: the node groups. */
  readonly readyForPods: readonly ITerraformDependable[];
}

/** What the infrastructure half of an add-on is given. Account, region and tags: `awsContext(scope)`. */
export interface Infrastructure extends EnvironmentResources {
  /**
   * Encrypts logs.
   * @default CloudWatch Logs' own key
   */
  readonly kmsKeyArn?: string;
  /**
   * The queue of events about self-managed nodes.
   * @default no node group is self-managed
   */
  readonly nodeDrainingQueueUrl?: string;
}
