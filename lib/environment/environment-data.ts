import { checkData } from '../core/check';
import { isRecord } from '../core/record';
import { shapeProblems, withoutNulls, type Shape } from '../core/shape';
import { ENVIRONMENT_PROPS, type EnvironmentProps } from './environment-props';

const valid = new WeakSet<EnvironmentProps>();

/**
 * An environment's data, which may come from JSON or JavaScript, once it has the right shape. The same object for what
 * it returned before: acknowledgements are counted by object.
 * @throws ValidationError
 */
export function environmentData(given: EnvironmentProps): EnvironmentProps {
  if (valid.has(given)) return given;
  const data = dataOf(nameOf(given), given, ENVIRONMENT_PROPS);
  valid.add(data);
  return data;
}

/**
 * The props of a stack, which may come from JSON or JavaScript, once they have the right shape: before anything reads
 * them, and without nulls for what is omitted.
 * @throws ValidationError
 */
export function dataOf<P extends object>(name: string, given: P, shape: Shape<P>): P {
  const data = withoutNulls(given, shape);
  checkData(name, ...shapeProblems(data, shape));
  return data;
}

function nameOf(data: unknown): string {
  const name = isRecord(data) ? data['name'] : undefined;
  return typeof name === 'string' && name !== '' ? name : 'environment';
}
