import { referencesIn } from '../graph';
import { PlannedStack } from '../planned-stack';
import type { Attributes, SynthesizedStack } from '../synthesized-stack';
import { select, title, type Selector } from './selector';
import type { MatcherResult } from './matcher-result';

/** Whether every selected `from` has an attribute, besides `depends_on`, that refers to one of the selected `to`. */
export function refersTo(subject: SynthesizedStack | PlannedStack, from: Selector, to: Selector): MatcherResult {
  const stack = subject instanceof PlannedStack ? subject.synthesized : subject;
  if (!stack) throw new Error(`${subject.name} is no longer part of the app: it has no references`);
  const targets = new Set(select(stack, to).map(({ address }) => address));
  const failing = select(stack, from).filter(({ attributes }) => {
    const { depends_on: _, ...own } = attributes as Attributes;
    const references = referencesIn(own, stack.json);
    return ![...references].some((address) => targets.has(address));
  });
  return {
    pass: failing.length === 0,
    message: () =>
      failing.length === 0
        ? `${stack.name}: expected ${title(from)} not to refer to ${title(to)}`
        : failing
            .map(({ path, address }) => `${stack.name}/${path} (${address}) does not refer to ${title(to)}`)
            .join('\n'),
  };
}
