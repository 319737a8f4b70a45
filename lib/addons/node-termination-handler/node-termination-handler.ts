import { Construct } from 'constructs';
import { slowestPodSeconds, terminationHandler, type TerminationHandler } from '../../cluster/draining';
import { awsContext } from '../../core/aws-context';
import { check, type Problem } from '../../core/check';
import { checkOptions } from '../../core/check-props';
import { literalText } from '../../core/literal-text';
import { object, optional } from '../../core/shape';
import type { Resources } from '../../kubernetes/pod/container';
import type { AppIdentity } from '../../kubernetes/labels';
import type { NamespaceRef } from '../../kubernetes/namespace-ref';
import { toHttpsAnywhere, toPodIdentity } from '../../kubernetes/network-policy';
import type { ResourceRule } from '../../kubernetes/rbac';
import { ServiceAccount } from '../../kubernetes/service-account';
import { Workload } from '../../kubernetes/workload';
import { IMAGES } from '../../versions';
import type { AddOn } from '../../platform/add-on';
import { toApiServer } from '../../platform/api-server';
import type { EnvironmentFacts } from '../../platform/facts';
import { RESOURCES as RESOURCES_SHAPE } from '../../kubernetes/pod/container';
import type { Platform } from '../../platform/platform';

export interface NodeTerminationHandlerProps {
  /** @default 50m and 128Mi */
  readonly resources?: Resources;
}

export const NODE_TERMINATION_HANDLER_PROPS = object<NodeTerminationHandlerProps>({
  resources: optional(RESOURCES_SHAPE),
});

const RESOURCES: Resources = { cpu: '50m', memory: '128Mi' };

/**
 * AWS Node Termination Handler: drains self-managed nodes before their instances terminate, on scale-in, Spot
 * interruption and scheduled maintenance. EKS drains managed node groups itself.
 */
export function nodeTerminationHandler(props: NodeTerminationHandlerProps = {}): AddOn<'queueUrl'> {
  checkOptions('nodeTerminationHandler', props, NODE_TERMINATION_HANDLER_PROPS);
  return {
    name: 'node-termination-handler',
    // The infrastructure stack exports it if there is a queue, with or without this add-on.
    outputs: { queueUrl: 'node_draining_queue_url' },
    infrastructure(scope, { facts, nodeDrainingQueueUrl }) {
      check(scope, queueProblem(facts, nodeDrainingQueueUrl));
      return { queueUrl: nodeDrainingQueueUrl! };
    },
    platform(scope, platform, { queueUrl }) {
      check(scope, queueProblem(platform.facts, queueUrl));
      new NodeTerminationHandler(scope, 'handler', props, platform, queueUrl);
    },
  };
}

function queueProblem({ name, nodePools }: EnvironmentFacts, queueUrl: string | undefined): Problem {
  if (nodePools.every(({ kind }) => kind === 'managed')) {
    return `environment '${name}' has no node group of kind 'auto-scaling', and EKS drains managed groups itself: remove the add-on`;
  }
  return (
    queueUrl === undefined && "nodeDrainingQueueUrl is required for self-managed nodes: use NodeDraining's queueUrl"
  );
}

const PORTS = { probes: 8080, metrics: 9092 } as const;

class NodeTerminationHandler extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: NodeTerminationHandlerProps,
    private readonly platform: Platform,
    queueUrl: string,
  ) {
    super(scope, id);
    literalText(this);
    const { clusterName } = platform.cluster;
    const handler = terminationHandler(clusterName, slowestPodSeconds(platform.facts.traffic.terminationGraceSeconds));

    const namespace = platform.namespace(handler.serviceAccount.namespace);
    const identity: AppIdentity = { name: handler.serviceAccount.name, component: 'autoscaling', partOf: 'platform' };
    const account = new ServiceAccount(this, 'account', { namespace, identity, clusterRules: CLUSTER_RULES });
    const settings = environmentOf(handler, queueUrl, awsContext(this).region);
    this.addWorkload(namespace, identity, account, settings);
  }

  private addWorkload(
    namespace: NamespaceRef,
    identity: AppIdentity,
    account: ServiceAccount,
    settings: Readonly<Record<string, string>>,
  ): Workload {
    return new Workload(this, 'workload', {
      namespace,
      identity,
      // A message that a replica receives is hidden from the others, and reappears if the replica fails.
      controller: { kind: 'deployment', replicas: Math.min(2, this.platform.facts.profile.replicas) },
      containers: [
        {
          name: 'handler',
          image: IMAGES.nodeTerminationHandler,
          env: {
            ...settings,
            NODE_NAME: { field: 'spec.nodeName' },
            POD_NAME: { field: 'metadata.name' },
            NAMESPACE: { field: 'metadata.namespace' },
          },
          ports: PORTS,
          resources: this.props.resources ?? RESOURCES,
          // It serves no requests: it is ready once it runs.
          readiness: { tcp: 'probes' },
          liveness: { path: '/healthz', port: 'probes', timeoutSeconds: 5 },
        },
      ],
      serviceAccount: account,
      priorityClass: this.platform.priorityClass('system-cluster-critical'),
      metrics: { port: 'metrics' },
      egress: [toApiServer(this.platform.facts), toPodIdentity(), toHttpsAnywhere()],
    });
  }
}

/**
 * Other settings have the defaults of the Helm chart. Source: "Configuration",
 * https://github.com/aws/aws-node-termination-handler/blob/main/config/helm/aws-node-termination-handler/README.md
 */
function environmentOf(
  { managedTag, drainSeconds }: TerminationHandler,
  queueUrl: string,
  region: string,
): Readonly<Record<string, string>> {
  return {
    AWS_REGION: region,
    ENABLE_SQS_TERMINATION_DRAINING: 'true',
    // These poll the metadata service of the handler's own node.
    ENABLE_SPOT_INTERRUPTION_DRAINING: 'false',
    ENABLE_SCHEDULED_EVENT_DRAINING: 'false',
    QUEUE_URL: queueUrl,
    // The queue receives events of all instances of the account.
    CHECK_TAG_BEFORE_DRAINING: 'true',
    MANAGED_TAG: managedTag,
    // Longer than any pod takes to terminate, shorter than the lifecycle hook's timeout.
    NODE_TERMINATION_GRACE_PERIOD: String(drainSeconds),
    POD_TERMINATION_GRACE_PERIOD: '-1',
    IGNORE_DAEMON_SETS: 'true',
    DELETE_LOCAL_DATA: 'true',
    // Pods cannot reach the metadata service: one attempt is enough.
    METADATA_TRIES: '1',
    JSON_LOGGING: 'true',
    ENABLE_PROBES_SERVER: 'true',
    PROBES_SERVER_PORT: String(PORTS.probes),
    PROBES_SERVER_ENDPOINT: '/healthz',
    ENABLE_PROMETHEUS_SERVER: 'true',
    PROMETHEUS_SERVER_PORT: String(PORTS.metrics),
  };
}

/** Source: the ClusterRole of the handler's Helm chart. */
const CLUSTER_RULES: readonly ResourceRule[] = [
  { resources: ['nodes'], verbs: ['get', 'list', 'patch', 'update'] },
  { resources: ['pods'], verbs: ['get', 'list'] },
  { resources: ['pods/eviction'], verbs: ['create'] },
  { apiGroups: ['apps'], resources: ['daemonsets'], verbs: ['get'] },
];
