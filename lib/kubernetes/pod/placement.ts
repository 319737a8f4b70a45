import type {
  DeploymentV1SpecTemplateSpecAffinity as AffinityBlock,
  DeploymentV1SpecTemplateSpecToleration as TolerationBlock,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { canonicalJson } from '../../core/canonical-json';
import { checkData, type Problem } from '../../core/check';
import { isRecord, sortedRecord } from '../../core/record';
import { either, list, object, oneOf, optional, shapeProblems, value } from '../../core/shape';
import { LABELS, type Labels } from '../labels';
import { keyProblem, labelProblems, labelValueProblem } from '../metadata';
import { TAINT, type Taint } from '../taint';

/** A group of nodes, as far as pods are scheduled onto it. */
export interface NodePool {
  readonly name: string;
  /** EKS drains the nodes of a managed group, the termination handler those of an Auto Scaling group. */
  readonly kind: 'managed' | 'auto-scaling';
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  /**
   * Keys of taints that an agent removes from new nodes.
   * @default none
   */
  readonly startupTaints?: readonly string[];
  readonly architecture: 'amd64' | 'arm64';
  readonly zones: readonly string[];
  /** The minimum, over all zones. */
  readonly minNodes: number;
  /** The maximum, over all zones. */
  readonly maxNodes: number;
  /** Whether its nodes are targets of the load balancer. */
  readonly ingress: boolean;
}

/** Which nodes pods may run on. */
export interface Placement {
  /**
   * A node must have all labels of at least one of these.
   * @default any node
   */
  readonly nodeLabels?: readonly Labels[];
  /**
   * Taints that do not repel the pods; `all` for an agent that every node needs.
   * @default none
   */
  readonly tolerations?: readonly Taint[] | 'all';
}

export const PLACEMENT = object<Placement>({
  nodeLabels: optional(list(LABELS, 'a list of labels, such as [{ pool: ... }]')),
  tolerations: optional(either(oneOf('all'), list(TAINT, 'a list of taints'))),
});

/** The problems of a pod's placement. */
export function placementPropsProblems({ nodeLabels, tolerations = [] }: Placement = {}): readonly Problem[] {
  return [
    nodeLabels?.length === 0 &&
      'placement.nodeLabels is empty, so that no node has any of them: leave it out for any node',
    ...(nodeLabels ?? []).flatMap((labels, index) => [
      Object.keys(labels).length === 0 && `placement.nodeLabels[${index}] is empty: leave nodeLabels out for any node`,
      ...labelProblems(`placement.nodeLabels[${index}]`, labels),
    ]),
    ...(tolerations === 'all' ? [] : tolerations).flatMap(({ key, value = '' }, index) => [
      keyProblem(`placement.tolerations[${index}]`, key),
      labelValueProblem(`placement.tolerations[${index}].value`, value),
    ]),
  ];
}

const NODE_POOLS = list(
  value<NodePool>(
    'a node pool, such as one of facts.nodePools',
    (given) => isRecord(given) && isRecord(given['labels']) && Array.isArray(given['taints']),
  ),
  'a list of node pools, such as facts.nodePools',
);

/**
 * Restricts pods to `pools`.
 * @throws ValidationError if there are none, or if their labels do not distinguish them from the others
 */
export function placeOn(pools: readonly NodePool[], all: readonly NodePool[]): Placement {
  checkData(
    'placeOn',
    ...shapeProblems(pools, NODE_POOLS, 'the first list'),
    ...shapeProblems(all, NODE_POOLS, 'the second list'),
  );
  const empty = pools.length === 0 && `pools is empty: choose from ${all.map(({ name }) => name).join(', ') || 'none'}`;
  const taints = pools.flatMap((pool) => pool.taints);
  checkData('placeOn', empty, ...placementProblems(pools, acceptingPools(pools, all)));
  // A pool without labels: its taints alone distinguish its nodes.
  const isUnlabelled = pools.some((pool) => Object.keys(pool.labels).length === 0);
  const everywhere = isUnlabelled || all.every((pool) => pools.includes(pool));
  return {
    ...(!everywhere && { nodeLabels: distinct(pools.map((pool) => pool.labels)) }),
    ...(taints.length > 0 && { tolerations: distinct(taints) }),
  };
}

/** Of all pools those whose taints accept pods that tolerate those of `pools`. */
export function acceptingPools(pools: readonly NodePool[], all: readonly NodePool[]): readonly NodePool[] {
  const taints = pools.flatMap((pool) => pool.taints);
  return all.filter((pool) => pools.includes(pool) || !repels(pool, taints));
}

/** Why `placeOn` cannot distinguish the pools' nodes from the others, if it cannot. */
export function placementProblems(pools: readonly NodePool[], all: readonly NodePool[]): readonly Problem[] {
  const others = all.filter((pool) => !pools.includes(pool));
  return pools.flatMap((pool) => {
    const alike = others.find((other) => hasAll(other.labels, pool.labels));
    if (!alike) return [];
    return `node pool '${pool.name}' has no label that '${alike.name}' lacks, so its pods would run on both: give it one, such as { pool: '${pool.name}' }`;
  });
}

export function tolerationBlocks({ tolerations = [] }: Placement): TolerationBlock[] {
  if (tolerations === 'all') return [{ operator: 'Exists' }];
  return inOrder(tolerations).map(({ key, value, effect }) =>
    value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect },
  );
}

/** For a single set of labels. */
export function nodeSelector({ nodeLabels = [] }: Placement): Record<string, string> | undefined {
  return nodeLabels.length === 1 ? { ...nodeLabels[0] } : undefined;
}

/** For several. */
export function nodeAffinity({ nodeLabels = [] }: Placement): AffinityBlock | undefined {
  if (nodeLabels.length < 2) return undefined;
  const nodeSelectorTerm = inOrder(nodeLabels).map((labels) => ({
    matchExpressions: Object.entries(sortedRecord(labels)).map(([key, value]) => ({
      key,
      operator: 'In',
      values: [value],
    })),
  }));
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerm } } };
}

function repels({ taints }: NodePool, tolerated: readonly Taint[]): boolean {
  return taints.some(
    ({ key, value, effect }) =>
      effect !== 'PreferNoSchedule' &&
      !tolerated.some((other) => other.key === key && other.value === value && other.effect === effect),
  );
}

function hasAll(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** Which of them comes first has no meaning, but is part of the pod. */
function inOrder<T extends object>(values: readonly T[]): T[] {
  const keyed = values.map((value) => ({ value, key: canonicalJson(value) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ value }) => value);
}

function distinct<T extends object>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [canonicalJson(value), value])).values()];
}
