import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { physicalName } from '../core/naming';
import { integer, object, optional, wholeNumber } from '../core/shape';
import { policyDocument, type Statement } from '../iam/policy-document';
import { denyPlaintext } from '../iam/statements';
import { WorkloadRole } from '../iam/workload-role';
import { dottedName, objectName } from '../kubernetes/object-name';
import { CLUSTER_REF, type ClusterRef } from './cluster-ref';

export interface NodeDrainingProps {
  readonly cluster: ClusterRef;
  /**
   * The longest `terminationGracePeriodSeconds` of any pod on the drained nodes, in seconds.
   * @default 120
   */
  readonly podGraceSeconds?: number;
  /**
   * How long an instance's termination waits for its pods to be evicted, in seconds, 30 to 7200.
   * @default 300, or 60 more than podGraceSeconds if that is longer
   */
  readonly heartbeatSeconds?: number;
  /**
   * The Kubernetes service account that the termination handler runs as.
   * @default aws-node-termination-handler in kube-system
   */
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
}

const NODE_DRAINING_PROPS = object<NodeDrainingProps>({
  cluster: CLUSTER_REF,
  podGraceSeconds: optional(wholeNumber(0)),
  heartbeatSeconds: optional(integer),
  serviceAccount: optional(
    object<NonNullable<NodeDrainingProps['serviceAccount']>>({ namespace: objectName(), name: dottedName }),
  ),
});

const DEFAULT_POD_GRACE_SECONDS = 120;
const DEFAULT_HEARTBEAT_SECONDS = 300;
/** For the handler to read the message, cordon the node and start evicting. */
const SECONDS_BEFORE_EVICTION = 60;
/** Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
const HEARTBEAT_LIMITS = { min: 30, max: 7200 };
/** By then the instance of an unread message is gone. */
const RETENTION_SECONDS = 300;
const HANDLER = { namespace: 'kube-system', name: 'aws-node-termination-handler' };

/** Settings of a cluster's termination handler. */
export interface TerminationHandler {
  /**
   * Value of `MANAGED_TAG`. Specific to this cluster: the queue also receives events of the account's other instances.
   */
  readonly managedTag: string;
  readonly serviceAccount: { readonly namespace: string; readonly name: string };
  /** How long a node may drain before its instance is terminated, in seconds. */
  readonly drainSeconds: number;
}

/** `podGraceSeconds` for nodes that host the ingress: it may be the slowest pod. */
export function slowestPodSeconds(ingressGraceSeconds: number): number {
  return Math.max(DEFAULT_POD_GRACE_SECONDS, ingressGraceSeconds);
}

/** The settings that match a `NodeDraining` with only `podGraceSeconds` set. */
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
 * Notifies the cluster's termination handler that a self-managed node is about to terminate, so that it drains the node
 * first: one queue for all node groups that reference it in `draining`. The handler itself runs in the cluster.
 */
export class NodeDraining extends Construct {
  readonly queue: SqsQueue;
  readonly queueUrl: string;
  /** Role of the handler's pods, through its service account. */
  readonly handlerRole: WorkloadRole;
  readonly serviceAccount: { readonly namespace: string; readonly name: string };
  readonly heartbeatSeconds: number;
  /**
   * Value of the handler's `MANAGED_TAG`. Specific to this cluster: the queue also receives events of the account's
   * other instances.
   */
  readonly managedTag: string;

  constructor(scope: Construct, id: string, props: NodeDrainingProps) {
    super(scope, id);
    checkProps(this, props, NODE_DRAINING_PROPS);
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

  /** Source: "Create an IAM Role for the Pods", https://github.com/aws/aws-node-termination-handler */
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
        // These actions do not support resource-level permissions.
        actions: ['autoscaling:DescribeAutoScalingInstances', 'autoscaling:DescribeTags', 'ec2:DescribeInstances'],
        resources: ['*'],
      },
    ];
  }
}

/** Source: "Create Amazon EventBridge Rules", https://github.com/aws/aws-node-termination-handler */
function events(clusterName: string): Readonly<Record<string, object>> {
  return {
    'group-terminates': {
      source: ['aws.autoscaling'],
      'detail-type': ['EC2 Instance-terminate Lifecycle Action'],
      // Only the cluster's groups, not others in the account.
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
      `heartbeatSeconds (${heartbeatSeconds}) is below podGraceSeconds (${podGraceSeconds}): instances would terminate before their pods have stopped; raise heartbeatSeconds`,
  ];
}
