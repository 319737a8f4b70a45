import type { Any } from '../cluster/api';
import type { JsonObject } from '../stacks/synthesized-stack';
import type { RunningContainer } from './runtime';

export interface ContainerState {
  container?: RunningContainer;
  ready: boolean;
  started: boolean;
  restarts: number;
  exitCode?: number;
}

export function containerStatus(spec: Any, state: ContainerState): JsonObject {
  const { container, exitCode } = state;
  const startedAt = container?.startedAt.toISOString() ?? null;
  return {
    name: spec.name,
    image: spec.image,
    imageID: spec.image,
    restartCount: state.restarts,
    ready: container?.isRunning === true && state.ready,
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
              finishedAt: new Date().toISOString(),
            },
          },
  };
}

/** Of a container that has ended in a pod that ends, the exit code decides between success and failure. */
export function podStatus(
  pod: Any,
  { address, hostAddress }: { readonly address: string; readonly hostAddress: string },
  initialized: boolean,
  statusOf: (spec: Any) => JsonObject,
): JsonObject {
  const containers = pod.spec.containers.map(statusOf);
  const ready = initialized && containers.every((one: Any) => one.ready);
  const ended = containers.every((one: Any) => one.state.terminated);
  const condition = (type: string, value: boolean) => ({
    type,
    status: value ? 'True' : 'False',
    lastTransitionTime: new Date().toISOString(),
  });
  const isDeleted = pod.metadata.deletionTimestamp !== undefined;
  return {
    phase: phase(isDeleted && ended, initialized, containers),
    hostIP: hostAddress,
    hostIPs: [{ ip: hostAddress }],
    podIP: address,
    podIPs: [{ ip: address }],
    startTime: pod.status?.startTime ?? new Date().toISOString(),
    conditions: [condition('Initialized', initialized), condition('ContainersReady', ready), condition('Ready', ready)],
    containerStatuses: containers,
    initContainerStatuses: (pod.spec.initContainers ?? []).map(statusOf),
  };
}

function phase(isOver: boolean, initialized: boolean, containers: readonly Any[]): string {
  if (!isOver) return initialized ? 'Running' : 'Pending';
  return containers.every((one) => one.state.terminated?.exitCode === 0) ? 'Succeeded' : 'Failed';
}
