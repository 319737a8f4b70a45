import { Construct } from 'constructs';
import type { ClusterRef } from '../../cluster/cluster-ref';
import { discoveryTags } from '../../cluster/node-tags';
import { awsContext } from '../../core/aws-context';
import { check, type Problem } from '../../core/check';
import { dependsOn } from '../../core/depends-on';
import { physicalName } from '../../core/naming';
import { WorkloadRole } from '../../iam/workload-role';
import type { Resources } from '../../kubernetes/pod/container';
import type { AppIdentity } from '../../kubernetes/labels';
import type { NamespaceRef } from '../../kubernetes/namespace-ref';
import { toHttpsAnywhere, toPodIdentity } from '../../kubernetes/network-policy';
import { ServiceAccount } from '../../kubernetes/service-account';
import { Workload } from '../../kubernetes/workload';
import { CLUSTER_AUTOSCALER_IMAGES } from '../../versions';
import type { AddOn } from '../../platform/add-on';
import { toApiServer } from '../../platform/api-server';
import { awsStatements, CLUSTER_RULES, NAME, NAMESPACE_RULES } from './access';
import type { Platform } from '../../platform/platform';

export interface ClusterAutoscalerProps {
  /**
   * For how long a node must have been of little use before it goes, in minutes.
   * @default 10
   */
  readonly scaleDownAfterMinutes?: number;
  /**
   * What the pods of a node ask for, as a percentage of its CPU or memory, below which it is of little use.
   * @default 50
   */
  readonly scaleDownBelowPercent?: number;
  /** @default 100m and 600Mi, enough for about a thousand nodes */
  readonly resources?: Resources;
}

const RESOURCES: Resources = { cpu: '100m', memory: '600Mi' };
/** One works, the other takes over. */
const REPLICAS = 2;
const SCALE_DOWN_AFTER_MINUTES = 10;
const SCALE_DOWN_BELOW_PERCENT = 50;

/** Gives pods that find no room the nodes that they need, and takes away nodes that are of little use. */
export function clusterAutoscaler(props: ClusterAutoscalerProps = {}): AddOn {
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
    const image = imageOf(platform.cluster.kubernetesVersion);
    check(this, ...scaleDownProblems(props), image === undefined && unknownMinor(platform.cluster));

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
          // It serves no requests: to be there is to be ready.
          readiness: { tcp: 'metrics' },
          // It fails when the main loop has done nothing for ten minutes.
          liveness: { path: '/health-check', port: 'metrics', timeoutSeconds: 5 },
        },
      ],
      serviceAccount: account,
      priorityClass: this.platform.priorityClass('system-cluster-critical'),
      metrics: { port: 'metrics' },
      egress: [toApiServer(this.platform.facts), toPodIdentity(), toHttpsAnywhere()],
    });
  }

  /** Source: "What are the parameters to CA?" of the autoscaler's FAQ. */
  private args(namespace: NamespaceRef): string[] {
    const { scaleDownAfterMinutes = SCALE_DOWN_AFTER_MINUTES, scaleDownBelowPercent = SCALE_DOWN_BELOW_PERCENT } =
      this.props;
    return Object.entries({
      address: `:${PORT}`,
      'cloud-provider': 'aws',
      namespace: namespace.namespaceName,
      // Two pods work side by side in every rollout, and where there are replicas.
      'leader-elect': true,
      'node-group-auto-discovery': `asg:tag=${discoveryTagKeys(this.platform.cluster.clusterName).join(',')}`,
      expander: 'least-waste',
      'balance-similar-node-groups': true,
      // Groups of one kind in several zones are alike but for it.
      'balancing-ignore-label': 'topology.k8s.aws/zone-id',
      // Else a node with a pod of kube-system, or with an emptyDir such as a read-only root needs, would never go.
      'skip-nodes-with-system-pods': false,
      'skip-nodes-with-local-storage': false,
      'scale-down-unneeded-time': `${scaleDownAfterMinutes}m`,
      'scale-down-utilization-threshold': scaleDownBelowPercent / 100,
    }).map(([flag, value]) => `--${flag}=${value}`);
  }
}

/** Of those that every node group carries: EKS sets them on managed groups, `discoveryTags` on the others. */
function discoveryTagKeys(clusterName: string): string[] {
  return Object.keys(discoveryTags(clusterName)).filter((key) => key.startsWith('k8s.io/cluster-autoscaler/'));
}

function imageOf(kubernetesVersion: string): string | undefined {
  const byMinor: Readonly<Record<string, string>> = CLUSTER_AUTOSCALER_IMAGES;
  return byMinor[kubernetesVersion];
}

function unknownMinor({ clusterName, kubernetesVersion }: ClusterRef): string {
  const pinned = Object.keys(CLUSTER_AUTOSCALER_IMAGES).join(', ');
  return `no cluster autoscaler is pinned for Kubernetes ${kubernetesVersion} of cluster '${clusterName}': there are ${pinned}; upgrade the cluster, or leave the add-on out`;
}

function scaleDownProblems({
  scaleDownAfterMinutes: after,
  scaleDownBelowPercent: below,
}: ClusterAutoscalerProps): readonly Problem[] {
  return [
    after !== undefined &&
      (!Number.isInteger(after) || after < 1) &&
      `scaleDownAfterMinutes must be a whole number of at least 1, got ${after}`,
    below !== undefined &&
      !(below >= 1 && below <= 100) &&
      `scaleDownBelowPercent must be between 1 and 100, got ${below}`,
  ] satisfies Problem[];
}
