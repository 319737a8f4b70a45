import type { AwsStackProps } from '../core/aws-stack';
import type { PublicHostedZoneProps } from '../dns/hosted-zone';
import type { CiSubject } from '../registry/ci-subject';
import type { ImageRepositoryProps } from '../registry/image-repository';
import type { OidcIssuer } from '../registry/oidc-provider';
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
