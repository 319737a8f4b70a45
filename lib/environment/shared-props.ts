import { AWS_STACK_PROPS, type AwsStackProps } from '../core/aws-stack';
import { bool, either, integer, list, object, oneOf, optional, text, union } from '../core/shape';
import type { CaaPolicy } from '../dns/caa';
import type { PublicHostedZoneProps } from '../dns/hosted-zone';
import { CI_SUBJECTS, type CiSubject } from '../registry/ci-subject';
import type { ImageRepositoryProps } from '../registry/image-repository';
import type { LifecycleIntent, LifecycleRule, LifecycleSelection } from '../registry/lifecycle';
import { OIDC_ISSUER, type OidcIssuer } from '../registry/oidc-provider';
import type { PullThroughCacheProps, Upstream } from '../registry/pull-through';

/** Shared resources of an account's environments, as data. */
export interface SharedProps extends AwsStackProps {
  /**
   * The stack's name.
   * @default 'shared'
   */
  readonly name?: string;
  /**
   * The parent domain of the environments' domains; the id of its hosted zone is an output.
   * @default none
   */
  readonly domain?: string;
  /**
   * DNSSEC, CAA records, query logging and deletion protection of the domain.
   * @default no DNSSEC; only Amazon may issue certificates; protected
   */
  readonly dns?: Pick<
    PublicHostedZoneProps,
    'dnssec' | 'caa' | 'queryLogGroupArn' | 'forceDestroy' | 'deletionProtection'
  >;
  /**
   * Image repositories for all environments.
   * @default none
   */
  readonly repositories?: readonly ImageRepositoryProps[];
  /**
   * IAM roles for CI jobs.
   * @default none
   */
  readonly ciRoles?: readonly CiRoleSpec[];
  /**
   * Upstream registries whose images are cached in this registry.
   * @default none
   */
  readonly pullThroughCaches?: readonly PullThroughCacheSpec[];
  /**
   * Rescans images when new vulnerabilities are published, for the whole account and region. Inspector charges per
   * image.
   * @default true
   */
  readonly enhancedScanning?: boolean;
}

/** A registry to cache, and the accounts besides this one whose environments may pull through the cache. */
export type PullThroughCacheSpec = Upstream & Pick<PullThroughCacheProps, 'pullAccounts'>;

/** An IAM role that CI jobs push images with. */
export interface CiRoleSpec {
  /** The role's name. */
  readonly name: string;
  /** The CI system, such as `GITHUB_ACTIONS`. */
  readonly issuer: OidcIssuer;
  /** Jobs that may assume the role: `[gitHubActions('acme/shop', { branch: 'main' })]`. */
  readonly subjects: readonly CiSubject[];
  /** Names of `repositories`. */
  readonly pushTo: readonly string[];
}

type DnsSettings = NonNullable<SharedProps['dns']>;

const DNS_SETTINGS = object<DnsSettings>({
  dnssec: optional(oneOf('off', 'signed', 'trusted')),
  caa: optional(
    either(oneOf('none'), object<CaaPolicy>({ issuers: optional(list(text())), reportTo: optional(text()) })),
  ),
  queryLogGroupArn: optional(text()),
  forceDestroy: optional(bool),
  deletionProtection: optional(bool),
});

type IntentOf<K extends LifecycleIntent['kind']> = Extract<LifecycleIntent, { readonly kind: K }>;

const TAG_PATTERNS = list(text(), 'a list of tag patterns');

const LIFECYCLE_INTENT = union<LifecycleIntent, 'kind'>('kind', {
  'keep-all': object<IntentOf<'keep-all'>>({ kind: oneOf('keep-all'), tagPatterns: TAG_PATTERNS }),
  'keep-last': object<IntentOf<'keep-last'>>({ kind: oneOf('keep-last'), tagPatterns: TAG_PATTERNS, count: integer }),
  expire: object<IntentOf<'expire'>>({ kind: oneOf('expire'), tagPatterns: TAG_PATTERNS, days: integer }),
  'expire-untagged': object<IntentOf<'expire-untagged'>>({ kind: oneOf('expire-untagged'), days: integer }),
  'expire-rest': object<IntentOf<'expire-rest'>>({ kind: oneOf('expire-rest'), days: integer }),
});

const LIFECYCLE_RULE = object<LifecycleRule>({
  rulePriority: integer,
  description: optional(text()),
  selection: object<LifecycleSelection>({
    tagStatus: oneOf('tagged', 'untagged', 'any'),
    tagPatternList: optional(list(text())),
    tagPrefixList: optional(list(text())),
    countType: oneOf('imageCountMoreThan', 'sinceImagePushed'),
    countUnit: optional(oneOf('days')),
    countNumber: integer,
  }),
  action: object<LifecycleRule['action']>({ type: oneOf('expire') }),
});

const ACCOUNTS = list(text("an account id, such as '123456789012'", /^\d{12}$/));

const IMAGE_REPOSITORY = object<ImageRepositoryProps>({
  name: text("a name, such as 'shop/checkout'"),
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
  pullAccounts: optional(ACCOUNTS),
  forceDelete: optional(bool),
  deletionProtection: optional(bool),
});

const CI_ROLE = object<CiRoleSpec>({
  name: text("a name, such as 'ci-shop'"),
  issuer: object<OidcIssuer>(OIDC_ISSUER, { expected: 'an issuer, such as GITHUB_ACTIONS' }),
  subjects: CI_SUBJECTS,
  pushTo: list(text(), 'a list of names of repositories'),
});

type CacheOfAccount = Extract<PullThroughCacheSpec, { readonly credentialsSecretArn: string }>;

const CACHE_OF_ACCOUNT = object<CacheOfAccount>({
  kind: oneOf('docker-hub', 'github'),
  credentialsSecretArn: text('the ARN of a secret with username and accessToken'),
  pullAccounts: optional(ACCOUNTS),
});
const PUBLIC_CACHE = object<Exclude<PullThroughCacheSpec, CacheOfAccount>>({
  kind: oneOf('quay', 'kubernetes', 'ecr-public'),
  pullAccounts: optional(ACCOUNTS),
});

const PULL_THROUGH_CACHE = union<PullThroughCacheSpec, 'kind'>('kind', {
  'docker-hub': CACHE_OF_ACCOUNT,
  github: CACHE_OF_ACCOUNT,
  quay: PUBLIC_CACHE,
  kubernetes: PUBLIC_CACHE,
  'ecr-public': PUBLIC_CACHE,
});

/** Old names of properties. */
const RENAMED = { robots: 'ciRoles' };

export const SHARED_PROPS = object<SharedProps>(
  {
    ...AWS_STACK_PROPS.shapes,
    name: optional(text()),
    domain: optional(text()),
    dns: optional(DNS_SETTINGS),
    repositories: optional(list(IMAGE_REPOSITORY)),
    ciRoles: optional(list(CI_ROLE)),
    pullThroughCaches: optional(list(PULL_THROUGH_CACHE)),
    enhancedScanning: optional(bool),
  },
  { renamed: RENAMED },
);
