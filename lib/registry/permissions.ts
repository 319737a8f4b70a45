import type { AwsContext } from '../core/aws-context';
import type { Statement } from '../iam/policy-document';
import { accountPrincipals } from '../iam/statements';

/** What a reader of images may do. Source: "Private repository policy examples", Amazon ECR User Guide. */
const PULL_ACTIONS: readonly string[] = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
];

/** Reads as well, since what was pushed before serves as the cache of the next build. */
const PUSH_ACTIONS: readonly string[] = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:GetDownloadUrlForLayer',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
];

/** The least that logs in, pushes to and pulls from the repositories with these ARNs, or patterns of them. */
export function imageStatements({
  push = [],
  pull = [],
}: {
  readonly push?: readonly string[];
  readonly pull?: readonly string[];
}): Statement[] {
  return [
    // The token is the registry's: ECR offers no resource-level permission for it.
    ...(push.length + pull.length > 0 ? [{ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }] : []),
    ...(push.length > 0 ? [{ actions: PUSH_ACTIONS, resources: push }] : []),
    ...(pull.length > 0 ? [{ actions: PULL_ACTIONS, resources: pull }] : []),
  ];
}

/** For a repository's policy: lets the roles of other accounts pull, where their own policies let them too. */
export function accountsPull(aws: AwsContext, accounts: readonly string[]): Statement {
  return { sid: 'PullFromOtherAccounts', principals: accountPrincipals(aws, ...accounts), actions: PULL_ACTIONS };
}
