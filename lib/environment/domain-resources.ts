import { Construct } from 'constructs';
import { Certificate } from '../dns/certificate';
import type { HostedZoneRef } from '../dns/dns-ref';
import { HostedZone } from '../dns/hosted-zone';
import { AliasRecords } from '../dns/records';
import type { ListenerRule } from '../load-balancing/listener-rule';
import { rulePriority, type AdditionalDomain, type EnvironmentDomain } from './environment-domain';

/** What an alias record resolves to. */
interface AliasTarget {
  readonly dnsName: string;
  readonly hostedZoneId: string;
}

interface DomainZone {
  readonly zone: HostedZoneRef;
  /** The zone, if it is new. */
  readonly created?: HostedZone;
}

/** The domain's zone: an existing one, or a new one in `scope`. */
export function domainZone(
  scope: Construct,
  { domain, parentZone, zone }: EnvironmentDomain,
  deletionProtection: boolean,
): DomainZone {
  if (zone) return { zone };
  const created = new HostedZone(scope, 'zone', {
    zoneName: domain,
    parent: parentZone,
    deletionProtection,
    // Records that ExternalDNS wrote are deleted with the zone, as they are useless without it.
    forceDestroy: !deletionProtection,
  });
  return { zone: created, created };
}

/** For the domain and all hosts below it. */
export function addCertificate(scope: Construct, domain: string, zone: HostedZoneRef): Certificate {
  return new Certificate(scope, 'certificate', {
    domainName: domain,
    subjectAlternativeNames: [`*.${domain}`],
    zones: [zone],
  });
}

/** The domain and all hosts below it resolve to the target. */
export function addAliases(scope: Construct, domain: string, zone: HostedZoneRef, target: AliasTarget): void {
  new AliasRecords(scope, 'alias', { zone, name: domain, target });
  new AliasRecords(scope, 'wildcard-alias', { zone, name: `*.${domain}`, target });
}

/** The environment's domains besides the first. */
export class AdditionalDomains extends Construct {
  readonly certificates: readonly Certificate[];
  private readonly zones: ReadonlyMap<AdditionalDomain, DomainZone>;

  constructor(
    scope: Construct,
    id: string,
    {
      domains,
      deletionProtection,
    }: { readonly domains: readonly AdditionalDomain[]; readonly deletionProtection: boolean },
  ) {
    super(scope, id);
    const scopes = new Map(domains.map((one) => [one, new Construct(this, one.domain)]));
    this.zones = new Map([...scopes].map(([one, home]) => [one, domainZone(home, one, deletionProtection)]));
    this.certificates = [...scopes].map(([one, home]) => addCertificate(home, one.domain, this.zones.get(one)!.zone));
  }

  /** Forward requests for the domains to the ingress. */
  get rules(): readonly ListenerRule[] {
    return [...this.zones.keys()].map((one) => ({
      key: `domain-${one.domain}`,
      priority: rulePriority(one),
      hosts: [one.domain, `*.${one.domain}`],
      action: { kind: 'forward', weights: { ingress: 1 } },
    }));
  }

  /** By domain, of the zones that were created here. */
  get nameServers(): Readonly<Record<string, string[]>> {
    const servers = [...this.zones].flatMap(([{ domain }, { created }]) =>
      created ? [[domain, created.nameServers] as const] : [],
    );
    return Object.fromEntries(servers);
  }

  addAliases(target: AliasTarget): void {
    for (const [{ domain }, { zone }] of this.zones)
      addAliases(this.node.findChild(domain) as Construct, domain, zone, target);
  }
}
