import type { Diagnostic, PlanJson, StackPlan } from '../offline';
import { typeName, type ResourceType } from './resource-type';
import type { Attributes, SynthesizedStack } from './synthesized-stack';
import { findOne } from './find-one';

/** The value in `attributes` for values known after apply. */
export const KNOWN_AFTER_APPLY = '(known after apply)';

export type PlannedAction = 'create' | 'update' | 'replace' | 'destroy' | 'read' | 'forget' | 'no-op';

/** What a plan would do to one resource. */
export interface PlannedResource {
  readonly type: string;
  /** `aws_vpc.network_vpc_1A2B3C4D`, with the index or key of `count` or `for_each`. */
  readonly address: string;
  /** The construct's path below its stack: `network/vpc`. */
  readonly path: string;
  readonly action: PlannedAction;
  /** The planned values, for a destroyed resource the prior ones: snake_case, `KNOWN_AFTER_APPLY` for unknown values. */
  readonly attributes: Attributes;
  /** The prior values; empty if the resource is created. */
  readonly before: Attributes;
  /** The attributes that force a replacement: `name`, `vpc_config[0].subnet_ids`. */
  readonly replacedBecause: readonly string[];
}

const stackPlans = new WeakMap<PlannedStack, StackPlan>();

/** The plan behind a stack, as the commands see it. */
export function stackPlanOf(stack: PlannedStack): StackPlan {
  return stackPlans.get(stack)!;
}

/** The plan of a stack. */
export class PlannedStack {
  readonly name: string;
  /** Resources; data sources are in `json`. */
  readonly resources: readonly PlannedResource[];
  readonly warnings: readonly Diagnostic[];
  readonly #json: PlanJson;

  constructor(
    plan: StackPlan,
    /** The synthesized stack; undefined if the app no longer has it. */
    readonly synthesized: SynthesizedStack | undefined,
  ) {
    this.name = plan.name;
    this.warnings = plan.diagnostics;
    this.#json = plan.plan!;
    stackPlans.set(this, plan);
    this.resources = plan.resources
      .filter(({ mode }) => mode === 'managed')
      .map(({ type, address, path, actions, before, after, afterUnknown, replacePaths }) => ({
        type,
        address,
        path: path?.split('/').slice(1).join('/') ?? address,
        action: actionOf(actions),
        attributes: (marked(after, afterUnknown) ?? before ?? {}) as Attributes,
        before: (before ?? {}) as Attributes,
        replacedBecause: replacePaths.map(dotted),
      }));
  }

  /** Terraform's own plan, as `terraform show -json` prints it. */
  get json(): PlanJson {
    return this.#json;
  }

  /** All resources of a type: `plan.ofType(Vpc)`, `plan.ofType('aws_vpc')`. */
  ofType(type: ResourceType): readonly PlannedResource[] {
    const name = typeName(type);
    return this.resources.filter((resource) => resource.type === name);
  }

  /**
   * The one resource of a type whose construct path equals or ends with `path`.
   * @throws Error that lists the existing paths, if none or several match
   */
  getResource(type: ResourceType, path?: string): PlannedResource {
    return findOne(this, typeName(type), path);
  }
}

function actionOf(actions: readonly string[]): PlannedAction {
  if (actions.length > 1) return 'replace';
  const [action = 'no-op'] = actions;
  return action === 'delete' ? 'destroy' : (action as PlannedAction);
}

/** The values with unknown ones marked. Terraform omits unknown values and lists them in `after_unknown`. */
function marked(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return KNOWN_AFTER_APPLY;
  if (Array.isArray(unknown)) {
    const items = Array.isArray(value) ? value : [];
    return Array.from({ length: Math.max(items.length, unknown.length) }, (_, at) => marked(items[at], unknown[at]));
  }
  if (unknown === null || typeof unknown !== 'object') return value;
  const fields = { ...(value as Attributes | undefined) } as Record<string, unknown>;
  for (const [key, below] of Object.entries(unknown)) {
    const field = marked(fields[key], below);
    if (field !== undefined) fields[key] = field;
  }
  return fields;
}

function dotted(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}
