import type { AwsContext } from '../core/aws-context';
import { policyDocument, type Statement } from '../iam/policy-document';

/**
 * Services that data could be carried out through, to another account, with credentials brought along. STS is not among
 * them: `AssumeRoleWithWebIdentity` is called with no identity at all.
 */
const CARRIES_DATA = new Set(['dynamodb', 'ecr.api', 'ecr.dkr', 'kms', 'logs', 's3', 'sqs']);

/**
 * Who may do what through an endpoint, on top of their own permissions.
 * @param accounts whose identities; undefined where there are other ways out anyway, and an image registry's layers in
 * S3, signed by that registry's account, have to get through
 * @returns undefined for AWS's default, which allows everything
 */
export function endpointPolicy(
  aws: AwsContext,
  service: string,
  accounts: readonly string[] | undefined,
): string | undefined {
  if (!accounts || !CARRIES_DATA.has(service)) return undefined;
  const ours: Statement = {
    sid: 'IdentitiesOfTheseAccounts',
    principals: { AWS: ['*'] },
    actions: ['*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:PrincipalAccount': [...accounts].sort() } },
  };
  return policyDocument(ours, ...(service === 's3' ? [downloads(aws)] : []));
}

/**
 * Image layers come by links that ECR has signed, packages with no identity.
 * Sources: "Amazon ECR interface VPC endpoints", ECR User Guide; "AL2023 repositories", AL2023 User Guide.
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
