import type { AwsContext } from '../core/aws-context';
import type { Statement } from '../iam/policy-document';
import { accountPrincipals } from '../iam/statements';

/**
 * Actions to pull images. Source: "Private repository policy examples",
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
const PULL_ACTIONS: readonly string[] = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
];

/** Include pulling, since earlier images serve as the build cache. */
const PUSH_ACTIONS: readonly string[] = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:GetDownloadUrlForLayer',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
];

/** Least privilege to log in, push and pull, for repositories with these ARNs or ARN patterns. */
export function imageStatements({
  push = [],
  pull = [],
}: {
  readonly push?: readonly string[];
  readonly pull?: readonly string[];
}): Statement[] {
  return [
    // The token is for the whole registry: ECR offers no resource-level permission for it.
    ...(push.length + pull.length > 0 ? [{ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }] : []),
    ...(push.length > 0 ? [{ actions: PUSH_ACTIONS, resources: push }] : []),
    ...(pull.length > 0 ? [{ actions: PULL_ACTIONS, resources: pull }] : []),
  ];
}

/** For a repository's policy: lets the roles of other accounts pull, where their own policies let them too. */
export function accountsPull(aws: AwsContext, accounts: readonly string[]): Statement {
  return { sid: 'PullFromOtherAccounts', principals: accountPrincipals(aws, ...accounts), actions: PULL_ACTIONS };
}
