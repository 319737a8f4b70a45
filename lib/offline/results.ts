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

/** Provisioners of a resource that were not run: an offline run executes none. */
export interface SkippedProvisioners {
  readonly address: string;
  /** The path of its construct. */
  readonly path?: string;
  /** `local-exec`, once for each provisioner. */
  readonly types: readonly string[];
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
  /** Absent if the stack has no provisioners, and with real providers, whose plan runs none. */
  readonly skippedProvisioners?: readonly SkippedProvisioners[];
}

export interface OfflinePlan {
  readonly ok: boolean;
  /** In dependency order. */
  readonly stacks: readonly StackPlan[];
}

/** `unprotect` turns deletion protection off, and removes `prevent_destroy`, in the private copy. */
export type Stage = 'init' | 'validate' | 'plan' | 'apply' | 'replan' | 'unprotect' | 'destroy';

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
  /** Which version of the app, counted from 0; absent if there is only one. */
  readonly version?: number;
  readonly ok: boolean;
  readonly seconds: number;
  readonly diagnostics: readonly Diagnostic[];
  /** For `apply`, `unprotect` and `destroy`: the resources in the order of completion. */
  readonly order: readonly AppliedResource[];
  /** For `plan` and `replan`: the planned actions; in `replan` anything but `no-op` is an error. */
  readonly resources: readonly ResourcePlan[];
  /** For `plan` in a rehearsal of several versions: Terraform's own plan JSON. */
  readonly plan?: PlanJson;
  /** For `plan`, if the stack has provisioners: those that no stage runs. */
  readonly skippedProvisioners?: readonly SkippedProvisioners[];
}

export interface Rehearsal {
  readonly ok: boolean;
  /** The stages in the order in which they ran. */
  readonly steps: readonly RehearsalStep[];
  /** The operations of the providers, by stack. */
  readonly operations: Readonly<Record<string, readonly Operation[]>>;
  /**
   * In a rehearsal of several versions, for each of them: the stacks that it no longer has. They are left as they are,
   * and destroyed at the end.
   */
  readonly removedStacks?: readonly (readonly string[])[];
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
