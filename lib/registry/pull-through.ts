import { EcrPullThroughCacheRule } from '@cdktf/provider-aws/lib/ecr-pull-through-cache-rule';
import { EcrRepositoryCreationTemplate } from '@cdktf/provider-aws/lib/ecr-repository-creation-template';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { physicalName } from '../core/naming';
import { policyDocument, type Statement } from '../iam/policy-document';
import { ServiceRole } from '../iam/service-role';
import {
  expireUntaggedAfterDays,
  intentProblems,
  lifecyclePolicy,
  planLifecycle,
  type LifecycleIntent,
} from './lifecycle';
import { lifecycleProblems } from './lifecycle-problems';
import { accountsPull, imageStatements } from './permissions';

/** A registry to cache. Docker Hub and GitHub want an account: ECR reads it from a secret. */
export type Upstream =
  | {
      readonly kind: 'docker-hub' | 'github';
      /**
       * Of a secret in the stack's account and region with the keys `username` and `accessToken`; its name starts with
       * `ecr-pullthroughcache/`.
       */
      readonly credentialsSecretArn: string;
    }
  | { readonly kind: 'quay' | 'kubernetes' | 'ecr-public' };

export interface PullThroughCacheProps {
  readonly upstream: Upstream;
  /**
   * What the cached repositories' names start with, before a slash; 2 to 30 characters. A change makes new, empty ones.
   * @default the kind of upstream: `docker-hub`
   */
  readonly prefix?: string;
  /**
   * Refuses a tag that moves upstream. Only for upstreams whose tags never move: ECR could not refresh the others.
   * @default false
   */
  readonly immutableTags?: boolean;
  /**
   * Which cached images to keep and which to expire.
   * @default untagged images go after 14 days; an image that upstream deletes stays
   */
  readonly lifecycle?: readonly LifecycleIntent[];
  /** @default the key that AWS keeps for ECR in this account */
  readonly kmsKeyArn?: string;
  /**
   * Accounts, twelve digits each, whose roles may pull what is cached.
   * @default none
   */
  readonly pullAccounts?: readonly string[];
}

/** Source: CreatePullThroughCacheRule, `upstreamRegistryUrl`, Amazon ECR API Reference. */
const UPSTREAM_URLS: Readonly<Record<Upstream['kind'], string>> = {
  'docker-hub': 'registry-1.docker.io',
  github: 'ghcr.io',
  quay: 'quay.io',
  kubernetes: 'registry.k8s.io',
  'ecr-public': 'public.ecr.aws',
};

/** Source: CreatePullThroughCacheRule, `ecrRepositoryPrefix`, Amazon ECR API Reference. */
const PREFIX = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const PREFIX_LENGTH = { min: 2, max: 30 };
const SECRET_ARN = /^arn:[\w-]+:secretsmanager:([\w-]+):(\d{12}):secret:(.+)$/;
const SECRET_PREFIX = 'ecr-pullthroughcache/';
const ACCOUNT = /^\d{12}$/;

const DEFAULT_LIFECYCLE = [expireUntaggedAfterDays(14)];

/**
 * Serves the images of another registry from this one: no rate limit, no outage of theirs, pulled through the VPC's own
 * endpoints. The template makes the repositories that ECR creates on a first pull like our own; they stay when the cache goes.
 */
export class PullThroughCache extends Construct {
  readonly rule: EcrPullThroughCacheRule;
  readonly template: EcrRepositoryCreationTemplate;
  /** Assumed by ECR when it creates a repository. */
  readonly creationRole: ServiceRole;
  readonly prefix: string;
  /** What stands before the upstream's image name; an official image of Docker Hub is below `library/` there. */
  readonly url: string;
  /** The cached repositories, as a pattern. */
  readonly repositoriesArn: string;

  constructor(scope: Construct, id: string, props: PullThroughCacheProps) {
    super(scope, id);
    const aws = awsContext(this);
    this.prefix = props.prefix ?? props.upstream.kind;
    check(this, ...problems(props, this.prefix, aws));

    this.url = `${aws.account}.dkr.ecr.${aws.region}.${aws.dnsSuffix}/${this.prefix}`;
    this.repositoriesArn = `arn:${aws.partition}:ecr:${aws.region}:${aws.account}:repository/${this.prefix}/*`;
    this.creationRole = this.addCreationRole(aws, props.kmsKeyArn);
    this.template = this.addTemplate(aws, props);
    this.rule = new EcrPullThroughCacheRule(this, 'rule', {
      ecrRepositoryPrefix: this.prefix,
      upstreamRegistryUrl: UPSTREAM_URLS[props.upstream.kind],
      credentialArn: 'credentialsSecretArn' in props.upstream ? props.upstream.credentialsSecretArn : undefined,
    });
    // A pull between the two would create a repository without the template's settings, for good.
    dependsOn(this.rule, this.template);
  }

  /**
   * What a role needs to pull, also what is not cached yet. AWS's own policy for nodes lacks `ecr:CreateRepository`, so
   * that the first pull of an image fails with it alone.
   */
  get pullStatements(): readonly Statement[] {
    return [
      ...imageStatements({ pull: [this.repositoriesArn] }),
      { actions: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], resources: [this.repositoriesArn] },
    ];
  }

  /** Source: "Create a custom policy for repository creation templates", Amazon ECR User Guide. */
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
      `prefix '${prefix}' is none: write ${min} to ${max} lower-case letters and digits, with single . _ - / between them`,
    'credentialsSecretArn' in upstream && secretProblem(upstream.credentialsSecretArn, aws),
    ...pullAccounts.map(
      (account) => !ACCOUNT.test(account) && `pullAccounts has '${account}': an account has twelve digits`,
    ),
    ...intentProblems(lifecycle),
    ...lifecycleProblems(planLifecycle(lifecycle)),
  ];
}

function secretProblem(arn: string, { account, region }: AwsContext): Problem {
  if (Token.isUnresolved(arn)) return false;
  const [, secretRegion, secretAccount, name] = SECRET_ARN.exec(arn) ?? [];
  if (name === undefined) return `credentialsSecretArn '${arn}' is not the ARN of a Secrets Manager secret`;
  if (!name.startsWith(SECRET_PREFIX)) {
    return `credentialsSecretArn names the secret '${name}', ECR reads only those below ${SECRET_PREFIX}: rename it`;
  }
  return (
    (secretRegion !== region || secretAccount !== account) &&
    `credentialsSecretArn is in account ${secretAccount}, ${secretRegion}, the cache in account ${account}, ${region}: put the secret there`
  );
}
