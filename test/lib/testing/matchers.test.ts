import 'quayside/testing/jest';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import {
  KNOWN_AFTER_APPLY,
  planStack,
  rehearse,
  synthStack,
  type PlannedStack,
  type RehearsedApp,
} from 'quayside/testing';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { describeWithTerraform } from '../offline/support/app';
import { Network, team } from './fixtures';

/** The message of a failing expectation. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation held');
}

let network!: Network;
const stack = synthStack(team((scope) => (network = new Network(scope))));

describe('toHaveResource', () => {
  test('matches partially at any depth, with names as in the class', () => {
    expect(stack).toHaveResource(Vpc);
    expect(stack).toHaveResource(Vpc, { cidrBlock: '10.0.0.0/16' });
    expect(stack).toHaveResource('aws_vpc', { cidrBlock: '10.0.0.0/16' });
    expect(stack).toHaveResource(Vpc, { tags: { Name: 'team' } });
    expect(stack).toHaveResource(EksCluster, { vpcConfig: { subnetIds: [expect.anything(), expect.anything()] } });
    expect(stack).not.toHaveResource(Vpc, { cidrBlock: '10.1.0.0/16' });
    expect(stack).not.toHaveResource(Vpc, { tags: { Name: 'other' } });
    expect(stack).not.toHaveResource(EksCluster, { vpcConfig: { subnetIds: [expect.anything()] } });
  });

  test('accepts asymmetric matchers and tokens', () => {
    expect(stack).toHaveResource(Vpc, { cidrBlock: expect.stringMatching(/^10\./) });
    expect(stack).toHaveResource(Vpc, { tags: expect.objectContaining({ Name: 'team' }) });
    expect(stack).toHaveResource(EksCluster, { vpcConfig: expect.objectContaining({ subnetIds: expect.anything() }) });
    expect(stack).toHaveResource(Subnet, { vpcId: network.vpc.id, cidrBlock: '10.0.1.0/24' });
    expect(stack).toHaveResource(EksCluster, { vpcConfig: { subnetIds: network.subnets.map(({ id }) => id) } });
    expect(stack).not.toHaveResource(Subnet, { vpcId: network.subnets[0].id });
  });

  test('an unset attribute is undefined', () => {
    expect(stack).toHaveResource(Vpc, { enableDnsSupport: undefined });
    expect(stack).not.toHaveResource(Vpc, { cidrBlock: undefined });
  });

  test.each([
    ['cidrBlok', { cidrBlok: '10.1.0.0/16' }, "aws_vpc has no attribute cidrBlok: did you mean 'cidrBlock'?"],
    ['cidr_block', { cidr_block: '10.1.0.0/16' }, "aws_vpc has no attribute cidr_block: did you mean 'cidrBlock'?"],
    ['whatever', { whatever: 1 }, 'aws_vpc has no attribute whatever'],
  ])('an unknown name is an error, negated or not: %s', (_, props, message) => {
    expect(() => expect(stack).toHaveResource('aws_vpc', props)).toThrow(message);
    expect(() => expect(stack).not.toHaveResource('aws_vpc', props)).toThrow(message);
  });

  test('an unknown nested name is an error', () => {
    // @ts-expect-error a type error as well
    expect(() => expect(stack).not.toHaveResource(EksCluster, { vpcConfig: { subnetIdz: [] } })).toThrow(
      "aws_eks_cluster has no attribute vpcConfig.subnetIdz: did you mean 'subnetIds'?",
    );
  });

  test('a failure shows the closest candidate by its path', () => {
    const props = { availabilityZone: 'eu-west-1b', cidrBlock: '10.0.9.0/24', vpcId: expect.stringContaining('vpc') };
    expect(failure(() => expect(stack).toHaveResource(Subnet, props))).toBe(
      `team has no aws_subnet with {"availabilityZone":"eu-west-1b","cidrBlock":"10.0.9.0/24","vpcId":StringContaining<"vpc">}
closest of 2: team/subnet-b (aws_subnet.subnet-b)
  cidrBlock: expected "10.0.9.0/24", found "10.0.1.0/24"`,
    );
  });

  test('a failure without a candidate lists the existing types', () => {
    expect(failure(() => expect(stack).toHaveResource('aws_lb', { name: 'x' }))).toBe(
      'team has no aws_lb with {"name":"x"}: it has no aws_lb; it has aws_eks_cluster, aws_security_group, aws_subnet, aws_vpc',
    );
  });

  test('a negated failure names the match', () => {
    expect(failure(() => expect(stack).not.toHaveResource(Vpc, { cidrBlock: '10.0.0.0/16' }))).toBe(
      'team: expected no aws_vpc with {"cidrBlock":"10.0.0.0/16"}, found team/vpc (aws_vpc.vpc)',
    );
  });
});

describe('order and references', () => {
  test('by the graph', () => {
    expect(stack).toDependOn([Subnet, 'subnet-b'], [Subnet, 'subnet-a']);
    expect(stack).toDependOn(EksCluster, Vpc);
    expect(stack).not.toDependOn(Vpc, EksCluster);
    expect(stack).toCreateBefore(Vpc, Subnet);
    expect(stack).toCreateBefore(stack.getResource(Vpc), [Subnet, /^subnet-/]);
  });

  test('a reference is more than a dependency', () => {
    expect(stack).toReference(EksCluster, Subnet);
    expect(stack).toReference(Subnet, Vpc);
    expect(stack).not.toReference([Subnet, 'subnet-b'], [Subnet, 'subnet-a']);
    expect(stack).not.toReference(EksCluster, Vpc);
  });

  test('a failure names both paths and the existing dependencies', () => {
    expect(failure(() => expect(stack).toDependOn([Subnet, 'subnet-a'], SecurityGroup))).toBe(
      'team/subnet-a (aws_subnet.subnet-a) does not depend on team/lonely (aws_security_group.lonely); it depends on vpc',
    );
    expect(failure(() => expect(stack).not.toCreateBefore(Vpc, Subnet))).toBe(
      'team: expected aws_subnet not to depend on aws_vpc',
    );
    expect(failure(() => expect(stack).toReference(SecurityGroup, Vpc))).toBe(
      'team/lonely (aws_security_group.lonely) does not refer to aws_vpc',
    );
  });

  test('an assertion about nothing is an error, negated or not', () => {
    const message = 'team has no aws_subnet at c; of this type: subnet-a, subnet-b';
    expect(() => expect(stack).toDependOn([Subnet, 'c'], Vpc)).toThrow(message);
    expect(() => expect(stack).not.toDependOn([Subnet, 'c'], Vpc)).toThrow(message);
  });
});

test.each([
  ['a promise', Promise.resolve(), 'toPlan requires a result of planStack, got a promise: await it'],
  ['a stack', stack, 'toPlan requires a result of planStack, got a SynthesizedStack'],
  ['a map', new Map(), 'toPlan requires a result of planStack, got a map of stacks: get one stack from it'],
])('a wrong subject is an error: %s', (_, subject, message) => {
  expect(() => expect(subject).toPlan({})).toThrow(message);
});

describeWithTerraform('plans', () => {
  let plan!: PlannedStack;
  let next!: PlannedStack;
  beforeAll(async () => {
    const before = team((scope) => void new Network(scope));
    plan = await planStack(before);
    next = await planStack(
      team((scope) => {
        new Vpc(scope, 'vpc', { cidrBlock: '10.9.0.0/16', tags: { Name: 'team' } });
        new SecurityGroup(scope, 'lonely', { name: 'lonely', description: 'needs nobody', tags: { new: 'tag' } });
        new SecurityGroup(scope, 'other', { name: 'other', description: 'was not there' });
      }),
      { baseline: before },
    );
  });

  test('toHaveResource matches known and unknown values', () => {
    expect(plan).toHaveResource(Vpc, { cidrBlock: '10.0.0.0/16', id: KNOWN_AFTER_APPLY });
    expect(plan).toHaveResource(Subnet, { vpcId: KNOWN_AFTER_APPLY });
  });

  test('toPlan', () => {
    expect(plan).toPlan({ create: 5 });
    expect(plan).toPlan({ create: ['vpc', 'subnet-a', 'subnet-b', 'cluster', 'lonely'] });
    expect(plan).not.toPlan({ create: 4 });
    expect(plan).not.toPlan({});
    expect(next).toPlan({ create: ['other'], update: ['lonely'], replace: ['vpc'], destroy: 3 });
    expect(failure(() => expect(next).toPlan({ create: ['another'], update: 1, destroy: 2 }))).toBe(
      `team: the plan differs from the expected changes
  create: expected another, not found among 1
  create: unexpected other (aws_security_group.other)
  replace: expected 0, found 1
      vpc
  destroy: expected 2, found 3
      cluster
      subnet-a
      subnet-b`,
    );
    // @ts-expect-error an unknown kind
    expect(() => expect(plan).not.toPlan({ creates: 5 })).toThrow(
      'unknown kind of change creates: use create, update,',
    );
  });

  test('toHaveNoDestroy', () => {
    expect(plan).toHaveNoDestroy();
    expect(next).not.toHaveNoDestroy();
    expect(failure(() => expect(next).toHaveNoDestroy())).toBe(
      `team: expected nothing to be destroyed or replaced, found
  destroy team/cluster (aws_eks_cluster.cluster)
  destroy team/subnet-a (aws_subnet.subnet-a)
  destroy team/subnet-b (aws_subnet.subnet-b)
  replace team/vpc (aws_vpc.vpc) because cidr_block changes`,
    );
  });

  test('toHaveNoOutage', async () => {
    expect(plan).toHaveNoOutage();
    expect(new Map([['team', plan]])).toHaveNoOutage();
    const site = (name: string) => (stack: AwsStack) => {
      const target = { name: 'lb.example.net', zoneId: 'Z2', evaluateTargetHealth: false };
      new Route53Record(stack, `alias-${name}`, { zoneId: 'Z1', name, type: 'A', alias: target });
    };
    const renamed = await planStack(team(site('store.example.com')), { baseline: team(site('shop.example.com')) });
    expect(renamed).not.toHaveNoOutage();
    expect(failure(() => expect(new Map([['team', renamed]])).toHaveNoOutage())).toBe(
      `team: expected no outage, found
  team/alias-shop.example.com (aws_route53_record.alias-shopexamplecom): deleted: shop.example.com no longer resolves (A)
    1. add the new name besides the old one, and apply
    2. once no client uses the old name: delete its record`,
    );
    expect(failure(() => expect(plan).not.toHaveNoOutage())).toBe(
      'team: expected a change that takes the site down, found none',
    );
  });

  test('toMatchPlanSnapshot', () => {
    expect(plan).toMatchPlanSnapshot();
    expect(next).toMatchPlanSnapshot('a change');
    expect(stack).toMatchPlanSnapshot('as synthesized');
  });

  test('a plan has the graph of its stack', () => {
    expect(plan).toDependOn([Subnet, 'subnet-b'], [Subnet, 'subnet-a']);
    expect(plan).toReference(Subnet, Vpc);
  });
});

describeWithTerraform('a rehearsal', () => {
  let rehearsal!: RehearsedApp;
  beforeAll(async () => {
    rehearsal = await rehearse(team((scope) => void new Network(scope)));
  });

  test('has the order of creation and destruction', () => {
    expect(rehearsal.created).toHaveLength(5);
    expect(rehearsal.destroyed).toHaveLength(5);
    expect(rehearsal).toCreateBefore(Vpc, EksCluster);
    expect(rehearsal).not.toCreateBefore(EksCluster, Vpc);
  });

  test('a coincidental order does not count', () => {
    expect(rehearsal).not.toCreateBefore(SecurityGroup, EksCluster);
    expect(failure(() => expect(rehearsal).toCreateBefore(EksCluster, Vpc))).toMatch(
      'team/vpc (aws_vpc.vpc) was created before team/cluster (aws_eks_cluster.cluster)',
    );
  });
});
