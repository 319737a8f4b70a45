import { Token } from 'cdktf';
import type { Problem } from './check';
import { value, type Shape } from './shape';

/** An IPv4 CIDR block. */
export interface Cidr {
  /** The first address as an unsigned number. */
  readonly first: number;
  /** Prefix length, 0 to 32. */
  readonly prefix: number;
}

const FORM = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** Parses `10.20.0.0/16`; undefined for anything else, including tokens and blocks with host bits set. */
export function parseCidr(text: string): Cidr | undefined {
  const read = readCidr(text);
  return read && read.first % addressCount(read.prefix) === 0 ? read : undefined;
}

/** A block without host bits. */
export const IPV4_CIDR: Shape<string> = value(
  'an IPv4 CIDR block, such as 10.20.0.0/16',
  (given) => typeof given === 'string' && parseCidr(given) !== undefined,
);

/** Validates a CIDR block. Tokens are not checked. */
export function cidrProblem(prop: string, text: string): Problem {
  if (Token.isUnresolved(text) || parseCidr(text)) return false;
  const read = readCidr(text);
  if (!read) return `${prop} '${text}' is not a valid IPv4 CIDR: use one such as 10.20.0.0/16`;
  return `${prop} '${text}' has host bits set: use ${enclosingCidr(text, read.prefix)}`;
}

/**
 * The block of /`prefix` that contains the block's first address: `10.20.0.0/16` of `10.20.30.0/8`. Undefined for what
 * is not a CIDR block, with or without host bits.
 */
export function enclosingCidr(text: string, prefix: number): string | undefined {
  const read = readCidr(text);
  return read && formatCidr({ first: read.first - (read.first % addressCount(prefix)), prefix });
}

/** Whether the blocks overlap. Invalid CIDRs and tokens overlap nothing. */
export function cidrsOverlap(a: string, b: string): boolean {
  return cidrContains(a, b) || cidrContains(b, a);
}

/** Whether `inner` is within `outer`. Invalid CIDRs and tokens contain nothing. */
export function cidrContains(outer: string, inner: string): boolean {
  const [out, within] = [parseCidr(outer), parseCidr(inner)];
  if (!out || !within || within.prefix < out.prefix) return false;
  return within.first - (within.first % addressCount(out.prefix)) === out.first;
}

/**
 * The /`prefix` block at `index`, from 0, within `cidr`.
 * @throws Error if the index is out of range
 */
export function cidrSubnet(cidr: string, prefix: number, index: number): string {
  const block = parsed(cidr);
  const size = addressCount(prefix);
  const blocks = Math.floor(addressCount(block.prefix) / size);
  if (index < 0 || index >= blocks)
    throw new Error(`${cidr} has no /${prefix} block with index ${index}: it has ${blocks}`);
  return formatCidr({ first: block.first + index * size, prefix });
}

/**
 * The address at `index`, from 0: `cidrAddress('172.20.0.0/16', 10)` is `172.20.0.10`.
 * @throws Error if the index is out of range
 */
export function cidrAddress(cidr: string, index: number): string {
  return cidrSubnet(cidr, 32, index).replace('/32', '');
}

/** The number of addresses in a /`prefix` block. */
export function addressCount(prefix: number): number {
  return 2 ** (32 - prefix);
}

function parsed(cidr: string): Cidr {
  const block = parseCidr(cidr);
  if (!block) throw new Error(`'${cidr}' is not a valid IPv4 CIDR`);
  return block;
}

function formatCidr({ first, prefix }: Cidr): string {
  const bytes = [24, 16, 8, 0].map((shift) => (first >>> shift) & 255);
  return `${bytes.join('.')}/${prefix}`;
}

/** Like `parseCidr`, but accepts host bits. */
function readCidr(text: string): Cidr | undefined {
  const numbers = FORM.exec(text)?.slice(1);
  // AWS and many parsers read a leading zero as octal.
  if (!numbers || numbers.some((digits) => digits.length > 1 && digits.startsWith('0'))) return undefined;
  const [bytes, prefix] = [numbers.slice(0, 4).map(Number), Number(numbers[4])];
  if (prefix > 32 || bytes.some((byte) => byte > 255)) return undefined;
  return { first: bytes.reduce((address, byte) => address * 256 + byte, 0), prefix };
}

/** In the order of their addresses: 10.0.16.0/20 before 10.0.128.0/20. */
export function sortedCidrs(cidrs: readonly string[]): string[] {
  // As text: a numeric collator takes milliseconds to load.
  const key = (cidr: string) => cidr.replaceAll(/\d+/g, (digits) => digits.padStart(3, '0'));
  return [...cidrs].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
