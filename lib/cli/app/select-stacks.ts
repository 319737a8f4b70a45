import { matchesPattern } from '../../core/name-pattern';
import { CliError } from '../command';

/** The result of matching names and patterns against stacks. */
export interface StackSelection {
  readonly selected: readonly string[];
  /** The names that match no stack. */
  readonly unknown: readonly string[];
}

/**
 * A name selects the stack of that name; if there is none, the stacks of the environment of that name, which start
 * with it and a dash. `*` matches any text. No names select all stacks.
 */
export function selectStacks(names: readonly string[], stacks: readonly string[]): StackSelection {
  if (names.length === 0) return { selected: stacks, unknown: [] };
  const found = names.map((name) => selectedBy(name, stacks));
  const selected = new Set(found.flat());
  return {
    selected: stacks.filter((stack) => selected.has(stack)),
    unknown: names.filter((_, index) => found[index]!.length === 0),
  };
}

/** @throws CliError if a name matches no stack */
export function knownStacks(names: readonly string[], stacks: readonly string[]): readonly string[] {
  const { selected, unknown } = selectStacks(names, stacks);
  if (stacks.length === 0) throw new CliError('the app has no stacks: add one, such as new TerraformStack(app, ...)');
  if (unknown.length === 0) return selected;
  throw new CliError(`no stack is named ${unknown.join(', ')}: use one of ${[...stacks].sort().join(', ')}`);
}

function selectedBy(name: string, stacks: readonly string[]): readonly string[] {
  const exact = stacks.filter((stack) => matchesPattern(name, stack));
  return exact.length > 0 ? exact : stacks.filter((stack) => matchesPattern(`${name}-*`, stack));
}
