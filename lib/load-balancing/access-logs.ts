import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { S3BucketLifecycleConfigurationConfig } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Token, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext, type AwsContext } from '../core/aws-context';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { LightResource } from '../core/light-resource';
import { nameTooLong } from '../core/naming';
import { preventDestroy } from '../core/prevent-destroy';
import { bool, number, object, optional, text } from '../core/shape';
import { policyDocument, type Statement } from '../iam/policy-document';
import { accountPrincipals, denyPlaintext } from '../iam/statements';
import type { LogBucketRef } from './log-bucket-ref';

export interface AccessLogBucketProps {
  /** Globally unique bucket name. */
  readonly name: string;
  /** @default 90 */
  readonly retentionDays?: number;
  /**
   * Whether destroying the bucket also deletes its logs. Otherwise AWS refuses to delete a non-empty bucket.
   * @default false
   */
  readonly forceDestroy?: boolean;
  /**
   * Terraform rejects plans that destroy or replace the bucket, until `false` is applied.
   * @default true unless forceDestroy is set
   */
  readonly deletionProtection?: boolean;
}

export const ACCESS_LOG_BUCKET_PROPS = object<AccessLogBucketProps>({
  name: text(),
  retentionDays: optional(number),
  forceDestroy: optional(bool),
  deletionProtection: optional(bool),
});

/** Long enough for a monthly review or a late incident report. */
const RETENTION_DAYS = 90;
/**
 * Without dots, which break TLS. Source: "General purpose bucket naming rules",
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const BUCKET_NAME = /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]+[a-z0-9](?<!-s3alias|--ol-s3|--x-s3|--table-s3)$/;
/**
 * Regions whose logs are delivered from an AWS account instead of the service principal. Source: "Enable access logs",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html, and its China
 * edition.
 */
const LOG_ACCOUNTS: Readonly<Record<string, string>> = {
  'cn-north-1': '638102146993',
  'cn-northwest-1': '037604701340',
  'us-gov-east-1': '190560391635',
  'us-gov-west-1': '048591011584',
};

/** Bucket for the logs of load balancers in its account and region. */
export class AccessLogBucket extends Construct implements LogBucketRef {
  readonly bucket: S3Bucket;
  readonly bucketName: string;
  readonly encryption = 's3';
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    checkProps(this, props, ACCESS_LOG_BUCKET_PROPS);
    const { name, retentionDays = RETENTION_DAYS } = props;
    check(
      this,
      nameTooLong('access-log-bucket', 'name', name),
      !Token.isUnresolved(name) &&
        !BUCKET_NAME.test(name) &&
        `name '${name}' must consist of 3 or more lowercase letters, digits and inner hyphens, without a prefix or suffix that S3 reserves`,
      !Token.isUnresolved(retentionDays) &&
        !(Number.isInteger(retentionDays) && retentionDays >= 1) &&
        `retentionDays must be a whole number of at least 1, got ${retentionDays}`,
    );

    this.bucket = this.addBucket(props);
    this.bucketName = this.bucket.bucket;
    this.addEncryption();
    this.addLifecycle(retentionDays);
    this.ready = [this.addBucketPolicy(this.addPublicAccessBlock())];
  }

  private addBucket({
    name,
    forceDestroy = false,
    deletionProtection = !forceDestroy,
  }: AccessLogBucketProps): S3Bucket {
    const bucket = new S3Bucket(this, 'bucket', {
      bucket: name,
      forceDestroy,
      lifecycle: preventDestroy(deletionProtection),
    });
    acknowledge(bucket, 'CKV_AWS_18', 'it is the log bucket: its own access log would feed itself');
    acknowledge(bucket, 'CKV_AWS_144', 'logs that expire need no copy in another region');
    acknowledge(bucket, 'CKV_AWS_145', 'load balancers write to buckets with SSE-S3 only');
    acknowledge(bucket, 'CKV2_AWS_62', 'nothing waits for a log file');
    return bucket;
  }

  private addEncryption(): void {
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: this.bucket.id,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
  }

  private addLifecycle(days: number): void {
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket: this.bucket.id,
      versioningConfiguration: { status: 'Enabled' },
    });
    const type = 'aws_s3_bucket_lifecycle_configuration';
    const expiry = new LightResource<S3BucketLifecycleConfigurationConfig>(this, 'expiry', type, {
      bucket: this.bucket.id,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
    });
    dependsOn(expiry, versioning);
  }

  private addPublicAccessBlock(): ITerraformDependable {
    new S3BucketOwnershipControls(this, 'ownership', {
      bucket: this.bucket.id,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    return new S3BucketPublicAccessBlock(this, 'public-access', {
      bucket: this.bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  }

  /** S3 rejects concurrent changes of a bucket's access, so they are sequential. */
  private addBucketPolicy(after: ITerraformDependable): ITerraformDependable {
    const policy = new S3BucketPolicy(this, 'policy', {
      bucket: this.bucket.id,
      policy: policyDocument(
        loadBalancersWrite(this.bucket.arn, awsContext(this)),
        denyPlaintext('OnlyOverTls', 's3', this.bucket.arn, `${this.bucket.arn}/*`),
      ),
    });
    dependsOn(policy, after);
    return policy;
  }
}

/** Log delivery does not always set source condition keys: access is limited by the prefix with the account id. */
function loadBalancersWrite(bucketArn: string, aws: AwsContext): Statement {
  const logAccount = LOG_ACCOUNTS[aws.region];
  return {
    sid: 'LoadBalancersOfThisAccount',
    principals: logAccount
      ? accountPrincipals(aws, logAccount)
      : { Service: ['logdelivery.elasticloadbalancing.amazonaws.com'] },
    actions: ['s3:PutObject'],
    resources: [`${bucketArn}/AWSLogs/${aws.account}/*`],
  };
}
