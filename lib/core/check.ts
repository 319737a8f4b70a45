import type { IConstruct } from 'constructs';
import { acknowledged } from './acknowledge';
import { ValidationError } from './validation-error';

export { ValidationError };

/** A rule that a user may break on purpose: `acknowledge(scope, code, reason)` silences it. */
export interface CodedProblem {
  readonly code: string;
  readonly problem: string;
}

/** What `check` takes: a sentence, or a falsy value where the rule holds. */
export type Problem = string | CodedProblem | false | null | undefined | 0;

/**
 * Throws once with every problem of a construct.
 * @throws ValidationError naming the construct's path
 */
export function check(scope: IConstruct, ...problems: readonly Problem[]): void {
  const found = problemTexts(scope, problems);
  if (found.length > 0) throw new ValidationError(scope.node.path, found);
}

/** The props that a compiler does not let anyone leave out. */
type RequiredKeys<P> = { [K in keyof P]-?: undefined extends P[K] ? never : K }[keyof P] & string;

/**
 * Refuses data that lacks a prop which nothing can be made without. The compiler does so for TypeScript; this is for JSON
 * and JavaScript, before anything reads the props.
 */
export function requireProps<P extends object>(
  scope: IConstruct,
  props: P,
  ...required: readonly RequiredKeys<P>[]
): void {
  const missing = required.filter((prop) => [undefined, null, ''].includes(props[prop] as undefined));
  check(scope, ...missing.map((prop) => `${prop} is missing: give it`));
}

/** For facts that span constructs: asked when the app is synthesized, after every construct has been placed. */
export function checkAtSynth(scope: IConstruct, problems: () => readonly Problem[]): void {
  scope.node.addValidation({ validate: () => problemTexts(scope, problems()) });
}

function problemTexts(scope: IConstruct, problems: readonly Problem[]): string[] {
  return problems.flatMap((problem) => {
    if (!problem) return [];
    if (typeof problem === 'string') return [problem];
    return acknowledged(scope, problem.code)
      ? []
      : [`${problem.problem} (on purpose? acknowledge(scope, '${problem.code}', 'the reason'))`];
  });
}
