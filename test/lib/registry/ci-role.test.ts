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
  {
    subject: gitHubActions('acme@123456/shop@456789', { branch: 'main' }),
    is: 'repo:acme@123456/shop@456789:ref:refs/heads/main',
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

  test('a repository that moves to ids: both subjects, until the one without ids is removed', () => {
    const withIds = gitHubActions('acme@123456/shop@456789', { branch: 'main' });
    const subjects = (...given: string[]) =>
      trust({ subjects: given })[0].Condition.StringEquals['token.actions.githubusercontent.com:sub'];
    expect(subjects(main, withIds)).toEqual([main, withIds]);
    expect(subjects(withIds)).toBe(withIds);
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
  ...['repo:acme@*/shop@*:ref:refs/heads/main', 'repo:acme@1/*:environment:production'].map((subject) => ({
    subjects: [subject],
    problem: `subjects has '${subject}', which does not identify one repository: use owner/name without wildcards`,
  })),
  ...['re*:acme/shop:ref:refs/heads/main', 're*'].map((subject) => ({
    subjects: [subject],
    problem: `subjects has '${subject}', which matches jobs of any repository: give the repository and its branch`,
  })),
  ...[
    'repo:acme@123456/shop:ref:refs/heads/main',
    'repo:acme/shop@456789:ref:refs/heads/main',
    'repo:acme@acme/shop@shop:ref:refs/heads/main',
    'repo:acme/shop/web:ref:refs/heads/main',
  ].map((subject) => ({
    subjects: [subject],
    problem: `subjects has '${subject}', which no job has: use owner/name, or owner@id/name@id with the numeric ids of both`,
  })),
  ...[
    'repo:acme/shop:pull_request',
    'repo:acme/shop:ref:refs/pull/1/merge',
    'repo:acme/shop:ref:refs/heads/*',
    'repo:acme/shop:ref:refs/heads/*main',
    'repo:acme/shop:ref:refs/*/main',
    'repo:acme/shop:*main',
    'repo:acme/shop:environment:*',
    'repo:acme@1/shop@2:ref:refs/tags/*',
    'project_path:acme/shop:ref_type:*:ref:main',
    'project_path:acme/shop:ref_type:branch:ref:*',
  ].map((subject) => ({
    subjects: [subject],
    problem: `subjects has '${subject}', which matches code that nobody reviewed: give a branch, tag or environment (if intended: acknowledge(scope, 'robot-any-branch', 'the reason'))`,
  })),
])('$problem', ({ subjects, problem }) => {
  expect(refusal((stack) => new CiRole(stack, 'ci', { name: 'ci', provider: github, subjects }))).toBe(
    `test/ci: ${problem}`,
  );
});

test.each([
  'repo:acme/shop:ref:refs/heads/release/*',
  'repo:acme/shop:ref:refs/tags/v*',
  'repo:acme/shop:environment:production-*',
  'project_path:acme/shop:ref_type:tag:ref:v*',
  'repository_owner:acme:environment:production',
])('%s is accepted', (subject) => {
  expect(ciRole({ subjects: [subject] }).ofType('aws_iam_role')).toHaveLength(1);
});

test.each([
  { issuer: GITHUB_ACTIONS, subject: 'acme/shop', form: 'repo:owner/name:ref:refs/heads/main' },
  { issuer: GITHUB_ACTIONS, subject: 'environment:production', form: 'repo:owner/name:ref:refs/heads/main' },
  {
    issuer: GITHUB_ACTIONS,
    subject: 'job_workflow_ref:acme/shop/.github/workflows/deploy.yml@refs/heads/main',
    form: 'repo:owner/name:ref:refs/heads/main',
  },
  { issuer: GITHUB_ACTIONS, subject: 'repository_owner:ac*', form: 'repo:owner/name:ref:refs/heads/main' },
  {
    issuer: GITLAB,
    subject: 'ref_type:branch:ref:main',
    form: 'project_path:group/name:ref_type:branch:ref:main',
  },
])('$subject of $issuer.issuer names no owner', ({ issuer, subject, form }) => {
  const provider = { ...issuer, providerArn: `arn:aws:iam::123456789012:oidc-provider/${issuer.issuer.slice(8)}` };
  expect(refusal((stack) => new CiRole(stack, 'ci', { name: 'ci', provider, subjects: [subject] }))).toBe(
    `test/ci: subjects has '${subject}', which names no owner, so that it is nobody's or anybody's: write it as ${form}`,
  );
});

test('subjects of another CI system have its form', () => {
  const issuer = 'https://oidc.circleci.com/org/1';
  const provider = { issuer, audience: '1', providerArn: `arn:aws:iam::123456789012:oidc-provider/${issuer.slice(8)}` };
  expect(ciRole({ provider, subjects: ['org/1/project/2/user/*'] }).ofType('aws_iam_role')).toHaveLength(1);
});

describe('additional statements', () => {
  const arn = 'arn:aws:iam::123456789012:role/deploy';
  const role = (actions: string[], resources = ['*']) => ({ statements: [{ actions, resources }] });

  test.each([
    { given: role(['*']), problem: "'*', which is every action: list the required ones" },
    { given: role(['*:Get*'], [arn]), problem: "'*:Get*', which is every action: list the required ones" },
    { given: role(['s3:*'], [arn]), problem: "'s3:*', which is every action of s3: list the required ones" },
    { given: role(['iam:*'], [arn]), problem: "'iam:*', which is every action of iam: list the required ones" },
    {
      given: role(['iam:Put*'], [arn]),
      problem: "'iam:Put*', which includes permissions to extend its own: list the required ones",
    },
    {
      given: role(['iam:PassRole']),
      problem: "'iam:PassRole', on all resources, with which it could extend its own permissions: give the ARNs",
    },
    {
      given: role(['sts:AssumeRole']),
      problem: "'sts:AssumeRole', on all resources, with which it could extend its own permissions: give the ARNs",
    },
    ...['eks:CreateAccessEntry', 'eks:UpdateAccessEntry', 'eks:AssociateAccessPolicy'].map((action) => ({
      given: role([action]),
      problem: `'${action}', on all resources, with which it could extend its own permissions: give the ARNs`,
    })),
    ...['sts:Assume*', 'sts:?ssumeRole', 'eks:Create*'].map((action) => ({
      given: role([action], [arn]),
      problem: `'${action}', which includes permissions to extend its own: list the required ones`,
    })),
    ...[
      ['sts:AssumeRole', 'arn:aws:iam::111122223333:role/*'],
      ['sts:AssumeRole', 'arn:aws:iam::*:role/x'],
      ['sts:AssumeRole', 'arn:aws:iam::11112222????:role/x'],
      ['iam:PassRole', 'arn:aws:iam::111122223333:role/*/*'],
      ['iam:PassRole', 'arn:aws:iam::111122223333:*'],
      ['iam:PassRole', 'arn:aws:iam::111122223333:role*'],
      ['iam:PassRole', 'arn:aws:iam::*'],
      ['iam:PassRole', 'arn:*:role/x'],
      ['iam:CreatePolicyVersion', 'arn:aws:iam::111122223333:policy/*'],
      ['eks:CreateAccessEntry', 'arn:aws:eks:eu-central-1:111122223333:cluster/*'],
    ].map(([action = '', resource = '']) => ({
      given: role([action], [arn, resource]),
      problem: `'${action}', on '${resource}', with which it could extend its own permissions: give the account, and the name or its prefix`,
    })),
  ])('$problem', ({ given, problem }) => {
    expect(
      refusal((stack) => new CiRole(stack, 'ci', { name: 'ci', provider: github, subjects: [main], ...given })),
    ).toBe(
      `test/ci: statements allow ${problem} (if intended: acknowledge(scope, 'ci-role-wide-actions', 'the reason'))`,
    );
  });

  test.each([
    role(['eks:DescribeCluster', 's3:Get*']),
    role(['iam:GetRole', 'iam:List*']),
    role(['iam:PassRole', 'sts:AssumeRole'], [arn]),
    role(['iam:PassRole', 'sts:AssumeRole'], ['arn:aws:iam::111122223333:role/ci-*']),
    role(['iam:PassRole'], ['arn:aws:iam::111122223333:role/ci/*']),
    role(['eks:CreateAccessEntry'], ['arn:aws:eks:eu-central-1:111122223333:cluster/shop']),
    role(['eks:AssociateAccessPolicy'], ['arn:aws:eks:eu-central-1:111122223333:access-entry/shop/*']),
    role(['eks:List*', 'sts:GetCallerIdentity']),
    { statements: [{ effect: 'Deny' as const, actions: ['*'], resources: ['*'] }] },
  ])('%j is accepted', (given) => {
    expect(ciRole(given).ofType('aws_iam_role_policy')).toHaveLength(1);
  });

  test('are accepted if acknowledged', () => {
    const stack = synthStack((scope) => {
      acknowledge(scope, 'ci-role-wide-actions', 'Deploys the whole account');
      new CiRole(scope, 'ci', { name: 'ci', provider: github, subjects: [main], ...role(['*']) });
    });
    expect(stack.ofType('aws_iam_role_policy')).toHaveLength(1);
  });
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
      problem:
        "issuer must be the URL of an issuer without a trailing slash, such as https://gitlab.com, got 'https://ci.example.com/'",
    },
    {
      props: { issuer: 'https://ci.example.com', audience: '' },
      problem: 'audience is required, such as sts.amazonaws.com',
    },
    {
      props: { issuer: 'https://ci.example.com', audience: 'aws', thumbprints: ['ab'] },
      problem: "thumbprints has 'ab', which is not a valid thumbprint: use 40 hexadecimal digits",
    },
  ])('$problem', ({ props, problem }) => {
    expect(refusal((stack) => new OidcProvider(stack, 'ci', props))).toBe(`test/ci: ${problem}`);
  });
});

test.each([
  { on: {}, problem: "what the jobs run on is {}: give one of branch, tag, environment, such as { branch: 'main' }" },
  { on: undefined, problem: 'what the jobs run on is undefined: give one of branch, tag, environment' },
  { on: { brnach: 'main' }, problem: 'what the jobs run on is {"brnach":"main"}: give one of' },
  { on: { branch: 'main', tag: 'v1' }, problem: 'what the jobs run on is' },
  { on: { branch: '' }, problem: 'branch is required: a string' },
  { on: { branch: null }, problem: 'branch must be a string, got null' },
])('a subject of jobs on $on is rejected', ({ on, problem }) => {
  expect(() => gitHubActions('acme/shop', on as never)).toThrow(problem);
});
