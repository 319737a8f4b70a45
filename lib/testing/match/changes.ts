import type { PlannedAction, PlannedResource, PlannedStack } from '../planned-stack';
import { matchesPath } from '../find-one';
import type { MatcherResult } from './matcher-result';

/** What a plan is to do: how many resources, or which, by construct paths or their ends. What is not named: none. */
export type Changes = { readonly [Kind in CountedKind]?: number | readonly string[] };

type CountedKind = 'create' | 'update' | 'replace' | 'destroy';

const KINDS: readonly CountedKind[] = ['create', 'update', 'replace', 'destroy'];

/** Whether a plan does just what is expected, no more and no less. */
export function plansChanges(plan: PlannedStack, expected: Changes): MatcherResult {
  const unknown = Object.keys(expected).filter((kind) => !KINDS.includes(kind as CountedKind));
  if (unknown.length > 0) throw new Error(`a plan cannot ${unknown.join(', ')}: it can ${KINDS.join(', ')}`);
  const differences = KINDS.flatMap((kind) => kindDifferences(kind, having(plan, kind), expected[kind] ?? 0));
  return {
    pass: differences.length === 0,
    message: () =>
      differences.length === 0
        ? `${plan.name}: the plan should not be just ${JSON.stringify(expected)}`
        : [`${plan.name}: the plan is not as expected`, ...differences].join('\n'),
  };
}

/** Whether nothing is destroyed or replaced. */
export function destroysNothing(plan: PlannedStack): MatcherResult {
  const destroyed = [...having(plan, 'destroy'), ...having(plan, 'replace')];
  return {
    pass: destroyed.length === 0,
    message: () =>
      destroyed.length === 0
        ? `${plan.name}: something should be destroyed or replaced, but nothing is`
        : [
            `${plan.name}: nothing should be destroyed, but`,
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
  const surplus = found.filter((one) => !expected.some((path) => matchesPath(one.path, path)));
  return [
    ...missing.map((path) => `  ${kind}: expected ${path}, which is not among ${found.length}`),
    ...surplus.map(({ path, address }) => `  ${kind}: ${path} (${address}) is not expected`),
  ];
}

function having(plan: PlannedStack, action: PlannedAction): readonly PlannedResource[] {
  return plan.resources.filter((resource) => resource.action === action);
}

function formatChange({ name }: PlannedStack, { action, path, address, replacedBecause }: PlannedResource): string {
  const because = replacedBecause.length > 0 ? ` because ${replacedBecause.join(', ')} changes` : '';
  return `${action} ${name}/${path} (${address})${because}`;
}
