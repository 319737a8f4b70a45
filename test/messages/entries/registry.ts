import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { AwsStack } from '../../../lib/core/aws-stack';
import type { Statement } from '../../../lib/iam/policy-document';
import { actionProblems } from '../../../lib/registry/ci-permissions';
import { gitHubActions, subjectProblems } from '../../../lib/registry/ci-subject';
import { ImageRepository, type ImageRepositoryProps } from '../../../lib/registry/image-repository';
import { lifecycleProblems } from '../../../lib/registry/lifecycle-problems';
import { keepAll, type LifecycleRule, type LifecycleSelection } from '../../../lib/registry/lifecycle';
import { GITHUB_ACTIONS, OidcProvider, type OidcProviderProps } from '../../../lib/registry/oidc-provider';
import { PullThroughCache, type PullThroughCacheProps } from '../../../lib/registry/pull-through';
import { RegistryPolicy } from '../../../lib/registry/registry-policy';
import { RegistrySettings, type RegistrySettingsProps } from '../../../lib/registry/registry-settings';
import { group, inApp, inStack, PLACE, returned, type Group } from '../try';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf';

const rule = (rulePriority: number, selection: Partial<LifecycleSelection>): LifecycleRule => ({
  rulePriority,
  action: { type: 'expire' },
  selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14, ...selection },
});
const tagged = (pattern: string) => ({ tagStatus: 'tagged', tagPatternList: [pattern] }) as const;
const hub = (credentialsSecretArn: string): PullThroughCacheProps => ({
  upstream: { kind: 'docker-hub', credentialsSecretArn },
});

export const GROUPS: readonly Group[] = [
  group(
    returned(({ statements }: { readonly statements: readonly Statement[] }) => actionProblems(statements)),
    {
      "statements allow '{}', {}": {
        wrong: { statements: [{ actions: ['s3:*'], resources: ['*'] }] },
        right: { statements: [{ actions: ['s3:PutObject'], resources: ['*'] }] },
      },
    },
  ),
  group(
    returned((on: object) => {
      gitHubActions('acme/shop', on as never);
      return [];
    }),
    {
      "what the jobs run on is {}: give one of {}, such as { branch: 'main' }": {
        wrong: { brnach: 'main' },
        right: { branch: 'main' },
      },
    },
  ),
  group(
    returned((subjects: readonly string[]) => subjectProblems(subjects)),
    {
      'subjects is empty, so no job could assume the role: give at least one': {
        wrong: [],
        right: [gitHubActions('acme/shop', { branch: 'main' })],
      },
      "subjects has '{}', which matches jobs of any repository: give the repository and its branch": {
        wrong: ['*'],
        right: ['repo:acme/shop:ref:refs/heads/main'],
      },
      "subjects has '{}', which does not identify one repository: use owner/name without wildcards": {
        wrong: ['repo:acme/*:ref:refs/heads/main'],
        right: ['repo:acme/shop:ref:refs/heads/main'],
      },
      "subjects has '{}', which no job has: use owner/name, or owner@id/name@id with the numeric ids of both": {
        wrong: ['repo:acme@123/shop:ref:refs/heads/main'],
        right: ['repo:acme@123/shop@456:ref:refs/heads/main'],
      },
      "subjects has '{}', which matches every branch, reviewed or not: give a branch, tag or environment": {
        wrong: ['repo:acme/shop:*'],
        right: ['repo:acme/shop:environment:production'],
      },
      "subjects has '{}', which matches code that nobody reviewed: give a branch, tag or environment": {
        wrong: ['repo:acme/shop:pull_request'],
        right: ['repo:acme/shop:ref:refs/tags/v1'],
      },
    },
  ),
  group(
    returned((subjects: readonly string[]) => subjectProblems(subjects, GITHUB_ACTIONS.issuer)),
    {
      "subjects has '{}', which names no owner, so that it is nobody's or anybody's: write it as {}": {
        wrong: ['job_workflow_ref:acme/shop/.github/workflows/deploy.yml@refs/heads/main'],
        right: ['repo:acme/shop:ref:refs/heads/main'],
      },
    },
  ),
  group(
    inStack((stack, props: Partial<ImageRepositoryProps>) => {
      new ImageRepository(stack, 'images', { name: 'shop/checkout', ...props });
    }),
    {
      'mutableTags has {} patterns, ECR allows at most {}: merge some with *': {
        wrong: { mutableTags: ['a1', 'a2', 'a3', 'b', 'c', 'd'] },
        right: { mutableTags: ['a*', 'b', 'c', 'd'] },
      },
      "mutableTags '{}' is not a valid tag pattern: use 1 to 128 letters, digits and . _ - with *": {
        wrong: { mutableTags: ['feature/x'] },
        right: { mutableTags: ['feature-x'] },
      },
      "mutableTags '*' makes every tag mutable: list only the tags that move, such as main": {
        wrong: { mutableTags: ['*'] },
        right: { mutableTags: ['main'] },
      },
      "pullAccounts has '{}', which is not a valid account id: use twelve digits": {
        wrong: { pullAccounts: ['1234'] },
        right: { pullAccounts: ['210987654321'] },
      },
      "lifecycle has a {} without a tag pattern: give at least one, such as 'v*'": {
        wrong: { lifecycle: [keepAll()] },
        right: { lifecycle: [keepAll('v*')] },
      },
    },
  ),
  group(
    returned(({ lifecycle }: { readonly lifecycle: readonly LifecycleRule[] }) => lifecycleProblems(lifecycle)),
    {
      'lifecycle has {} rules, ECR allows at most {}: merge patterns': {
        wrong: { lifecycle: Array.from({ length: 51 }, (_, index) => rule(index + 1, tagged(`v${index}-*`))) },
        right: { lifecycle: [rule(1, tagged('v*'))] },
      },
      'lifecycle has several rules with rulePriority {}: use unique priorities': {
        wrong: { lifecycle: [rule(1, {}), rule(1, tagged('v*'))] },
        right: { lifecycle: [rule(1, {}), rule(2, tagged('v*'))] },
      },
      "lifecycle has tagStatus 'any' at rulePriority {}, before {}: use the highest rulePriority, since it matches every image":
        {
          wrong: { lifecycle: [rule(1, { tagStatus: 'any' }), rule(2, tagged('v*'))] },
          right: { lifecycle: [rule(3, { tagStatus: 'any' }), rule(2, tagged('v*'))] },
        },
      'lifecycle has several rules for {}, ECR allows only one: keep one of them': {
        wrong: { lifecycle: [rule(1, tagged('v*')), rule(2, tagged('v*'))] },
        right: { lifecycle: [rule(1, tagged('v*'))] },
      },
      'lifecycle rule {} selects {}, which matches only images that have all of these tags: use one rule per pattern': {
        wrong: { lifecycle: [rule(1, { tagStatus: 'tagged', tagPatternList: ['a*', 'b*'] })] },
        right: { lifecycle: [rule(1, tagged('a*')), rule(2, tagged('b*'))] },
      },
      'lifecycle rule {} selects tagged images without a pattern: set tagPatternList': {
        wrong: { lifecycle: [rule(1, { tagStatus: 'tagged' })] },
        right: { lifecycle: [rule(1, tagged('v*'))] },
      },
      "lifecycle rule {} has patterns with tagStatus '{}': use tagStatus 'tagged'": {
        wrong: { lifecycle: [rule(1, { tagPatternList: ['v*'] })] },
        right: { lifecycle: [rule(1, tagged('v*'))] },
      },
      "lifecycle pattern '{}' is not a valid tag pattern: use 1 to 128 letters, digits and . _ - with at most {} *": {
        wrong: { lifecycle: [rule(1, tagged('*-*-*-*-*'))] },
        right: { lifecycle: [rule(1, tagged('*-*-*-*'))] },
      },
      'lifecycle rule {} counts {} {}: use a whole number, at least 1': {
        wrong: { lifecycle: [rule(1, { countNumber: 0.5 })] },
        right: { lifecycle: [rule(1, { countNumber: 1 })] },
      },
      "lifecycle rule {} has countType '{}' {}: use countUnit 'days' with sinceImagePushed only": {
        wrong: { lifecycle: [rule(1, { countType: 'imageCountMoreThan' })] },
        right: { lifecycle: [rule(1, { countType: 'sinceImagePushed' })] },
      },
    },
  ),
  group(
    inApp((app, { account, pullAccounts }: { readonly account: string; readonly pullAccounts: readonly string[] }) => {
      const images = new ImageRepository(new AwsStack(app, 'images', PLACE), 'images', { name: 'shop', pullAccounts });
      const team = new AwsStack(app, 'team', { ...PLACE, account });
      images.grantPull(new IamRole(team, 'role', { assumeRolePolicy: '{}' }));
    }),
    {
      'grantPull was called with {} in account {}: add the account to pullAccounts': {
        wrong: { account: '210987654321', pullAccounts: [] },
        right: { account: '210987654321', pullAccounts: ['210987654321'] },
      },
    },
  ),
  group(
    inApp((app, { account }: { readonly account: string }) => {
      const images = new ImageRepository(new AwsStack(app, 'images', PLACE), 'images', { name: 'shop' });
      const team = new AwsStack(app, 'team', { ...PLACE, account });
      images.grantPush(new IamRole(team, 'role', { assumeRolePolicy: '{}' }));
    }),
    {
      "grantPush was called with {} in account {}: use a role in the repository's account": {
        wrong: { account: '210987654321' },
        right: { account: '123456789012' },
      },
    },
  ),
  group(
    inStack((stack, props: Partial<OidcProviderProps>) => {
      new OidcProvider(stack, 'provider', { ...GITHUB_ACTIONS, ...props });
    }),
    {
      "thumbprints has '{}', which is not a valid thumbprint: use 40 hexadecimal digits": {
        wrong: { thumbprints: ['AA:BB'] },
        right: { thumbprints: ['0123456789012345678901234567890123456789'] },
      },
    },
  ),
  group(
    inStack((stack, ids: readonly string[]) => {
      for (const id of ids) new RegistrySettings(stack, id);
    }),
    {
      '{} is already declared by {}: keep only one of them': {
        wrong: ['one', 'two'],
        right: ['one'],
        unnamed: 'it has the other one',
      },
    },
  ),
  group(
    inStack((stack, props: RegistrySettingsProps) => void new RegistrySettings(stack, 'settings', props)),
    {
      "continuouslyScanned '{}' is not a valid repository pattern: use lowercase letters, digits and . _ - / with *": {
        wrong: { continuouslyScanned: ['Shop/*'] },
        right: { continuouslyScanned: ['shop/*'] },
      },
    },
  ),
  group(
    inStack((stack, props: PullThroughCacheProps) => void new PullThroughCache(stack, 'cache', props)),
    {
      "prefix '{}' is not valid: use {} to {} lowercase letters and digits, with single . _ - / between them": {
        wrong: { upstream: { kind: 'quay' }, prefix: 'Quay' },
        right: { upstream: { kind: 'quay' }, prefix: 'quay' },
      },
      "credentialsSecretArn '{}' is not a valid Secrets Manager ARN: give the full ARN of the secret": {
        wrong: hub('ecr-pullthroughcache/hub'),
        right: hub(SECRET),
      },
      "credentialsSecretArn refers to secret '{}', but ECR requires the prefix {}: create a secret whose name begins with it":
        {
          wrong: hub(SECRET.replace('ecr-pullthroughcache/', '')),
          right: hub(SECRET),
          unnamed: 'it has the name of the secret in place of its whole ARN',
        },
      'credentialsSecretArn is in account {}, {}, but the cache is in account {}, {}: create the secret there': {
        wrong: hub(SECRET.replace('eu-west-1', 'us-east-1')),
        right: hub(SECRET),
        unnamed: 'it has account and region of the ARN',
      },
    },
  ),
  group(
    inStack((stack, props: Pick<PullThroughCacheProps, 'pullAccounts'>) => {
      const cache = new PullThroughCache(stack, 'cache', { upstream: { kind: 'quay' }, ...props });
      new RegistryPolicy(stack, 'policy', { pullThroughCaches: [cache] });
    }),
    {
      'pullThroughCaches has no cache with pullAccounts, so nothing would be allowed: set pullAccounts on one of them, or remove the policy':
        { wrong: {}, right: { pullAccounts: ['210987654321'] } },
    },
  ),
];
