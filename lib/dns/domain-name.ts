import { Token } from 'cdktf';
import type { Problem } from '../core/check';

/** A name of 255 octets on the wire has 253 characters. Source: RFC 1035, section 2.3.4. */
const MAX_NAME = 253;
const MAX_LABEL = 63;
/** Labels of services and validation records start with an underscore: `_dmarc`. */
const LABEL = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/i;

/**
 * Whether a certificate for `domainNames` is valid for `host`: a wildcard matches exactly one label. A name that is
 * known after apply counts as covered, since it cannot be checked.
 */
export function covers(domainNames: readonly string[], host: string): boolean {
  if ([host, ...domainNames].some((name) => Token.isUnresolved(name))) return true;
  const lowerCaseHost = host.toLowerCase();
  return domainNames
    .map((name) => name.toLowerCase())
    .some(
      (name) => name === lowerCaseHost || (isWildcard(name) && withoutWildcard(name) === parentDomain(lowerCaseHost)),
    );
}

/** Whether `name` is the zone's own name or a subdomain of it. */
export function isWithin(name: string, zoneName: string): boolean {
  if (Token.isUnresolved(name) || Token.isUnresolved(zoneName)) return true;
  return name.toLowerCase() === zoneName.toLowerCase() || name.toLowerCase().endsWith(`.${zoneName.toLowerCase()}`);
}

export function isWildcard(name: string): boolean {
  return name.startsWith('*.');
}

/** `example.com` for both `*.example.com` and `example.com`. */
export function withoutWildcard(name: string): string {
  return isWildcard(name) ? name.slice(2) : name;
}

/** Validates a domain name, whose leftmost label may be a wildcard. */
export function domainNameProblem(prop: string, name: string): Problem {
  if (Token.isUnresolved(name)) return false;
  if (name === '') return `${prop} must not be empty`;
  const undotted = name.replace(/\.$/, '');
  if (undotted.length > MAX_NAME) {
    return `${prop} '${name}' has ${undotted.length} characters, DNS allows at most ${MAX_NAME}: shorten it`;
  }
  if (withoutWildcard(undotted).includes('*')) {
    return `${prop} '${name}' has a wildcard that is not its entire leftmost label: use the form *.example.com`;
  }
  const label = withoutWildcard(undotted)
    .split('.')
    .find((label) => !LABEL.test(label) || label.length > MAX_LABEL);
  if (label !== undefined) {
    return `${prop} '${name}' has the label '${label}', which is not valid: use 1 to ${MAX_LABEL} lower-case letters, digits and inner hyphens (punycode for other alphabets)`;
  }
  if (name !== name.toLowerCase()) return `${prop} '${name}' has uppercase letters: use '${undotted.toLowerCase()}'`;
  return name !== undotted && `${prop} '${name}' ends with a dot: remove it`;
}

function parentDomain(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}
