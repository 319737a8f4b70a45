import type { IConstruct } from 'constructs';
import { needAcknowledgement } from './acknowledge';
import type { RuleCode } from './rules';
import { ValidationError } from './validation-error';

export { ValidationError };

/** A rule that a user may break on purpose: `acknowledge(scope, code, reason)` silences it. */
export interface CodedProblem {
  readonly code: RuleCode;
  readonly problem: string;
}

/** What `check` takes: a sentence, or a falsy value where the rule holds. */
export type Problem = string | CodedProblem | false | null | undefined | 0;

/**
 * Throws once with every problem of a construct.
 * @throws ValidationError naming the construct's path
 */
export function check(scope: IConstruct, ...problems: readonly Problem[]): void {
  checked.add(scope);
  const found = problemTexts(scope, problems);
  if (found.length > 0) throw new ValidationError(scope.node.path, found);
}

/**
 * As `check`, for data that no construct exists for yet: nothing can be acknowledged there.
 * @throws ValidationError naming the data
 */
export function checkData(name: string, ...problems: readonly Problem[]): void {
  const found = problems.flatMap((problem) =>
    problem ? [typeof problem === 'string' ? problem : problem.problem] : [],
  );
  if (found.length > 0) throw new ValidationError(name, found);
}

const checked = new WeakSet<IConstruct>();

/** Whether a construct has checked itself. */
export function wasChecked(scope: IConstruct): boolean {
  return checked.has(scope);
}

/** The same problems, of a part: `prefixProblems('traffic: ', trafficProblems(contract))`. */
export function prefixProblems(prefix: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => {
    if (!problem) return problem;
    return typeof problem === 'string' ? `${prefix}${problem}` : { ...problem, problem: `${prefix}${problem.problem}` };
  });
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
    return needAcknowledgement(scope, problem.code)
      ? []
      : [`${problem.problem} (on purpose? acknowledge(scope, '${problem.code}', 'the reason'))`];
  });
}
