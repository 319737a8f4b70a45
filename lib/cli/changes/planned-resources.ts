import type { ResourcePlan, StackPlan } from '../../offline';
import type { Configuration } from './configuration';
import { isUnknownAt, textsAt, valuesAt } from './values-at';

/** A managed resource of any planned stack. */
export interface PlannedResource {
  readonly stack: string;
  readonly path: string;
  readonly address: string;
  readonly type: string;
  /** The type without its version: one name for `kubernetes_service` and `kubernetes_service_v1`, `aws_alb` and `aws_lb`. */
  readonly family: string;
  readonly action: 'keep' | 'create' | 'change' | 'replace' | 'destroy';
  /** For a replacement: the new resource is created before the old one is destroyed. */
  readonly createsFirst: boolean;
  readonly before: unknown;
  readonly after: unknown;
  /** The structure of the values known after apply, with `true` in their place. */
  readonly unknown: unknown;
  /** The attributes that force a replacement, without indexes. */
  readonly forcedBy: readonly string[];
}

/** The resources of all planned stacks, before and after. */
export class PlannedResources {
  readonly all: readonly PlannedResource[];
  private readonly families = new Map<string, PlannedResource[]>();
  private readonly expressions = new Map<string, unknown>();

  constructor(stacks: readonly StackPlan[]) {
    this.all = stacks.flatMap(({ name, resources }) =>
      resources.filter(({ mode }) => mode === 'managed').map((resource) => planned(name, resource)),
    );
    for (const resource of this.all) {
      const family = this.families.get(resource.family);
      if (family) family.push(resource);
      else this.families.set(resource.family, [resource]);
    }
    for (const { name, plan } of stacks) {
      const configuration = plan?.configuration as Configuration | undefined;
      for (const { address, expressions } of configuration?.root_module?.resources ?? []) {
        this.expressions.set(`${name} ${address}`, expressions);
      }
    }
  }

  /** All resources of the families. */
  of(...families: readonly string[]): readonly PlannedResource[] {
    return families.flatMap((family) => this.families.get(family) ?? []);
  }

  /** Those that exist before the plan is applied. */
  existing(...families: readonly string[]): readonly PlannedResource[] {
    return this.of(...families).filter(exists);
  }

  /** The resources of the same stack that an argument refers to in the configuration. */
  referred(resource: PlannedResource, path: string): readonly PlannedResource[] {
    return this.referredIn(resource.stack, this.expressionsAt(resource, path));
  }

  /** The resources of a stack that expressions refer to. */
  referredIn(stack: string, expressions: readonly unknown[]): readonly PlannedResource[] {
    const references = expressions.flatMap((one) => textsAt(one, 'references'));
    return this.all.filter(
      (one) => one.stack === stack && references.some((text) => isWithin(text, withoutKey(one.address))),
    );
  }

  /** The expressions, or the blocks of expressions, of an argument in the configuration. */
  expressionsAt({ stack, address }: PlannedResource, path: string): readonly unknown[] {
    return valuesAt(this.expressions.get(`${stack} ${withoutKey(address)}`), path);
  }

  /** The constant that the configuration sets, whatever `ignore_changes` makes of it. */
  constant(resource: PlannedResource, path: string): unknown {
    return valuesAt(this.expressionsAt(resource, path)[0], 'constant_value')[0];
  }
}

/** Whether a resource exists before the plan is applied. */
export function exists({ action, before }: PlannedResource): boolean {
  return action !== 'create' && before !== null && before !== undefined;
}

/** Whether a resource is destroyed without its successor at the same address. */
export function isGone({ action, createsFirst }: PlannedResource): boolean {
  return action === 'destroy' || (action === 'replace' && !createsFirst);
}

/** Whether a resource exists all the time while the plan is applied. */
export function stays(resource: PlannedResource): boolean {
  return exists(resource) && !isGone(resource);
}

/** Whether any value below a path is known only after apply. */
export function isUnknown({ unknown }: PlannedResource, path: string): boolean {
  return isUnknownAt(unknown, path);
}

function planned(stack: string, resource: ResourcePlan): PlannedResource {
  const { address, path, type, actions, before, after, afterUnknown, replacePaths } = resource;
  return {
    stack,
    path: path ?? address,
    address,
    type,
    family: familyOf(type),
    action: actionOf(actions),
    createsFirst: actions[0] === 'create' && actions[1] === 'delete',
    before,
    after,
    unknown: afterUnknown,
    forcedBy: replacePaths.map((steps) => steps.filter((step) => typeof step === 'string').join('.')),
  };
}

function familyOf(type: string): string {
  if (type.startsWith('aws_alb')) return type.replace('aws_alb', 'aws_lb');
  if (!type.startsWith('kubernetes_')) return type;
  const family = type.replace(/_v\d+(beta\d+)?$/, '');
  return family === 'kubernetes_daemonset' ? 'kubernetes_daemon_set' : family;
}

function actionOf(actions: ResourcePlan['actions']): PlannedResource['action'] {
  if (actions.length > 1 && actions.includes('delete')) return 'replace';
  if (actions.includes('create')) return 'create';
  if (actions.includes('update')) return 'change';
  // A forgotten resource is not destroyed.
  return actions.includes('delete') ? 'destroy' : 'keep';
}

function withoutKey(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '');
}

/** Whether a reference is to a resource, an attribute or an instance of it. */
function isWithin(reference: string, address: string): boolean {
  return reference === address || reference.startsWith(`${address}.`) || reference.startsWith(`${address}[`);
}
