import { Token } from 'cdktf';
import type { Problem } from '../core/check';

/**
 * Sources: "CreateAccessEntry", https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html, and
 * "Grant IAM users access to Kubernetes with EKS access entries",
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
const PRINCIPAL = /^arn:aws[a-z-]*:iam::(\d{12}):(role|user)\/(.+)$/;

const ASSUMED_ROLE = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\//;

/** Validates who authenticates: a session's ARN, for instance, is not its role's. */
export function principalProblem(prop: string, arn: string): Problem {
  if (Token.isUnresolved(arn) || PRINCIPAL.test(arn)) return false;
  const [, partition, account, role] = ASSUMED_ROLE.exec(arn) ?? [];
  if (role) {
    return `${prop} '${arn}' is a session: use the ARN of its role, arn:${partition}:iam::${account}:role/${role} with the role's path if it has one`;
  }
  return `${prop} must be the ARN of an IAM role or user, got '${arn}'`;
}

/**
 * The construct id of a principal's entry: EKS allows one entry per principal, so that its state must follow the principal
 * and not the entry's name.
 * @returns undefined if the principal is known after apply, or is none
 */
export function principalId(principalArn: string, account: string): string | undefined {
  if (Token.isUnresolved(principalArn)) return undefined;
  const [, owner, kind, name] = PRINCIPAL.exec(principalArn) ?? [];
  return name && ['principal', ...(owner === account ? [] : [owner]), kind, name.replaceAll('/', '--')].join('-');
}
