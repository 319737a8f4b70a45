import { acknowledge } from '../../../lib/core/acknowledge';
import { AwsStack } from '../../../lib/core/aws-stack';
import { gitHubActions, gitLab } from '../../../lib/registry/ci-subject';
import { ImageRepository } from '../../../lib/registry/image-repository';
import { GITHUB_ACTIONS, GITLAB, OidcProvider, type OidcProviderProps } from '../../../lib/registry/oidc-provider';
import { CiRole, type CiRoleProps } from '../../../lib/registry/ci-role';
import { refusal, synthStack } from '../../support/stack';

const github = {
  ...GITHUB_ACTIONS,
  providerArn: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
};
const ciRole = (props: Partial<CiRoleProps>) =>
  synthStack((stack) => new CiRole(stack, 'ci', { name: 'ci', provider: github, subjects: [main], ...props }));
const main = gitHubActions('acme/shop', { branch: 'main' });

test.each([
  { subject: main, is: 'repo:acme/shop:ref:refs/heads/main' },
  { subject: gitHubActions('acme/shop', { tag: 'v*' }), is: 'repo:acme/shop:ref:refs/tags/v*' },
  {
    subject: gitHubActions('acme/shop', { environment: 'production' }),
    is: 'repo:acme/shop:environment:production',
  },
  { subject: gitLab('acme/web/shop', { branch: 'main' }), is: 'project_path:acme/web/shop:ref_type:branch:ref:main' },
  { subject: gitLab('acme/shop', { tag: 'v*' }), is: 'project_path:acme/shop:ref_type:tag:ref:v*' },
])('$is', ({ subject, is }) => {
  expect(subject).toBe(is);
});

describe('trust', () => {
  const trust = (props: Partial<CiRoleProps>) =>
    JSON.parse(ciRole(props).getResource('aws_iam_role').attributes['assume_role_policy']).Statement;

  test('audience and subject must match exactly', () => {
    expect(trust({})).toEqual([
      {
        Effect: 'Allow',
        Principal: { Federated: github.providerArn },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': main,
          },
        },
      },
    ]);
  });

  test('StringLike only for subjects with wildcards, never for the audience', () => {
    const tags = gitLab('acme/shop', { tag: 'v*' });
    const provider = { ...GITLAB, providerArn: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' };
    expect(trust({ provider, subjects: [tags] })[0].Condition).toEqual({
      StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' },
      StringLike: { 'gitlab.com:sub': tags },
    });
  });
});

test('one policy: login, push, pull and additional statements', () => {
  const stack = synthStack((scope) => {
    const [shop, base] = ['shop', 'base'].map((name) => new ImageRepository(scope, name, { name }));
    new CiRole(scope, 'ci', {
      name: 'ci',
      provider: new OidcProvider(scope, 'github', GITHUB_ACTIONS),
      subjects: [main],
      pushTo: [shop!],
      pullFrom: [base!],
      statements: [{ actions: ['eks:DescribeCluster'], resources: ['*'] }],
    });
  });
  const statements = JSON.parse(stack.getResource('aws_iam_role_policy').attributes['policy']).Statement;
  expect(statements.map((one: { Resource: string }) => one.Resource)).toEqual([
    '*',
    'arn:aws:ecr:eu-west-1:123456789012:repository/shop',
    'arn:aws:ecr:eu-west-1:123456789012:repository/base',
    '*',
  ]);
  expect(statements[1].Action).toContain('ecr:PutImage');
  expect(statements[2].Action).not.toContain('ecr:PutImage');
  expect(stack.isAfter(stack.getResource('aws_iam_role'), stack.getResource('aws_iam_openid_connect_provider'))).toBe(
    true,
  );
});

test.each([
  { subjects: [], problem: 'subjects is empty, so no job could assume the role: give at least one' },
  {
    subjects: ['*'],
    problem: "subjects has '*', which matches jobs of any repository: give the repository and its branch",
  },
  {
    subjects: ['repo:acme/*'],
    problem: "subjects has 'repo:acme/*', which does not identify one repository: use owner/name without wildcards",
  },
  {
    subjects: ['repo:acme*:ref:refs/heads/main'],
    problem:
      "subjects has 'repo:acme*:ref:refs/heads/main', which does not identify one repository: use owner/name without wildcards",
  },
  {
    subjects: ['project_path:*/shop:ref_type:branch:ref:main'],
    problem:
      "subjects has 'project_path:*/shop:ref_type:branch:ref:main', which does not identify one repository: use owner/name without wildcards",
  },
  {
    subjects: ['repo:acme/shop:*'],
    problem:
      "subjects has 'repo:acme/shop:*', which matches every branch, reviewed or not: give a branch, tag or environment (if intended: acknowledge(scope, 'robot-any-branch', 'the reason'))",
  },
])('$problem', ({ subjects, problem }) => {
  expect(refusal((stack) => new CiRole(stack, 'ci', { name: 'ci', provider: github, subjects }))).toBe(
    `test/ci: ${problem}`,
  );
});

test('a name that is too long is rejected', () => {
  const name = 'r'.repeat(65);
  expect(refusal((stack) => new CiRole(stack, 'ci', { name, provider: github, subjects: [main] }))).toBe(
    `test/ci: name '${name}' has 65 characters, AWS allows at most 64: shorten it`,
  );
});

test('every branch is allowed if acknowledged', () => {
  const stack = synthStack((scope) => {
    acknowledge(scope, 'robot-any-branch', 'Only pulls');
    new CiRole(scope, 'ci', { name: 'ci', provider: github, subjects: ['repo:acme/shop:*'] });
  });
  expect(stack.ofType('aws_iam_role')).toHaveLength(1);
});

describe('OidcProvider', () => {
  test('sets the audience, and no thumbprint', () => {
    const { attributes } = synthStack((stack) => new OidcProvider(stack, 'github', GITHUB_ACTIONS)).getResource(
      'aws_iam_openid_connect_provider',
    );
    expect(attributes).toMatchObject({
      url: 'https://token.actions.githubusercontent.com',
      client_id_list: ['sts.amazonaws.com'],
    });
    expect(attributes).not.toHaveProperty('thumbprint_list');
  });

  test('is allowed once per account', () => {
    expect(
      refusal((stack) => {
        new OidcProvider(stack, 'github', GITHUB_ACTIONS);
        const second = new AwsStack(stack.node.root as AwsStack, 'second', { ...stack.aws, region: 'us-east-1' });
        new OidcProvider(second, 'github', GITHUB_ACTIONS);
      }),
    ).toBe(
      'second/github: the identity provider https://token.actions.githubusercontent.com of account 123456789012 is already declared by test/github: keep only one of them',
    );
  });

  test.each<{ props: OidcProviderProps; problem: string }>([
    {
      props: { issuer: 'https://ci.example.com/', audience: 'aws' },
      problem: "issuer 'https://ci.example.com/' is not valid: use https://... without a trailing slash",
    },
    { props: { issuer: 'https://ci.example.com', audience: '' }, problem: 'audience must not be empty' },
    {
      props: { issuer: 'https://ci.example.com', audience: 'aws', thumbprints: ['ab'] },
      problem: "thumbprints has 'ab', which is not a valid thumbprint: use 40 hexadecimal digits",
    },
  ])('$problem', ({ props, problem }) => {
    expect(refusal((stack) => new OidcProvider(stack, 'ci', props))).toBe(`test/ci: ${problem}`);
  });
});
