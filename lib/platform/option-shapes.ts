import type { Problem } from '../core/check';
import { checkedBy, object, optional, text, value, type Shape } from '../core/shape';
import { nameProblem } from '../kubernetes/object-name';
import type { Resources } from '../kubernetes/pod/container';
import { parseQuantity } from '../kubernetes/quantity';

/** @param example such as `200m or 2` */
export const quantity = (example: string): Shape<string> =>
  value(`a quantity, such as ${example}`, (given) => typeof given === 'string' && parseQuantity(given) !== undefined);

export const RESOURCES = object<Resources>({
  cpu: quantity('200m'),
  memory: quantity('128Mi'),
  memoryLimit: optional(quantity('256Mi')),
  ephemeralStorage: optional(quantity('1Gi')),
});

/** The name of a Kubernetes object. */
export const objectName = (longest?: number): Shape<string> =>
  textCheckedBy('a string', (prop, name) => nameProblem(prop, name, longest));

/** A string with a check of its own, whose messages give the remedy. */
export function textCheckedBy(expected: string, problem: (prop: string, text: string) => Problem): Shape<string> {
  const isText = text(expected);
  return checkedBy<string>(expected, (given, path) => {
    const problems = isText.problems(given, path);
    return problems.length > 0 ? problems : [problem(path, given as string)].filter((one) => typeof one === 'string');
  });
}
