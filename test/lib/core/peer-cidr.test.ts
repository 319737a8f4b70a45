import { Token } from 'cdktf';
import { admitsEveryone, peerCidrProblem, publicCidrProblem } from '../../../lib/core/peer-cidr';

const noHost = (within: string) =>
  `peers '{}' is within ${within}, addresses that no other host has: list its network instead`;
const hidden = (within: string) =>
  `peers '{}' is within ${within}, and never seen on the internet: list the public addresses of that network, or move it`;

test.each<{ cidr: string; network?: string; linkLocal?: string; internet?: string }>([
  { cidr: '0.0.0.0/0' },
  { cidr: '::/0' },
  { cidr: '8.8.8.0/24' },
  // Networks of the reader's own, in examples.
  { cidr: '192.0.2.0/24' },
  { cidr: '2001:db8::/32' },
  { cidr: '9.0.0.0/8' },
  { cidr: '10.0.0.0/8', internet: hidden('10.0.0.0/8 (private)') },
  { cidr: '172.31.0.0/16', internet: hidden('172.16.0.0/12 (private)') },
  { cidr: '192.168.1.0/24', internet: hidden('192.168.0.0/16 (private)') },
  { cidr: '100.64.0.0/10', internet: hidden('100.64.0.0/10 (shared, behind carriers)') },
  { cidr: 'fd00::/8', internet: hidden('fc00::/7 (private)') },
  ...[
    { cidr: '0.0.0.0/32', within: '0.0.0.0/8 (this network)' },
    { cidr: '127.0.0.1/32', within: '127.0.0.0/8 (loopback)' },
    { cidr: '224.0.0.251/32', within: '224.0.0.0/4 (multicast)' },
    { cidr: '255.255.255.255/32', within: '240.0.0.0/4 (reserved)' },
    { cidr: '::1/128', within: '::/127 (unspecified and loopback)' },
    { cidr: 'ff02::/16', within: 'ff00::/8 (multicast)' },
  ].map(({ cidr, within }) => ({
    cidr,
    network: noHost(within),
    linkLocal: noHost(within),
    internet: noHost(within),
  })),
  ...[
    { cidr: '169.254.169.254/32', within: '169.254.0.0/16 (link-local)' },
    { cidr: 'fe80::/64', within: 'fe80::/10 (link-local)' },
  ].map(({ cidr, within }) => ({ cidr, network: noHost(within), internet: noHost(within) })),
])('$cidr', ({ cidr, ...expected }) => {
  const given = (problem?: string) => problem?.replace('{}', cidr) ?? false;
  expect(peerCidrProblem('peers', cidr)).toBe(given(expected.network));
  expect(peerCidrProblem('peers', cidr, 'link-local')).toBe(given(expected.linkLocal));
  expect(publicCidrProblem('peers', cidr, 'move it')).toBe(given(expected.internet));
});

test('malformed blocks are rejected as such, and tokens are accepted', () => {
  expect(peerCidrProblem('peers', '10.0.0.1/8')).toBe("peers '10.0.0.1/8' has host bits set: use 10.0.0.0/8");
  expect(publicCidrProblem('peers', 'office', 'x')).toBe(
    "peers 'office' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16",
  );
  const token = Token.asString({ resolve: () => '${var.cidr}' });
  expect([peerCidrProblem('peers', token), publicCidrProblem('peers', token, 'x'), admitsEveryone(token)]).toEqual([
    false,
    false,
    false,
  ]);
});

test.each([
  ...['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '64.0.0.0/7', '::/0', '2000::/3'].map((cidr) => ({ cidr, is: true })),
  ...['9.0.0.0/8', '192.0.2.0/24', '2600::/16', 'office', '/0'].map((cidr) => ({ cidr, is: false })),
])('$cidr admits everyone: $is', ({ cidr, is }) => {
  expect(admitsEveryone(cidr)).toBe(is);
});
