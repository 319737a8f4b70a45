import type { Acknowledgement } from '../../core/acknowledge';
import { object, oneOf, optional } from '../../core/shape';
import type { PodProps } from '../pod/template';
import type { ControllerKind } from './controller-kind';
import { REPLICAS, replicasBound, replicasConfig, replicasProblems, type Replicas } from './replicas';
import {
  ignoredChanges,
  PROGRESS_DEADLINE_SECONDS,
  ROLLOUT_PROPS,
  ROLLOUT_TIMEOUTS,
  rolloutProblems,
  rolloutSpec,
  type RolloutProps,
} from './rollout';

/** Interchangeable pods. */
export interface DeploymentController extends RolloutProps {
  readonly kind: 'deployment';
  readonly replicas: Replicas;
  /**
   * `rolling`: a new pod is ready before an old one is terminated; `recreate`: old and new pods never run at once, for a
   * claim that only one may use.
   * @default 'rolling'
   */
  readonly update?: 'rolling' | 'recreate';
}

export const DEPLOYMENT_CONTROLLER = object<DeploymentController>({
  ...ROLLOUT_PROPS.shapes,
  kind: oneOf('deployment'),
  replicas: REPLICAS,
  update: optional(oneOf('rolling', 'recreate')),
});

export const deployment: ControllerKind<DeploymentController, 'kubernetes_deployment_v1'> = {
  type: 'kubernetes_deployment_v1',
  pods: 'long-running',
  config: ({ replicas, update, ...rollout }, pods) => {
    const { spec, ignored } = replicasConfig(replicas);
    return {
      metadata: pods.metadata,
      spec: {
        ...rolloutSpec(rollout, pods),
        ...spec,
        progressDeadlineSeconds: PROGRESS_DEADLINE_SECONDS,
        strategy:
          update === 'recreate'
            ? { type: 'Recreate' }
            : { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '0' } },
      },
      timeouts: ROLLOUT_TIMEOUTS,
      lifecycle: ignoredChanges(pods.template, ignored),
    };
  },
  problems: (controller) => [
    ...replicasProblems(controller.replicas),
    // The API server requires less than the deadline.
    ...rolloutProblems(controller, PROGRESS_DEADLINE_SECONDS - 1),
  ],
  disruptionBound: ({ replicas }) => replicasBound(replicas),
  acknowledgements,
};

/** checkov examines no other controller. */
function acknowledgements({ containers }: PodProps): Acknowledgement[] {
  return [
    { code: 'CKV_K8S_11', reason: 'A limit of CPU slows a program down beside an idle processor' },
    { code: 'CKV_K8S_15', reason: 'An image never changes under its tag, and a node has it without its registry' },
    ...(containers.some(({ liveness }) => !liveness)
      ? [{ code: 'CKV_K8S_8' as const, reason: 'It has nothing that tells whether a restart would help' }]
      : []),
    ...(containers.some(({ image }) => !image.includes('@sha256:'))
      ? [{ code: 'CKV_K8S_43' as const, reason: "A version's tag will do unless images.pin is 'digest'" }]
      : []),
  ];
}
