import { anyText, object, oneOf, optional, text } from '../core/shape';

/** Repels pods that do not tolerate it from a node. */
export interface Taint {
  readonly key: string;
  /** @default no value */
  readonly value?: string;
  readonly effect: TaintEffect;
}

export type TaintEffect = (typeof TAINT_EFFECTS)[number];

export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

export const TAINT = object<Taint>({ key: text(), value: optional(anyText), effect: oneOf(...TAINT_EFFECTS) });
