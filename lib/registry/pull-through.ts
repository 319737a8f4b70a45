import { EcrPullThroughCacheRule } from '@cdktf/provider-aws/lib/ecr-pull-through-cache-rule';
import { EcrRepositoryCreationTemplate } from '@cdktf/provider-aws/lib/ecr-repository-creation-template';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { physicalName } from '../core/naming';
import { bool, list, object, oneOf, optional, text, union } from '../core/shape';
import { keyArnProblem } from '../iam/key-arn';
import { policyDocument, type Statement } from '../iam/policy-document';
import { importStatement } from '../iam/pull-through';
import { ServiceRole } from '../iam/service-role';
import {
  expireUntaggedAfterDays,
  intentProblems,
  LIFECYCLE_INTENT,
  lifecyclePolicy,
  planLifecycle,
  type LifecycleIntent,
} from './lifecycle';
import { lifecycleProblems } from './lifecycle-problems';
import { accountsPull, imageStatements } from './permissions';

/** A registry to cache. Docker Hub and GitHub require credentials, which ECR reads from a secret. */
export type Upstream =
  | {
      readonly kind: 'docker-hub' | 'github';
      /**
       * A secret in the stack's account and region with the keys `username` and `accessToken`; its name must start with
       * `ecr-pullthroughcache/`.
       */
      readonly credentialsSecretArn: string;
    }
  | { readonly kind: 'quay' | 'kubernetes' | 'ecr-public' };

export interface PullThroughCacheProps {
  readonly upstream: Upstream;
  /**
   * Prefix of the cached repositories' names, before a slash; 2 to 30 characters. Changing it starts an empty cache.
   * @default the kind of upstream: `docker-hub`
   */
  readonly prefix?: string;
  /**
   * Makes cached tags immutable. Only for upstreams whose tags never move: ECR could not update moved ones.
   * @default false
   */
  readonly immutableTags?: boolean;
  /**
   * Which cached images to keep and which to expire.
   * @default untagged images expire after 14 days; images deleted upstream are kept
   */
  readonly lifecycle?: readonly LifecycleIntent[];
  /** @default the AWS managed key for ECR */
  readonly kmsKeyArn?: string;
  /**
   * Account ids, twelve digits each, whose roles may pull cached images. For the first pull of an image they also need a
   * `RegistryPolicy` with this cache.
   * @default none
   */
  readonly pullAccounts?: readonly string[];
}

export type AccountUpstream = Extract<Upstream, { readonly credentialsSecretArn: string }>;
export type PublicUpstream = Exclude<Upstream, AccountUpstream>;

export const ACCOUNT_UPSTREAM = object<AccountUpstream>({
  kind: oneOf('docker-hub', 'github'),
  credentialsSecretArn: text(
    'the ARN of a secret, such as arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/docker-hub-AbCdEf',
  ),
});
export const PUBLIC_UPSTREAM = object<PublicUpstream>({ kind: oneOf('quay', 'kubernetes', 'ecr-public') });

export const PULL_THROUGH_CACHE_PROPS = object<PullThroughCacheProps>({
  upstream: union<Upstream, 'kind'>('kind', {
    'docker-hub': ACCOUNT_UPSTREAM,
    github: ACCOUNT_UPSTREAM,
    quay: PUBLIC_UPSTREAM,
    kubernetes: PUBLIC_UPSTREAM,
    'ecr-public': PUBLIC_UPSTREAM,
  }),
  prefix: optional(text()),
  immutableTags: optional(bool),
  lifecycle: optional(list(LIFECYCLE_INTENT)),
  kmsKeyArn: optional(text()),
  pullAccounts: optional(list(text())),
});

/**
 * Source: "CreatePullThroughCacheRule", `upstreamRegistryUrl`,
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html
 */
const UPSTREAM_URLS: Readonly<Record<Upstream['kind'], string>> = {
  'docker-hub': 'registry-1.docker.io',
  github: 'ghcr.io',
  quay: 'quay.io',
  kubernetes: 'registry.k8s.io',
  'ecr-public': 'public.ecr.aws',
};

/** Source: "CreatePullThroughCacheRule", `ecrRepositoryPrefix`, as above. */
const PREFIX = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const PREFIX_LENGTH = { min: 2, max: 30 };
const SECRET_ARN = /^arn:[\w-]+:secretsmanager:([\w-]+):(\d{12}):secret:(.+)$/;
const SECRET_PREFIX = 'ecr-pullthroughcache/';
const ACCOUNT = /^\d{12}$/;

const DEFAULT_LIFECYCLE = [expireUntaggedAfterDays(14)];

/**
 * Serves the images of another registry from ECR: without its rate limits and outages, and through VPC endpoints.
 * Repositories that ECR creates on the first pull get the settings of a template; they outlive the cache.
 */
export class PullThroughCache extends Construct {
  readonly rule: EcrPullThroughCacheRule;
  readonly template: EcrRepositoryCreationTemplate;
  /** Assumed by ECR when it creates a repository. */
  readonly creationRole: ServiceRole;
  readonly prefix: string;
  /** Prefix of the upstream's image names; official images of Docker Hub are in `library/`. */
  readonly url: string;
  /** ARN pattern of the cached repositories. */
  readonly repositoriesArn: string;
  /** Other accounts that may pull. */
  readonly pullAccounts: readonly string[];

  constructor(scope: Construct, id: string, props: PullThroughCacheProps) {
    super(scope, id);
    checkProps(this, props, PULL_THROUGH_CACHE_PROPS);
    const aws = awsContext(this);
    this.prefix = props.prefix ?? props.upstream.kind;
    check(this, ...problems(props, this.prefix, aws));

    this.url = `${aws.account}.dkr.ecr.${aws.region}.${aws.dnsSuffix}/${this.prefix}`;
    this.repositoriesArn = `arn:${aws.partition}:ecr:${aws.region}:${aws.account}:repository/${this.prefix}/*`;
    this.pullAccounts = [...(props.pullAccounts ?? [])];
    this.creationRole = this.addCreationRole(aws, props.kmsKeyArn);
    this.template = this.addTemplate(aws, props);
    this.rule = new EcrPullThroughCacheRule(this, 'rule', {
      ecrRepositoryPrefix: this.prefix,
      upstreamRegistryUrl: UPSTREAM_URLS[props.upstream.kind],
      credentialArn: 'credentialsSecretArn' in props.upstream ? props.upstream.credentialsSecretArn : undefined,
    });
    // A pull before the template exists would create a repository permanently without its settings.
    dependsOn(this.rule, this.template);
  }

  /**
   * Permissions to pull, including images not yet cached. The AWS managed policies for nodes lack
   * `ecr:CreateRepository`, so that the first pull of an image fails with them alone.
   */
  get pullStatements(): readonly Statement[] {
    return [...imageStatements({ pull: [this.repositoriesArn] }), importStatement([this.repositoriesArn])];
  }

  /**
   * Source: "Create a custom policy for repository creation templates",
   * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html
   */
  private addCreationRole(aws: AwsContext, kmsKeyArn: string | undefined): ServiceRole {
    return new ServiceRole(this, 'creation-role', {
      name: physicalName('iam-role', 'ecr-cache', aws.region, this.prefix.replaceAll('/', '-')),
      description: `Lets ECR create the repositories of the pull-through cache ${this.prefix}`,
      service: 'ecr.amazonaws.com',
      statements: [
        {
          actions: ['ecr:CreateRepository', 'ecr:ReplicateImage', 'ecr:TagResource'],
          resources: [this.repositoriesArn],
        },
        {
          actions: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:RetireGrant'],
          resources: [kmsKeyArn ?? `arn:${aws.partition}:kms:${aws.region}:${aws.account}:key/*`],
          conditions: { StringEquals: { 'kms:ViaService': [`ecr.${aws.region}.${aws.dnsSuffix}`] } },
        },
      ],
    });
  }

  private addTemplate(aws: AwsContext, props: PullThroughCacheProps): EcrRepositoryCreationTemplate {
    const { kmsKeyArn, immutableTags = false, lifecycle = DEFAULT_LIFECYCLE, pullAccounts = [] } = props;
    const rules = planLifecycle(lifecycle);
    const template = new EcrRepositoryCreationTemplate(this, 'template', {
      prefix: this.prefix,
      description: `Cached from ${UPSTREAM_URLS[props.upstream.kind]}`,
      appliedFor: ['PULL_THROUGH_CACHE'],
      customRoleArn: this.creationRole.role.arn,
      encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: kmsKeyArn }],
      imageTagMutability: immutableTags ? 'IMMUTABLE' : 'MUTABLE',
      lifecyclePolicy: rules.length > 0 ? lifecyclePolicy(rules) : undefined,
      repositoryPolicy: pullAccounts.length > 0 ? policyDocument(accountsPull(aws, pullAccounts)) : undefined,
      resourceTags: Object.keys(aws.tags).length > 0 ? { ...aws.tags } : undefined,
    });
    dependsOn(template, ...this.creationRole.policies);
    return template;
  }
}

function problems(props: PullThroughCacheProps, prefix: string, aws: AwsContext): readonly Problem[] {
  const { lifecycle = DEFAULT_LIFECYCLE, pullAccounts = [], upstream } = props;
  const { min, max } = PREFIX_LENGTH;
  return [
    (!PREFIX.test(prefix) || prefix.length < min || prefix.length > max) &&
      `prefix '${prefix}' is not valid: use ${min} to ${max} lowercase letters and digits, with single . _ - / between them`,
    keyArnProblem('kmsKeyArn', props.kmsKeyArn),
    'credentialsSecretArn' in upstream && secretProblem(upstream.credentialsSecretArn, aws),
    ...pullAccounts.map(
      (account) =>
        !ACCOUNT.test(account) && `pullAccounts has '${account}', which is not a valid account id: use twelve digits`,
    ),
    ...intentProblems(lifecycle),
    ...lifecycleProblems(planLifecycle(lifecycle)),
  ];
}

function secretProblem(arn: string, { account, region }: AwsContext): Problem {
  if (Token.isUnresolved(arn)) return false;
  const [, secretRegion, secretAccount, name] = SECRET_ARN.exec(arn) ?? [];
  if (name === undefined)
    return `credentialsSecretArn '${arn}' is not a valid Secrets Manager ARN: give the full ARN of the secret`;
  if (!name.startsWith(SECRET_PREFIX)) {
    return `credentialsSecretArn refers to secret '${name}', but ECR requires the prefix ${SECRET_PREFIX}: create a secret whose name begins with it`;
  }
  return (
    (secretRegion !== region || secretAccount !== account) &&
    `credentialsSecretArn is in account ${secretAccount}, ${secretRegion}, but the cache is in account ${account}, ${region}: create the secret there`
  );
}
