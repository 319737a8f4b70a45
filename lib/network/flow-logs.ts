import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext } from '../core/aws-context';
import type { Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { LOG_RETENTION_DAYS, logRetentionProblem } from '../core/log-retention';
import { physicalName } from '../core/naming';
import { preventDestroy } from '../core/prevent-destroy';
import { ServiceRole } from '../iam/service-role';
import type { FlowLogSettings } from './flow-log-props';

export type { FlowLogSettings };

export interface FlowLogsProps extends FlowLogSettings {
  /** The VPC's name. */
  readonly name: string;
  readonly vpcId: string;
  /**
   * Encrypts the log group; the key policy must allow CloudWatch Logs to use it.
   * @default CloudWatch Logs' own key
   */
  readonly kmsKeyArn?: string;
  /** @default true */
  readonly deletionProtection?: boolean;
}

/** Flow logs of a VPC, delivered to a CloudWatch log group. */
export class FlowLogs extends Construct {
  readonly flowLog: FlowLog;
  readonly logGroup: CloudwatchLogGroup;
  readonly role: ServiceRole;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    this.logGroup = this.addLogGroup(props);
    this.role = this.addRole(props.name);
    this.flowLog = new FlowLog(this, 'flow-log', {
      vpcId: props.vpcId,
      trafficType: props.traffic ?? 'ALL',
      logDestination: this.logGroup.arn,
      iamRoleArn: this.role.role.arn,
      tags: { Name: props.name },
    });
    dependsOn(this.flowLog, ...this.role.policies);
  }

  private addLogGroup({
    name,
    retentionDays = LOG_RETENTION_DAYS,
    kmsKeyArn,
    ...props
  }: FlowLogsProps): CloudwatchLogGroup {
    const group = new CloudwatchLogGroup(this, 'log-group', {
      name: `/aws/vpc/${name}/flow-logs`,
      retentionInDays: retentionDays,
      kmsKeyId: kmsKeyArn,
      lifecycle: preventDestroy(props.deletionProtection ?? true),
    });
    if (!kmsKeyArn) acknowledge(group, 'CKV_AWS_158', "no kmsKeyArn was given: CloudWatch Logs' own key encrypts it");
    if (retentionDays < LOG_RETENTION_DAYS) {
      acknowledge(group, 'CKV_AWS_338', `flowLogs.retentionDays asks for ${retentionDays} days`);
    }
    return group;
  }

  private addRole(name: string): ServiceRole {
    const { partition, account, region } = awsContext(this);
    const inThisRegion = `arn:${partition}:logs:${region}:${account}:log-group:*`;
    return new ServiceRole(this, 'role', {
      // IAM is global: a VPC of the same name in another region needs a separate role.
      name: physicalName('iam-role', name, region, 'flow-logs'),
      description: `Writes the flow logs of VPC ${name}`,
      service: 'vpc-flow-logs.amazonaws.com',
      // Source: "IAM role for publishing flow logs to CloudWatch Logs",
      // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
      trustConditions: {
        StringEquals: { 'aws:SourceAccount': [account] },
        ArnLike: { 'aws:SourceArn': [`arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*`] },
      },
      statements: [
        {
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [`${this.logGroup.arn}:*`],
        },
        { actions: ['logs:DescribeLogGroups'], resources: [inThisRegion] },
      ],
    });
  }
}

export function flowLogProblem({ retentionDays = LOG_RETENTION_DAYS }: FlowLogSettings): Problem {
  return logRetentionProblem('flowLogs.retentionDays', retentionDays);
}
