import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Route53HostedZoneDnssec } from '@cdktf/provider-aws/lib/route53-hosted-zone-dnssec';
import { Route53KeySigningKey } from '@cdktf/provider-aws/lib/route53-key-signing-key';
import type { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import type { Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { literalText } from '../core/literal-text';
import { preventDestroy } from '../core/prevent-destroy';
import { policyDocument } from '../iam/policy-document';
import { accountAdministersKey } from '../iam/statements';

export interface DnssecProps {
  readonly zone: Route53Zone;
  readonly zoneName: string;
  /** @default true */
  readonly deletionProtection?: boolean;
}

/**
 * The only region in which Route 53 supports keys. Source: "Working with customer managed keys for DNSSEC",
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html
 */
const KEY_REGION = 'us-east-1';

/** Validates `dnssec` of a zone. */
export function dnssecProblem(
  dnssec: 'off' | 'signed' | 'trusted',
  { partition, region }: Pick<AwsContext, 'partition' | 'region'>,
): Problem {
  return (
    dnssec !== 'off' &&
    partition !== 'aws' &&
    `dnssec '${dnssec}' requires a KMS key in ${KEY_REGION}, which is not available to accounts of ${region}: set dnssec to 'off'`
  );
}

/** Must be unique in its zone, and a zone has only one. Route 53 allows letters, digits and underscores. */
const KSK_NAME = 'key_signing_key';

/**
 * Signs a public zone. Created in the order key, key-signing key, signing; deleted in reverse, as Route 53 requires.
 */
export class Dnssec extends Construct {
  readonly key: KmsKey;
  readonly keySigningKey: Route53KeySigningKey;
  readonly signing: Route53HostedZoneDnssec;
  /** DS record for the parent zone or the registrar: `<key tag> <algorithm> <digest type> <digest>`. */
  readonly dsRecord: string;

  constructor(scope: Construct, id: string, { zone, zoneName, deletionProtection = true }: DnssecProps) {
    super(scope, id);
    literalText(this);
    const aws = awsContext(this);
    this.key = new KmsKey(this, 'key', {
      description: `DNSSEC key-signing key of ${zoneName}`,
      customerMasterKeySpec: 'ECC_NIST_P256',
      keyUsage: 'SIGN_VERIFY',
      deletionWindowInDays: 30,
      region: KEY_REGION,
      policy: keyPolicy(aws, zone.arn),
      lifecycle: preventDestroy(deletionProtection),
    });
    this.keySigningKey = new Route53KeySigningKey(this, 'key-signing-key', {
      hostedZoneId: zone.zoneId,
      keyManagementServiceArn: this.key.arn,
      name: KSK_NAME,
    });
    this.signing = new Route53HostedZoneDnssec(this, 'signing', { hostedZoneId: zone.zoneId });
    dependsOn(this.signing, this.keySigningKey);
    this.dsRecord = this.keySigningKey.dsRecord;
  }
}

/**
 * Source: "Route 53 customer managed key permissions required for DNSSEC signing",
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/access-control-managing-permissions.html
 */
function keyPolicy(aws: AwsContext, zoneArn: string): string {
  const principals = { Service: ['dnssec-route53.amazonaws.com'] };
  return policyDocument(
    accountAdministersKey(aws),
    {
      sid: 'Route53SignsThisZone',
      principals,
      actions: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': [aws.account] }, ArnLike: { 'aws:SourceArn': [zoneArn] } },
    },
    {
      sid: 'Route53KeepsItsGrant',
      principals,
      actions: ['kms:CreateGrant'],
      resources: ['*'],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': ['true'] } },
    },
  );
}
