import { Token, type TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { problemTexts, type Problem } from './check';
import { quotaProblem, SECURITY_GROUP_RULES, securityGroupRules } from './quotas';
import { resolveToken } from './resolve-token';

const DIRECTIONS: Readonly<Record<string, 'inbound' | 'outbound'>> = {
  aws_vpc_security_group_egress_rule: 'outbound',
  aws_vpc_security_group_ingress_rule: 'inbound',
};

/** What a rule is counted by. */
interface Rule {
  readonly group: string;
  readonly direction: 'inbound' | 'outbound';
  readonly families: readonly ('IPv4' | 'IPv6')[];
  readonly path: string;
}

interface RuleResource {
  readonly securityGroupIdInput?: string;
  readonly cidrIpv4Input?: string;
  readonly cidrIpv6Input?: string;
}

/**
 * Groups of a stack with more rules than AWS allows, in each direction and for each version of IP; a rule that names
 * another group counts for both. Source: "Security groups" of "Amazon VPC quotas",
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export function securityGroupRuleProblems(
  stack: IConstruct,
  resources: readonly TerraformResource[],
): readonly Problem[] {
  const groups = new Map<string, Rule[]>();
  for (const rule of rulesOf(resources)) {
    const key = `${rule.direction} ${rule.group}`;
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()].flatMap((rules) =>
    (['IPv4', 'IPv6'] as const).flatMap((family) => groupProblem(stack, resources, family, rules)),
  );
}

function groupProblem(
  stack: IConstruct,
  resources: readonly TerraformResource[],
  family: 'IPv4' | 'IPv6',
  rules: readonly Rule[],
): readonly Problem[] {
  const counted = rules.filter(({ families }) => families.includes(family));
  const [{ direction, group }] = rules as [Rule, ...Rule[]];
  if (counted.length <= SECURITY_GROUP_RULES) return [];
  const owner = ownerOf(resources, group) ?? stack;
  return problemTexts(owner, [
    quotaProblem(
      owner === stack ? group : owner.node.path,
      counted.length,
      securityGroupRules(direction, family),
      `list fewer or larger networks, or fewer ports, of ${counted.at(-1)!.path}`,
    ),
  ]);
}

function rulesOf(resources: readonly TerraformResource[]): readonly Rule[] {
  return resources.flatMap((resource): readonly Rule[] => {
    const direction = DIRECTIONS[resource.terraformResourceType];
    const { securityGroupIdInput, cidrIpv4Input, cidrIpv6Input } = resource as RuleResource;
    if (!direction || securityGroupIdInput === undefined) return [];
    return [
      {
        group: resolved(resource, securityGroupIdInput),
        direction,
        families: cidrIpv4Input ? ['IPv4'] : cidrIpv6Input ? ['IPv6'] : ['IPv4', 'IPv6'],
        path: resource.node.path,
      },
    ];
  });
}

/** The group itself, if it is of the stack. */
function ownerOf(resources: readonly TerraformResource[], group: string): IConstruct | undefined {
  return resources.find(
    (resource) =>
      resource.terraformResourceType === 'aws_security_group' &&
      resolved(resource, resource.getStringAttribute('id')) === group,
  );
}

function resolved(scope: IConstruct, id: string): string {
  return Token.isUnresolved(id) ? resolveToken(scope, id) : id;
}
