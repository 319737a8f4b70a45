import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { acknowledge } from '../../../lib/core/acknowledge';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { refusal, synthStack } from '../../support/stack';

interface Rules {
  readonly inbound?: { readonly ipv4?: number; readonly ipv6?: number; readonly groups?: number };
  readonly outbound?: Rules['inbound'];
}

/** Rules of a group of the stack, or of another one. */
function addRules(stack: AwsStack, { inbound = {}, outbound = {} }: Rules, existing?: string): void {
  const group = new SecurityGroup(stack, 'group', { vpcId: 'vpc-1' });
  const add = (direction: string, { ipv4 = 0, ipv6 = 0, groups = 0 }: NonNullable<Rules['inbound']>) => {
    const Rule = direction === 'inbound' ? VpcSecurityGroupIngressRule : VpcSecurityGroupEgressRule;
    const sources = [
      ...Array.from({ length: ipv4 }, (_, index) => ({ cidrIpv4: `10.0.${index}.0/24` })),
      ...Array.from({ length: ipv6 }, (_, index) => ({ cidrIpv6: `2001:db8:${index}::/48` })),
      ...Array.from({ length: groups }, (_, index) => ({ referencedSecurityGroupId: `sg-${index}` })),
    ];
    for (const [index, source] of sources.entries()) {
      const securityGroupId = existing ?? group.id;
      new Rule(stack, `${direction}-${index}`, {
        securityGroupId,
        ipProtocol: 'tcp',
        fromPort: 80,
        toPort: 80,
        ...source,
      });
    }
  };
  add('inbound', inbound);
  add('outbound', outbound);
}

test.each<Rules>([
  { inbound: { ipv4: 60, ipv6: 60 }, outbound: { ipv4: 60 } },
  { inbound: { ipv4: 30, ipv6: 30, groups: 30 } },
])('%j', (rules) => {
  expect(synthStack((stack) => addRules(stack, rules)).ofType('aws_security_group')).toHaveLength(1);
});

test.each<{ rules: Rules; existing?: string; problem: string }>([
  {
    rules: { inbound: { ipv4: 61 } },
    problem:
      'test/group needs 61 inbound IPv4 rules of a security group, AWS allows 60 unless the quota is raised: list fewer or larger networks, or fewer ports, of test/inbound-60',
  },
  {
    rules: { inbound: { ipv4: 31, groups: 30 } },
    problem:
      'test/group needs 61 inbound IPv4 rules of a security group, AWS allows 60 unless the quota is raised: list fewer or larger networks, or fewer ports, of test/inbound-60',
  },
  {
    rules: { outbound: { ipv6: 61 } },
    existing: 'sg-0123456789abcdef0',
    problem:
      'sg-0123456789abcdef0 needs 61 outbound IPv6 rules of a security group, AWS allows 60 unless the quota is raised: list fewer or larger networks, or fewer ports, of test/outbound-60',
  },
])('$problem', ({ rules, existing, problem }) => {
  expect(refusal((stack) => addRules(stack, rules, existing))).toContain(
    `${problem} (if intended: acknowledge(scope, 'default-quota', 'the reason'))`,
  );
});

test('a quota that was raised', () => {
  const stack = synthStack((scope) => {
    acknowledge(scope, 'default-quota', 'raised to 100');
    addRules(scope, { inbound: { ipv4: 61 } });
  });
  expect(stack.ofType('aws_vpc_security_group_ingress_rule')).toHaveLength(61);
});
