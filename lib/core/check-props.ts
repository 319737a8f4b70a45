import type { IConstruct } from 'constructs';
import { check, checkData, type Problem } from './check';
import { literalText } from './literal-text';
import { shapeProblems, type Shape } from './shape';

/**
 * Rejects props of another shape, before anything reads them: they may come from JSON or JavaScript. From then on, text in
 * the construct's resources is literal.
 * @throws ValidationError
 */
export function checkProps<P extends object>(scope: IConstruct, props: P, shape: Shape<P>): void {
  literalText(scope);
  check(scope, ...shapeProblems(props, shape));
}

/**
 * Rejects the options of a function that is called before any construct exists: those of another shape, and then those
 * with problems of their own.
 * @param name the function's, for messages
 * @throws ValidationError with that name
 */
export function checkOptions<O>(
  name: string,
  options: O,
  shape: Shape<O>,
  problems: (options: O) => readonly Problem[] = () => [],
): void {
  checkData(name, ...shapeProblems(options, shape));
  checkData(name, ...problems(options));
}
