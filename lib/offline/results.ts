import type { Action, PlanJson } from './plan-json';
import type { Operation } from './provider/operation-log';
import type { Diagnostic } from './terraform/diagnostics';

/** What a plan would do to one resource. */
export interface ResourcePlan {
  readonly address: string;
  /** The path of its construct. */
  readonly path?: string;
  readonly type: string;
  readonly mode: 'managed' | 'data';
  /** In order: a replacement is `['delete', 'create']`, or `['create', 'delete']` with create_before_destroy. */
  readonly actions: readonly Action[];
  readonly before: unknown;
  /** Null if it is destroyed; unknown values are absent. */
  readonly after: unknown;
  /** The structure of the values known after apply, with `true` in their place. */
  readonly afterUnknown: unknown;
  /** The attributes that force the replacement. */
  readonly replacePaths: readonly (readonly (string | number)[])[];
  /** The address in the prior state, if it was moved. */
  readonly previousAddress?: string;
}

/** The plan of a stack. */
export interface StackPlan {
  readonly name: string;
  readonly ok: boolean;
  /** Terraform's own plan JSON; absent if planning failed. */
  readonly plan?: PlanJson;
  readonly resources: readonly ResourcePlan[];
  readonly diagnostics: readonly Diagnostic[];
  readonly seconds: number;
}

export interface OfflinePlan {
  readonly ok: boolean;
  /** In dependency order. */
  readonly stacks: readonly StackPlan[];
}

export type Stage = 'init' | 'validate' | 'plan' | 'apply' | 'replan' | 'destroy';

/** A resource that was created, changed or destroyed. */
export interface AppliedResource {
  readonly address: string;
  readonly path?: string;
  /** `create`, `update` or `delete`. */
  readonly action: string;
  readonly ok: boolean;
  /** Times as ISO 8601, from Terraform's log. */
  readonly start: string;
  readonly end: string;
}

/** One stage of one stack. */
export interface RehearsalStep {
  readonly stack: string;
  readonly stage: Stage;
  readonly ok: boolean;
  readonly seconds: number;
  readonly diagnostics: readonly Diagnostic[];
  /** For `apply` and `destroy`: the resources in the order of completion. */
  readonly order: readonly AppliedResource[];
  /** For `plan` and `replan`: the planned actions; in `replan` anything but `no-op` is an error. */
  readonly resources: readonly ResourcePlan[];
}

export interface Rehearsal {
  readonly ok: boolean;
  /** The stages in the order in which they ran. */
  readonly steps: readonly RehearsalStep[];
  /** The operations of the providers, by stack. */
  readonly operations: Readonly<Record<string, readonly Operation[]>>;
}

export type Progress =
  | { readonly kind: 'stage-start'; readonly stack: string; readonly stage: Stage }
  | {
      readonly kind: 'stage-end';
      readonly stack: string;
      readonly stage: Stage;
      readonly ok: boolean;
      readonly seconds: number;
    }
  | {
      readonly kind: 'resource';
      readonly stack: string;
      readonly address: string;
      readonly path?: string;
      readonly action: string;
    };
