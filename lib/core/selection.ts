import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Problem } from './check';
import { perApp } from './claims';
import { matchesPattern } from './name-pattern';

const CONTEXT = 'quayside:stacks';

/** A stack by name, and the environment it belongs to. */
export interface StackName {
  readonly stack: string;
  readonly environment?: string;
}

/** The stacks of an app that its user names, for `App`'s context. No names select every stack. */
export function selection(names: readonly string[]): Record<string, unknown> {
  return names.length > 0 ? { [CONTEXT]: names } : {};
}

/** Names that the commands of quayside set for an app that they run, separated by spaces. */
export const SELECTION_VARIABLE = 'QUAYSIDE_STACKS';

/** What a command that runs the app asks for. Names that no stack has are its business: it may run an older version. */
export function selectionFromEnvironment(): readonly string[] {
  return (process.env[SELECTION_VARIABLE] ?? '').split(' ').filter((name) => name !== '');
}

/** The stacks that an app could build. */
const offered = perApp<StackName[]>(() => []);

/**
 * Builds a stack if the command asks for it, by the stack's name, its environment's, or a pattern with `*`.
 * @returns undefined where it does not
 */
export function buildIfSelected<T>(app: IConstruct, name: StackName, build: () => T): T | undefined {
  offered(app).push(name);
  return isRequested(app, name) ? build() : undefined;
}

/** Whether the command asks for every stack that the app could build. */
export function buildsEveryStack(app: IConstruct): boolean {
  return offered(app).every((name) => isRequested(app, name));
}

/** What is wrong with the names that were asked for, once the app has been built. */
export function unknownStacks(app: IConstruct): Problem {
  const names = offered(app);
  const built = app.node.children.filter(TerraformStack.isStack).map(({ node }) => ({ stack: node.id }));
  const unknown = (requestedNames(app) ?? []).filter(
    (pattern) => ![...names, ...built].some((name) => matchesName(pattern, name)),
  );
  if (unknown.length === 0) return false;
  const known = [...new Set([...names, ...built].map(({ stack }) => stack))].sort();
  return `no stack is named ${unknown.join(', ')}: there are ${known.join(', ')}`;
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
