import { needs } from '../graph';
import { PlannedStack } from '../planned-stack';
import { RehearsedApp, type RehearsedResource } from '../rehearse';
import type { SynthesizedStack } from '../synthesized-stack';
import { select, title, type Located, type Selector } from './selector';
import type { MatcherResult } from './matcher-result';

type Stack = SynthesizedStack | PlannedStack;

/**
 * Whether every selected `later` depends on every selected `earlier` in Terraform's graph, directly or transitively: it
 * is created and changed after it, and destroyed before it.
 */
export function dependsOnIt(subject: Stack, later: Selector, earlier: Selector): MatcherResult {
  const stack = configuration(subject);
  const pairs = pairsOf(select(stack, earlier), select(stack, later));
  const edges = pairs.map(([first, last]) => ({ first, last, there: needs(stack.graph, last.address, first.address) }));
  return matcherResult(
    edges,
    ({ first, last }) => `${at(stack.name, last)} does not depend on ${at(stack.name, first)}${hint(stack, last)}`,
    () => `${stack.name}: expected ${title(later)} not to depend on ${title(earlier)}`,
  );
}

/**
 * Whether every selected `earlier` is created before every selected `later`, and destroyed after it. For a stack: by a
 * dependency in the graph. For a rehearsal: by the actual order, and within one stack by a dependency as well, since the
 * order is a coincidence without one.
 */
export function createsBefore(subject: Stack | RehearsedApp, earlier: Selector, later: Selector): MatcherResult {
  if (!(subject instanceof RehearsedApp)) return dependsOnIt(subject, later, earlier);
  const created = { name: subject.name, resources: subject.created };
  const destroyed = new Map(subject.destroyed.map((one) => [key(one), one]));
  const pairs = pairsOf(select(created, earlier), select(created, later));
  const orders = pairs.map(([first, last]) => ({
    first,
    last,
    mistake: orderMistake(subject, destroyed, first, last),
  }));
  return matcherResult(
    orders.map((order) => ({ ...order, there: order.mistake === undefined })),
    ({ first, last, mistake }) => `${at(last.stack, last)} ${mistake} ${at(first.stack, first)}`,
    () => `${subject.name}: expected ${title(earlier)} not to be created before ${title(later)}`,
  );
}

/** How many failing pairs are listed. */
const MAX_LINES = 5;

function matcherResult<T extends { readonly there: boolean }>(
  facts: readonly T[],
  failure: (fact: T) => string,
  success: () => string,
): MatcherResult {
  const missing = facts.filter(({ there }) => !there);
  return {
    pass: missing.length === 0,
    message: () => {
      if (missing.length === 0) return success();
      const more = missing.length > MAX_LINES ? [`and ${missing.length - MAX_LINES} more`] : [];
      return [...missing.slice(0, MAX_LINES).map(failure), ...more].join('\n');
    },
  };
}

function orderMistake(
  app: RehearsedApp,
  destroyed: ReadonlyMap<string, RehearsedResource>,
  first: RehearsedResource,
  last: RehearsedResource,
): string | undefined {
  if (last.start < first.end) return 'was created before';
  if (destroyed.get(key(first))!.start < destroyed.get(key(last))!.end) return 'was destroyed after';
  const stack = first.stack === last.stack ? app.stacks.get(first.stack) : undefined;
  if (stack && !needs(stack.graph, plain(last.address), plain(first.address))) {
    return 'was created later by coincidence: it does not depend on';
  }
  return undefined;
}

function configuration(subject: Stack): SynthesizedStack {
  if (!(subject instanceof PlannedStack)) return subject;
  if (subject.synthesized) return subject.synthesized;
  throw new Error(`${subject.name} is no longer part of the app: it has no dependencies`);
}

function pairsOf<T>(firsts: readonly T[], lasts: readonly T[]): (readonly [T, T])[] {
  return lasts.flatMap((last) => firsts.filter((first) => first !== last).map((first) => [first, last] as const));
}

/** The direct dependencies of a resource, to find the missing one. */
function hint(stack: SynthesizedStack, { address }: Located): string {
  const direct = [...(stack.graph.get(address) ?? [])];
  const paths = direct.map((one) => stack.resources.find((resource) => resource.address === one)?.path ?? one);
  return paths.length === 0 ? '; it depends on nothing' : `; it depends on ${paths.join(', ')}`;
}

function at(stack: string, { path, address }: Located): string {
  return `${stack}/${path} (${address})`;
}

function key({ stack, address }: RehearsedResource): string {
  return `${stack} ${address}`;
}

/** The address without the keys of `count` and `for_each`. */
function plain(address: string): string {
  return address.replace(/\[[^\]]*\]/g, '');
}
