import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { EcrRepositoryPolicy } from '@cdktf/provider-aws/lib/ecr-repository-policy';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { nameTooLong, physicalName } from '../core/naming';
import { preventDestroy } from '../core/prevent-destroy';
import { bool, either, list, object, optional, text } from '../core/shape';
import { keyArnProblem } from '../iam/key-arn';
import { policyDocument, type Statement } from '../iam/policy-document';
import {
  expireUntaggedAfterDays,
  intentProblems,
  LIFECYCLE_INTENT,
  LIFECYCLE_RULE,
  lifecyclePolicy,
  planLifecycle,
  type LifecycleIntent,
  type LifecycleRule,
} from './lifecycle';
import { lifecycleProblems } from './lifecycle-problems';
import { accountsPull, imageStatements } from './permissions';
import type { ImageRepositoryRef } from './image-repository-ref';

export interface ImageRepositoryProps {
  /** May include a path: `shop/checkout`. Changing it replaces the repository with an empty one. */
  readonly name: string;
  /**
   * Tags that may be overwritten, as patterns with `*`: `main`, `cache-*`. At most five.
   * @default none: all tags are immutable
   */
  readonly mutableTags?: readonly string[];
  /**
   * Which images to keep and which to expire: `[keepAll('production-*'), expireAfterDays(14, 'pr-*')]`; or native ECR
   * rules.
   * @default untagged images expire after 14 days, all others are kept
   */
  readonly lifecycle?: readonly LifecycleIntent[] | { readonly rules: readonly LifecycleRule[] };
  /**
   * Changing it replaces the repository with an empty one.
   * @default the AWS managed key for ECR
   */
  readonly kmsKeyArn?: string;
  /**
   * Account ids, twelve digits each, whose roles may pull if their own policies also allow it.
   * @default none
   */
  readonly pullAccounts?: readonly string[];
  /**
   * Deletes the images together with the repository. Without it, deleting a repository with images fails.
   * @default false
   */
  readonly forceDelete?: boolean;
  /**
   * Terraform rejects plans that destroy or replace the repository, until `false` is applied.
   * @default true unless forceDelete is set
   */
  readonly deletionProtection?: boolean;
}

/** Source: "CreateRepository", https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const NAME = /^(?=..)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

export const IMAGE_REPOSITORY_PROPS = object<ImageRepositoryProps>({
  name: text('two or more lowercase letters and digits, with single . _ - / between them, such as shop/checkout', NAME),
  mutableTags: optional(list(text())),
  lifecycle: optional(
    either(
      object<{ readonly rules: readonly LifecycleRule[] }>(
        { rules: list(LIFECYCLE_RULE) },
        { expected: 'native rules' },
      ),
      list(LIFECYCLE_INTENT, 'a list, such as [keepAll(...)]'),
    ),
  ),
  kmsKeyArn: optional(text()),
  pullAccounts: optional(list(text())),
  forceDelete: optional(bool),
  deletionProtection: optional(bool),
});

/** Long enough to inspect images that lost their tag. */
const DEFAULT_LIFECYCLE = [expireUntaggedAfterDays(14)];

/**
 * Sources: "ImageTagMutabilityExclusionFilter",
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html;
 * "PutImageTagMutability", https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html
 */
const TAG_FILTER = /^[0-9a-zA-Z._*-]{1,128}$/;
const MAX_TAG_FILTERS = 5;
const ACCOUNT = /^\d{12}$/;

/** A container image repository with immutable tags, scan on push and encryption. */
export class ImageRepository extends Construct implements ImageRepositoryRef {
  readonly repository: EcrRepository;
  readonly lifecyclePolicy?: EcrLifecyclePolicy;
  readonly repositoryPolicy?: EcrRepositoryPolicy;
  readonly repositoryName: string;
  /** Known at synthesis, so that other stacks can use it as a plain string. */
  readonly repositoryArn: string;
  /** The image reference without `:tag` or `@digest`; known at synthesis. */
  readonly repositoryUrl: string;

  private readonly pullAccounts: readonly string[];

  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id);
    checkProps(this, props, IMAGE_REPOSITORY_PROPS);
    const rules = rulesOf(props.lifecycle ?? DEFAULT_LIFECYCLE);
    check(this, ...problems(props), ...lifecycleProblems(rules));

    this.repository = this.addRepository(props);
    this.lifecyclePolicy = this.addLifecyclePolicy(rules);
    this.pullAccounts = props.pullAccounts ?? [];
    this.repositoryPolicy = this.addRepositoryPolicy(this.pullAccounts);

    const { partition, region, account, dnsSuffix } = awsContext(this);
    this.repositoryName = props.name;
    this.repositoryArn = `arn:${partition}:ecr:${region}:${account}:repository/${props.name}`;
    this.repositoryUrl = `${account}.dkr.ecr.${region}.${dnsSuffix}/${props.name}`;
  }

  /** Allows a role to pull. A role in another account also requires that account in `pullAccounts`. */
  grantPull(role: IamRole): IamRolePolicy {
    const { account } = awsContext(role);
    check(
      this,
      account !== awsContext(this).account &&
        !this.pullAccounts.includes(account) &&
        `grantPull was called with ${role.node.path} in account ${account}: add the account to pullAccounts`,
    );
    return this.grant(role, 'pull', imageStatements({ pull: [this.repositoryArn] }));
  }

  /** Allows a role in this account to push and pull. */
  grantPush(role: IamRole): IamRolePolicy {
    const { account } = awsContext(role);
    check(
      this,
      account !== awsContext(this).account &&
        `grantPush was called with ${role.node.path} in account ${account}: use a role in the repository's account`,
    );
    return this.grant(role, 'push', imageStatements({ push: [this.repositoryArn] }));
  }

  /** The policy is a child of the role, so that both are deleted together. */
  private grant(role: IamRole, verb: 'pull' | 'push', statements: readonly Statement[]): IamRolePolicy {
    const id = `${verb}-${this.repositoryName}`;
    return (
      (role.node.tryFindChild(id) as IamRolePolicy | undefined) ??
      new IamRolePolicy(role, id, {
        role: role.name,
        name: physicalName('iam-policy', id.replaceAll('/', '-')),
        policy: policyDocument(...statements),
      })
    );
  }

  private addRepository({ name, mutableTags = [], kmsKeyArn, forceDelete = false, ...props }: ImageRepositoryProps) {
    const repository = new EcrRepository(this, 'repository', {
      name,
      imageTagMutability: mutableTags.length > 0 ? 'IMMUTABLE_WITH_EXCLUSION' : 'IMMUTABLE',
      imageTagMutabilityExclusionFilter:
        mutableTags.length > 0 ? mutableTags.map((filter) => ({ filter, filterType: 'WILDCARD' })) : undefined,
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: kmsKeyArn }],
      forceDelete,
      lifecycle: preventDestroy(props.deletionProtection ?? !forceDelete),
    });
    if (mutableTags.length > 0) {
      acknowledge(repository, 'CKV_AWS_51', `Every tag is immutable but ${mutableTags.join(', ')}`);
    }
    return repository;
  }

  private addLifecyclePolicy(rules: readonly LifecycleRule[]): EcrLifecyclePolicy | undefined {
    if (rules.length === 0) return undefined;
    return new EcrLifecyclePolicy(this, 'lifecycle', {
      repository: this.repository.name,
      policy: lifecyclePolicy(rules),
    });
  }

  private addRepositoryPolicy(accounts: readonly string[]): EcrRepositoryPolicy | undefined {
    if (accounts.length === 0) return undefined;
    return new EcrRepositoryPolicy(this, 'policy', {
      repository: this.repository.name,
      policy: policyDocument(accountsPull(awsContext(this), accounts)),
    });
  }
}

function rulesOf(lifecycle: NonNullable<ImageRepositoryProps['lifecycle']>): readonly LifecycleRule[] {
  return 'rules' in lifecycle ? lifecycle.rules : planLifecycle(lifecycle);
}

function problems({
  name,
  mutableTags = [],
  pullAccounts = [],
  lifecycle = [],
  kmsKeyArn,
}: ImageRepositoryProps): readonly Problem[] {
  return [
    nameTooLong('ecr-repository', 'name', name),
    mutableTags.length > MAX_TAG_FILTERS &&
      `mutableTags has ${mutableTags.length} patterns, ECR allows at most ${MAX_TAG_FILTERS}: merge some with *`,
    ...mutableTags.map(
      (filter) =>
        !TAG_FILTER.test(filter) &&
        `mutableTags '${filter}' is not a valid tag pattern: use 1 to 128 letters, digits and . _ - with *`,
    ),
    mutableTags.includes('*') && "mutableTags '*' makes every tag mutable: list only the tags that move, such as main",
    ...pullAccounts.map(
      (account) =>
        !Token.isUnresolved(account) &&
        !ACCOUNT.test(account) &&
        `pullAccounts has '${account}', which is not a valid account id: use twelve digits`,
    ),
    keyArnProblem('kmsKeyArn', kmsKeyArn),
    ...('rules' in lifecycle ? [] : intentProblems(lifecycle)),
  ];
}
