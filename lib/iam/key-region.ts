import { Token } from 'cdktf';
import type { Problem } from '../core/check';

const KEY_REGION = /^arn:[\w-]+:kms:([a-z0-9-]+):/;

/** Services encrypt with keys of their own region only. */
export function keyRegionProblem(prop: string, arn: string | undefined, region: string): Problem {
  const home = Token.isUnresolved(arn) ? undefined : KEY_REGION.exec(arn ?? '')?.[1];
  return (
    home !== undefined &&
    home !== region &&
    `${prop} '${arn}' is of a key in ${home}: use a key, or a replica of a multi-Region key, in ${region}`
  );
}
