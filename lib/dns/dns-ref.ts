import type { ITerraformDependable } from 'cdktf';

/** A Route 53 hosted zone, of ours or an existing one as a plain object. */
export interface HostedZoneRef {
  readonly zoneId: string;
  /** Without a trailing dot: `example.com`. */
  readonly zoneName: string;
  /**
   * Who can look names up: everybody, or the zone's VPCs.
   * @default 'public'
   */
  readonly visibility?: 'public' | 'private';
  /**
   * What must exist before the world finds the zone's names: the parent's delegation.
   * @default nothing: an existing zone is found already
   */
  readonly ready?: readonly ITerraformDependable[];
}

/** A certificate that is issued: its ARN comes from the validation, so whoever uses it waits for it. */
export interface CertificateRef {
  readonly certificateArn: string;
  /** Every name it covers, wildcards as written: `*.example.com`. */
  readonly domainNames: readonly string[];
}
