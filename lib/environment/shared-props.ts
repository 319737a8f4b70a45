import type { AwsStackProps } from '../core/aws-stack';
import type { PublicHostedZoneProps } from '../dns/hosted-zone';
import type { CiSubject } from '../registry/ci-subject';
import type { ImageRepositoryProps } from '../registry/image-repository';
import type { OidcIssuer } from '../registry/oidc-provider';
import type { Upstream } from '../registry/pull-through';

/** What the environments of an account have in common, as data. */
export interface SharedProps extends AwsStackProps {
  /**
   * The stack's name.
   * @default 'shared'
   */
  readonly name?: string;
  /**
   * The domain above those of the environments; its zone's id is an output.
   * @default none
   */
  readonly domain?: string;
  /**
   * How the domain is signed, and who may issue certificates for it.
   * @default not signed; only Amazon
   */
  readonly dns?: Pick<PublicHostedZoneProps, 'dnssec' | 'caa' | 'queryLogGroupArn'>;
  /**
   * Where the one artifact for all environments comes from.
   * @default none
   */
  readonly repositories?: readonly ImageRepositoryProps[];
  /**
   * Roles for the jobs of CI systems.
   * @default none
   */
  readonly ciRoles?: readonly CiRoleSpec[];
  /**
   * Other registries whose images are kept in this one.
   * @default none
   */
  readonly pullThroughCaches?: readonly Upstream[];
  /**
   * Scans images again whenever a vulnerability becomes known, for all of the account's region. Inspector charges by the
   * image.
   * @default true
   */
  readonly enhancedScanning?: boolean;
}

/** A role that the jobs of a CI system push images with. */
export interface CiRoleSpec {
  /** The role's name. */
  readonly name: string;
  /** The CI system, such as `GITHUB_ACTIONS`. */
  readonly issuer: OidcIssuer;
  /** Its jobs that may use the role: `[gitHubActions('acme/shop', { branch: 'main' })]`. */
  readonly subjects: readonly CiSubject[];
  /** Names of `repositories`. */
  readonly pushTo: readonly string[];
}
