import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext } from '../../core/aws-context';
import { check, type Problem } from '../../core/check';
import { checkOptions } from '../../core/check-props';
import { DEPENDABLES, dependsOn } from '../../core/depends-on';
import { duplicates } from '../../core/duplicates';
import { literalText } from '../../core/literal-text';
import { physicalName } from '../../core/naming';
import { bool, list, object, oneOf, optional, ref, text, textCheckedBy } from '../../core/shape';
import type { HostedZoneRef } from '../../dns/dns-ref';
import { domainNameProblem } from '../../dns/domain-name';
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
import { RESOURCES as RESOURCES_SHAPE } from '../../kubernetes/pod/container';
import type { Platform } from '../../platform/platform';

/** Sources of hostnames: hosts of Ingresses, and the annotation of Services of type LoadBalancer. */
export type DnsSource = 'ingress' | 'service';

export interface ExternalDnsProps {
  /**
   * The hosted zones that it manages records in: in this account, all public or all private.
   * @default the zone of the environment
   */
  readonly zones?: readonly HostedZoneRef[];
  /** @default ingress and service */
  readonly sources?: readonly DnsSource[];
  /**
   * Whether records are deleted with their Ingress or Service. If not, the role does not allow it either: records are
   * only created and updated, and one whose type changes has to be deleted manually.
   * @default false
   */
  readonly deleteRecords?: boolean;
  /**
   * Owner id of the records; only those with this id are changed. If it changes, existing records are no longer
   * managed.
   * @default account, region and name of the cluster
   */
  readonly ownerId?: string;
  /** @default 50m and 128Mi */
  readonly resources?: Resources;
}

/** Part of a quoted, comma-separated list of key=value pairs in a TXT record. */
const OWNER_ID = /^[A-Za-z0-9][\w.-]{0,62}$/;

const ZONE = ref<HostedZoneRef>('a hosted zone, such as new HostedZone(...)', {
  // Source: "HostedZone", https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html
  zoneId: text('the id of a hosted zone, such as Z0123456789ABCDEFGHIJ', /^[A-Z0-9]{1,32}$/),
  zoneName: textCheckedBy('a domain name, such as example.com', domainNameProblem),
  visibility: optional(oneOf('public', 'private')),
  ready: optional(DEPENDABLES),
});

export const EXTERNAL_DNS_PROPS = object<ExternalDnsProps>({
  zones: optional(list(ZONE)),
  sources: optional(list(oneOf('ingress', 'service'))),
  deleteRecords: optional(bool),
  ownerId: optional(text("valid in a TXT record, up to 63 letters, digits, '-', '_' and '.'", OWNER_ID)),
  resources: optional(RESOURCES_SHAPE),
});

const NAME = 'external-dns';
const IDENTITY: AppIdentity = { name: NAME, component: 'dns', partOf: 'platform' };
const RESOURCES: Resources = { cpu: '50m', memory: '128Mi' };
const SOURCES: readonly DnsSource[] = ['ingress', 'service'];
/** Route 53 allows five requests per second and account, shared by all clusters. Changes still apply immediately. */
const INTERVAL = '5m';
/** The zones are fixed: listed zones are only filtered by these ids. */
const ZONES_CACHE = '1h';

/**
 * ExternalDNS: DNS records for Ingresses and Services. The environment's wildcard record already covers hosts below its
 * domain: use it for other zones, and for traffic that bypasses the environment's load balancer.
 */
export function externalDns(props: ExternalDnsProps = {}): AddOn {
  checkOptions('externalDns', props, EXTERNAL_DNS_PROPS, externalDnsProblems);
  return {
    name: NAME,
    platform: (scope, platform) => void new ExternalDns(scope, 'controller', props, platform),
  };
}

class ExternalDns extends Construct {
  private readonly zones: readonly HostedZoneRef[];
  private readonly sources: readonly DnsSource[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExternalDnsProps,
    private readonly platform: Platform,
  ) {
    super(scope, id);
    const zones = props.zones ?? (platform.zone ? [platform.zone] : []);
    literalText(this);
    check(this, zones.length === 0 && 'the environment has no zone: set zones');
    this.zones = sortedZones(zones);
    this.sources = [...(props.sources ?? SOURCES)].sort();

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

  /**
   * Source of the condition keys: "Using IAM policy conditions for fine-grained access control",
   * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html
   */
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
            // No NS and SOA records of the zone, and none for mail or certificates.
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
    return new ServiceAccount(this, 'account', {
      namespace,
      identity: IDENTITY,
      clusterRules: this.sources.map((source) => SOURCE_RULES[source]),
    });
  }

  private addWorkload(namespace: NamespaceRef, account: ServiceAccount): Workload {
    return new Workload(this, 'workload', {
      namespace,
      identity: IDENTITY,
      // It has no leader election: two replicas would conflict.
      controller: { kind: 'deployment', replicas: 1, update: 'recreate' },
      containers: [
        {
          name: NAME,
          image: IMAGES.externalDns,
          args: this.arguments(),
          env: { AWS_REGION: awsContext(this).region },
          ports: { http: 7979 },
          resources: this.props.resources ?? RESOURCES,
          // No liveness probe: the endpoint is independent of the control loop, and never fails.
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
    const { deleteRecords, ownerId } = this.props;
    const { sources } = this;
    const { account, region } = awsContext(this);
    return [
      ...sources.map((source) => `--source=${source}`),
      // Other types have no external address, and would require access to pods and nodes.
      ...(sources.includes('service') ? ['--service-type-filter=LoadBalancer'] : []),
      '--provider=aws',
      `--aws-zone-type=${this.zones[0]?.visibility ?? 'public'}`,
      `--aws-zones-cache-duration=${ZONES_CACHE}`,
      ...this.zones.map(({ zoneId }) => `--zone-id-filter=${zoneId}`),
      ...this.zones.map(({ zoneName }) => `--domain-filter=${zoneName}`),
      `--policy=${deleteRecords ? 'sync' : 'upsert-only'}`,
      '--registry=txt',
      `--txt-owner-id=${ownerId ?? `${account}-${region}-${this.platform.cluster.clusterName}`}`,
      // A separate label, which keeps the ownership record of a zone's apex within the zone, and names within the
      // limit.
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

function externalDnsProblems({ zones, sources }: ExternalDnsProps): readonly Problem[] {
  const kinds = new Set(zones?.map(({ visibility = 'public' }) => visibility));
  return [
    zones?.length === 0 && 'zones is empty: list at least one, or omit it for the zone of the environment',
    zones !== undefined &&
      kinds.size > 1 &&
      `zones mixes public and private zones (${zoneNames(zones)}): use only one kind`,
    ...duplicates((zones ?? []).map(({ zoneId }) => zoneId)).map((id) => `zones has '${id}' twice: list it once`),
    sources?.length === 0 && 'sources is empty: list ingress or service, or omit it for both',
    ...duplicates(sources ?? []).map((source) => `sources has '${source}' twice: list it once`),
  ];
}

/** Their order has no meaning, but would be part of the pods. Names that are known only after apply have none. */
function sortedZones(zones: readonly HostedZoneRef[]): readonly HostedZoneRef[] {
  if (zones.some(({ zoneName }) => Token.isUnresolved(zoneName))) return zones;
  return [...zones].sort((a, b) => (a.zoneName < b.zoneName ? -1 : 1));
}

function zoneNames(zones: readonly HostedZoneRef[]): string {
  return zones.map(({ zoneName }) => zoneName).join(', ');
}
