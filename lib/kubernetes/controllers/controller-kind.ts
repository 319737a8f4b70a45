import type { Acknowledgement } from '../../core/acknowledge';
import type { Problem } from '../../core/check';
import type { Labels } from '../labels';
import type { PodProps, PodTemplate } from '../pod/template';
import type { PodControllerConfigs, PodControllerType } from './pod-controller';

/** What a controller is configured from, besides its own props. */
export interface ControlledPods {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Record<string, string>;
  };
  readonly selector: Labels;
  readonly template: PodTemplate;
  readonly volumes: NonNullable<PodProps['volumes']>;
}

/** The bound of a disruption budget, as the provider takes it. */
export type DisruptionBound = { readonly maxUnavailable: string } | { readonly minAvailable: string };

/** One kind of controller, as pure functions of its props `C`. */
export interface ControllerKind<C, T extends PodControllerType = PodControllerType> {
  readonly type: T;
  config(controller: C, pods: ControlledPods): PodControllerConfigs[T];
  /**
   * The longest name that Kubernetes allows, or the longest that leaves room for what is appended.
   * @default 63
   */
  readonly longestName?: number;
  /** `long-running`: its pods are restarted whenever they end; `to-completion`: they end. */
  readonly pods: 'long-running' | 'to-completion';
  /** Whether its pods need their network policy from the start: they are not tried again until it exists. */
  readonly afterNetworkPolicy?: true;
  /** Applies what this kind presets for its pods. */
  podProps?(pod: PodProps): PodProps;
  problems?(controller: C): readonly Problem[];
  /** Undefined for no budget. */
  disruptionBound?(controller: C): DisruptionBound | undefined;
  /** Scanners' findings that are deliberate. */
  acknowledgements?(pod: PodProps): readonly Acknowledgement[];
}
