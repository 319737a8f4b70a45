import type { ITerraformDependable } from 'cdktf';
import { DEPENDABLES } from '../core/depends-on';
import { list, oneOf, optional, ref, text, type Shapes } from '../core/shape';

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

/** What stands for something that exists may have uppercase letters. */
const DOMAIN = /^([\w-]+\.)*[\w-]+$/;
const CERTIFICATE_NAME = /^(\*\.)?([\w-]+\.)*[\w-]+$/;

export const HOSTED_ZONE_REF = ref<HostedZoneRef>(
  "a hosted zone, such as { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' }",
  {
    zoneId: text('the id of a hosted zone, such as Z0123456789ABCDEFGHIJ', /^Z[A-Z0-9]+$/),
    zoneName: text('the name of a zone without a trailing dot, such as example.com', DOMAIN),
    visibility: optional(oneOf('public', 'private')),
    ready: optional(DEPENDABLES),
  },
);

/** An issued certificate: its ARN comes from the validation, so resources that use it wait for it. */
export interface CertificateRef {
  readonly certificateArn: string;
  /** All names that it covers, including wildcards: `*.example.com`. */
  readonly domainNames: readonly string[];
}

/**
 * Of ACM, or uploaded to IAM. Source: "Actions, resources, and condition keys for AWS Certificate Manager",
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html
 */
const CERTIFICATE_ARN = /^arn:(?!aws[a-z-]*:(?!acm:[a-z0-9-]+:\d{12}:certificate\/|iam::\d{12}:server-certificate\/))./;

export const certificateShapes: Shapes<CertificateRef> = {
  certificateArn: text(
    'the ARN of a certificate, such as arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
    CERTIFICATE_ARN,
  ),
  domainNames: list(text('a domain name, such as *.example.com', CERTIFICATE_NAME)),
};
