import fc from 'fast-check';
import { AutoScalingNodeGroup } from '../../../lib/cluster/auto-scaling-node-group';
import { ManagedNodeGroup } from '../../../lib/cluster/managed-node-group';
import { existingCluster, existingVpc } from '../../support/cluster';
import { shuffled } from '../../support/shuffled';
import { synthStack } from '../../support/stack';

const GROUPS = { managed: ManagedNodeGroup, 'auto-scaling': AutoScalingNodeGroup };

const DATA = {
  subnets: existingVpc(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']).privateSubnets,
  labels: { pool: 'apps', 'example.com/tier': 'web', team: 'shop' },
  taints: [
    { key: 'pool', value: 'apps', effect: 'NoSchedule' },
    { key: 'pool', value: 'apps', effect: 'NoExecute' },
    { key: 'pool', effect: 'PreferNoSchedule' },
    { key: 'drained', effect: 'NoSchedule' },
  ],
  systemReserved: { memory: '256Mi', cpu: '100m' },
  logRotation: { containerLogMaxMib: 50, containerLogMaxFiles: 3 },
  tags: { owner: 'platform', 'cost-center': '4711', environment: 'test' },
} as const;
const SETS = new Set(['subnets', 'taints']);

test.each(
  (['managed', 'auto-scaling'] as const).flatMap((kind) =>
    (['al2023', 'bottlerocket'] as const).flatMap((os) =>
      (['per-zone', 'single'] as const).map((spread) => ({ kind, os, spread })),
    ),
  ),
)('the same data of a $spread $kind group with $os in another order gives the same bytes', ({ kind, os, spread }) => {
  const bytes = ({ tags, ...data }: typeof DATA) => {
    const stack = synthStack(
      (scope) =>
        new GROUPS[kind](scope, 'apps', {
          cluster: existingCluster(),
          name: 'apps',
          architecture: 'arm64',
          instanceTypes: ['m7g.large'],
          minSize: 1,
          maxSize: 3,
          os,
          spread,
          ...data,
        }),
      { tags },
    );
    return JSON.stringify(stack.json);
  };
  const expected = bytes(DATA);
  fc.assert(
    fc.property(shuffled(DATA, SETS), (data) => expect(bytes(data)).toBe(expected)),
    { numRuns: 15 },
  );
});
