import type { IConstruct } from 'constructs';
import { check } from './check';
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
