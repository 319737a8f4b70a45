import { Token } from 'cdktf';
import type { Problem } from './check';

/** A block of IPv4 addresses. */
export interface Cidr {
  /** The first address as an unsigned number. */
  readonly first: number;
  /** Leading bits that all its addresses share, 0 to 32. */
  readonly prefix: number;
}

const FORM = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** Reads `10.20.0.0/16`; undefined for anything else, an address inside the block or a token included. */
export function parseCidr(text: string): Cidr | undefined {
  const read = readCidr(text);
  return read && read.first % addressCount(read.prefix) === 0 ? read : undefined;
}

/** Says what is wrong with a CIDR that the user gave. A token is not looked at. */
export function cidrProblem(prop: string, text: string): Problem {
  if (Token.isUnresolved(text) || parseCidr(text)) return false;
  const read = readCidr(text);
  if (!read) return `${prop} '${text}' is not an IPv4 CIDR: write it like 10.20.0.0/16`;
  const block = formatCidr({ first: read.first - (read.first % addressCount(read.prefix)), prefix: read.prefix });
  return `${prop} '${text}' is an address inside ${block}: write ${block}`;
}

/** Whether the blocks share an address. What is no CIDR, or not known yet, overlaps nothing. */
export function cidrsOverlap(a: string, b: string): boolean {
  return cidrContains(a, b) || cidrContains(b, a);
}

/** Whether every address of `inner` is in `outer`. What is no CIDR, or not known yet, contains nothing. */
export function cidrContains(outer: string, inner: string): boolean {
  const [out, within] = [parseCidr(outer), parseCidr(inner)];
  if (!out || !within || within.prefix < out.prefix) return false;
  return within.first - (within.first % addressCount(out.prefix)) === out.first;
}

/**
 * The block number `index`, counted from 0, among the blocks of `prefix` bits that `cidr` divides into.
 * @throws Error where there is no such block
 */
export function cidrSubnet(cidr: string, prefix: number, index: number): string {
  const block = parsed(cidr);
  const size = addressCount(prefix);
  const blocks = Math.floor(addressCount(block.prefix) / size);
  if (index < 0 || index >= blocks) throw new Error(`${cidr} has no block ${index} of /${prefix}: it has ${blocks}`);
  return formatCidr({ first: block.first + index * size, prefix });
}

/**
 * The address number `index`, counted from 0: `cidrAddress('172.20.0.0/16', 10)` is `172.20.0.10`.
 * @throws Error where the block is smaller
 */
export function cidrAddress(cidr: string, index: number): string {
  return cidrSubnet(cidr, 32, index).replace('/32', '');
}

/** How many addresses a block of `prefix` bits has. */
export function addressCount(prefix: number): number {
  return 2 ** (32 - prefix);
}

function parsed(cidr: string): Cidr {
  const block = parseCidr(cidr);
  if (!block) throw new Error(`'${cidr}' is not an IPv4 CIDR`);
  return block;
}

function formatCidr({ first, prefix }: Cidr): string {
  const bytes = [24, 16, 8, 0].map((shift) => (first >>> shift) & 255);
  return `${bytes.join('.')}/${prefix}`;
}

/** As `parseCidr`, but takes an address inside the block as well. */
function readCidr(text: string): Cidr | undefined {
  const numbers = FORM.exec(text)?.slice(1);
  // AWS, and many a parser, take a leading zero for octal.
  if (!numbers || numbers.some((digits) => digits.length > 1 && digits.startsWith('0'))) return undefined;
  const [bytes, prefix] = [numbers.slice(0, 4).map(Number), Number(numbers[4])];
  if (prefix > 32 || bytes.some((byte) => byte > 255)) return undefined;
  return { first: bytes.reduce((address, byte) => address * 256 + byte, 0), prefix };
}
