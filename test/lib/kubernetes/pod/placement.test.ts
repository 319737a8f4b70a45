import {
  nodeAffinity,
  nodeSelector,
  placementProblems,
  placeOn,
  tolerationBlocks,
  type NodePool,
} from '../../../../lib/kubernetes/pod/placement';

function pool(name: string, labels: Record<string, string>, taints: NodePool['taints'] = []): NodePool {
  return {
    name,
    kind: 'managed',
    labels,
    taints,
    architecture: 'amd64',
    zones: ['a'],
    minNodes: 1,
    maxNodes: 3,
    ingress: false,
  };
}

const TAINT = { key: 'pool', value: 'edge', effect: 'NoSchedule' } as const;
const edgeA = pool('edge-a', { pool: 'edge', zone: 'a' }, [TAINT]);
const edgeB = pool('edge-b', { pool: 'edge', zone: 'b' }, [TAINT]);
const apps = pool('apps', {});

test('one pool among others is selected by its labels', () => {
  const placement = placeOn([edgeA], [edgeA, apps]);
  expect(nodeSelector(placement)).toEqual({ pool: 'edge', zone: 'a' });
  expect(nodeAffinity(placement)).toBeUndefined();
  expect(tolerationBlocks(placement)).toEqual([
    { key: 'pool', operator: 'Equal', value: 'edge', effect: 'NoSchedule' },
  ]);
});

test('of several pools, a node may be in any', () => {
  const placement = placeOn([edgeA, edgeB], [edgeA, edgeB, apps]);
  expect(nodeSelector(placement)).toBeUndefined();
  const { nodeSelectorTerm } = nodeAffinity(placement)!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!;
  expect(nodeSelectorTerm).toEqual(
    ['a', 'b'].map((zone) => ({
      matchExpressions: [
        { key: 'pool', operator: 'In', values: ['edge'] },
        { key: 'zone', operator: 'In', values: [zone] },
      ],
    })),
  );
  expect(placement.tolerations).toEqual([TAINT]);
});

test('all pools need no selection', () => {
  expect(placeOn([edgeA, apps], [edgeA, apps])).toEqual({ tolerations: [TAINT] });
  expect(placeOn([apps], [apps])).toEqual({});
});

test('a pool without labels is selected among pools whose taints repel the pods', () => {
  expect(nodeSelector(placeOn([apps], [edgeA, apps]))).toBeUndefined();
});

test.each<{ of: string; pools: readonly NodePool[]; all: readonly NodePool[]; problem: string }>([
  {
    of: 'none',
    pools: [],
    all: [edgeA, apps],
    problem: 'placeOn: pools is empty: choose from edge-a, apps',
  },
  {
    of: 'a pool like another one',
    pools: [apps],
    all: [apps, pool('batch', {})],
    problem:
      "placeOn: node pool 'apps' has no label that 'batch' lacks, so its pods would run on both: give it one, such as { pool: 'apps' }",
  },
  {
    of: 'a pool like one that only prefers other pods',
    pools: [apps],
    all: [apps, pool('batch', {}, [{ key: 'pool', value: 'batch', effect: 'PreferNoSchedule' }])],
    problem:
      "placeOn: node pool 'apps' has no label that 'batch' lacks, so its pods would run on both: give it one, such as { pool: 'apps' }",
  },
])('$of is rejected', ({ pools, all, problem }) => {
  expect(() => placeOn(pools, all)).toThrow(problem);
});

test.each<[unknown, unknown, string]>([
  [null, [apps], 'placeOn: the first list must be a list of node pools, such as facts.nodePools, got null'],
  [['apps'], [apps], "the first list[0] must be a node pool, such as one of facts.nodePools, got 'apps'"],
  [[apps], undefined, 'the second list is required, such as facts.nodePools'],
])('pools %j of %j: %s', (pools, all, problem) => {
  expect(() => placeOn(pools as never, all as never)).toThrow(problem);
});

test('an agent of every node tolerates everything', () => {
  expect(tolerationBlocks({ tolerations: 'all' })).toEqual([{ operator: 'Exists' }]);
});

test('a taint without a value is tolerated by its key', () => {
  expect(tolerationBlocks({ tolerations: [{ key: 'spot', effect: 'NoExecute' }] })).toEqual([
    { key: 'spot', operator: 'Exists', effect: 'NoExecute' },
  ]);
});

test('a pool that cannot be told from another is refused', () => {
  expect(placementProblems([edgeA], [edgeA, apps])).toEqual([]);
  expect(placementProblems([apps], [edgeA, apps])).toEqual([
    "node pool 'apps' has no label that 'edge-a' lacks, so its pods would run on both: give it one, such as { pool: 'apps' }",
  ]);
});
