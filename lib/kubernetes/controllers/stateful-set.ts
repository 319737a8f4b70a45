import { canonicalQuantity } from '../quantity';
import type { Volume } from '../pod/volume';
import type { ControllerKind } from './controller-kind';
import { replicasBound, replicasConfig, replicasProblems, type Replicas } from './replicas';
import { ROLLOUT_TIMEOUTS, rolloutSpec, type RolloutProps } from './rollout';

/** Pods with a name, and claims, of their own. */
export interface StatefulSetController extends RolloutProps {
  readonly kind: 'stateful-set';
  readonly replicas: Replicas;
  /** The headless service that gives the pods their DNS names: `PodService.serviceId`. */
  readonly serviceId: string;
  /**
   * `ordered`: one pod after the other is started and terminated; `parallel`: all at once.
   * @default 'ordered'
   */
  readonly podManagement?: 'ordered' | 'parallel';
  /**
   * Whether its claims are deleted with the StatefulSet.
   * @default 'retain'
   */
  readonly claimsOnDelete?: 'retain' | 'delete';
}

export const statefulSet: ControllerKind<StatefulSetController, 'kubernetes_stateful_set_v1'> = {
  type: 'kubernetes_stateful_set_v1',
  pods: 'long-running',
  config: ({ replicas, serviceId, podManagement, claimsOnDelete, ...rollout }, pods) => {
    const { spec, ...meta } = replicasConfig(replicas);
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
      timeouts: ROLLOUT_TIMEOUTS,
      ...meta,
    };
  },
  problems: ({ replicas }) => replicasProblems(replicas),
  disruptionBound: ({ replicas }) => replicasBound(replicas),
};

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
