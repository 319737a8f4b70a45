import { isPromise } from '../core/async-problem';
import { destroysNothing, plansChanges, type Changes } from './match/changes';
import type { Expected } from './match/expected';
import { hasResource } from './match/has-resource';
import { createsBefore, dependsOnIt } from './match/order';
import { hasNoOutage } from './match/outages';
import { refersTo } from './match/refers-to';
import type { Selector } from './match/selector';
import type { MatcherResult } from './match/matcher-result';
import { PlannedStack } from './planned-stack';
import { RehearsedApp } from './rehearse';
import { RehearsedStep } from './rehearse-changes';
import type { ResourceType } from './resource-type';
import { matchesSnapshot } from './snapshot/matches-snapshot';
import { SynthesizedStack } from './synthesized-stack';

/** Matchers for a stack, a plan or a rehearsal. */
export interface QuaysideMatchers<R> {
  /**
   * A synthesized or planned stack has a resource that matches the given props: names as in its class, partial at any
   * depth. A name that the resource does not have is an error, also under `.not`.
   */
  toHaveResource<T extends ResourceType>(type: T, props?: Expected<T>): R;
  /** A plan makes exactly these changes: `{ create: 12 }`, `{ update: ['cluster'] }`, `{}` for none. */
  toPlan(changes: Changes): R;
  /** A plan destroys and replaces nothing. */
  toHaveNoDestroy(): R;
  /**
   * No change takes the site down: load balancer, DNS, certificates, and what is behind them in the cluster. Of several
   * stacks that serve a site together, pass all: `expect(await planApp(...)).toHaveNoOutage()`, or a step of `rehearseChanges`.
   */
  toHaveNoOutage(): R;
  /** A plan or a synthesized stack matches the committed snapshot. */
  toMatchPlanSnapshot(hint?: string): R;
  /** In a stack, every selected `later` depends on every selected `earlier`, directly or transitively. */
  toDependOn(later: Selector, earlier: Selector): R;
  /** Every selected `earlier` is created before every selected `later` and destroyed after it. */
  toCreateBefore(earlier: Selector, later: Selector): R;
  /** In a stack, every selected `from` has an attribute that refers to one of the selected `to`. */
  toReference(from: Selector, to: Selector): R;
}

/** For `expect.extend`; without jest, each returns `{ pass, message }`. */
export const matchers = {
  toHaveResource: (stack: unknown, type: ResourceType, props?: unknown): MatcherResult =>
    hasResource(stackOrPlan(stack, 'toHaveResource'), type, props),
  toPlan: (plan: unknown, changes: Changes): MatcherResult => plansChanges(planned(plan, 'toPlan'), changes),
  toHaveNoDestroy: (plan: unknown): MatcherResult => destroysNothing(planned(plan, 'toHaveNoDestroy')),
  toHaveNoOutage: (plans: unknown): MatcherResult => hasNoOutage(oneOrAll(plans, 'toHaveNoOutage')),
  toMatchPlanSnapshot: (stack: unknown, hint?: string): MatcherResult =>
    matchesSnapshot(stackOrPlan(stack, 'toMatchPlanSnapshot'), hint),
  toDependOn: (stack: unknown, later: Selector, earlier: Selector): MatcherResult =>
    dependsOnIt(stackOrPlan(stack, 'toDependOn'), later, earlier),
  toCreateBefore: (subject: unknown, earlier: Selector, later: Selector): MatcherResult =>
    createsBefore(subject instanceof RehearsedApp ? subject : stackOrPlan(subject, 'toCreateBefore'), earlier, later),
  toReference: (stack: unknown, from: Selector, to: Selector): MatcherResult =>
    refersTo(stackOrPlan(stack, 'toReference'), from, to),
};

function stackOrPlan(subject: unknown, matcher: string): SynthesizedStack | PlannedStack {
  if (subject instanceof SynthesizedStack || subject instanceof PlannedStack) return subject;
  throw new Error(`${matcher} requires a result of synthStack or planStack, got ${kindOf(subject)}`);
}

function planned(subject: unknown, matcher: string): PlannedStack {
  if (subject instanceof PlannedStack) return subject;
  throw new Error(`${matcher} requires a result of planStack, got ${kindOf(subject)}`);
}

function oneOrAll(subject: unknown, matcher: string): readonly PlannedStack[] {
  if (subject instanceof RehearsedStep) return oneOrAll(subject.plans, matcher);
  if (!(subject instanceof Map)) return [planned(subject, matcher)];
  return [...(subject as ReadonlyMap<string, unknown>).values()].map((one) => planned(one, matcher));
}

function kindOf(subject: unknown): string {
  if (isPromise(subject)) return 'a promise: await it';
  if (subject instanceof Map) return 'a map of stacks: get one stack from it';
  return subject === null || typeof subject !== 'object' ? String(subject) : `a ${subject.constructor?.name}`;
}
