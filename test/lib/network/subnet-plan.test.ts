import * as fc from 'fast-check';
import { cidrContains, cidrsOverlap, cidrSubnet } from '../../../lib/core/cidr';
import { planSubnets, type PlannedSubnet } from '../../../lib/network/subnet-plan';

const NAMES = [...'abcdefgh'].map((letter) => `eu-west-1${letter}`);
const IDS = [...'12345678'].map((number) => `euw1-az${number}`);

const cidr = fc
  .record({ prefix: fc.integer({ min: 16, max: 22 }), index: fc.nat() })
  .map(({ prefix, index }) => cidrSubnet('10.0.0.0/8', prefix, index % 2 ** (prefix - 8)));
const secondaryCidrs = fc.uniqueArray(
  fc.integer({ min: 0, max: 7 }).map((index) => cidrSubnet('100.64.0.0/13', 16, index)),
  { maxLength: 3 },
);
const zones = fc.constantFrom(NAMES, IDS).chain((all) => fc.shuffledSubarray(all, { minLength: 1 }));
const plan = fc.record({ cidr, secondaryCidrs, zones });

const key = ({ tier, zone, within }: PlannedSubnet) => `${tier} ${zone} ${within}`;
const byKey = (a: PlannedSubnet, b: PlannedSubnet) => key(a).localeCompare(key(b));

test('subnets are within their CIDR and do not overlap', () => {
  fc.assert(
    fc.property(plan, (props) => {
      const planned = planSubnets(props);
      for (const [index, subnet] of planned.entries()) {
        expect(cidrContains(subnet.within, subnet.cidr)).toBe(true);
        for (const other of planned.slice(index + 1)) expect(cidrsOverlap(subnet.cidr, other.cidr)).toBe(false);
      }
    }),
  );
});

test('a zone reduced to its intra subnet moves no subnet', () => {
  fc.assert(
    fc.property(plan, (props) => {
      const [, ...zones] = props.zones;
      const all = planSubnets(props);
      expect(planSubnets({ ...props, zones, intraZones: props.zones })).toEqual(
        all.filter(({ tier, zone }) => tier === 'intra' || zones.includes(zone)),
      );
    }),
  );
});

test('each IPv6 block is used once', () => {
  fc.assert(
    fc.property(plan, (props) => {
      const blocks = planSubnets(props).flatMap(({ ipv6Block }) => (ipv6Block === undefined ? [] : [ipv6Block]));
      expect(new Set(blocks).size).toBe(blocks.length);
      expect(blocks.every((block) => block >= 0 && block < 256)).toBe(true);
    }),
  );
});

test('adding or removing zones or secondary CIDRs, or reordering zones, moves no subnet', () => {
  const change = plan.chain((before) =>
    fc.record({
      before: fc.constant(before),
      zones: fc.shuffledSubarray(NAMES.includes(before.zones[0]!) ? NAMES : IDS, { minLength: 1 }),
      secondaryCidrs,
    }),
  );
  fc.assert(
    fc.property(change, ({ before, ...after }) => {
      const [old, now] = [planSubnets(before), planSubnets({ ...before, ...after })];
      const kept = (subnets: readonly PlannedSubnet[], others: readonly PlannedSubnet[]) =>
        subnets.filter((subnet) => others.some((other) => key(other) === key(subnet))).sort(byKey);
      expect(kept(now, old)).toEqual(kept(old, now));
    }),
  );
});

test('subnets are sorted by zone, independent of the order of the props', () => {
  const [one, other] = [
    ['eu-west-1a', 'eu-west-1c'],
    ['eu-west-1c', 'eu-west-1a'],
  ].map((zones) => planSubnets({ cidr: '10.20.0.0/16', zones, secondaryCidrs: [] }));
  expect(one).toEqual(other);
});

test.each([
  { cidr: '10.20.0.0/16', public: '10.20.1.0/24', private: '10.20.144.0/20', intra: '10.20.8.16/28' },
  { cidr: '10.20.16.0/20', public: '10.20.16.32/27', private: '10.20.25.0/24', intra: '10.20.17.16/28' },
  { cidr: '10.20.4.0/22', public: '10.20.4.32/27', private: '10.20.6.64/26', intra: '10.20.5.16/28' },
])('zone b of $cidr', ({ cidr, ...tiers }) => {
  const planned = planSubnets({ cidr, zones: ['eu-west-1b'], secondaryCidrs: ['100.64.0.0/16'] });
  expect(Object.fromEntries(planned.map((subnet) => [subnet.tier, subnet.cidr]))).toEqual({
    ...tiers,
    pods: '100.64.32.0/19',
  });
});
