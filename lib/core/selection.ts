import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Problem } from './check';
import { perApp } from './claims';
import { matchesPattern } from './name-pattern';

const CONTEXT = 'quayside:stacks';

/** The name of a stack, and of its environment. */
export interface StackName {
  readonly stack: string;
  readonly environment?: string;
}

/** `App` context that selects stacks by name. Without names, all are selected. */
export function selection(names: readonly string[]): Record<string, unknown> {
  return names.length > 0 ? { [CONTEXT]: names } : {};
}

/** Set by quayside's commands for the app that they run: names separated by spaces. */
export const SELECTION_VARIABLE = 'QUAYSIDE_STACKS';

/**
 * The selection of the command that runs the app. The command validates the names: it may run an older version of the
 * app.
 */
export function selectionFromEnvironment(): readonly string[] {
  return (process.env[SELECTION_VARIABLE] ?? '').split(' ').filter((name) => name !== '');
}

/** The stacks of an app, built or not. */
const offered = perApp<StackName[]>(() => []);

/**
 * Builds a stack if it is selected by its name, by its environment's name, or by a pattern with `*`.
 * @returns undefined if it is not selected
 */
export function buildIfSelected<T>(app: IConstruct, name: StackName, build: () => T): T | undefined {
  offered(app).push(name);
  return isRequested(app, name) ? build() : undefined;
}

/** Whether every stack of the app is selected. */
export function buildsEveryStack(app: IConstruct): boolean {
  return offered(app).every((name) => isRequested(app, name));
}

/** Validates the selected names, once the app is built. */
export function unknownStacks(app: IConstruct): Problem {
  const names = offered(app);
  const built = app.node.children.filter(TerraformStack.isStack).map(({ node }) => ({ stack: node.id }));
  const unknown = (requestedNames(app) ?? []).filter(
    (pattern) => ![...names, ...built].some((name) => matchesName(pattern, name)),
  );
  if (unknown.length === 0) return false;
  const known = [...new Set([...names, ...built].map(({ stack }) => stack))].sort();
  return `no stack is named ${unknown.join(', ')}: use one of ${known.join(', ')}`;
}

function isRequested(app: IConstruct, name: StackName): boolean {
  const requested = requestedNames(app);
  return requested === undefined || requested.some((pattern) => matchesName(pattern, name));
}

function requestedNames(app: IConstruct): readonly string[] | undefined {
  return app.node.tryGetContext(CONTEXT) as readonly string[] | undefined;
}

function matchesName(pattern: string, { stack, environment }: StackName): boolean {
  return matchesPattern(pattern, stack) || (environment !== undefined && matchesPattern(pattern, environment));
}
