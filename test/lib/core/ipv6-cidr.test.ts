import { anyCidrProblem } from '../../../lib/core/ipv6-cidr';

test.each(['::/0', '2001:db8::/32', '2001:db8::1/128', 'fd00::/8', '::ffff:192.0.2.0/120', '10.0.0.0/8'])(
  '%s',
  (cidr) => {
    expect(anyCidrProblem('cidrs', cidr)).toBe(false);
  },
);

test.each([
  ['2001:db8::', "cidrs '2001:db8::' is not a valid IPv6 CIDR: use one such as 2001:db8::/32"],
  ['2001:db8::/129', "cidrs '2001:db8::/129' is not a valid IPv6 CIDR: use one such as 2001:db8::/32"],
  ['2001:db8::/032', "cidrs '2001:db8::/032' is not a valid IPv6 CIDR: use one such as 2001:db8::/32"],
  ['2001:db8:::/32', "cidrs '2001:db8:::/32' is not a valid IPv6 CIDR: use one such as 2001:db8::/32"],
  ['2001:db8::/32/1', "cidrs '2001:db8::/32/1' is not a valid IPv6 CIDR: use one such as 2001:db8::/32"],
  ['2001:db8::1/32', "cidrs '2001:db8::1/32' has host bits set: use 2001:db8::/32"],
  ['2001:db8:0:ffff::/49', "cidrs '2001:db8:0:ffff::/49' has host bits set: use 2001:db8:0:8000::/49"],
  ['::1/0', "cidrs '::1/0' has host bits set: use ::/0"],
  ['10.0.0.1/8', "cidrs '10.0.0.1/8' has host bits set: use 10.0.0.0/8"],
])('%s is rejected', (cidr, problem) => {
  expect(anyCidrProblem('cidrs', cidr)).toBe(problem);
  const [, advised = '2001:db8::/32'] = /set: use (.*)$/.exec(problem) ?? [];
  expect(anyCidrProblem('cidrs', advised)).toBe(false);
});
