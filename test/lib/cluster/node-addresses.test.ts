import { leastAddresses, usualAddresses } from '../../../lib/cluster/node-addresses';

test.each([
  // 30 pods need three interfaces of 14 addresses for pods, and one stays warm.
  { type: 'm7g.xlarge', usual: 60, least: 15 },
  // Four would be needed, but it has three.
  { type: 'c7g.large', usual: 30, least: 10 },
  { type: 't4g.large', usual: 36, least: 12 },
  { type: 't3.medium', usual: 18, least: 6 },
  { type: 'm7g.4xlarge', usual: 90, least: 30 },
  { type: 'r8gd.24xlarge', usual: 100, least: 50 },
])('$type takes $usual addresses, $least at least', ({ type, usual, least }) => {
  const node = { instanceTypes: [type], prefixDelegation: false };
  expect(usualAddresses(node)).toBe(usual);
  expect(leastAddresses(node)).toBe(least);
});

test.each([
  // Two prefixes, a warm one, and the block around the node's own address.
  { maxPods: undefined, usual: 64 },
  { maxPods: 110, usual: 64 },
  { maxPods: 16, usual: 48 },
])('with prefixes and maxPods $maxPods a node takes $usual addresses', ({ maxPods, usual }) => {
  const node = { instanceTypes: ['m7g.4xlarge'], maxPods, prefixDelegation: true };
  expect(usualAddresses(node)).toBe(usual);
  expect(leastAddresses(node)).toBe(32);
});

test('fewer pods need fewer interfaces', () => {
  expect(usualAddresses({ instanceTypes: ['m7g.xlarge'], maxPods: 14, prefixDelegation: false })).toBe(30);
});

test('of several types the one that takes most counts, of an unknown one nothing is known', () => {
  const of = (...instanceTypes: string[]) => usualAddresses({ instanceTypes, prefixDelegation: false });
  expect(of('t4g.large', 'm7g.large')).toBe(36);
  expect(of('p5.48xlarge')).toBeUndefined();
  expect(of('m7g.large', 'm7g.metal')).toBeUndefined();
});
