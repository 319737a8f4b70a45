import type { AwsContext } from '../core/aws-context';
import type { Statement } from './policy-document';

type Partition = Pick<AwsContext, 'partition'>;

/** Accounts as principals: each decides itself which of its roles may use what is granted. */
export function accountPrincipals({ partition }: Partition, ...accounts: readonly string[]): Statement['principals'] {
  return { AWS: [...accounts].sort().map((account) => `arn:${partition}:iam::${account}:root`) };
}

/** For a key policy: without it no principal, not even an administrator of the account, could change or delete the key. */
export function accountAdministersKey(aws: AwsContext): Statement {
  return {
    sid: 'AccountAdministersThroughIam',
    principals: accountPrincipals(aws, aws.account),
    actions: ['kms:*'],
    resources: ['*'],
  };
}

/** For the policy of a bucket, a queue or the like: denies every request that does not come over TLS. */
export function denyPlaintext(sid: string, service: 's3' | 'sqs', ...resources: readonly string[]): Statement {
  return {
    sid,
    effect: 'Deny',
    principals: { AWS: ['*'] },
    actions: [`${service}:*`],
    resources,
    conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
  };
}
