import { integer, object, oneOf, optional } from '../../core/shape';
import { wholeNumberProblem } from '../whole-number';
import type { ControllerKind } from './controller-kind';
import { ignoredChanges, ROLLOUT_PROPS, rolloutProblems, rolloutSpec, type RolloutProps } from './rollout';

/** A pod on each node. */
export interface DaemonSetController extends RolloutProps {
  readonly kind: 'daemon-set';
  /**
   * `surge`: a node's new pod is ready before its old one is terminated; `replace`: the old one is terminated first, for
   * what a node has only once, such as a port.
   * @default 'replace'
   */
  readonly update?: 'surge' | 'replace';
  /**
   * Pods that an eviction must leave ready. For a DaemonSet's pods Kubernetes supports no other bound.
   * @default no disruption budget
   */
  readonly minAvailable?: number;
}

export const DAEMON_SET_CONTROLLER = object<DaemonSetController>({
  ...ROLLOUT_PROPS.shapes,
  kind: oneOf('daemon-set'),
  update: optional(oneOf('surge', 'replace')),
  minAvailable: optional(integer),
});

export const daemonSet: ControllerKind<DaemonSetController, 'kubernetes_daemon_set_v1'> = {
  type: 'kubernetes_daemon_set_v1',
  pods: 'long-running',
  podProps: (pod) => ({ ...pod, topologySpread: 'none' }),
  config: ({ update, ...rollout }, pods) => ({
    metadata: pods.metadata,
    spec: {
      ...rolloutSpec(rollout, pods),
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate:
          update === 'surge' ? { maxSurge: '1', maxUnavailable: '0' } : { maxSurge: '0', maxUnavailable: '1' },
      },
    },
    // The provider compares the number of scheduled pods only, and only once.
    waitForRollout: false,
    lifecycle: ignoredChanges(pods.template),
  }),
  problems: (controller) => [
    ...rolloutProblems(controller),
    wholeNumberProblem('controller.minAvailable', controller.minAvailable, 0),
  ],
  disruptionBound: ({ minAvailable }) => (minAvailable ? { minAvailable: String(minAvailable) } : undefined),
};
