import type { Any } from '../cluster/api';
import type { JsonObject } from '../stacks/synthesized-stack';
import type { RunningContainer } from './runtime';

export interface ContainerState {
  container?: RunningContainer;
  ready: boolean;
  started: boolean;
  restarts: number;
  exitCode?: number;
  finishedAt?: Date;
}

export interface PodTimes {
  readonly startTime: Date;
  /** The conditions that were last reported. */
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  /** Of the status: a report that repeats it changes nothing. */
  readonly lastTransitionTime: string;
}

/**
 * Ready only once it has started: `ready` and `started` of ContainerStatus. Source: "Kubernetes API", Pod,
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodStatus
 */

export function containerStatus(spec: Any, state: ContainerState): JsonObject {
  const { container, exitCode } = state;
  const startedAt = container?.startedAt.toISOString() ?? null;
  return {
    name: spec.name,
    image: spec.image,
    imageID: spec.image,
    restartCount: state.restarts,
    ready: container?.isRunning === true && state.started && state.ready,
    started: container?.isRunning === true && state.started,
    state: container?.isRunning
      ? { running: { startedAt }, terminated: null, waiting: null }
      : exitCode === undefined
        ? { waiting: { reason: 'ContainerCreating' } }
        : {
            running: null,
            waiting: null,
            terminated: {
              exitCode,
              reason: exitCode === 0 ? 'Completed' : 'Error',
              startedAt,
              finishedAt: state.finishedAt?.toISOString() ?? null,
            },
          },
  };
}

/**
 * Ready if all containers are, also while the pod terminates. Where all have ended in a pod that ends, the exit codes
 * decide between success and failure. Source: "Pod Lifecycle",
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase
 */
export function podStatus(
  pod: Any,
  { address, hostAddress }: { readonly address: string; readonly hostAddress: string },
  initialized: boolean,
  { startTime, conditions }: PodTimes,
  statusOf: (spec: Any) => JsonObject,
): JsonObject & { readonly conditions: readonly (JsonObject & Condition)[] } {
  const containers = pod.spec.containers.map(statusOf);
  const ready = initialized && containers.every((one: Any) => one.ready);
  const ended = containers.every((one: Any) => one.state.terminated);
  const condition = (type: string, value: boolean) => {
    const status = value ? 'True' : 'False';
    const before = conditions.find((one) => one.type === type && one.status === status);
    return { type, status, lastTransitionTime: before?.lastTransitionTime ?? new Date().toISOString() };
  };
  const isDeleted = pod.metadata.deletionTimestamp !== undefined;
  return {
    phase: phase(isDeleted && ended, initialized, containers),
    hostIP: hostAddress,
    hostIPs: [{ ip: hostAddress }],
    podIP: address,
    podIPs: [{ ip: address }],
    startTime: startTime.toISOString(),
    conditions: [condition('Initialized', initialized), condition('ContainersReady', ready), condition('Ready', ready)],
    containerStatuses: containers,
    initContainerStatuses: (pod.spec.initContainers ?? []).map(statusOf),
  };
}

function phase(isOver: boolean, initialized: boolean, containers: readonly Any[]): string {
  const isCreated = initialized && containers.every((one) => !one.state.waiting);
  if (!isOver) return isCreated ? 'Running' : 'Pending';
  return containers.every((one) => one.state.terminated?.exitCode === 0) ? 'Succeeded' : 'Failed';
}
