import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import { Wafv2WebAclLoggingConfiguration } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { LOG_RETENTION_DAYS, logRetentionProblem } from '../core/log-retention';
import { nameTooLong, physicalName } from '../core/naming';
import { policyDocument } from '../iam/policy-document';
import { webAclProblems, webAclRules, type ManagedRuleGroup } from './web-acl-rules';

/** A web ACL, of ours or an existing one as a plain object. Regional, in the load balancer's region. */
export interface WebAclRef {
  readonly webAclArn: string;
}

export interface WebAclProps {
  readonly name: string;
  /**
   * In the order in which they are asked.
   * @default AWS's groups for addresses of ill repute, common attacks and known bad inputs
   */
  readonly managedRuleGroups?: readonly ManagedRuleGroup[];
  /**
   * Blocks an address that sends more requests than this in five minutes, at least 10. Offices and phone networks share
   * addresses.
   * @default no limit
   */
  readonly requestsPerFiveMinutes?: number;
  /**
   * For how many days blocked and counted requests are kept, without their cookies and credentials.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * The KMS key of the log group, for example an `EncryptionKey`'s.
   * @default CloudWatch's own encryption
   */
  readonly logKeyArn?: string;
}

/** Source: "Sending web ACL traffic logs to a CloudWatch Logs log group", WAF guide: the name must start so. */
const LOG_GROUP_PREFIX = 'aws-waf-logs-';

/** Filters requests before they reach the load balancer's rules. */
export class WebAcl extends Construct implements WebAclRef {
  readonly webAcl: Wafv2WebAcl;
  readonly webAclArn: string;
  readonly logGroup: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    check(
      this,
      nameTooLong('web-acl', 'name', props.name),
      ...webAclProblems(props),
      logRetentionProblem('logRetentionDays', props.logRetentionDays ?? LOG_RETENTION_DAYS),
    );

    this.webAcl = this.addWebAcl(props);
    this.webAclArn = this.webAcl.arn;
    this.logGroup = this.addLogGroup(props);
    this.addLogging(props.name);
  }

  private addWebAcl(props: WebAclProps): Wafv2WebAcl {
    const webAcl = new Wafv2WebAcl(this, 'acl', {
      name: props.name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rule: webAclRules(props),
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: props.name, sampledRequestsEnabled: true },
    });
    return webAcl;
  }

  private addLogGroup(props: WebAclProps): CloudwatchLogGroup {
    const logGroup = new CloudwatchLogGroup(this, 'log-group', {
      name: physicalName('log-group', `${LOG_GROUP_PREFIX}${props.name}`),
      retentionInDays: props.logRetentionDays ?? LOG_RETENTION_DAYS,
      kmsKeyId: props.logKeyArn,
    });
    if (logGroup.retentionInDaysInput! < LOG_RETENTION_DAYS) {
      acknowledge(logGroup, 'CKV_AWS_338', `logRetentionDays asks for ${logGroup.retentionInDaysInput} days`);
    }
    if (props.logKeyArn === undefined) {
      acknowledge(logGroup, 'CKV_AWS_158', 'CloudWatch encrypts with its own key; logKeyArn takes another');
    }
    return logGroup;
  }

  /** Only what was blocked or counted, without what identifies a session. */
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
    const logging = new Wafv2WebAclLoggingConfiguration(this, 'logging', {
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
