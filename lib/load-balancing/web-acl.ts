import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy';
import type { Wafv2WebAclConfig } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import type { Wafv2WebAclLoggingConfigurationConfig } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { LightResource } from '../core/light-resource';
import { LOG_RETENTION_DAYS, logRetentionProblem } from '../core/log-retention';
import { nameTooLong, physicalName } from '../core/naming';
import { preventDestroy } from '../core/prevent-destroy';
import { bool, list, number, object, oneOf, optional, text } from '../core/shape';
import { keyArnProblem } from '../iam/key-arn';
import { keyRegionProblem } from '../iam/key-region';
import { policyDocument } from '../iam/policy-document';
import type { WebAclRef } from './web-acl-ref';
import { MANAGED_RULE_GROUP, webAclProblems, webAclRules, type ManagedRuleGroup } from './web-acl-rules';

export type { WebAclRef };

export interface WebAclProps {
  readonly name: string;
  /**
   * In order of evaluation.
   * @default AWS's groups for IP reputation, common attacks and known bad inputs
   */
  readonly managedRuleGroups?: readonly ManagedRuleGroup[];
  /**
   * Rate limit per IP address in five minutes, at least 10. Offices and mobile networks share IP addresses.
   * @default no limit
   */
  readonly requestsPerFiveMinutes?: number;
  /**
   * `count` only records what the rules would block, to try them out; a group's own `mode` takes precedence.
   * @default 'block'
   */
  readonly mode?: 'block' | 'count';
  /**
   * Retention of the log of blocked and counted requests, in days; cookies and credentials are redacted.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * KMS key of the log group, for example of an `EncryptionKey`.
   * @default encryption by CloudWatch Logs
   */
  readonly logKeyArn?: string;
  /**
   * Terraform rejects plans that destroy or replace the log group, until `false` is applied.
   * @default true
   */
  readonly deletionProtection?: boolean;
}

export const WEB_ACL_PROPS = object<WebAclProps>({
  name: text(),
  managedRuleGroups: optional(list(MANAGED_RULE_GROUP)),
  requestsPerFiveMinutes: optional(number),
  mode: optional(oneOf('block', 'count')),
  logRetentionDays: optional(number),
  logKeyArn: optional(text()),
  deletionProtection: optional(bool),
});

/** Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html */
const NAME = /^[\w-]+$/;
/**
 * Required prefix. Source: "Sending web ACL traffic logs to a CloudWatch Logs log group",
 * https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
const LOG_GROUP_PREFIX = 'aws-waf-logs-';

/** Filters requests before the load balancer's listener rules. */
export class WebAcl extends Construct implements WebAclRef {
  readonly webAcl: LightResource<Wafv2WebAclConfig>;
  readonly webAclArn: string;
  readonly logGroup: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    checkProps(this, props, WEB_ACL_PROPS);
    check(
      this,
      nameTooLong('web-acl', 'name', props.name),
      ...webAclProblems(props),
      logRetentionProblem('logRetentionDays', props.logRetentionDays ?? LOG_RETENTION_DAYS),
      keyArnProblem('logKeyArn', props.logKeyArn),
      keyRegionProblem('logKeyArn', props.logKeyArn, awsContext(this)),
      !Token.isUnresolved(props.name) &&
        !NAME.test(props.name) &&
        `name '${props.name}' is not valid: use letters, digits, hyphens and underscores`,
    );

    this.webAcl = this.addWebAcl(props);
    this.webAclArn = this.webAcl.getStringAttribute('arn');
    this.logGroup = this.addLogGroup(props);
    this.addLogging(props.name);
  }

  private addWebAcl(props: WebAclProps): LightResource<Wafv2WebAclConfig> {
    return new LightResource<Wafv2WebAclConfig>(this, 'acl', 'aws_wafv2_web_acl', {
      name: props.name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rule: webAclRules(props),
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: props.name, sampledRequestsEnabled: true },
    });
  }

  private addLogGroup(props: WebAclProps): CloudwatchLogGroup {
    const logGroup = new CloudwatchLogGroup(this, 'log-group', {
      name: physicalName('log-group', `${LOG_GROUP_PREFIX}${props.name}`),
      retentionInDays: props.logRetentionDays ?? LOG_RETENTION_DAYS,
      kmsKeyId: props.logKeyArn,
      lifecycle: preventDestroy(props.deletionProtection ?? true),
    });
    if (logGroup.retentionInDaysInput! < LOG_RETENTION_DAYS) {
      acknowledge(logGroup, 'CKV_AWS_338', `logRetentionDays asks for ${logGroup.retentionInDaysInput} days`);
    }
    if (props.logKeyArn === undefined) {
      acknowledge(logGroup, 'CKV_AWS_158', 'CloudWatch encrypts with its own key; logKeyArn takes another');
    }
    return logGroup;
  }

  /** Only blocked and counted requests, without session credentials. */
  private addLogging(name: string): void {
    const { account, partition, region } = awsContext(this);
    const delivery = new CloudwatchLogResourcePolicy(this, 'log-delivery', {
      policyName: `${LOG_GROUP_PREFIX}${name}`,
      policyDocument: policyDocument({
        principals: { Service: ['delivery.logs.amazonaws.com'] },
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`${this.logGroup.arn}:*`],
        conditions: {
          ArnLike: { 'aws:SourceArn': [`arn:${partition}:logs:${region}:${account}:*`] },
          StringEquals: { 'aws:SourceAccount': [account] },
        },
      }),
    });
    const type = 'aws_wafv2_web_acl_logging_configuration';
    const logging = new LightResource<Wafv2WebAclLoggingConfigurationConfig>(this, 'logging', type, {
      resourceArn: this.webAclArn,
      logDestinationConfigs: [this.logGroup.arn],
      loggingFilter: {
        defaultBehavior: 'DROP',
        filter: [
          {
            behavior: 'KEEP',
            requirement: 'MEETS_ANY',
            condition: [{ actionCondition: { action: 'BLOCK' } }, { actionCondition: { action: 'COUNT' } }],
          },
        ],
      },
      redactedFields: [{ singleHeader: { name: 'authorization' } }, { singleHeader: { name: 'cookie' } }],
    });
    dependsOn(logging, delivery);
  }
}
