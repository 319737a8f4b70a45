import type { PlannedAction, PlannedResource, PlannedStack } from '../planned-stack';
import { matchesPath } from '../find-one';
import type { MatcherResult } from './matcher-result';

/** The expected changes: a number of resources, or their construct paths or path suffixes. Omitted kinds mean none. */
export type Changes = { readonly [Kind in CountedKind]?: number | readonly string[] };

type CountedKind = 'create' | 'update' | 'replace' | 'destroy';

const KINDS: readonly CountedKind[] = ['create', 'update', 'replace', 'destroy'];

/** Whether a plan makes exactly the expected changes. */
export function plansChanges(plan: PlannedStack, expected: Changes): MatcherResult {
  const unknown = Object.keys(expected).filter((kind) => !KINDS.includes(kind as CountedKind));
  if (unknown.length > 0) throw new Error(`unknown kind of change ${unknown.join(', ')}: use ${KINDS.join(', ')}`);
  const differences = KINDS.flatMap((kind) => kindDifferences(kind, having(plan, kind), expected[kind] ?? 0));
  return {
    pass: differences.length === 0,
    message: () =>
      differences.length === 0
        ? `${plan.name}: expected the plan not to be exactly ${JSON.stringify(expected)}`
        : [`${plan.name}: the plan differs from the expected changes`, ...differences].join('\n'),
  };
}

/** Whether nothing is destroyed or replaced. */
export function destroysNothing(plan: PlannedStack): MatcherResult {
  const destroyed = [...having(plan, 'destroy'), ...having(plan, 'replace')];
  return {
    pass: destroyed.length === 0,
    message: () =>
      destroyed.length === 0
        ? `${plan.name}: expected resources to be destroyed or replaced, found none`
        : [
            `${plan.name}: expected nothing to be destroyed or replaced, found`,
            ...destroyed.map((one) => `  ${formatChange(plan, one)}`),
          ].join('\n'),
  };
}

function kindDifferences(
  kind: CountedKind,
  found: readonly PlannedResource[],
  expected: number | readonly string[],
): readonly string[] {
  const list = found.map(({ path }) => `      ${path}`);
  if (typeof expected === 'number') {
    return found.length === expected ? [] : [`  ${kind}: expected ${expected}, found ${found.length}`, ...list];
  }
  const missing = expected.filter((path) => !found.some((one) => matchesPath(one.path, path)));
  const unexpected = found.filter((one) => !expected.some((path) => matchesPath(one.path, path)));
  return [
    ...missing.map((path) => `  ${kind}: expected ${path}, not found among ${found.length}`),
    ...unexpected.map(({ path, address }) => `  ${kind}: unexpected ${path} (${address})`),
  ];
}

function having(plan: PlannedStack, action: PlannedAction): readonly PlannedResource[] {
  return plan.resources.filter((resource) => resource.action === action);
}

function formatChange({ name }: PlannedStack, { action, path, address, replacedBecause }: PlannedResource): string {
  const because = replacedBecause.length > 0 ? ` because ${replacedBecause.join(', ')} changes` : '';
  return `${action} ${name}/${path} (${address})${because}`;
}
