import { Token } from 'cdktf';
import type { AwsContext } from '../core/aws-context';
import type { Problem } from '../core/check';
import { partitionProblem } from '../core/partition-problem';

const KEY_REGION = /^arn:([\w-]+):kms:([a-z0-9-]+):/;

/** Services encrypt with keys of their own region only. */
export function keyRegionProblem(
  prop: string,
  arn: string | undefined,
  { partition, region }: Pick<AwsContext, 'partition' | 'region'>,
): Problem {
  if (arn === undefined || Token.isUnresolved(arn)) return false;
  const [, owner, home] = KEY_REGION.exec(arn) ?? [];
  if (home !== undefined && home !== region) {
    return `${prop} '${arn}' is of a key in ${home}: use a key, or a replica of a multi-Region key, in ${region}`;
  }
  return owner !== undefined && owner !== partition && partitionProblem(prop, arn, partition);
}
