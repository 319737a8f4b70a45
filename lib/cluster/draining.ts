import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { physicalName } from '../core/naming';
import { policyDocument, type Statement } from '../iam/policy-document';
import { denyPlaintext } from '../iam/statements';
import { WorkloadRole } from '../iam/workload-role';
import type { ClusterRef } from './cluster-ref';

export interface NodeDrainingProps {
  readonly cluster: ClusterRef;
  /**
   * The longest `terminationGracePeriodSeconds` of any pod on the drained nodes, in seconds.
   * @default 120
   */
  readonly podGraceSeconds?: number;
  /**
   * How long a machine waits for its pods to leave before it goes regardless, in seconds, 30 to 7200.
   * @default 300, or a minute more than podGraceSeconds where that is longer
   */
  readonly heartbeatSeconds?: number;
  /**
   * The Kubernetes service account that the termination handler runs as.
   * @default aws-node-termination-handler in kube-system
   */
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
}

const DEFAULT_POD_GRACE_SECONDS = 120;
const DEFAULT_HEARTBEAT_SECONDS = 300;
/** For the handler to read the message, cordon the node and start evicting. */
const SECONDS_BEFORE_EVICTION = 60;
/** Source: "PutLifecycleHook", Amazon EC2 Auto Scaling API Reference. */
const HEARTBEAT_LIMITS = { min: 30, max: 7200 };
/** A message that nobody has read by then is about a machine that is gone. */
const RETENTION_SECONDS = 300;
const HANDLER = { namespace: 'kube-system', name: 'aws-node-termination-handler' };

/** What the termination handler of a cluster is configured with. */
export interface TerminationHandler {
  /**
   * For its `MANAGED_TAG`. Of this cluster only: events of other clusters' machines in the account reach the queue too.
   */
  readonly managedTag: string;
  readonly serviceAccount: { readonly namespace: string; readonly name: string };
  /** For how long a node may be drained before its machine goes regardless, in seconds. */
  readonly drainSeconds: number;
}

/** For `podGraceSeconds` where the ingress is on the nodes: it may be what takes longest. */
export function slowestPodSeconds(ingressGraceSeconds: number): number {
  return Math.max(DEFAULT_POD_GRACE_SECONDS, ingressGraceSeconds);
}

/** The handler as `NodeDraining` expects it where it is given no more than `podGraceSeconds`. */
export function terminationHandler(
  clusterName: string,
  podGraceSeconds = DEFAULT_POD_GRACE_SECONDS,
): TerminationHandler {
  return {
    managedTag: managedTagOf(clusterName),
    serviceAccount: HANDLER,
    drainSeconds: defaultHeartbeat(podGraceSeconds) - SECONDS_BEFORE_EVICTION,
  };
}

function managedTagOf(clusterName: string): string {
  return `aws-node-termination-handler/${clusterName}`;
}

function defaultHeartbeat(podGraceSeconds: number): number {
  return Math.max(DEFAULT_HEARTBEAT_SECONDS, podGraceSeconds + SECONDS_BEFORE_EVICTION);
}

/**
 * Tells the cluster's termination handler that a self-managed node is about to go, so that it can drain it first: one
 * queue for all groups that name it in `draining`. The handler itself runs in the cluster.
 */
export class NodeDraining extends Construct {
  readonly queue: SqsQueue;
  readonly queueUrl: string;
  /** Pods of the handler's service account have it. */
  readonly handlerRole: WorkloadRole;
  readonly serviceAccount: { readonly namespace: string; readonly name: string };
  readonly heartbeatSeconds: number;
  /**
   * For the handler's `MANAGED_TAG`. Of this cluster only: events of other clusters' machines in the account reach the
   * queue too.
   */
  readonly managedTag: string;

  constructor(scope: Construct, id: string, props: NodeDrainingProps) {
    super(scope, id);
    const { cluster, podGraceSeconds = DEFAULT_POD_GRACE_SECONDS, serviceAccount = HANDLER } = props;
    this.heartbeatSeconds = props.heartbeatSeconds ?? defaultHeartbeat(podGraceSeconds);
    this.serviceAccount = serviceAccount;
    this.managedTag = managedTagOf(cluster.clusterName);
    check(this, ...heartbeatProblems(this.heartbeatSeconds, podGraceSeconds));

    this.queue = new SqsQueue(this, 'queue', {
      name: physicalName('sqs-queue', cluster.clusterName, 'node-draining'),
      messageRetentionSeconds: RETENTION_SECONDS,
      sqsManagedSseEnabled: true,
    });
    this.queueUrl = this.queue.url;
    this.addQueuePolicy(this.addEventRules(cluster.clusterName));
    this.handlerRole = new WorkloadRole(this, 'identity', {
      cluster,
      name: physicalName('iam-role', cluster.clusterName, awsContext(this).region, 'node-draining'),
      description: `Termination handler of ${cluster.clusterName}`,
      namespace: serviceAccount.namespace,
      serviceAccount: serviceAccount.name,
      statements: this.handlerStatements(cluster.clusterName),
    });
  }

  private addEventRules(clusterName: string): CloudwatchEventRule[] {
    return Object.entries(events(clusterName)).map(([event, pattern]) => {
      const rule = new CloudwatchEventRule(this, event, {
        name: physicalName('event-rule', clusterName, 'node', event),
        description: `Nodes of ${clusterName} about to go: ${event}`,
        eventPattern: JSON.stringify(pattern),
      });
      new CloudwatchEventTarget(this, `${event}-target`, { rule: rule.name, arn: this.queue.arn });
      return rule;
    });
  }

  private addQueuePolicy(rules: readonly CloudwatchEventRule[]): void {
    new SqsQueuePolicy(this, 'queue-policy', {
      queueUrl: this.queue.url,
      policy: policyDocument(
        {
          sid: 'EventsAboutNodes',
          principals: { Service: ['events.amazonaws.com'] },
          actions: ['sqs:SendMessage'],
          resources: [this.queue.arn],
          conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ arn }) => arn) } },
        },
        denyPlaintext('OnlyEncryptedTransport', 'sqs', this.queue.arn),
      ),
    });
  }

  /** Source: "Create an IAM Role for the Pods", documentation of the AWS Node Termination Handler. */
  private handlerStatements(clusterName: string): Statement[] {
    const { partition, region, account } = awsContext(this);
    return [
      { actions: ['sqs:DeleteMessage', 'sqs:ReceiveMessage'], resources: [this.queue.arn] },
      {
        actions: ['autoscaling:CompleteLifecycleAction'],
        resources: [
          `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${clusterName}-*`,
        ],
        conditions: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: ['owned'] } },
      },
      {
        // These have no resource-level permissions.
        actions: ['autoscaling:DescribeAutoScalingInstances', 'autoscaling:DescribeTags', 'ec2:DescribeInstances'],
        resources: ['*'],
      },
    ];
  }
}

/** Source: "Create Amazon EventBridge Rules", documentation of the AWS Node Termination Handler. */
function events(clusterName: string): Readonly<Record<string, object>> {
  return {
    'group-terminates': {
      source: ['aws.autoscaling'],
      'detail-type': ['EC2 Instance-terminate Lifecycle Action'],
      // The groups of the cluster: the account's others are no concern.
      detail: { AutoScalingGroupName: [{ prefix: `${clusterName}-` }] },
    },
    'spot-interruption': { source: ['aws.ec2'], 'detail-type': ['EC2 Spot Instance Interruption Warning'] },
    'rebalance-recommendation': { source: ['aws.ec2'], 'detail-type': ['EC2 Instance Rebalance Recommendation'] },
    'state-change': { source: ['aws.ec2'], 'detail-type': ['EC2 Instance State-change Notification'] },
    'scheduled-change': {
      source: ['aws.health'],
      'detail-type': ['AWS Health Event'],
      detail: { service: ['EC2'], eventTypeCategory: ['scheduledChange'] },
    },
  };
}

function heartbeatProblems(heartbeatSeconds: number, podGraceSeconds: number): readonly Problem[] {
  const { min, max } = HEARTBEAT_LIMITS;
  return [
    (heartbeatSeconds < min || heartbeatSeconds > max) &&
      `heartbeatSeconds must be between ${min} and ${max}, got ${heartbeatSeconds}`,
    heartbeatSeconds < podGraceSeconds &&
      `heartbeatSeconds (${heartbeatSeconds}) is below podGraceSeconds (${podGraceSeconds}): a machine would go before its pods have stopped; raise heartbeatSeconds`,
  ];
}
