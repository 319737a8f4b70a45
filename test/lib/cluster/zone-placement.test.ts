import * as fc from 'fast-check';
import { zonePlacements } from '../../../lib/cluster/zone-placement';

const subnet = fc.record({
  subnetId: fc.uuid(),
  zone: fc.constantFrom('eu-west-1a', 'eu-west-1b', 'eu-west-1c', 'us-east-1-bos-1a'),
  cidr: fc.constant('10.0.0.0/20'),
});
const subnets = fc.uniqueArray(subnet, { selector: ({ subnetId }) => subnetId, minLength: 1, maxLength: 12 });

test('every subnet is in the group of its zone, sorted by zone name', () => {
  fc.assert(
    fc.property(subnets, (given) => {
      const groups = zonePlacements({ subnets: given });
      const zones = groups.map(({ zone }) => zone);
      expect(zones).toEqual([...new Set(zones)].sort());
      for (const group of groups) expect(group.subnets.every(({ zone }) => zone === group.zone)).toBe(true);
      const placed = groups.flatMap((group) => group.subnets.map(({ subnetId }) => subnetId));
      expect(placed.sort()).toEqual(given.map(({ subnetId }) => subnetId).sort());
    }),
  );
});

test('the order of the subnets does not matter', () => {
  fc.assert(
    fc.property(subnets, (given) => {
      const zones = (list: typeof given) => zonePlacements({ subnets: list }).map(({ zone }) => zone);
      expect(zones([...given].reverse())).toEqual(zones(given));
    }),
  );
});

test('a single group has all subnets, sorted by zone', () => {
  fc.assert(
    fc.property(subnets, (given) => {
      const [group, ...others] = zonePlacements({ subnets: given, spread: 'single' });
      expect(others).toEqual([]);
      expect(group!.zone).toBe('all-zones');
      const zones = group!.subnets.map(({ zone }) => zone);
      expect(zones).toEqual([...zones].sort());
      expect(new Set(group!.subnets)).toEqual(new Set(given));
    }),
  );
});

test.each([
  { spread: 'per-zone', formerSpread: 'single', order: ['eu-west-1a', 'eu-west-1b', 'all-zones'] },
  { spread: 'single', formerSpread: 'per-zone', order: ['all-zones', 'eu-west-1a', 'eu-west-1b'] },
] as const)('$formerSpread groups come after the new $spread ones', ({ spread, formerSpread, order }) => {
  const given = ['eu-west-1b', 'eu-west-1a'].map((zone) => ({ zone, subnetId: `s-${zone}`, cidr: '10.0.0.0/20' }));
  const placements = zonePlacements({ subnets: given, spread, formerSpread });
  expect(placements.map(({ zone }) => zone)).toEqual(order);
  const former = zonePlacements({ subnets: given, spread: formerSpread }).map(({ zone }) => zone);
  expect(placements.filter((one) => one.former).map(({ zone }) => zone)).toEqual(former);
});
