import { AWS_STACK_PROPS, type AwsStackProps } from '../core/aws-stack';
import { bool, either, list, object, oneOf, optional, text, union } from '../core/shape';
import type { CaaPolicy } from '../dns/caa';
import type { PublicHostedZoneProps } from '../dns/hosted-zone';
import { CI_SUBJECTS, type CiSubject } from '../registry/ci-subject';
import { IMAGE_REPOSITORY_PROPS, type ImageRepositoryProps } from '../registry/image-repository';
import { OIDC_ISSUER, type OidcIssuer } from '../registry/oidc-provider';
import {
  ACCOUNT_UPSTREAM,
  PUBLIC_UPSTREAM,
  PULL_THROUGH_CACHE_PROPS,
  type AccountUpstream,
  type PublicUpstream,
  type PullThroughCacheProps,
  type Upstream,
} from '../registry/pull-through';

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

const CI_ROLE = object<CiRoleSpec>({
  name: text("a name, such as 'ci-shop'"),
  issuer: object<OidcIssuer>(OIDC_ISSUER, { expected: 'an issuer, such as GITHUB_ACTIONS' }),
  subjects: CI_SUBJECTS,
  pushTo: list(text(), 'a list of names of repositories'),
});

const CACHE_OF_ACCOUNT = object<Extract<PullThroughCacheSpec, AccountUpstream>>({
  ...ACCOUNT_UPSTREAM.shapes,
  pullAccounts: PULL_THROUGH_CACHE_PROPS.shapes.pullAccounts,
});
const PUBLIC_CACHE = object<Extract<PullThroughCacheSpec, PublicUpstream>>({
  ...PUBLIC_UPSTREAM.shapes,
  pullAccounts: PULL_THROUGH_CACHE_PROPS.shapes.pullAccounts,
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
    repositories: optional(list(IMAGE_REPOSITORY_PROPS)),
    ciRoles: optional(list(CI_ROLE)),
    pullThroughCaches: optional(list(PULL_THROUGH_CACHE)),
    enhancedScanning: optional(bool),
  },
  { renamed: RENAMED },
);
