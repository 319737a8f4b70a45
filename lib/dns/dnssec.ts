import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Route53HostedZoneDnssec } from '@cdktf/provider-aws/lib/route53-hosted-zone-dnssec';
import { Route53KeySigningKey } from '@cdktf/provider-aws/lib/route53-key-signing-key';
import type { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import { check } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { policyDocument } from '../iam/policy-document';
import { accountAdministersKey } from '../iam/statements';

export interface DnssecProps {
  readonly zone: Route53Zone;
  readonly zoneName: string;
}

/** Route 53 takes keys from no other region. Source: "Working with customer managed keys for DNSSEC". */
const KEY_REGION = 'us-east-1';

/** Unique within its zone, and a zone has one. Route 53 takes letters, digits and underscores. */
const KSK_NAME = 'key_signing_key';

/**
 * Signs a public zone. Made in the order key, key-signing key, signing; taken down in reverse, which Route 53 demands.
 */
export class Dnssec extends Construct {
  readonly key: KmsKey;
  readonly keySigningKey: Route53KeySigningKey;
  readonly signing: Route53HostedZoneDnssec;
  /** What the parent zone or the registrar must publish: `<key tag> <algorithm> <digest type> <digest>`. */
  readonly dsRecord: string;

  constructor(scope: Construct, id: string, { zone, zoneName }: DnssecProps) {
    super(scope, id);
    const aws = awsContext(this);
    check(
      this,
      aws.partition !== 'aws' &&
        `dnssec needs a KMS key in ${KEY_REGION}, which ${aws.region} cannot have: leave dnssec 'off'`,
    );

    this.key = new KmsKey(this, 'key', {
      description: `DNSSEC key-signing key of ${zoneName}`,
      customerMasterKeySpec: 'ECC_NIST_P256',
      keyUsage: 'SIGN_VERIFY',
      deletionWindowInDays: 30,
      region: KEY_REGION,
      policy: keyPolicy(aws, zone.arn),
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

/** Source: "Route 53 customer managed key permissions required for DNSSEC signing", Route 53 Developer Guide. */
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
