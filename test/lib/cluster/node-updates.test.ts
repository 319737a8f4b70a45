import { nodesAtOnce, percentAtOnce, updateTimeoutMinutes } from '../../../lib/cluster/node-updates';
import { EnvironmentProfile } from '../../../lib/environment/profile';

test.each([
  // Groups of up to ten nodes: one by one, as ever.
  { maxSize: 1, nodes: 1, percent: undefined, minutes: 60 },
  { maxSize: 3, nodes: 1, percent: undefined, minutes: 60 },
  { maxSize: 6, nodes: 1, percent: undefined, minutes: 60 },
  { maxSize: 7, nodes: 1, percent: undefined, minutes: 70 },
  { maxSize: 10, nodes: 1, percent: undefined, minutes: 100 },
  // 11 of 12 nodes: 17% are one node.
  { maxSize: 12, nodes: 2, percent: 17, minutes: 110 },
  // 19 of 20 nodes: 10% are one node.
  { maxSize: 20, nodes: 2, percent: 10, minutes: 190 },
  { maxSize: 50, nodes: 5, percent: 10, minutes: 190 },
  { maxSize: 150, nodes: 15, percent: 10, minutes: 190 },
])('$maxSize nodes: $nodes at a time ($percent %) in $minutes minutes', ({ maxSize, nodes, percent, minutes }) => {
  expect(nodesAtOnce(maxSize)).toBe(nodes);
  expect(percentAtOnce(maxSize)).toBe(percent);
  expect(updateTimeoutMinutes(maxSize, percentAtOnce(maxSize))).toBe(minutes);
});

test.each([
  { percent: 33, minutes: 60 },
  { percent: 100, minutes: 60 },
  { percent: 1, minutes: 1500 },
])('$percent % of 150 nodes need $minutes minutes', ({ percent, minutes }) => {
  expect(updateTimeoutMinutes(150, percent)).toBe(minutes);
});

test.each(
  Object.values(EnvironmentProfile).flatMap((profile) =>
    profile().nodeGroups.map((group) => ({ profile: profile().name, group })),
  ),
)('a group of $profile with any number of nodes is updated in time', ({ group: { maxSize } }) => {
  const percent = percentAtOnce(maxSize) ?? 0;
  for (let nodes = 1; nodes <= maxSize; nodes += 1) {
    const batches = Math.ceil(nodes / Math.max(1, Math.floor((nodes * percent) / 100)));
    expect(batches * 10).toBeLessThanOrEqual(updateTimeoutMinutes(maxSize, percentAtOnce(maxSize)));
  }
  // A third of the group at most, so that the rest can take the pods.
  expect(nodesAtOnce(maxSize) * 3).toBeLessThanOrEqual(Math.max(3, maxSize));
});
