import type { Construct } from 'constructs';
import type { Statement } from '../iam/policy-document';
import { RoleWithPolicies } from '../iam/role-with-policies';
import { subjectProblems, type CiSubject } from './ci-subject';
import type { OidcProviderRef } from './oidc-provider';
import { imageStatements } from './permissions';
import type { ImageRepositoryRef } from './image-repository-ref';

export interface CiRoleProps {
  /** The role's name, unique in the account; at most 64 characters. */
  readonly name: string;
  /** The CI system. */
  readonly provider: OidcProviderRef;
  /** The jobs that may use the role: `[gitHubActions('acme/shop', { branch: 'main' })]`. */
  readonly subjects: readonly CiSubject[];
  /**
   * Repositories that it pushes to and pulls from.
   * @default none
   */
  readonly pushTo?: readonly ImageRepositoryRef[];
  /**
   * Repositories that it only pulls from.
   * @default none
   */
  readonly pullFrom?: readonly ImageRepositoryRef[];
  /**
   * What else it may do.
   * @default nothing
   */
  readonly statements?: readonly Statement[];
}

/** A role for the jobs of a CI system: they log in with a token of their own, so there is no key to leak or rotate. */
export class CiRole extends RoleWithPolicies {
  /** What the job assumes. */
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: CiRoleProps) {
    super(
      scope,
      id,
      {
        name: props.name,
        description: `CI jobs of ${props.provider.issuer.replace('https://', '')}`,
        statements: permissions(props),
      },
      trust(props),
      subjectProblems(props.subjects),
    );
    this.roleArn = this.role.arn;
  }
}

/** Audience and subject, both: any job of the CI system, anybody's, has a token with the right audience. */
function trust({ provider, subjects }: CiRoleProps): Statement {
  const issuer = provider.issuer.replace('https://', '');
  const audience = { [`${issuer}:aud`]: [provider.audience] };
  const subject = { [`${issuer}:sub`]: subjects };
  return {
    principals: { Federated: [provider.providerArn] },
    actions: ['sts:AssumeRoleWithWebIdentity'],
    conditions: subjects.some((one) => /[*?]/.test(one))
      ? { StringEquals: audience, StringLike: subject }
      : { StringEquals: { ...audience, ...subject } },
  };
}

function permissions({ pushTo = [], pullFrom = [], statements = [] }: CiRoleProps): Statement[] {
  const arns = (repositories: readonly ImageRepositoryRef[]) => repositories.map((one) => one.repositoryArn);
  return [...imageStatements({ push: arns(pushTo), pull: arns(pullFrom) }), ...statements];
}
