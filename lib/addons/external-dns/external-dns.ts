import { Construct } from 'constructs';
import { awsContext } from '../../core/aws-context';
import { check, type Problem } from '../../core/check';
import { dependsOn } from '../../core/depends-on';
import { physicalName } from '../../core/naming';
import type { HostedZoneRef } from '../../dns/dns-ref';
import type { Statement } from '../../iam/policy-document';
import { WorkloadRole } from '../../iam/workload-role';
import type { Resources } from '../../kubernetes/pod/container';
import type { AppIdentity } from '../../kubernetes/labels';
import type { NamespaceRef } from '../../kubernetes/namespace-ref';
import { toHttpsAnywhere, toPodIdentity } from '../../kubernetes/network-policy';
import type { ResourceRule } from '../../kubernetes/rbac';
import { ServiceAccount } from '../../kubernetes/service-account';
import { Workload } from '../../kubernetes/workload';
import { IMAGES } from '../../versions';
import type { AddOn } from '../../platform/add-on';
import { toApiServer } from '../../platform/api-server';
import type { Platform } from '../../platform/platform';

/** What names are read from: hosts of Ingresses, and the annotation of Services of type LoadBalancer. */
export type DnsSource = 'ingress' | 'service';

export interface ExternalDnsProps {
  /**
   * The zones that it may write to, in this account, all public or all private.
   * @default the environment's own
   */
  readonly zones?: readonly HostedZoneRef[];
  /** @default ingress and service */
  readonly sources?: readonly DnsSource[];
  /**
   * Whether a record goes with its Ingress or Service. Without it, the pods may not even ask for it: records are added
   * and changed only, and one that becomes of another type has to be deleted by hand.
   * @default false
   */
  readonly deleteRecords?: boolean;
  /**
   * Marks the records as this cluster's: no other's are touched. With another id, those of before are nobody's.
   * @default account, region and name of the cluster
   */
  readonly ownerId?: string;
  /** @default 50m and 128Mi */
  readonly resources?: Resources;
}

const NAME = 'external-dns';
const IDENTITY: AppIdentity = { name: NAME, component: 'dns', partOf: 'platform' };
const RESOURCES: Resources = { cpu: '50m', memory: '128Mi' };
const SOURCES: readonly DnsSource[] = ['ingress', 'service'];
/** Route 53 takes five requests a second from an account, all its clusters together. Changes are noticed at once. */
const INTERVAL = '5m';
/** The zones are fixed: what is listed is only ever filtered by their ids. */
const ZONES_CACHE = '1h';

/**
 * Writes DNS records for Ingresses and Services. The environment's wildcard record serves the hosts below its own domain
 * already: this is for other zones, and for what does not pass the environment's load balancer.
 */
export function externalDns(props: ExternalDnsProps = {}): AddOn {
  return {
    name: NAME,
    platform: (scope, platform) => void new ExternalDns(scope, 'controller', props, platform),
  };
}

class ExternalDns extends Construct {
  private readonly zones: readonly HostedZoneRef[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExternalDnsProps,
    private readonly platform: Platform,
  ) {
    super(scope, id);
    this.zones = props.zones ?? (platform.zone ? [platform.zone] : []);
    check(this, ...externalDnsProblems(props, this.zones));

    const namespace = platform.namespace(NAME);
    const role = this.addRole();
    const workload = this.addWorkload(namespace, this.addServiceAccount(namespace));
    if (role.association) dependsOn(workload, role.association);
  }

  private addRole(): WorkloadRole {
    const { clusterName } = this.platform.cluster;
    return new WorkloadRole(this, 'role', {
      name: physicalName('iam-role', clusterName, awsContext(this).region, NAME),
      description: `DNS records of cluster ${clusterName}`,
      cluster: this.platform.cluster,
      namespace: NAME,
      serviceAccount: NAME,
      statements: this.statements(),
    });
  }

  /** Source of the condition keys: "Using IAM policy conditions for fine-grained access control", Route 53 guide. */
  private statements(): Statement[] {
    const { partition } = awsContext(this);
    const arns = this.zones.map(({ zoneId }) => `arn:${partition}:route53:::hostedzone/${zoneId}`);
    return [
      {
        actions: ['route53:ChangeResourceRecordSets'],
        resources: arns,
        conditions: {
          'ForAllValues:StringEquals': {
            'route53:ChangeResourceRecordSetsActions': [
              'CREATE',
              ...(this.props.deleteRecords ? ['DELETE'] : []),
              'UPSERT',
            ],
            // Not the zone's own NS and SOA, and nothing about mail or certificates.
            'route53:ChangeResourceRecordSetsRecordTypes': ['A', 'AAAA', 'CNAME', 'TXT'],
          },
        },
      },
      { actions: ['route53:ListResourceRecordSets'], resources: arns },
      // Route 53 offers no resource-level permission for listing zones.
      { actions: ['route53:ListHostedZones'], resources: ['*'] },
    ];
  }

  private addServiceAccount(namespace: NamespaceRef): ServiceAccount {
    const { sources = SOURCES } = this.props;
    return new ServiceAccount(this, 'account', {
      namespace,
      identity: IDENTITY,
      clusterRules: sources.map((source) => SOURCE_RULES[source]),
    });
  }

  private addWorkload(namespace: NamespaceRef, account: ServiceAccount): Workload {
    return new Workload(this, 'workload', {
      namespace,
      identity: IDENTITY,
      // Two would answer one another's changes: it elects no leader.
      controller: { kind: 'deployment', replicas: 1, update: 'recreate' },
      containers: [
        {
          name: NAME,
          image: IMAGES.externalDns,
          args: this.arguments(),
          env: { AWS_REGION: awsContext(this).region },
          ports: { http: 7979 },
          resources: this.props.resources ?? RESOURCES,
          // No liveness: the answer comes from beside the loop that writes records, and never fails.
          readiness: { path: '/healthz', port: 'http', timeoutSeconds: 5 },
        },
      ],
      serviceAccount: account,
      priorityClass: this.platform.priorityClass('platform'),
      metrics: { port: 'http' },
      egress: [toApiServer(this.platform.facts), toPodIdentity(), toHttpsAnywhere()],
    });
  }

  /** Source: "Flags" of ExternalDNS 0.21. */
  private arguments(): string[] {
    const { sources = SOURCES, deleteRecords, ownerId } = this.props;
    const { account, region } = awsContext(this);
    return [
      ...sources.map((source) => `--source=${source}`),
      // Other types have no address outside the cluster, and need rights on pods and nodes.
      ...(sources.includes('service') ? ['--service-type-filter=LoadBalancer'] : []),
      '--provider=aws',
      `--aws-zone-type=${this.zones[0]?.visibility ?? 'public'}`,
      `--aws-zones-cache-duration=${ZONES_CACHE}`,
      ...this.zones.map(({ zoneId }) => `--zone-id-filter=${zoneId}`),
      ...this.zones.map(({ zoneName }) => `--domain-filter=${zoneName}`),
      `--policy=${deleteRecords ? 'sync' : 'upsert-only'}`,
      '--registry=txt',
      `--txt-owner-id=${ownerId ?? `${account}-${region}-${this.platform.cluster.clusterName}`}`,
      // A label of its own, so that the mark of a zone's apex is inside the zone, and no name becomes too long.
      '--txt-prefix=%{record_type}-owner.',
      '--txt-wildcard-replacement=wildcard',
      '--events',
      `--interval=${INTERVAL}`,
      '--log-format=json',
    ];
  }
}

const READ = ['get', 'list', 'watch'] as const;
const SOURCE_RULES: Readonly<Record<DnsSource, ResourceRule>> = {
  ingress: { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: READ },
  service: { resources: ['services'], verbs: READ },
};

/** It stands in quotes, between commas and equals signs, in a TXT record. */
const OWNER_ID = /^[A-Za-z0-9][\w.-]{0,62}$/;

function externalDnsProblems(
  { zones: given, sources, ownerId }: ExternalDnsProps,
  zones: readonly HostedZoneRef[],
): readonly Problem[] {
  const kinds = new Set(zones.map(({ visibility = 'public' }) => visibility));
  return [
    zones.length === 0 &&
      (given
        ? 'zones is empty: name one, or leave it out for the zone of the environment'
        : 'the environment has no zone: name one in zones'),
    kinds.size > 1 && `zones has public and private ones (${zoneNames(zones)}): list those of one kind`,
    sources?.length === 0 && 'sources is empty: name ingress or service, or leave it out for both',
    ownerId !== undefined &&
      !OWNER_ID.test(ownerId) &&
      `ownerId '${ownerId}' does not fit a TXT record: use up to 63 letters, digits, '-', '_' and '.'`,
  ];
}

function zoneNames(zones: readonly HostedZoneRef[]): string {
  return zones.map(({ zoneName }) => zoneName).join(', ');
}
