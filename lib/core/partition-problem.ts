import type { Problem } from './check';

const PARTITION = /^arn:([^:]*):/;

/** No service of a partition accepts an ARN of another one. */
export function partitionProblem(prop: string, arn: string, partition: string): Problem {
  const [, given] = PARTITION.exec(arn) ?? [];
  return (
    given !== undefined &&
    given !== partition &&
    `${prop} '${arn}' is of partition ${given}, and the stack's region is in ${partition}: begin it with arn:${partition}:`
  );
}
