import { ServiceRole, type ServiceRoleProps } from '../../../lib/iam/service-role';
import type { AwsStackProps } from '../../../lib/core/aws-stack';
import { refusal, synthStack } from '../../support/stack';

const build =
  (overrides: Partial<ServiceRoleProps> = {}) =>
  (it: ConstructorParameters<typeof ServiceRole>[0]) =>
    void new ServiceRole(it, 'role', { name: 'r', description: 'd', service: 'ec2.amazonaws.com', ...overrides });
const role = (iam?: AwsStackProps['iam'], overrides?: Partial<ServiceRoleProps>) =>
  synthStack(build(overrides), { iam });

test.each([
  { boundary: 'Developer', arn: 'arn:aws:iam::123456789012:policy/Developer' },
  { boundary: 'team/Developer', arn: 'arn:aws:iam::123456789012:policy/team/Developer' },
  { boundary: 'arn:aws:iam::aws:policy/PowerUserAccess', arn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
])('every role of the stack has the boundary $boundary and the path', ({ boundary, arn }) => {
  expect(
    role({ permissionsBoundary: boundary, rolePath: '/platform/' }).getResource('aws_iam_role').attributes,
  ).toMatchObject({
    permissions_boundary: arn,
    path: '/platform/',
  });
});

test('without settings a role has neither', () => {
  const { attributes } = role().getResource('aws_iam_role');
  expect(attributes).not.toHaveProperty('path');
  expect(attributes).not.toHaveProperty('permissions_boundary');
});

test.each<{ iam: NonNullable<AwsStackProps['iam']>; problem: RegExp }>([
  { iam: { rolePath: 'platform' }, problem: /iam.rolePath 'platform' is not a path: begin and end it with a slash/ },
  { iam: { rolePath: '/aws-reserved/' }, problem: /is reserved for roles that AWS creates/ },
  { iam: { permissionsBoundary: 'a b' }, problem: /is neither the name nor the ARN of a policy/ },
  { iam: { path: '/a/' } as never, problem: /unknown property 'iam.path'/ },
  {
    iam: { permissionsBoundary: 'arn:aws:iam::210987654321:policy/P' },
    problem: /is a policy of account 210987654321, and IAM takes only one of the role's account/,
  },
])('$iam is rejected', ({ iam, problem }) => {
  expect(refusal(build(), { iam })).toMatch(problem);
});

const many = (count: number) => Array.from({ length: count }, (_, index) => `arn:aws:s3:::bucket-number-${index}`);

test.each<{ mistake: string; overrides: Partial<ServiceRoleProps>; problem: RegExp }>([
  {
    mistake: 'a long description',
    overrides: { description: 'd'.repeat(1001) },
    problem: /description has 1,001 characters, IAM allows at most 1,000/,
  },
  {
    mistake: 'a policy of another account',
    overrides: { managedPolicies: ['arn:aws:iam::210987654321:policy/shop'] },
    problem: /managedPolicies has 'arn:aws:iam::210987654321:policy\/shop', a policy of another account/,
  },
  {
    mistake: 'a policy of another partition',
    overrides: { managedPolicies: ['arn:aws-cn:iam::aws:policy/ReadOnlyAccess'] },
    problem: /is of partition aws-cn, and the stack's region is in aws/,
  },
  { mistake: 'a policy twice', overrides: { managedPolicies: ['A', 'A'] }, problem: /managedPolicies has 'A' twice/ },
  {
    mistake: 'eleven policies',
    overrides: { managedPolicies: [...'ABCDEFGHIJK'] },
    problem: /11 managed policies.*'iam-quota'/,
  },
  {
    mistake: 'a long trust policy',
    overrides: { trustConditions: { StringEquals: { 'aws:SourceArn': many(100) } } },
    problem: /the trust policy has .* characters, and IAM allows 2,048/,
  },
  {
    mistake: 'long inline policies',
    overrides: { statements: [{ actions: ['s3:GetObject'], resources: many(400) }] },
    problem: /the inline policies of the role have .* characters, IAM allows at most 10,240 in total/,
  },
])('$mistake is rejected', ({ overrides, problem }) => {
  expect(refusal(build(overrides))).toMatch(problem);
});

test('text of policies and trust policies is literal', () => {
  const stack = role(undefined, {
    statements: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/${aws:PrincipalTag/team}/*'] }],
    trustConditions: { StringEquals: { 'aws:PrincipalTag/a': ['${aws:RequestTag/a}'] } },
  });
  expect(stack.getResource('aws_iam_role_policy').attributes['policy']).toContain('$${aws:PrincipalTag/team}');
  expect(stack.getResource('aws_iam_role').attributes['assume_role_policy']).toContain('$${aws:RequestTag/a}');
});
