import type { Problem } from './check';

/** A default quota of an AWS account. */
export interface Quota {
  readonly limit: number;
  /** What is counted, such as `inbound rules of a security group`. */
  readonly what: string;
}

/** Source: "Amazon VPC quotas", https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export const SECURITY_GROUP_RULES = 60;

/** Of each direction and version of IP. */
export function securityGroupRules(direction: 'inbound' | 'outbound', family: 'IPv4' | 'IPv6'): Quota {
  return { limit: SECURITY_GROUP_RULES, what: `${direction} ${family} rules of a security group` };
}

/** @param remedy how to need fewer */
export function quotaProblem(prop: string, needed: number, { limit, what }: Quota, remedy: string): Problem {
  return (
    needed > limit && {
      code: 'default-quota',
      problem: `${prop} needs ${needed} ${what}, AWS allows ${limit} unless the quota is raised: ${remedy}`,
    }
  );
}
