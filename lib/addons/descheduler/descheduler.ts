import { check } from '../../core/check';
import { ConfigFiles } from '../../kubernetes/config-files';
import type { Resources } from '../../kubernetes/pod/container';
import type { AppIdentity } from '../../kubernetes/labels';
import type { ResourceRule } from '../../kubernetes/rbac';
import { ServiceAccount } from '../../kubernetes/service-account';
import { Workload } from '../../kubernetes/workload';
import { IMAGES } from '../../versions';
import type { AddOn } from '../../platform/add-on';
import { toApiServer } from '../../platform/api-server';

export interface DeschedulerProps {
  /**
   * When it looks, in the words of cron, in UTC.
   * @default every half hour
   */
  readonly schedule?: string;
  /**
   * Pods that one run may evict from a node.
   * @default 5
   */
  readonly evictionsPerNode?: number;
  /** @default 100m and 256Mi */
  readonly resources?: Resources;
}

const SCHEDULE = '*/30 * * * *';
const EVICTIONS_PER_NODE = 5;
const RESOURCES: Resources = { cpu: '100m', memory: '256Mi' };
/** A run takes seconds; one that takes this long waits for something. */
const DEADLINE_SECONDS = 600;

const IDENTITY: AppIdentity = { name: 'descheduler', component: 'scheduling', partOf: 'platform' };
const POLICY_FOLDER = '/etc/descheduler';
const POLICY_FILE = 'policy.yaml';

/**
 * Evicts pods that by now stand badly, so that the scheduler places them anew: all of a kind on one node or in one zone,
 * on a node whose taints or labels have changed. Disruption budgets hold, as for every eviction.
 */
export function descheduler(props: DeschedulerProps = {}): AddOn {
  return {
    name: 'descheduler',
    platform(scope, platform) {
      const { schedule = SCHEDULE, evictionsPerNode = EVICTIONS_PER_NODE, resources = RESOURCES } = props;
      check(
        scope,
        (!Number.isInteger(evictionsPerNode) || evictionsPerNode < 1) &&
          `evictionsPerNode must be a whole number of at least 1, got ${evictionsPerNode}`,
      );
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
            // Nobody asks a run for its health or its metrics.
            args: [
              `--policy-config-file=${POLICY_FOLDER}/${POLICY_FILE}`,
              '--secure-port=0',
              '--disable-metrics',
              '--v=2',
            ],
            resources,
            mounts: [{ volume: 'policy', path: POLICY_FOLDER }],
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

/**
 * Pods of DaemonSets, pods of system priority and pods without a controller are never evicted: the descheduler's own
 * defaults.
 */
const EVICTOR = {
  // Not before there is a node that has room.
  nodeFit: true,
  // One alone would be missed.
  minReplicas: 2,
  podProtections: {
    // What a read-only root needs beside it is no data.
    defaultDisabled: ['PodsWithLocalStorage'],
    // A volume keeps its pod in a zone, and takes minutes to follow it to another node.
    extraEnabled: ['PodsWithPVC'],
  },
};

/** What looks at several pods together. Nodes of little use are left to the cluster autoscaler. */
const BALANCE = {
  RemoveDuplicates: {},
  // Our own constraints are of the second kind, so that a lost zone keeps no pod from starting.
  RemovePodsViolatingTopologySpreadConstraint: { constraints: ['DoNotSchedule', 'ScheduleAnyway'] },
};

/** What looks at one pod at a time. */
const DESCHEDULE = {
  RemovePodsViolatingInterPodAntiAffinity: {},
  RemovePodsViolatingNodeAffinity: { nodeAffinityType: ['requiredDuringSchedulingIgnoredDuringExecution'] },
  RemovePodsViolatingNodeTaints: {},
};

/** A plugin without configuration does not start, not even with the defaults. */
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

/** Source: the ClusterRole of the descheduler's Helm chart, without pods' deletion: it evicts. */
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
