import type { Construct } from 'constructs';
import type { Infrastructure } from './infrastructure';
import type { Platform } from './platform';
import type { RequestedSettings } from './requested-settings';

/**
 * An add-on of an environment's cluster: a value, listed in the environment's data. It has two optional halves: its AWS
 * infrastructure, and its objects inside the cluster. `AddOn<'queueUrl'>` names the outputs that the first half passes to
 * the second.
 */
export type AddOn<Output extends string = string> = string extends Output ? AnyAddOn : AddOnWithOutputs<Output>;

/** The values of outputs, by the name that the add-on has for them. */
export type AddOnOutputs<Output extends string = string> = Readonly<Record<Output, string>>;

interface AddOnBase {
  /** Unique in an environment; the prefix of its resource addresses. */
  readonly name: string;
  /**
   * Names of required add-ons, which must be listed too. Their constructs are created first.
   * @default none
   */
  readonly requires?: readonly string[];
  /**
   * Settings that it requests from the environment. Conflicting values of two add-ons are rejected.
   * @default none
   */
  readonly settings?: RequestedSettings;
  /**
   * The construct id of the infrastructure half.
   * @default name
   */
  readonly infrastructureId?: string;
}

/** An add-on as an environment lists it. */
export interface AnyAddOn extends AddOnBase {
  /**
   * Outputs of the infrastructure half, with the names of their Terraform outputs: the environment adds the outputs, and
   * reads them from the infrastructure stack's state. Never change a name.
   * @default none
   */
  readonly outputs?: AddOnOutputs;
  /** Adds AWS resources below `scope`, in the infrastructure stack. */
  infrastructure?(scope: Construct, infrastructure: Infrastructure): AddOnOutputs | void;
  /** Adds Kubernetes objects, and the IAM roles of their pods, below `scope`, in the platform stack. */
  platform?(scope: Construct, platform: Platform, outputs: Partial<AddOnOutputs>): void;
}

/** An add-on whose infrastructure half passes outputs to its platform half. */
export interface AddOnWithOutputs<Output extends string> extends AddOnBase {
  /** With the names of their Terraform outputs. Never change a name. */
  readonly outputs: AddOnOutputs<Output>;
  /** Adds AWS resources below `scope`, and returns the value of each output. */
  infrastructure(scope: Construct, infrastructure: Infrastructure): AddOnOutputs<Output>;
  platform?(scope: Construct, platform: Platform, outputs: AddOnOutputs<Output>): void;
}
