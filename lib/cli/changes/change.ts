import type { ResourcePlan, StackPlan } from '../../offline';
import type { Action, ResourceChangeJson } from '../../offline/plan-json';
import { factsOf } from '../../offline/facts/facts';
import { isConfigured, type Configuration } from './configuration';
import { dataLostWith } from './data-loss';
import { countKnown, unknownNames, valueChanges, type ValueChange } from './value-changes';

export const KINDS = ['create', 'change', 'replace', 'destroy', 'import', 'move', 'forget'] as const;

export type ChangeKind = (typeof KINDS)[number];

/** What a plan would do to one resource. */
export interface Change {
  readonly kind: ChangeKind;
  /** The construct's path; the address if it has none. */
  readonly path: string;
  readonly address: string;
  readonly type: string;
  /** For a replacement: the new resource is created before the old one is destroyed. */
  readonly createsFirst: boolean;
  /** For a replacement: the arguments that force it, or another reason. */
  readonly forcedBy: readonly string[];
  /** For a change: it may be a replacement, as no table covers the type. */
  readonly mayReplace: boolean;
  /** For a destroyed or replaced resource: the data that is lost with it. */
  readonly dataLost?: string;
  /** The number of values known now, and of those known only after apply. */
  readonly known: number;
  readonly unknown: number;
  /** The configured arguments whose values are known only after apply. */
  readonly waitsFor: readonly string[];
  /** The values that are set or differ. */
  readonly values: readonly ValueChange[];
  readonly previousAddress?: string;
}

/** Terraform's reasons for a replacement that no argument forces. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'taint',
  replace_by_request: '-replace',
  replace_by_triggers: 'replace_triggered_by',
};

/** The planned changes of a stack, sorted by path. */
export function changesOf(plan: StackPlan): readonly Change[] {
  const raw = new Map(plan.plan?.resource_changes?.map((change) => [change.address, change]));
  const configuration = plan.plan?.configuration as Configuration | undefined;
  return plan.resources
    .flatMap((resource) => {
      const kind = kindOf(resource, raw.get(resource.address));
      return kind === undefined ? [] : [change(kind, resource, raw.get(resource.address), configuration)];
    })
    .sort((a, b) => compareText(a.path, b.path) || compareText(a.address, b.address));
}

/** The number of resources that a plan leaves unchanged. */
export function unchangedOf({ resources }: StackPlan): number {
  return resources.filter(
    ({ mode, actions, previousAddress }) => mode === 'managed' && is(actions, 'no-op') && !previousAddress,
  ).length;
}

function kindOf(resource: ResourcePlan, raw: ResourceChangeJson | undefined): ChangeKind | undefined {
  const { mode, actions, address, previousAddress } = resource;
  if (mode === 'data') return undefined;
  if (actions.length === 2) return 'replace';
  if (is(actions, 'create')) return 'create';
  if (is(actions, 'update')) return 'change';
  if (is(actions, 'delete')) return 'destroy';
  if (is(actions, 'forget')) return 'forget';
  if (raw && 'importing' in raw.change) return 'import';
  return previousAddress !== undefined && previousAddress !== address ? 'move' : undefined;
}

function change(
  kind: ChangeKind,
  resource: ResourcePlan,
  raw: ResourceChangeJson | undefined,
  configuration: Configuration | undefined,
): Change {
  const { address, type, actions, before, after, afterUnknown, replacePaths, previousAddress } = resource;
  const dataLost = kind === 'destroy' || kind === 'replace' ? dataLostWith(type, before) : undefined;
  const unknown = unknownNames(afterUnknown);
  const sides = {
    before,
    after,
    unknown: afterUnknown,
    sensitiveBefore: raw?.change.before_sensitive,
    sensitiveAfter: raw?.change.after_sensitive,
  };
  return {
    kind,
    path: resource.path ?? address,
    address,
    type,
    createsFirst: actions[0] === 'create' && actions[1] === 'delete',
    forcedBy: kind === 'replace' ? reasons(replacePaths, raw?.action_reason) : [],
    mayReplace: kind === 'change' && !isReplacementKnown(type, raw?.provider_name),
    ...(dataLost !== undefined && { dataLost }),
    known: countKnown(after, afterUnknown),
    unknown: unknown.length,
    waitsFor: unknown.filter((name) => isConfigured(configuration, address, name)),
    values: kind === 'destroy' ? [] : valueChanges(sides),
    ...(previousAddress !== undefined && { previousAddress }),
  };
}

/** Providers are named as `registry.terraform.io/hashicorp/aws`; Terraform's built-in one is never mocked. */
function isReplacementKnown(type: string, provider: string | undefined): boolean {
  if (provider === undefined || provider.startsWith('terraform.io/builtin/')) return true;
  return factsOf(provider.slice(provider.lastIndexOf('/') + 1), type).forceNew !== undefined;
}

function reasons(paths: ResourcePlan['replacePaths'], reason: string | undefined): readonly string[] {
  if (paths.length > 0) return [...new Set(paths.map(pathName))];
  return reason === undefined ? [] : [REASONS[reason] ?? reason.replaceAll('_', ' ')];
}

function pathName(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (name, step) => (typeof step === 'number' ? `${name}[${step}]` : name === '' ? step : `${name}.${step}`),
    '',
  );
}

function is(actions: readonly Action[], action: Action): boolean {
  return actions.length === 1 && actions[0] === action;
}

/** By code units, whatever the locale; a construct's children sort right after it. */
function compareText(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => text.replaceAll('/', '\0'));
  return one! < other! ? -1 : one! > other! ? 1 : 0;
}
