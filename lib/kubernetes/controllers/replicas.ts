import { Token } from 'cdktf';
import type { Problem } from '../../core/check';
import { either, integer, object, optional } from '../../core/shape';
import { wholeNumberProblem } from '../whole-number';
import type { DisruptionBound } from './controller-kind';

/** A fixed number of pods, which Terraform sets; or a range, within which a HorizontalPodAutoscaler sets it. */
export type Replicas = number | ReplicaRange;

/** The range of a HorizontalPodAutoscaler, and what it scales by. It reads its metrics from metrics-server. */
export interface ReplicaRange {
  /** At least 1; from 2 on, draining a node interrupts nothing. */
  readonly min: number;
  readonly max: number;
  /**
   * The average use of CPU that it aims at, in percent of the containers' requests.
   * @default 70
   */
  readonly cpuPercent?: number;
  /**
   * The same for memory. Set it only for a program that gives memory back.
   * @default memory is not considered
   */
  readonly memoryPercent?: number;
  /**
   * How long the load must have been lower before pods are removed.
   * @default 300
   */
  readonly scaleDownAfterSeconds?: number;
}

export const REPLICA_RANGE = object<ReplicaRange>(
  {
    min: integer,
    max: integer,
    cpuPercent: optional(integer),
    memoryPercent: optional(integer),
    scaleDownAfterSeconds: optional(integer),
  },
  { expected: 'a range { min, max }' },
);

export const REPLICAS = either(integer, REPLICA_RANGE);

export function isRange(replicas: Replicas): replicas is ReplicaRange {
  return typeof replicas === 'object';
}

export function lowestReplicas(replicas: Replicas): number {
  return typeof replicas === 'number' ? replicas : replicas.min;
}

/**
 * The number of replicas in a controller's `spec`. An autoscaler's own number must survive each apply, but without one an
 * update of anything else would set 1: it is created with the minimum, and later changes are ignored.
 */
export function replicasConfig(replicas: Replicas) {
  return {
    spec: { replicas: String(lowestReplicas(replicas)) },
    ignored: isRange(replicas) ? ['spec[0].replicas'] : [],
  };
}

/** The most pods that there may be. */
export function highestReplicas(replicas: Replicas): number {
  return isRange(replicas) ? replicas.max : replicas;
}

/** A single pod has no budget: its node could never be drained. */
export function replicasBound(replicas: Replicas): DisruptionBound | undefined {
  return lowestReplicas(replicas) > 1 ? { maxUnavailable: '1' } : undefined;
}

export function replicasProblems(replicas: Replicas): readonly Problem[] {
  return isRange(replicas)
    ? rangeProblems(replicas, 'controller.replicas.')
    : [wholeNumberProblem('controller.replicas', replicas, 0)];
}

/**
 * Source: "HorizontalPodAutoscaler",
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/
 */
const LONGEST_STABILIZATION_SECONDS = 3600;

/** @param path what precedes the props in messages */
export function rangeProblems(range: ReplicaRange, path = ''): readonly Problem[] {
  const { min, max, cpuPercent, memoryPercent, scaleDownAfterSeconds } = range;
  return [
    ...Object.entries({ min, max, cpuPercent, memoryPercent }).map(([prop, value]) =>
      wholeNumberProblem(`${path}${prop}`, value, 1),
    ),
    !Token.isUnresolved(min) &&
      !Token.isUnresolved(max) &&
      min > max &&
      `${path}min (${min}) exceeds ${path}max (${max}): raise ${path}max`,
    wholeNumberProblem(`${path}scaleDownAfterSeconds`, scaleDownAfterSeconds, 0, LONGEST_STABILIZATION_SECONDS),
  ];
}
