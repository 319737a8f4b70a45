import type { IConstruct } from 'constructs';
import { needAcknowledgement } from './acknowledge';
import type { RuleCode } from './rules';
import { ValidationError } from './validation-error';

export { ValidationError };

/** A problem that a user may accept: `acknowledge(scope, code, reason)` suppresses it. */
export interface CodedProblem {
  readonly code: RuleCode;
  readonly problem: string;
}

/** An argument of `check`: a message, or a falsy value if there is no problem. */
export type Problem = string | CodedProblem | false | null | undefined | 0;

/**
 * Reports all problems of a construct at once.
 * @throws ValidationError with the construct's path
 */
export function check(scope: IConstruct, ...problems: readonly Problem[]): void {
  const found = problemTexts(scope, problems);
  if (found.length > 0) throw new ValidationError(scope.node.path, found);
}

/**
 * Like `check`, for data without a construct: nothing can be acknowledged.
 * @throws ValidationError with the name of the data
 */
export function checkData(name: string, ...problems: readonly Problem[]): void {
  const found = problems.flatMap((problem) =>
    problem ? [typeof problem === 'string' ? problem : problem.problem] : [],
  );
  if (found.length > 0) throw new ValidationError(name, found);
}

/** Prefixes the problems of a part: `prefixProblems('traffic: ', trafficProblems(contract))`. */
export function prefixProblems(prefix: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => {
    if (!problem) return problem;
    return typeof problem === 'string' ? `${prefix}${problem}` : { ...problem, problem: `${prefix}${problem.problem}` };
  });
}

/** For checks across constructs: runs at synthesis, after all constructs are created. */
export function checkAtSynth(scope: IConstruct, problems: () => readonly Problem[]): void {
  scope.node.addValidation({ validate: () => problemTexts(scope, problems()) });
}

/** What `check` reports: without those that `scope` or a scope above it acknowledges. */
export function problemTexts(scope: IConstruct, problems: readonly Problem[]): string[] {
  return problems.flatMap((problem) => {
    if (!problem) return [];
    if (typeof problem === 'string') return [problem];
    return needAcknowledgement(scope, problem.code)
      ? []
      : [`${problem.problem} (if intended: acknowledge(scope, '${problem.code}', 'the reason'))`];
  });
}
