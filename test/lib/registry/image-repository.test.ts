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

test('immutable tags, scan on push, encryption, no force delete; untagged images expire', () => {
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

test('mutableTags: all other tags stay immutable, and the exception is acknowledged', () => {
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

test('lifecycle from intents; no policy if empty', () => {
  const policy = repositoryStack({ lifecycle: [keepAll('production-*'), expireAfterDays(14, 'pr-*')] }).getResource(
    'aws_ecr_lifecycle_policy',
  ).attributes['policy'];
  expect(JSON.parse(policy).rules).toHaveLength(2);
  expect(repositoryStack({ lifecycle: [] }).ofType('aws_ecr_lifecycle_policy')).toEqual([]);
});

test('pullAccounts: pull only', () => {
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

test('ARN and URL are known at synthesis', () => {
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
  ] as const)('$verb: least privilege, granted once', ({ verb, actions }) => {
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

  test('grantPull to another account requires pullAccounts', () => {
    expect(refusal((stack) => new ImageRepository(stack, 'shop', { name: 'shop' }).grantPull(other(stack)))).toBe(
      'test/shop: grantPull was called with other/build/role in account 999999999999: add the account to pullAccounts',
    );
    synthStack((stack) =>
      new ImageRepository(stack, 'shop', { name: 'shop', pullAccounts: ['999999999999'] }).grantPull(other(stack)),
    );
  });

  test('grantPush is limited to the account', () => {
    expect(refusal((stack) => new ImageRepository(stack, 'shop', { name: 'shop' }).grantPush(other(stack)))).toBe(
      "test/shop: grantPush was called with other/build/role in account 999999999999: use a role in the repository's account",
    );
  });
});

test.each<{ props: Partial<ImageRepositoryProps>; problem: string }>([
  {
    props: { name: 'Shop' },
    problem:
      "name must be two or more lowercase letters and digits, with single . _ - / between them, such as shop/checkout, got 'Shop'",
  },
  {
    props: { name: 'a'.repeat(257) },
    problem: `name '${'a'.repeat(257)}' has 257 characters, AWS allows at most 256: shorten it`,
  },
  {
    props: { mutableTags: ['a', 'b', 'c', 'd', 'e', 'f'] },
    problem: 'mutableTags has 6 patterns, ECR allows at most 5: merge some with *',
  },
  {
    props: { mutableTags: ['feature/x'] },
    problem: "mutableTags 'feature/x' is not a valid tag pattern: use 1 to 128 letters, digits and . _ - with *",
  },
  {
    props: { mutableTags: ['*'] },
    problem: "mutableTags '*' makes every tag mutable: list only the tags that move, such as main",
  },
  {
    props: { pullAccounts: ['1234'] },
    problem: "pullAccounts has '1234', which is not a valid account id: use twelve digits",
  },
  {
    props: { lifecycle: [keepAll()] },
    problem: "lifecycle has a keep-all without a tag pattern: give at least one, such as 'v*'",
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
      "lifecycle rule 1 selects v*, pr-*, which matches only images that have all of these tags: use one rule per pattern (if intended: acknowledge(scope, 'lifecycle-tags-anded', 'the reason'))",
  },
])('$problem', ({ props, problem }) => {
  expect(refused(props)).toBe(`test/shop: ${problem}`);
});
