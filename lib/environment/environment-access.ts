import { ACCESS, type ClusterAccessEntry } from '../cluster/access-props';
import type { Problem } from '../core/check';
import { object, optional, text } from '../core/shape';

/** An IAM role or user that may use the Kubernetes API. */
export interface EnvironmentAccess extends Omit<ClusterAccessEntry, 'principalArn'> {
  /**
   * The name of a role of the environment's account, with its path if it has one.
   * @default none: `principalArn` is required
   */
  readonly role?: string;
  /**
   * ARN of a role of another account, or of a user, instead of `role`.
   * @default none
   */
  readonly principalArn?: string;
}

export const ENVIRONMENT_ACCESS = object<EnvironmentAccess>({
  name: text("a name, such as 'platform'"),
  role: optional(text()),
  principalArn: optional(text()),
  ...ACCESS,
});

/**
 * The path, with a trailing slash, and the name.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
const ROLE = /^([!-.0-~][!-~]*\/)?[\w+=,.@-]{1,64}$/;
const ROLE_ARN = /^arn:.*?:(\d{12}):role\/(.+)$/;

export function accessProblem({ name, role, principalArn }: EnvironmentAccess, account: string): Problem {
  if (role !== undefined && principalArn !== undefined) {
    return `access '${name}' has a role ('${role}') and a principalArn ('${principalArn}'): remove one`;
  }
  if (role !== undefined) return roleProblem(name, role, account);
  return (
    principalArn === undefined &&
    `access '${name}' has no role: set it to the name of an IAM role of the account, or set principalArn for one of another account`
  );
}

function roleProblem(name: string, role: string, account: string): Problem {
  const [, owner, roleName] = ROLE_ARN.exec(role) ?? [];
  if (roleName === undefined) {
    return (
      !ROLE.test(role) &&
      `access '${name}' has the role '${role}', which is not a valid role name: use the name, with its path if it has one`
    );
  }
  return owner === account
    ? `access '${name}' has an ARN as role (${role}): use the name, '${roleName}'`
    : `access '${name}' has a role of account ${owner} (${role}): write the ARN as principalArn instead`;
}
