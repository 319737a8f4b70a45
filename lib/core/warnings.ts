import type { IConstruct } from 'constructs';
import { perApp } from './claims';

const warnings = perApp(() => new Set<string>());

/** Reports something that may be right: `synthesize` prints it, and the stacks are written. */
export function warn(scope: IConstruct, warning: string | false | undefined): void {
  if (warning) warnings(scope).add(`${scope.node.path}: ${warning}`);
}

/** Each warning once, in the order of the constructs. */
export function warningsOf(app: IConstruct): readonly string[] {
  return [...warnings(app)];
}
