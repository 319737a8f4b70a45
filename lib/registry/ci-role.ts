import type { Construct } from 'constructs';
import { list, object, optional, text } from '../core/shape';
import { STATEMENT, type Statement } from '../iam/policy-document';
import { RoleWithPolicies } from '../iam/role-with-policies';
import { actionProblems } from './ci-permissions';
import { CI_SUBJECTS, subjectProblems, type CiSubject } from './ci-subject';
import { OIDC_PROVIDER_REF, type OidcProviderRef } from './oidc-provider';
import { imageStatements } from './permissions';
import { IMAGE_REPOSITORY_REF, type ImageRepositoryRef } from './image-repository-ref';

export interface CiRoleProps {
  /** The role's name, unique in the account; at most 64 characters. */
  readonly name: string;
  /** The CI system. */
  readonly provider: OidcProviderRef;
  /** The jobs that may assume the role: `[gitHubActions('acme/shop', { branch: 'main' })]`. */
  readonly subjects: readonly CiSubject[];
  /**
   * Repositories that the role may push to and pull from.
   * @default none
   */
  readonly pushTo?: readonly ImageRepositoryRef[];
  /**
   * Repositories that the role may only pull from.
   * @default none
   */
  readonly pullFrom?: readonly ImageRepositoryRef[];
  /**
   * Additional permissions.
   * @default none
   */
  readonly statements?: readonly Statement[];
}

const CI_ROLE_PROPS = object<CiRoleProps>({
  name: text(),
  provider: OIDC_PROVIDER_REF,
  subjects: CI_SUBJECTS,
  pushTo: optional(list(IMAGE_REPOSITORY_REF)),
  pullFrom: optional(list(IMAGE_REPOSITORY_REF)),
  statements: optional(list(STATEMENT)),
});

/** A role for CI jobs: they authenticate with an OIDC token, so there is no access key to leak or rotate. */
export class CiRole extends RoleWithPolicies<CiRoleProps> {
  /** For the job to assume. */
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: CiRoleProps) {
    super(scope, id, props, CI_ROLE_PROPS, () => ({
      role: {
        name: props.name,
        description: `CI jobs of ${props.provider.issuer.replace('https://', '')}`,
        statements: permissions(props),
      },
      trust: trust(props),
      problems: [...subjectProblems(props.subjects, props.provider.issuer), ...actionProblems(props.statements ?? [])],
    }));
    this.roleArn = this.role.arn;
  }
}

/** Requires audience and subject: jobs of other customers of the CI system have tokens with the same audience. */
function trust({ provider, subjects }: CiRoleProps): Statement {
  const issuer = provider.issuer.replace('https://', '');
  const audience = { [`${issuer}:aud`]: [provider.audience] };
  const subject = { [`${issuer}:sub`]: subjects };
  return {
    principals: { Federated: [provider.providerArn] },
    actions: ['sts:AssumeRoleWithWebIdentity'],
    conditions: subjects.some((pattern) => /[*?]/.test(pattern))
      ? { StringEquals: audience, StringLike: subject }
      : { StringEquals: { ...audience, ...subject } },
  };
}

function permissions({ pushTo = [], pullFrom = [], statements = [] }: CiRoleProps): Statement[] {
  const arns = (repositories: readonly ImageRepositoryRef[]) => repositories.map(({ repositoryArn }) => repositoryArn);
  return [...imageStatements({ push: arns(pushTo), pull: arns(pullFrom) }), ...statements];
}
