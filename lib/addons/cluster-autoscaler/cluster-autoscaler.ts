import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterRef } from '../../cluster/cluster-ref';
import { discoveryTags } from '../../cluster/node-tags';
import { awsContext } from '../../core/aws-context';
import { check } from '../../core/check';
import { checkOptions } from '../../core/check-props';
import { dependsOn } from '../../core/depends-on';
import { literalText } from '../../core/literal-text';
import { physicalName } from '../../core/naming';
import { object, optional, value, wholeNumber } from '../../core/shape';
import { WorkloadRole } from '../../iam/workload-role';
import type { Resources } from '../../kubernetes/pod/container';
import type { AppIdentity } from '../../kubernetes/labels';
import type { NamespaceRef } from '../../kubernetes/namespace-ref';
import { toHttpsAnywhere, toPodIdentity } from '../../kubernetes/network-policy';
import type { NodePool } from '../../kubernetes/pod/placement';
import { ServiceAccount } from '../../kubernetes/service-account';
import { Workload } from '../../kubernetes/workload';
import { CLUSTER_AUTOSCALER_IMAGES } from '../../versions';
import type { AddOn } from '../../platform/add-on';
import { toApiServer } from '../../platform/api-server';
import { RESOURCES as RESOURCES_SHAPE } from '../../kubernetes/pod/container';
import { awsStatements, CLUSTER_RULES, NAME, NAMESPACE_RULES } from './access';
import type { Platform } from '../../platform/platform';

export interface ClusterAutoscalerProps {
  /**
   * How long a node must be underutilized before it is removed, in minutes.
   * @default 10
   */
  readonly scaleDownAfterMinutes?: number;
  /**
   * A node is underutilized if its pods request less than this percentage of its CPU and memory.
   * @default 50
   */
  readonly scaleDownBelowPercent?: number;
  /** @default 100m and 600Mi, enough for about a thousand nodes */
  readonly resources?: Resources;
}

export const CLUSTER_AUTOSCALER_PROPS = object<ClusterAutoscalerProps>({
  scaleDownAfterMinutes: optional(wholeNumber(1)),
  scaleDownBelowPercent: optional(
    value<number>('a percentage from 1 to 100', (given) => typeof given === 'number' && given >= 1 && given <= 100),
  ),
  resources: optional(RESOURCES_SHAPE),
});

const RESOURCES: Resources = { cpu: '100m', memory: '600Mi' };
/** A leader and a standby. */
const REPLICAS = 2;
const SCALE_DOWN_AFTER_MINUTES = 10;
const SCALE_DOWN_BELOW_PERCENT = 50;

/** Cluster Autoscaler: adds nodes for pods that cannot be scheduled, and removes underutilized nodes. */
export function clusterAutoscaler(props: ClusterAutoscalerProps = {}): AddOn {
  checkOptions('clusterAutoscaler', props, CLUSTER_AUTOSCALER_PROPS, ({ scaleDownBelowPercent: percent }) => [
    // Divided here, where a token is an arbitrary number.
    Token.isUnresolved(percent) && 'scaleDownBelowPercent is known only after apply: pass a literal number',
  ]);
  return {
    name: 'cluster-autoscaler',
    platform: (scope, platform) => void new ClusterAutoscaler(scope, 'autoscaler', props, platform),
  };
}

const IDENTITY: AppIdentity = { name: NAME, component: 'autoscaling', partOf: 'platform' };
const PORT = 8085;

class ClusterAutoscaler extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterAutoscalerProps,
    private readonly platform: Platform,
  ) {
    super(scope, id);
    literalText(this);
    const image = imageOf(platform.cluster.kubernetesVersion);
    check(this, image === undefined && unknownMinor(platform.cluster));

    const namespace = platform.namespace('kube-system');
    const role = this.addRole(namespace);
    const account = new ServiceAccount(this, 'account', {
      namespace,
      identity: IDENTITY,
      clusterRules: CLUSTER_RULES,
      rules: NAMESPACE_RULES,
      annotations: role.serviceAccountAnnotations,
    });
    const workload = this.addWorkload(namespace, account, image!);
    if (role.association) dependsOn(workload, role.association);
  }

  private addRole(namespace: NamespaceRef): WorkloadRole {
    const { cluster } = this.platform;
    return new WorkloadRole(this, 'role', {
      cluster,
      name: physicalName('iam-role', cluster.clusterName, awsContext(this).region, NAME),
      description: `Cluster autoscaler of ${cluster.clusterName}`,
      namespace: namespace.namespaceName,
      serviceAccount: NAME,
      statements: awsStatements(awsContext(this), cluster.clusterName),
    });
  }

  private addWorkload(namespace: NamespaceRef, account: ServiceAccount, image: string): Workload {
    return new Workload(this, 'workload', {
      namespace,
      identity: IDENTITY,
      controller: { kind: 'deployment', replicas: Math.min(REPLICAS, this.platform.facts.profile.replicas) },
      containers: [
        {
          name: NAME,
          image,
          command: ['./cluster-autoscaler'],
          args: this.args(namespace),
          env: { AWS_REGION: awsContext(this).region },
          ports: { metrics: PORT },
          resources: this.props.resources ?? RESOURCES,
          // It serves no requests: it is ready once it runs.
          readiness: { tcp: 'metrics' },
          // Fails if the main loop has been inactive for ten minutes.
          liveness: { path: '/health-check', port: 'metrics', timeoutSeconds: 5 },
        },
      ],
      serviceAccount: account,
      priorityClass: this.platform.priorityClass('system-cluster-critical'),
      metrics: { port: 'metrics' },
      egress: [toApiServer(this.platform.facts), toPodIdentity(), toHttpsAnywhere()],
    });
  }

  /**
   * Source: "What are the parameters to CA?",
   * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md
   */
  private args(namespace: NamespaceRef): string[] {
    const { scaleDownAfterMinutes = SCALE_DOWN_AFTER_MINUTES, scaleDownBelowPercent = SCALE_DOWN_BELOW_PERCENT } =
      this.props;
    return Object.entries({
      address: `:${PORT}`,
      'cloud-provider': 'aws',
      namespace: namespace.namespaceName,
      // Two pods run during rollouts, and with several replicas.
      'leader-elect': true,
      'node-group-auto-discovery': `asg:tag=${discoveryTagKeys(this.platform.cluster.clusterName).join(',')}`,
      expander: 'least-waste',
      'balance-similar-node-groups': true,
      // Otherwise the zonal groups of a node group would not count as similar.
      'balancing-ignore-label': 'topology.k8s.aws/zone-id',
      // Otherwise nodes with kube-system pods, or with an emptyDir (common with a read-only root), are never removed.
      'skip-nodes-with-system-pods': false,
      'skip-nodes-with-local-storage': false,
      'scale-down-unneeded-time': `${scaleDownAfterMinutes}m`,
      'scale-down-utilization-threshold': scaleDownBelowPercent / 100,
    })
      .map(([flag, value]) => `--${flag}=${value}`)
      .concat(startupTaintKeys(this.platform.facts.nodePools).map((key) => `--startup-taint=${key}`));
  }
}

/**
 * Taints that do not stay: a node with one is not ready yet, and a group with one is not unsuitable. Source: "Startup
 * taints", https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md
 */
function startupTaintKeys(pools: readonly NodePool[]): readonly string[] {
  return [...new Set(pools.flatMap(({ startupTaints = [] }) => startupTaints))].sort();
}

/** Tags of every node group: set by EKS on managed groups, by `discoveryTags` on others. */
function discoveryTagKeys(clusterName: string): string[] {
  return Object.keys(discoveryTags(clusterName)).filter((key) => key.startsWith('k8s.io/cluster-autoscaler/'));
}

function imageOf(kubernetesVersion: string): string | undefined {
  const byMinor: Readonly<Record<string, string>> = CLUSTER_AUTOSCALER_IMAGES;
  return byMinor[kubernetesVersion];
}

function unknownMinor({ clusterName, kubernetesVersion }: ClusterRef): string {
  const pinned = Object.keys(CLUSTER_AUTOSCALER_IMAGES).join(', ');
  return `no cluster autoscaler version is pinned for Kubernetes ${kubernetesVersion} of cluster '${clusterName}': use one of ${pinned}, or remove the add-on`;
}
