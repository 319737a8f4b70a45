import type { Problem } from '../../core/check';
import { unknownProps } from '../unknown-props';
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

export const RANGE_PROPS: readonly string[] = [
  'min',
  'max',
  'cpuPercent',
  'memoryPercent',
  'scaleDownAfterSeconds',
] satisfies (keyof ReplicaRange)[];

export function isRange(replicas: Replicas | null | undefined): replicas is ReplicaRange {
  return typeof replicas === 'object' && replicas !== null;
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

/** For data that is not type-checked. */
export function replicasProblems(replicas: Replicas | null | undefined): readonly Problem[] {
  if (isRange(replicas)) {
    return [...unknownProps(replicas, RANGE_PROPS, 'replicas has the '), ...rangeProblems(replicas, 'replicas.')];
  }
  if (typeof replicas === 'number') {
    return [!isWhole(replicas, 0) && `replicas must be a whole number, got ${replicas}`];
  }
  const problem = replicas === undefined || replicas === null ? 'is required' : `'${String(replicas)}' is not valid`;
  return [`controller.replicas ${problem}: write a number, or a range { min, max }`];
}

/**
 * Source: "HorizontalPodAutoscaler",
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/
 */
const LONGEST_STABILIZATION_SECONDS = 3600;

/** @param path what precedes the props in messages */
export function rangeProblems(
  { min, max, cpuPercent = 1, memoryPercent = 1, scaleDownAfterSeconds: delay = 0 }: ReplicaRange,
  path = '',
): readonly Problem[] {
  return [
    ...Object.entries({ min, max, cpuPercent, memoryPercent }).map(
      ([prop, value]) => !isWhole(value, 1) && `${path}${prop} must be a whole number of at least 1, got ${value}`,
    ),
    min > max && `${path}min (${min}) exceeds ${path}max (${max}): raise ${path}max`,
    !(isWhole(delay, 0) && delay <= LONGEST_STABILIZATION_SECONDS) &&
      `${path}scaleDownAfterSeconds must be a whole number of at most ${LONGEST_STABILIZATION_SECONDS}, got ${delay}`,
  ];
}

function isWhole(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}
