import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { preventDestroy } from '../core/prevent-destroy';
import { anyText, bool, list, object, optional, text, wholeNumber } from '../core/shape';
import { policyDocument, STATEMENT, type Statement } from './policy-document';
import { accountAdministersKey } from './statements';

export interface EncryptionKeyProps {
  /** The alias, without `alias/`. */
  readonly name: string;
  readonly description: string;
  /**
   * Allows CloudWatch Logs to encrypt the log groups of this account and region with the key.
   * @default true
   */
  readonly forLogs?: boolean;
  /**
   * Additional statements of the key policy; `resources` is always `*`, which in a key policy means this key.
   * @default none
   */
  readonly statements?: readonly Statement[];
  /**
   * Waiting period before the key is deleted for good, in days, 7 to 30.
   * @default 30
   */
  readonly deletionWindowDays?: number;
  /**
   * Terraform rejects plans that destroy or replace the key, until `false` is applied.
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/**
 * Sources: "CreateAlias", https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html;
 * "ScheduleKeyDeletion", https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
 */
const ALIAS = text('an alias of up to 250 letters, digits and /_-, without alias/', /^(?!alias\/)[\w/-]{1,250}$/);

const ENCRYPTION_KEY_PROPS = object<EncryptionKeyProps>({
  name: ALIAS,
  description: anyText,
  forLogs: optional(bool),
  statements: optional(list(STATEMENT)),
  deletionWindowDays: optional(wholeNumber(7, 30)),
  deletionProtection: optional(bool),
});

/** Symmetric key with yearly rotation, usable through IAM in this account. */
export class EncryptionKey extends Construct {
  readonly key: KmsKey;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    checkProps(this, props, ENCRYPTION_KEY_PROPS);
    check(
      this,
      props.name.startsWith('aws/') &&
        `name '${props.name}' begins with aws/, which is reserved for keys of AWS: choose another name`,
    );
    const aws = awsContext(this);

    this.key = new KmsKey(this, 'key', {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: props.deletionWindowDays ?? 30,
      policy: policyDocument(
        accountAdministersKey(aws),
        ...((props.forLogs ?? true) ? [logsEncrypt(aws)] : []),
        ...(props.statements ?? []),
      ),
      lifecycle: preventDestroy(props.deletionProtection ?? true),
    });
    new KmsAlias(this, 'alias', { name: `alias/${props.name}`, targetKeyId: this.key.keyId });
    this.keyArn = this.key.arn;
  }
}

/**
 * Source: "Encrypt log data in CloudWatch Logs using AWS KMS",
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
function logsEncrypt({ partition, account, region, dnsSuffix }: AwsContext): Statement {
  return {
    sid: 'LogGroupsOfThisAccount',
    principals: { Service: [`logs.${region}.${dnsSuffix}`] },
    actions: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': [`arn:${partition}:logs:${region}:${account}:*`] },
    },
  };
}
