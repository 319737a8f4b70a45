import { AwsStack } from '../../../lib/core/aws-stack';
import { acknowledged } from '../../../lib/core/acknowledge';
import { ServiceRole } from '../../../lib/iam/service-role';
import { ImageRepository, type ImageRepositoryProps } from '../../../lib/registry/image-repository';
import { expireAfterDays, keepAll } from '../../../lib/registry/lifecycle';
import { refusal, synthStack } from '../../support/stack';

const repositoryStack = (props: Partial<ImageRepositoryProps> = {}) =>
  synthStack((stack) => new ImageRepository(stack, 'shop', { name: 'shop/web', ...props }));
const refused = (props: Partial<ImageRepositoryProps>) =>
  refusal((stack) => new ImageRepository(stack, 'shop', { name: 'shop/web', ...props }));

const ARN = 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/web';

test('immutable, scanned, encrypted, kept; untagged images go', () => {
  const stack = repositoryStack();
  expect(stack.resources.map((resource) => resource.path)).toEqual(['shop/lifecycle', 'shop/repository']);
  expect(stack.getResource('aws_ecr_repository').attributes).toMatchObject({
    name: 'shop/web',
    image_tag_mutability: 'IMMUTABLE',
    image_scanning_configuration: { scan_on_push: true },
    encryption_configuration: [{ encryption_type: 'KMS' }],
    force_delete: false,
  });
  expect(JSON.parse(stack.getResource('aws_ecr_lifecycle_policy').attributes['policy']).rules).toEqual([
    expect.objectContaining({ rulePriority: 1, description: 'expire untagged images after 14 days' }),
  ]);
});

test('mutableTags: all others stay immutable, and the exception is acknowledged', () => {
  const stack = synthStack((scope) => {
    const { repository } = new ImageRepository(scope, 'shop', { name: 'shop', mutableTags: ['main', 'cache-*'] });
    expect(acknowledged(repository, 'CKV_AWS_51')?.reason).toBe('Every tag is immutable but main, cache-*');
  });
  expect(stack.getResource('aws_ecr_repository').attributes).toMatchObject({
    image_tag_mutability: 'IMMUTABLE_WITH_EXCLUSION',
    image_tag_mutability_exclusion_filter: [
      { filter: 'main', filter_type: 'WILDCARD' },
      { filter: 'cache-*', filter_type: 'WILDCARD' },
    ],
  });
});

test('lifecycle by intent; none where it is empty', () => {
  const policy = repositoryStack({ lifecycle: [keepAll('production-*'), expireAfterDays(14, 'pr-*')] }).getResource(
    'aws_ecr_lifecycle_policy',
  ).attributes['policy'];
  expect(JSON.parse(policy).rules).toHaveLength(2);
  expect(repositoryStack({ lifecycle: [] }).ofType('aws_ecr_lifecycle_policy')).toEqual([]);
});

test('pullAccounts: only reading', () => {
  const { attributes } = repositoryStack({ pullAccounts: ['222222222222', '111111111111'] }).getResource(
    'aws_ecr_repository_policy',
  );
  expect(JSON.parse(attributes['policy']).Statement).toEqual([
    {
      Sid: 'PullFromOtherAccounts',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::222222222222:root'] },
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    },
  ]);
});

test('arn and url are known before the repository exists', () => {
  synthStack((stack) => {
    const repository = new ImageRepository(stack, 'shop', { name: 'shop/web' });
    expect(repository.repositoryArn).toBe(ARN);
    expect(repository.repositoryUrl).toBe('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web');
  });
});

describe('grants', () => {
  const role = (stack: AwsStack) =>
    new ServiceRole(stack, 'build', { name: 'build', description: 'd', service: 'codebuild.amazonaws.com' }).role;

  test.each([
    {
      verb: 'grantPull',
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    },
    {
      verb: 'grantPush',
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:GetDownloadUrlForLayer',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
    },
  ] as const)('$verb: the least, once', ({ verb, actions }) => {
    const stack = synthStack((scope) => {
      const repository = new ImageRepository(scope, 'shop', { name: 'shop/web' });
      const build = role(scope);
      expect(repository[verb](build)).toBe(repository[verb](build));
    });
    const { attributes, path } = stack.getResource('aws_iam_role_policy');
    expect(path).toBe(`build/role/${verb === 'grantPull' ? 'pull' : 'push'}-shop--web`);
    expect(JSON.parse(attributes['policy']).Statement).toEqual([
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      { Effect: 'Allow', Action: actions, Resource: ARN },
    ]);
  });

  const other = (stack: AwsStack) =>
    role(new AwsStack(stack.node.root as AwsStack, 'other', { account: '999999999999', region: 'eu-west-1' }));

  test('grantPull to another account needs the repository to allow it', () => {
    expect(refusal((stack) => new ImageRepository(stack, 'shop', { name: 'shop' }).grantPull(other(stack)))).toBe(
      'test/shop: grantPull is given other/build/role of account 999999999999: add the account to pullAccounts',
    );
    synthStack((stack) =>
      new ImageRepository(stack, 'shop', { name: 'shop', pullAccounts: ['999999999999'] }).grantPull(other(stack)),
    );
  });

  test('grantPush stays within the account', () => {
    expect(refusal((stack) => new ImageRepository(stack, 'shop', { name: 'shop' }).grantPush(other(stack)))).toBe(
      "test/shop: grantPush is given other/build/role of account 999999999999: push with a role of the repository's account",
    );
  });
});

test.each<{ props: Partial<ImageRepositoryProps>; problem: string }>([
  {
    props: { name: 'Shop' },
    problem:
      "name 'Shop' is no repository name: write lower-case letters and digits, at least 2, with single . _ - / between them",
  },
  {
    props: { name: 'a'.repeat(257) },
    problem: `name '${'a'.repeat(257)}' has 257 characters, AWS takes 256: shorten it`,
  },
  {
    props: { mutableTags: ['a', 'b', 'c', 'd', 'e', 'f'] },
    problem: 'mutableTags has 6 patterns, ECR takes 5: merge some with *',
  },
  {
    props: { mutableTags: ['feature/x'] },
    problem: "mutableTags 'feature/x' is no tag pattern: write 1 to 128 letters, digits and . _ - with *",
  },
  {
    props: { mutableTags: ['*'] },
    problem: "mutableTags '*' makes every tag mutable: name the tags that move, such as main",
  },
  { props: { pullAccounts: ['1234'] }, problem: "pullAccounts has '1234': an account has twelve digits" },
  {
    props: { lifecycle: [keepAll()] },
    problem: "lifecycle has a keep-all without a tag pattern: name at least one, such as 'v*'",
  },
  {
    props: {
      lifecycle: {
        rules: [
          {
            rulePriority: 1,
            selection: {
              tagStatus: 'tagged',
              tagPatternList: ['v*', 'pr-*'],
              countType: 'imageCountMoreThan',
              countNumber: 5,
            },
            action: { type: 'expire' },
          },
        ],
      },
    },
    problem:
      "lifecycle rule 1 selects v*, pr-*, which ECR matches only with images that have all of them: write a rule for each (on purpose? acknowledge(scope, 'lifecycle-tags-anded', 'the reason'))",
  },
])('$problem', ({ props, problem }) => {
  expect(refused(props)).toBe(`test/shop: ${problem}`);
});
