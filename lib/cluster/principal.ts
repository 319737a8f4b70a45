import { Token } from 'cdktf';

/**
 * Sources: "CreateAccessEntry", https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html, and
 * "Grant IAM users access to Kubernetes with EKS access entries",
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
const PRINCIPAL = /^arn:aws[a-z-]*:iam::(\d{12}):(role|user)\/(.+)$/;

export function isPrincipal(arn: string): boolean {
  return PRINCIPAL.test(arn);
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
