import type { Construct } from 'constructs';
import type { Infrastructure } from './infrastructure';
import type { Platform } from './platform';
import type { RequestedSettings } from './requested-settings';

/**
 * Something that an environment's cluster is given: a value, listed in the environment's data. It consists of two halves,
 * each optional: what it needs of AWS, and its objects inside the cluster. The type parameter names the outputs that the
 * first half hands to the second.
 */
export interface AddOn<Output extends string = never> {
  /** Unique in an environment; the addresses of its resources begin with it. */
  readonly name: string;
  /**
   * Names of add-ons that must be listed too. They are installed first.
   * @default none
   */
  readonly requires?: readonly string[];
  /**
   * Settings of the environment that it needs. Two add-ons that ask for different values are refused.
   * @default none
   */
  readonly settings?: RequestedSettings;
  /**
   * What the infrastructure half hands over, each with the name of its Terraform output: the environment writes the
   * outputs, and reads them out of the infrastructure stack's state. A name never changes.
   * @default nothing
   */
  readonly outputs?: Readonly<Record<Output, string>>;
  /**
   * The id of the scope of the infrastructure half.
   * @default name
   */
  readonly infrastructureId?: string;
  /** Places AWS resources below `scope`, in the stack of the cluster's infrastructure. */
  infrastructure?(scope: Construct, infrastructure: Infrastructure): OutputsOf<Output>;
  /** Places Kubernetes objects, and the AWS roles of their pods, below `scope`, in the platform stack. */
  platform?(scope: Construct, platform: Platform, outputs: Readonly<Record<Output, string>>): void;
}

/** What the infrastructure half returns: a value for each output. */
export type OutputsOf<Output extends string> = [Output] extends [never] ? void : Readonly<Record<Output, string>>;
