import { Token } from 'cdktf';
import * as fc from 'fast-check';
import {
  addressCount,
  cidrAddress,
  cidrContains,
  cidrProblem,
  cidrsOverlap,
  cidrSubnet,
  parseCidr,
  sortedCidrs,
} from '../../../lib/core/cidr';

describe('cidrProblem', () => {
  test.each([
    { cidr: '10.20.0.0/16', problem: false },
    { cidr: '0.0.0.0/0', problem: false },
    { cidr: '255.255.255.255/32', problem: false },
    { cidr: Token.asString({ resolve: () => 'known later' }), problem: false },
    {
      cidr: '10.20.0.1/16',
      problem: "cidr '10.20.0.1/16' has host bits set: use 10.20.0.0/16",
    },
    { cidr: '10.20.0.0', problem: "cidr '10.20.0.0' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16" },
    { cidr: '10.20.0.0/33', problem: "cidr '10.20.0.0/33' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16" },
    { cidr: '10.256.0.0/16', problem: "cidr '10.256.0.0/16' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16" },
    { cidr: '010.20.0.0/16', problem: "cidr '010.20.0.0/16' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16" },
    { cidr: 'fd00::/8', problem: "cidr 'fd00::/8' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16" },
    { cidr: '', problem: "cidr '' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16" },
  ])('$cidr', ({ cidr, problem }) => {
    expect(cidrProblem('cidr', cidr)).toBe(problem);
  });
});

test.each([
  { a: '10.0.0.0/16', b: '10.0.255.0/24', overlap: true },
  { a: '10.0.255.0/24', b: '10.0.0.0/16', overlap: true },
  { a: '10.0.0.0/16', b: '10.1.0.0/16', overlap: false },
  { a: '0.0.0.0/0', b: '255.0.0.0/8', overlap: true },
  { a: '10.0.0.0/16', b: 'no CIDR', overlap: false },
  { a: '10.0.0.0/16', b: Token.asString({ resolve: () => 'known later' }), overlap: false },
])('$a and $b overlap: $overlap', ({ a, b, overlap }) => {
  expect(cidrsOverlap(a, b)).toBe(overlap);
});

test('the address of the cluster DNS service', () => {
  expect(cidrAddress('172.20.0.0/16', 10)).toBe('172.20.0.10');
});

test('an index out of range is rejected', () => {
  expect(() => cidrSubnet('10.0.0.0/24', 26, 4)).toThrow('10.0.0.0/24 has no /26 block with index 4: it has 4');
  expect(() => cidrSubnet('10.0.0.0/24', 16, 0)).toThrow('10.0.0.0/24 has no /16 block with index 0: it has 0');
  expect(() => cidrSubnet('10.0.0', 16, 0)).toThrow("'10.0.0' is not a valid IPv4 CIDR");
});

const block = fc
  .record({ prefix: fc.integer({ min: 0, max: 32 }), seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }) })
  .map(({ prefix, seed }) => cidrSubnet('0.0.0.0/0', prefix, Math.floor(seed / addressCount(prefix))));

/** A block and two different blocks of the same size inside it. */
const blockWithTwoParts = fc
  .tuple(block, fc.integer({ min: 1, max: 16 }))
  .map(([cidr, bits]) => ({ cidr, prefix: Math.min(32, parseCidr(cidr)!.prefix + bits) }))
  .filter(({ cidr, prefix }) => prefix > parseCidr(cidr)!.prefix)
  .chain(({ cidr, prefix }) => {
    const index = fc.integer({ min: 0, max: 2 ** (prefix - parseCidr(cidr)!.prefix) - 1 });
    return fc
      .tuple(index, index)
      .filter(([i, j]) => i !== j)
      .map(([i, j]) => ({ cidr, parts: [cidrSubnet(cidr, prefix, i), cidrSubnet(cidr, prefix, j)] as const }));
  });

test('the parts of a block are within it and do not overlap', () => {
  fc.assert(
    fc.property(blockWithTwoParts, ({ cidr, parts: [one, other] }) => {
      expect(cidrContains(cidr, one)).toBe(true);
      expect(cidrContains(cidr, other)).toBe(true);
      expect(cidrContains(one, cidr)).toBe(false);
      expect(cidrsOverlap(one, other)).toBe(false);
    }),
  );
});

test('blocks overlap if and only if they share an address', () => {
  fc.assert(
    fc.property(block, block, (a, b) => {
      const [one, other] = [parseCidr(a)!, parseCidr(b)!];
      const shared =
        Math.min(one.first + addressCount(one.prefix), other.first + addressCount(other.prefix)) -
        Math.max(one.first, other.first);
      expect(cidrsOverlap(a, b)).toBe(shared > 0);
      expect(cidrsOverlap(b, a)).toBe(shared > 0);
    }),
  );
});

test('CIDRs are sorted by their addresses', () => {
  expect(sortedCidrs(['10.0.128.0/20', '9.0.0.0/8', '10.0.16.0/20'])).toEqual([
    '9.0.0.0/8',
    '10.0.16.0/20',
    '10.0.128.0/20',
  ]);
});
