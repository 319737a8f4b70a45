/** The parts of Terraform's plan JSON that are read here (format version 1.2). */
export interface PlanJson {
  readonly format_version: string;
  readonly terraform_version?: string;
  readonly planned_values?: unknown;
  readonly resource_changes?: readonly ResourceChangeJson[];
  readonly output_changes?: Readonly<Record<string, ChangeJson>>;
  readonly resource_drift?: readonly ResourceChangeJson[];
  readonly prior_state?: unknown;
  readonly configuration?: unknown;
  readonly [other: string]: unknown;
}

export interface ResourceChangeJson {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly provider_name: string;
  readonly change: ChangeJson;
  readonly action_reason?: string;
}

export interface ChangeJson {
  readonly actions: readonly Action[];
  readonly before: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

export type Action = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';
