import { checkOptions } from '../../core/check-props';
import { literalText } from '../../core/literal-text';
import { object, optional, text, wholeNumber } from '../../core/shape';
import { ConfigFiles } from '../../kubernetes/config-files';
import type { Resources } from '../../kubernetes/pod/container';
import type { AppIdentity } from '../../kubernetes/labels';
import type { ResourceRule } from '../../kubernetes/rbac';
import { ServiceAccount } from '../../kubernetes/service-account';
import { Workload } from '../../kubernetes/workload';
import { IMAGES } from '../../versions';
import type { AddOn } from '../../platform/add-on';
import { toApiServer } from '../../platform/api-server';
import { RESOURCES as RESOURCES_SHAPE } from '../../kubernetes/pod/container';

export interface DeschedulerProps {
  /**
   * When it runs: a cron expression, in UTC.
   * @default every half hour
   */
  readonly schedule?: string;
  /**
   * The most pods that a run evicts from a node.
   * @default 5
   */
  readonly evictionsPerNode?: number;
  /** @default 100m and 256Mi */
  readonly resources?: Resources;
}

export const DESCHEDULER_PROPS = object<DeschedulerProps>({
  // Its fields are checked with the CronJob.
  schedule: optional(text('a cron expression, such as 0 3 * * *')),
  evictionsPerNode: optional(wholeNumber(1)),
  resources: optional(RESOURCES_SHAPE),
});

const SCHEDULE = '*/30 * * * *';
const EVICTIONS_PER_NODE = 5;
const RESOURCES: Resources = { cpu: '100m', memory: '256Mi' };
/** A run takes seconds; one that takes this long is stuck. */
const DEADLINE_SECONDS = 600;

const IDENTITY: AppIdentity = { name: 'descheduler', component: 'scheduling', partOf: 'platform' };
const POLICY_DIRECTORY = '/etc/descheduler';
const POLICY_FILE = 'policy.yaml';

/**
 * Descheduler: evicts badly placed pods, so that they are rescheduled: replicas on the same node or in the same zone,
 * pods on nodes whose taints or labels changed. Evictions respect PodDisruptionBudgets.
 */
export function descheduler(props: DeschedulerProps = {}): AddOn {
  checkOptions('descheduler', props, DESCHEDULER_PROPS);
  return {
    name: 'descheduler',
    platform(scope, platform) {
      const { schedule = SCHEDULE, evictionsPerNode = EVICTIONS_PER_NODE, resources = RESOURCES } = props;
      literalText(scope);
      const namespace = platform.namespace('kube-system');
      const account = new ServiceAccount(scope, 'account', {
        namespace,
        identity: IDENTITY,
        clusterRules: CLUSTER_RULES,
      });
      const policy = new ConfigFiles(scope, 'policy', {
        namespace,
        identity: IDENTITY,
        name: 'descheduler-policy',
        files: { [POLICY_FILE]: policyFile(evictionsPerNode) },
      });
      new Workload(scope, 'workload', {
        namespace,
        identity: IDENTITY,
        controller: { kind: 'cron-job', schedule, deadlineSeconds: DEADLINE_SECONDS },
        containers: [
          {
            name: 'descheduler',
            image: IMAGES.descheduler,
            command: ['/bin/descheduler'],
            // A run needs no health or metrics endpoint.
            args: [
              `--policy-config-file=${POLICY_DIRECTORY}/${POLICY_FILE}`,
              '--secure-port=0',
              '--disable-metrics',
              '--v=2',
            ],
            resources,
            mounts: [{ volume: 'policy', path: POLICY_DIRECTORY }],
          },
        ],
        volumes: { policy: policy.volume },
        serviceAccount: account,
        priorityClass: platform.priorityClass('platform'),
        egress: [toApiServer(platform.facts)],
      });
    },
  };
}

/** By default, pods of DaemonSets, with a system priority class or without a controller are never evicted. */
const EVICTOR = {
  // Only if the pod fits on another node.
  nodeFit: true,
  // Evicting a single replica would interrupt its service.
  minReplicas: 2,
  podProtections: {
    // An emptyDir beside a read-only root holds no persistent data.
    defaultDisabled: ['PodsWithLocalStorage'],
    // A volume binds its pod to a zone, and takes minutes to attach to another node.
    extraEnabled: ['PodsWithPVC'],
  },
};

/** Plugins that consider several pods together. Underutilized nodes are left to the cluster autoscaler. */
const BALANCE = {
  RemoveDuplicates: {},
  // `Workload` uses ScheduleAnyway, so that pods still start after a zone failure.
  RemovePodsViolatingTopologySpreadConstraint: { constraints: ['DoNotSchedule', 'ScheduleAnyway'] },
};

/** Plugins that consider one pod at a time. */
const DESCHEDULE = {
  RemovePodsViolatingInterPodAntiAffinity: {},
  RemovePodsViolatingNodeAffinity: { nodeAffinityType: ['requiredDuringSchedulingIgnoredDuringExecution'] },
  RemovePodsViolatingNodeTaints: {},
};

/** Plugins do not start without an explicit configuration, even for the defaults. */
function policyFile(evictionsPerNode: number): string {
  const configured = Object.entries({ DefaultEvictor: EVICTOR, ...BALANCE, ...DESCHEDULE });
  const policy = {
    apiVersion: 'descheduler/v1alpha2',
    kind: 'DeschedulerPolicy',
    maxNoOfPodsToEvictPerNode: evictionsPerNode,
    profiles: [
      {
        name: 'default',
        pluginConfig: configured.map(([name, args]) => ({ name, args })),
        plugins: {
          balance: { enabled: Object.keys(BALANCE) },
          deschedule: { enabled: Object.keys(DESCHEDULE) },
        },
      },
    ],
  };
  return `${JSON.stringify(policy, null, 2)}\n`;
}

/**
 * Without the deletion of pods: it only evicts. Source: the ClusterRole of the Helm chart,
 * https://github.com/kubernetes-sigs/descheduler/tree/master/charts/descheduler
 */
const CLUSTER_RULES: readonly ResourceRule[] = [
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'update'] },
  {
    resources: ['namespaces', 'nodes', 'persistentvolumeclaims', 'pods'],
    verbs: ['get', 'list', 'watch'],
  },
  { resources: ['pods/eviction'], verbs: ['create'] },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['scheduling.k8s.io'], resources: ['priorityclasses'], verbs: ['get', 'list', 'watch'] },
];
