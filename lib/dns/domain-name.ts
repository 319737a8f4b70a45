import { Token } from 'cdktf';
import type { Problem } from '../core/check';

/** Sources: RFC 1035, section 2.3.4; a name of 255 octets on the wire has 253 characters. */
const MAX_NAME = 253;
const MAX_LABEL = 63;
/** An underscore starts the labels of services and proofs: `_dmarc`. */
const LABEL = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/i;

/**
 * Whether a certificate for `domainNames` is valid for `host`: a wildcard stands for exactly one label. A name that
 * Terraform has yet to compute counts as covered, since nobody can tell.
 */
export function covers(domainNames: readonly string[], host: string): boolean {
  if ([host, ...domainNames].some((name) => Token.isUnresolved(name))) return true;
  const wanted = host.toLowerCase();
  return domainNames
    .map((name) => name.toLowerCase())
    .some((name) => name === wanted || (isWildcard(name) && withoutWildcard(name) === parentDomain(wanted)));
}

/** Whether `name` is the zone's own name or stands below it. */
export function isWithin(name: string, zoneName: string): boolean {
  if (Token.isUnresolved(name) || Token.isUnresolved(zoneName)) return true;
  return name.toLowerCase() === zoneName.toLowerCase() || name.toLowerCase().endsWith(`.${zoneName.toLowerCase()}`);
}

export function isWildcard(name: string): boolean {
  return name.startsWith('*.');
}

/** `*.example.com` and `example.com` both give `example.com`. */
export function withoutWildcard(name: string): string {
  return isWildcard(name) ? name.slice(2) : name;
}

/** Says what is wrong with a domain name; a wildcard may stand as its leftmost label. */
export function domainNameProblem(prop: string, name: string): Problem {
  if (Token.isUnresolved(name)) return false;
  if (name === '') return `${prop} must not be empty`;
  if (name !== name.toLowerCase()) return `${prop} '${name}' has capitals: write '${name.toLowerCase()}'`;
  if (name.endsWith('.')) return `${prop} '${name}' ends in a dot: leave the dot out`;
  if (name.length > MAX_NAME) {
    return `${prop} '${name}' has ${name.length} characters, DNS takes ${MAX_NAME}: shorten it`;
  }
  if (withoutWildcard(name).includes('*')) {
    return `${prop} '${name}' has a wildcard that is not its whole leftmost label: write *.example.com`;
  }
  const label = withoutWildcard(name)
    .split('.')
    .find((label) => !LABEL.test(label) || label.length > MAX_LABEL);
  return (
    label !== undefined &&
    `${prop} '${name}' has the label '${label}': a label is 1 to ${MAX_LABEL} letters, digits and inner hyphens (other alphabets in punycode)`
  );
}

function parentDomain(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}
