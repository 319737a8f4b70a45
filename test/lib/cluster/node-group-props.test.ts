import * as fc from 'fast-check';
import { zonePlacements } from '../../../lib/cluster/node-group-props';

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

test('a single group has all subnets', () => {
  fc.assert(
    fc.property(subnets, (given) => {
      expect(zonePlacements({ subnets: given, spread: 'single' })).toEqual([{ zone: 'all-zones', subnets: given }]);
    }),
  );
});
