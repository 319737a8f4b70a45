import { matchesPattern } from '../../core/name-pattern';
import { CliError } from '../command';

/** What names and patterns choose among stacks. */
export interface StackSelection {
  readonly selected: readonly string[];
  /** Those that choose nothing. */
  readonly unknown: readonly string[];
}

/**
 * A name chooses the stack of that name; where there is none, the stacks of the environment of that name, which begin
 * with it and a dash. `*` stands for any text. No names choose all stacks.
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

/** @throws CliError where a name chooses nothing */
export function knownStacks(names: readonly string[], stacks: readonly string[]): readonly string[] {
  const { selected, unknown } = selectStacks(names, stacks);
  if (stacks.length === 0) throw new CliError('the app has no stacks');
  if (unknown.length === 0) return selected;
  throw new CliError(`no stack is named ${unknown.join(', ')}: there are ${[...stacks].sort().join(', ')}`);
}

function selectedBy(name: string, stacks: readonly string[]): readonly string[] {
  const exact = stacks.filter((stack) => matchesPattern(name, stack));
  return exact.length > 0 ? exact : stacks.filter((stack) => matchesPattern(`${name}-*`, stack));
}
