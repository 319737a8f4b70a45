import { Token } from 'cdktf';
import type { Problem } from './check';
import { anyCidrContains, anyCidrProblem, isIpv6Cidr } from './ipv6-cidr';

interface Special {
  readonly cidr: string;
  readonly what: string;
}

/**
 * Addresses that no other host has. Sources: "IANA IPv4 Special-Purpose Address Registry",
 * https://www.iana.org/assignments/iana-ipv4-special-registry/, the same of IPv6,
 * https://www.iana.org/assignments/iana-ipv6-special-registry/, and RFC 5771 (multicast),
 * https://www.rfc-editor.org/rfc/rfc5771. Blocks for documentation are not among them: in examples they stand for the
 * reader's own.
 */
const NO_HOSTS: readonly Special[] = [
  { cidr: '0.0.0.0/8', what: 'this network' },
  { cidr: '127.0.0.0/8', what: 'loopback' },
  { cidr: '224.0.0.0/4', what: 'multicast' },
  { cidr: '240.0.0.0/4', what: 'reserved' },
  { cidr: '::/127', what: 'unspecified and loopback' },
  { cidr: 'ff00::/8', what: 'multicast' },
];
const LINK_LOCAL: readonly Special[] = [
  { cidr: '169.254.0.0/16', what: 'link-local' },
  { cidr: 'fe80::/10', what: 'link-local' },
];
/** Sources: RFC 1918, RFC 6598 and RFC 4193. */
const PRIVATE: readonly Special[] = [
  { cidr: '10.0.0.0/8', what: 'private' },
  { cidr: '172.16.0.0/12', what: 'private' },
  { cidr: '192.168.0.0/16', what: 'private' },
  { cidr: '100.64.0.0/10', what: 'shared, behind carriers' },
  { cidr: 'fc00::/7', what: 'private' },
];

/**
 * Validates the CIDR block of clients or peers, IPv4 or IPv6: one that no other host is in is rejected. Tokens are not
 * checked.
 * @param reach `link-local` if peers include services of the same link, such as those of a pod's node
 */
export function peerCidrProblem(prop: string, cidr: string, reach: 'network' | 'link-local' = 'network'): Problem {
  if (Token.isUnresolved(cidr)) return false;
  const within = [...NO_HOSTS, ...(reach === 'network' ? LINK_LOCAL : [])].find((block) =>
    anyCidrContains(block.cidr, cidr),
  );
  return (
    anyCidrProblem(prop, cidr) ||
    (within !== undefined &&
      `${prop} '${cidr}' is within ${within.cidr} (${within.what}), addresses that no other host has: list its network instead`)
  );
}

/**
 * `peerCidrProblem` of clients on the internet, which are seen with their public address.
 * @param instead what to do about private addresses, besides listing the public ones
 */
export function publicCidrProblem(prop: string, cidr: string, instead: string): Problem {
  if (Token.isUnresolved(cidr)) return false;
  const within = PRIVATE.find((block) => anyCidrContains(block.cidr, cidr));
  return (
    peerCidrProblem(prop, cidr) ||
    (within !== undefined &&
      `${prop} '${cidr}' is within ${within.cidr} (${within.what}), and never seen on the internet: list the public addresses of that network, or ${instead}`)
  );
}

/** The largest blocks that one organization has. Larger ones are a part of the internet. */
const LARGEST = { ipv4: 8, ipv6: 16 } as const;

/** Whether a block admits everyone, or so much of the internet that it might as well. Tokens do not. */
export function admitsEveryone(cidr: string): boolean {
  if (Token.isUnresolved(cidr) || anyCidrProblem('', cidr)) return false;
  return Number(cidr.split('/')[1]) < LARGEST[isIpv6Cidr(cidr) ? 'ipv6' : 'ipv4'];
}
