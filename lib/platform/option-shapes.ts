import type { Problem } from '../core/check';
import { checkedBy, object, optional, value, type AnyShape, type Shape } from '../core/shape';
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
  textCheckedBy('a name', (prop, name) => nameProblem(prop, name, longest));

/** A string with a check of its own, whose messages give the remedy. */
export function textCheckedBy(expected: string, problem: (prop: string, text: string) => Problem): Shape<string> {
  const problems: AnyShape['problems'] = (given, path) =>
    typeof given === 'string' && given !== ''
      ? [problem(path, given)].filter((one) => typeof one === 'string')
      : isText.problems(given, path);
  const isText = value<string>(expected, () => false);
  return checkedBy<string>(expected, problems);
}
