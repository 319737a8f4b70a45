import type { ITerraformDependable } from 'cdktf';
import type { ClusterRef } from '../cluster/cluster-ref';
import type { HostedZoneRef } from '../dns/dns-ref';
import type { VpcRef } from '../network/vpc-ref';
import type { EnvironmentFacts } from './facts';

/** The input of both halves of an add-on: the environment's facts, and references to its resources. */
export interface EnvironmentResources {
  readonly facts: EnvironmentFacts;
  readonly vpc: VpcRef;
  readonly cluster: ClusterRef;
  /**
   * The hosted zone of the domain.
   * @default none: its records are managed elsewhere
   */
  readonly zone?: HostedZoneRef;
  /** Node groups of the same stack, which must be created before pods and destroyed after them. */
  readonly readyForPods: readonly ITerraformDependable[];
}

/** The input of the infrastructure half of an add-on. For account, region and tags, use `awsContext(scope)`. */
export interface Infrastructure extends EnvironmentResources {
  /**
   * KMS key that encrypts logs.
   * @default encryption by CloudWatch Logs
   */
  readonly kmsKeyArn?: string;
  /**
   * The event queue of self-managed nodes.
   * @default none: no node group is self-managed
   */
  readonly nodeDrainingQueueUrl?: string;
}
