import type { Construct } from 'constructs';
import type { Infrastructure } from './infrastructure';
import type { Platform } from './platform';
import type { RequestedSettings } from './requested-settings';

/**
 * Something that an environment's cluster is given: a value, listed in the environment's data. It consists of two halves,
 * each optional: what it needs of AWS, and its objects inside the cluster. `AddOn<'queueUrl'>` names the outputs that the
 * first half hands to the second, and so requires both of them to agree.
 */
export type AddOn<Output extends string = string> = string extends Output ? AnyAddOn : AddOnWithOutputs<Output>;

/** The values of outputs, by the name that the add-on has for them. */
export type AddOnOutputs<Output extends string = string> = Readonly<Record<Output, string>>;

interface AddOnBase {
  /** Unique in an environment; the addresses of its resources begin with it. */
  readonly name: string;
  /**
   * Names of add-ons that must be listed too. Their constructs are created first.
   * @default none
   */
  readonly requires?: readonly string[];
  /**
   * Settings of the environment that it needs. Two add-ons that ask for different values are refused.
   * @default none
   */
  readonly settings?: RequestedSettings;
  /**
   * The id of the scope of the infrastructure half.
   * @default name
   */
  readonly infrastructureId?: string;
}

/** An add-on as an environment lists it. */
export interface AnyAddOn extends AddOnBase {
  /**
   * What the infrastructure half hands over, each with the name of its Terraform output: the environment writes the
   * outputs, and reads them out of the infrastructure stack's state. A name never changes.
   * @default nothing
   */
  readonly outputs?: AddOnOutputs;
  /** Places AWS resources below `scope`, in the stack of the cluster's infrastructure. */
  infrastructure?(scope: Construct, infrastructure: Infrastructure): AddOnOutputs | void;
  /** Places Kubernetes objects, and the AWS roles of their pods, below `scope`, in the platform stack. */
  platform?(scope: Construct, platform: Platform, outputs: AddOnOutputs): void;
}

/** An add-on whose infrastructure half hands something to its platform half. */
export interface AddOnWithOutputs<Output extends string> extends AddOnBase {
  /** Each with the name of its Terraform output, which never changes. */
  readonly outputs: AddOnOutputs<Output>;
  /** Places AWS resources below `scope`, and returns the value of each output. */
  infrastructure(scope: Construct, infrastructure: Infrastructure): AddOnOutputs<Output>;
  platform?(scope: Construct, platform: Platform, outputs: AddOnOutputs<Output>): void;
}
