import { createHash } from 'node:crypto';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { integer, object, optional, text } from '../core/shape';
import { HOSTED_ZONE_REF, type HostedZoneRef } from '../dns/dns-ref';
import { domainNameProblem } from '../dns/domain-name';

/** A domain whose hosts, and itself, resolve to the environment's load balancer, with a certificate. */
export interface EnvironmentDomain {
  /** Such as `shop.example.org`: a certificate covers it and its wildcard. */
  readonly domain: string;
  /**
   * The parent zone of `domain`, which delegates to its zone.
   * @default none: enter the name servers of output `domain_name_servers` at the registrar
   */
  readonly parentZone?: HostedZoneRef;
  /**
   * The domain's hosted zone, if it exists already and belongs to no other stack.
   * @default a new zone
   */
  readonly zone?: HostedZoneRef;
}

/** A domain besides the first one. */
export interface AdditionalDomain extends EnvironmentDomain {
  /**
   * Priority of the listener rule that forwards requests for the domain.
   * @default derived from the domain's name, from 40000 to 49999
   */
  readonly rulePriority?: number;
}

export const DOMAIN = text("a domain name, such as 'production.example.com'");

export const ADDITIONAL_DOMAIN = object<AdditionalDomain>({
  domain: DOMAIN,
  parentZone: optional(HOSTED_ZONE_REF),
  zone: optional(HOSTED_ZONE_REF),
  rulePriority: optional(integer),
});

const FIRST_PRIORITY = 40_000;
const PRIORITIES = 10_000;

/** By name: a position in a list would change when another domain is removed, and AWS cannot swap priorities. */
export function rulePriority({ domain, rulePriority: own }: AdditionalDomain): number {
  return own ?? FIRST_PRIORITY + (createHash('sha256').update(domain).digest().readUInt32BE() % PRIORITIES);
}

/** @param first the environment's own data, whose properties have no path */
export function domainProblems(
  first: EnvironmentDomain,
  additional: readonly AdditionalDomain[] = [],
): readonly Problem[] {
  const all = [{ path: '', ...first }, ...additional.map((one, index) => ({ path: `domains[${index}].`, ...one }))];
  return [
    ...all.flatMap(zoneProblems),
    ...duplicates(all.map(({ domain }) => domain)).map(
      (domain) => `domain '${domain}' is listed twice: remove it from domains`,
    ),
  ];
}

function zoneProblems({ path, domain, zone, parentZone }: EnvironmentDomain & { readonly path: string }) {
  return [
    domainNameProblem(`${path}domain`, domain),
    !domain.includes('.') &&
      `${path}domain '${domain}' is a top-level domain: use one below it, such as production.example.com`,
    domain.startsWith('*.') &&
      `${path}domain '${domain}' is a wildcard: use '${domain.slice(2)}', whose certificate covers it`,
    zone &&
      zone.zoneName !== domain &&
      `${path}zone is of '${zone.zoneName}', but the domain is '${domain}': give the zone of that name, or use parentZone for a new one that it delegates to`,
    zone?.visibility === 'private' &&
      `${path}zone '${zone.zoneName}' is private, and certificates are validated in public ones: give the public zone of that name`,
    zone && parentZone && `${path}parentZone delegates to a new zone, but ${path}zone exists: remove one of the two`,
  ];
}
