import { Token } from 'cdktf';
import type { Problem } from '../core/check';

/** A key, not an alias: policies and most services compare the ARN of the key itself. */
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;
const ALIAS = /(?:^|:)alias\//;

/** Validates the ARN of a KMS key, if it is set. */
export function keyArnProblem(prop: string, arn: string | undefined): Problem {
  if (arn === undefined || Token.isUnresolved(arn) || KEY_ARN.test(arn)) return false;
  return ALIAS.test(arn)
    ? `${prop} '${arn}' is an alias: use the ARN of its key, arn:aws:kms:<region>:<account>:key/<id>`
    : `${prop} '${arn}' is not the ARN of a KMS key: use arn:aws:kms:<region>:<account>:key/<id>`;
}
