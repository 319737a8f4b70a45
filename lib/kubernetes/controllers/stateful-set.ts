import { object, oneOf, optional, text } from '../../core/shape';
import { subdomainProblem } from '../object-name';
import { canonicalQuantity } from '../quantity';
import type { Volume } from '../pod/volume';
import type { ControllerKind } from './controller-kind';
import {
  highestReplicas,
  lowestReplicas,
  REPLICAS,
  replicasBound,
  replicasConfig,
  replicasProblems,
  type Replicas,
} from './replicas';
import { ignoredChanges, ROLLOUT_PROPS, rolloutProblems, rolloutSpec, type RolloutProps } from './rollout';
import { statefulSetTimeouts } from './stateful-set-timeouts';

/**
 * Pods with a name, and claims, of their own. What Kubernetes cannot change replaces the set: its pods are deleted, and those of the
 * new one use the claims that are retained.
 */
export interface StatefulSetController extends RolloutProps {
  readonly kind: 'stateful-set';
  readonly replicas: Replicas;
  /** The headless service that gives the pods their DNS names: `PodService.serviceId`. A change replaces the set. */
  readonly serviceId: string;
  /**
   * `ordered`: one pod after the other is started and terminated; `parallel`: all at once. A change replaces the set.
   * @default 'ordered'
   */
  readonly podManagement?: 'ordered' | 'parallel';
  /**
   * Whether its claims are deleted with the StatefulSet. `delete` is for data that can be lost at any time: a replacement
   * deletes the claims too, and so does the apply that follows a create that failed or outlasted its timeout (unless
   * `terraform untaint` comes first).
   * @default 'retain'
   */
  readonly claimsOnDelete?: 'retain' | 'delete';
}

export const STATEFUL_SET_CONTROLLER = object<StatefulSetController>(
  {
    ...ROLLOUT_PROPS.shapes,
    kind: oneOf('stateful-set'),
    replicas: REPLICAS,
    serviceId: text('the name of a headless service, such as PodService.serviceId'),
    podManagement: optional(oneOf('ordered', 'parallel')),
    claimsOnDelete: optional(oneOf('retain', 'delete')),
  },
  { renamed: { start: 'podManagement' } },
);

/** A label of its pods is the name with `-` and a hash of at most ten characters: with a longer name no pod is created. */
const LONGEST_NAME = 52;

export const statefulSet: ControllerKind<StatefulSetController, 'kubernetes_stateful_set_v1'> = {
  type: 'kubernetes_stateful_set_v1',
  pods: 'long-running',
  longestName: LONGEST_NAME,
  config: ({ replicas, serviceId, podManagement, claimsOnDelete, ...rollout }, pods) => {
    const { spec, ignored } = replicasConfig(replicas);
    const claims = claimTemplates(pods.volumes);
    return {
      metadata: pods.metadata,
      spec: {
        ...rolloutSpec(rollout, pods),
        ...spec,
        serviceName: serviceId,
        podManagementPolicy: podManagement === 'parallel' ? 'Parallel' : 'OrderedReady',
        updateStrategy: [{ type: 'RollingUpdate', rollingUpdate: [{ partition: 0 }] }],
        volumeClaimTemplate: claims,
        ...(claims.length > 0 && {
          persistentVolumeClaimRetentionPolicy: [
            { whenDeleted: claimsOnDelete === 'delete' ? 'Delete' : 'Retain', whenScaled: 'Retain' },
          ],
        }),
      },
      timeouts: statefulSetTimeouts({
        podManagement,
        created: lowestReplicas(replicas),
        updated: highestReplicas(replicas),
        minReadySeconds: rollout.minReadySeconds,
        graceSeconds: pods.template.spec?.terminationGracePeriodSeconds,
      }),
      lifecycle: ignoredChanges(pods.template, ignored),
    };
  },
  problems: (controller) => [
    ...replicasProblems(controller.replicas),
    ...rolloutProblems(controller),
    subdomainProblem('controller.serviceId', controller.serviceId),
  ],
  disruptionBound: ({ replicas }) => replicasBound(replicas),
};

/** In the order of the props, which is part of the set: another one would replace it. */
function claimTemplates(volumes: Readonly<Record<string, Volume>>) {
  return Object.entries(volumes).flatMap(([name, volume]) =>
    volume.kind === 'claim-template'
      ? [
          {
            metadata: { name },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: volume.storageClass,
              resources: { requests: { storage: canonicalQuantity(volume.size) } },
            },
          },
        ]
      : [],
  );
}
