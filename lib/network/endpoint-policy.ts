import type { AwsContext } from '../core/aws-context';
import { policyDocument, type Statement } from '../iam/policy-document';

/**
 * Services that could exfiltrate data to another account with credentials brought along. STS is not among them:
 * `AssumeRoleWithWebIdentity` is called without an AWS identity.
 */
const CARRIES_DATA = new Set(['dynamodb', 'ecr.api', 'ecr.dkr', 'kms', 'logs', 's3', 'sqs']);

/**
 * Restricts what principals may do through an endpoint, on top of their own permissions.
 * @param accounts whose principals may use it; undefined where the VPC has other egress anyway, and image layers in S3,
 * signed by the account of another registry, must stay downloadable
 * @returns undefined for AWS's default, which allows everything
 */
export function endpointPolicy(
  aws: AwsContext,
  service: string,
  accounts: readonly string[] | undefined,
): string | undefined {
  if (!accounts || !CARRIES_DATA.has(service)) return undefined;
  const ownAccounts: Statement = {
    sid: 'IdentitiesOfTheseAccounts',
    principals: { AWS: ['*'] },
    actions: ['*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:PrincipalAccount': [...accounts].sort() } },
  };
  return policyDocument(ownAccounts, ...(service === 's3' ? [downloads(aws)] : []));
}

/**
 * Image layers are downloaded through URLs presigned by ECR, packages anonymously.
 * Sources: "Amazon ECR interface VPC endpoints",
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html; "AL2023 repositories", AL2023 User Guide.
 */
function downloads({ partition, region }: AwsContext): Statement {
  return {
    sid: 'ImageLayersAndPackages',
    principals: { AWS: ['*'] },
    actions: ['s3:GetObject'],
    resources: [
      `arn:${partition}:s3:::al2023-repos-${region}-de612dc2/*`,
      `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`,
    ],
  };
}
