import { fitsPattern } from '../../core/name-pattern';
import { CliError } from '../command';

/** What names and patterns choose among stacks. */
export interface Choice {
  readonly chosen: readonly string[];
  /** Those that choose nothing. */
  readonly unknown: readonly string[];
}

/**
 * A name chooses the stack of that name; where there is none, the stacks of the environment of that name, which begin
 * with it and a dash. `*` stands for any text. No names choose all stacks.
 */
export function chooseStacks(names: readonly string[], stacks: readonly string[]): Choice {
  if (names.length === 0) return { chosen: stacks, unknown: [] };
  const found = names.map((name) => chosenBy(name, stacks));
  const chosen = new Set(found.flat());
  return {
    chosen: stacks.filter((stack) => chosen.has(stack)),
    unknown: names.filter((_, index) => found[index]!.length === 0),
  };
}

/** @throws CliError where a name chooses nothing */
export function knownStacks(names: readonly string[], stacks: readonly string[]): readonly string[] {
  const { chosen, unknown } = chooseStacks(names, stacks);
  if (stacks.length === 0) throw new CliError('the app has no stacks');
  if (unknown.length === 0) return chosen;
  throw new CliError(`no stack is named ${unknown.join(', ')}: there are ${[...stacks].sort().join(', ')}`);
}

function chosenBy(name: string, stacks: readonly string[]): readonly string[] {
  const exact = stacks.filter((stack) => fitsPattern(name, stack));
  return exact.length > 0 ? exact : stacks.filter((stack) => fitsPattern(`${name}-*`, stack));
}
