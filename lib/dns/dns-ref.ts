import type { ITerraformDependable } from 'cdktf';
import { anything, list, oneOf, optional, ref, text } from '../core/shape';

/** A Route 53 hosted zone: a `HostedZone`, or an existing one as a plain object. */
export interface HostedZoneRef {
  readonly zoneId: string;
  /** Without a trailing dot: `example.com`. */
  readonly zoneName: string;
  /**
   * Where names resolve: everywhere, or in the zone's VPCs only.
   * @default 'public'
   */
  readonly visibility?: 'public' | 'private';
  /**
   * What must exist before the zone's names resolve: the delegation in the parent zone.
   * @default none: an existing zone already resolves
   */
  readonly ready?: readonly ITerraformDependable[];
}

export const HOSTED_ZONE_REF = ref<HostedZoneRef>(
  "a hosted zone, such as { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' }",
  {
    zoneId: text('the id of a hosted zone, such as Z0123456789ABCDEFGHIJ', /^Z[A-Z0-9]+$/),
    zoneName: text(),
    visibility: optional(oneOf('public', 'private')),
    ready: optional(list(anything<ITerraformDependable>())),
  },
);

/** An issued certificate: its ARN comes from the validation, so resources that use it wait for it. */
export interface CertificateRef {
  readonly certificateArn: string;
  /** All names that it covers, including wildcards: `*.example.com`. */
  readonly domainNames: readonly string[];
}
