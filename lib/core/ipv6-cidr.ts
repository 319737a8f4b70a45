import { isIPv6 } from 'node:net';
import { Token } from 'cdktf';
import { cidrContains, cidrProblem } from './cidr';
import type { Problem } from './check';

const BITS = 128;

/** Whether a block is IPv6. Tokens are not. */
export function isIpv6Cidr(text: string): boolean {
  return !Token.isUnresolved(text) && text.includes(':');
}

/** Validates a CIDR block, IPv4 or IPv6. Tokens are not checked. */
export function anyCidrProblem(prop: string, text: string): Problem {
  return isIpv6Cidr(text) ? ipv6CidrProblem(prop, text) : cidrProblem(prop, text);
}

/** Whether `inner` is within `outer`, both valid: never of another version of IP. */
export function anyCidrContains(outer: string, inner: string): boolean {
  if (!isIpv6Cidr(outer) || !isIpv6Cidr(inner)) return cidrContains(outer, inner);
  const [out, within] = [readIpv6(outer), readIpv6(inner)];
  const hostBits = BigInt(BITS - out.prefix);
  return out.prefix <= within.prefix && within.address >> hostBits === out.address >> hostBits;
}

function readIpv6(cidr: string): { readonly address: bigint; readonly prefix: number } {
  const [address = '', prefix] = cidr.split('/');
  return { address: parseIpv6(address), prefix: Number(prefix) };
}

function ipv6CidrProblem(prop: string, text: string): Problem {
  const [address = '', length = '', ...rest] = text.split('/');
  const prefix = Number(length);
  if (
    !isIPv6(address) ||
    address.includes('%') ||
    !/^(0|[1-9]\d{0,2})$/.test(length) ||
    prefix > BITS ||
    rest.length > 0
  ) {
    return `${prop} '${text}' is not a valid IPv6 CIDR: use one such as 2001:db8::/32`;
  }
  const given = parseIpv6(address);
  const hostBits = BigInt(BITS - prefix);
  const first = (given >> hostBits) << hostBits;
  return first !== given && `${prop} '${text}' has host bits set: use ${formatIpv6(first)}/${prefix}`;
}

/** A valid address as a number. */
function parseIpv6(address: string): bigint {
  const url = new URL(`http://[${address}]`);
  const [head = '', tail] = url.hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return BigInt(`0x${[...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join('')}`);
}

function formatIpv6(address: bigint): string {
  const groups = address.toString(16).padStart(32, '0').match(/.{4}/g)!;
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
