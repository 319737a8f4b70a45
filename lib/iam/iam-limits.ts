import { Token } from 'cdktf';
import type { AwsContext } from '../core/aws-context';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { grouped } from '../core/format';
import { partitionProblem } from '../core/partition-problem';

/**
 * Limits in characters; white space in policies does not count. Source: "IAM and AWS STS quotas, name requirements, and
 * character limits", https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MAX_INLINE = 10_240;
/** The quotas of an account, unless AWS raised them. */
const QUOTAS = { trustPolicy: 2048, managedPolicies: 10 } as const;
/** Source: "CreateRole", https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const MAX_DESCRIPTION = 1000;
const DESCRIPTION = /^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/;
const NAME = /^[\w+=,.@-]+$/;
const AWS_POLICY = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]+$/;
const POLICY_ARN = /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/.+$/;

interface RoleData {
  readonly name: string;
  readonly description: string;
  readonly assumeRolePolicy: string;
  readonly managedPolicies?: readonly string[];
}

export function roleProblems(
  { name, description, assumeRolePolicy, managedPolicies = [] }: RoleData,
  aws: Pick<AwsContext, 'account' | 'partition'>,
): readonly Problem[] {
  const trust = policyLength(assumeRolePolicy);
  return [
    !Token.isUnresolved(name) &&
      !NAME.test(name) &&
      `name '${name}' is not the name of a role: use letters, digits and +=,.@_-`,
    ...descriptionProblems(description),
    trust > QUOTAS.trustPolicy && {
      code: 'iam-quota',
      problem: `the trust policy has ${grouped(trust)} characters, and IAM allows ${grouped(QUOTAS.trustPolicy)} unless the quota of the account was raised: list fewer principals and conditions, or use several roles`,
    },
    managedPolicies.length > QUOTAS.managedPolicies && {
      code: 'iam-quota',
      problem: `the role has ${managedPolicies.length} managed policies, and IAM allows ${QUOTAS.managedPolicies} unless the quota of the account was raised: merge some into a policy of your own`,
    },
    ...managedPolicies.map(
      (policy) =>
        !Token.isUnresolved(policy) &&
        !AWS_POLICY.test(policy) &&
        !POLICY_ARN.test(policy) &&
        `managedPolicies has '${policy}': use the name of an AWS managed policy with its path, or the ARN of another policy`,
    ),
    ...managedPolicies.map((policy) => ownerProblem(policy, aws)),
    ...managedPolicies
      .filter((policy) => Token.isUnresolved(policy))
      .map(() => 'managedPolicies has an ARN known only after apply: use a literal, it is part of a construct id'),
    ...duplicates(managedPolicies.map(managedPolicyId)).map(
      (policy) => `managedPolicies has '${policy}' twice: remove one`,
    ),
  ];
}

/** IAM attaches policies of AWS and of the role's account. */
function ownerProblem(policy: string, { account, partition }: Pick<AwsContext, 'account' | 'partition'>): Problem {
  const owner = POLICY_ARN.exec(policy)?.[1];
  if (owner === undefined) return false;
  return owner !== 'aws' && owner !== account
    ? `managedPolicies has '${policy}', a policy of another account than the role's, ${account}: create it in ${account}, and give the ARN of that one`
    : partitionProblem('managedPolicies', policy, partition);
}

function descriptionProblems(description: string): readonly Problem[] {
  if (Token.isUnresolved(description)) return [];
  return [
    description.length > MAX_DESCRIPTION &&
      `description has ${grouped(description.length)} characters, IAM allows at most ${grouped(MAX_DESCRIPTION)}: shorten it`,
    !DESCRIPTION.test(description) &&
      `description '${description}' has characters that IAM does not allow: use those of Latin-1`,
  ];
}

/** The construct id of an attachment. */
export function managedPolicyId(policy: string): string {
  return policy.replace(/^.*\//, '');
}

/** @param policies all inline policies of one role, as JSON */
export function inlinePoliciesProblem(policies: readonly string[]): Problem {
  const length = policies.reduce((sum, policy) => sum + policyLength(policy), 0);
  return (
    length > MAX_INLINE &&
    `the inline policies of the role have ${grouped(length)} characters, IAM allows at most ${grouped(MAX_INLINE)} in total: use patterns instead of lists of resources, or several roles`
  );
}

/** Of the parts that are known before apply, at least. */
function policyLength(policy: string): number {
  return policy.replace(/\$\{TfToken\[[^\]]*\]\}/g, '').replace(/\s/g, '').length;
}
