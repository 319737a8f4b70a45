import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { Construct } from 'constructs';
import { clusterAutoscaler } from '../../lib/addons/cluster-autoscaler/cluster-autoscaler';
import { dashboard } from '../../lib/addons/dashboard/dashboard';
import { descheduler } from '../../lib/addons/descheduler/descheduler';
import { externalDns } from '../../lib/addons/external-dns/external-dns';
import { ingress } from '../../lib/addons/ingress/ingress';
import { namespaces } from '../../lib/addons/namespaces/namespaces';
import { nodeTerminationHandler } from '../../lib/addons/node-termination-handler/node-termination-handler';
import { storage } from '../../lib/addons/storage/storage';
import { AutoScalingNodeGroup } from '../../lib/cluster/auto-scaling-node-group';
import { Cluster } from '../../lib/cluster/cluster';
import { ManagedNodeGroup } from '../../lib/cluster/managed-node-group';
import { AwsStack, type AwsStackProps } from '../../lib/core/aws-stack';
import { Certificate } from '../../lib/dns/certificate';
import { HealthCheck } from '../../lib/dns/health-check';
import { HostedZone } from '../../lib/dns/hosted-zone';
import { AliasRecords, DnsRecord } from '../../lib/dns/records';
import { Environment } from '../../lib/environment/environment';
import { EnvironmentProfile } from '../../lib/environment/profile';
import { SharedStack } from '../../lib/environment/shared-stack';
import { helmAddOn } from '../../lib/helm';
import { ServiceRole } from '../../lib/iam/service-role';
import { ConfigFiles } from '../../lib/kubernetes/config-files';
import { Ingress } from '../../lib/kubernetes/ingress';
import { Namespace } from '../../lib/kubernetes/namespace';
import { NetworkPolicy } from '../../lib/kubernetes/network-policy';
import { PriorityClass } from '../../lib/kubernetes/priority-class';
import { PodService } from '../../lib/kubernetes/service';
import { ServiceAccount } from '../../lib/kubernetes/service-account';
import { Workload } from '../../lib/kubernetes/workload';
import { ApplicationLoadBalancer } from '../../lib/load-balancing/application-load-balancer';
import { WebAcl } from '../../lib/load-balancing/web-acl';
import { Vpc } from '../../lib/network/vpc';
import type { AddOn } from '../../lib/platform/add-on';
import { CiRole } from '../../lib/registry/ci-role';
import { ImageRepository } from '../../lib/registry/image-repository';
import { GITHUB_ACTIONS } from '../../lib/registry/oidc-provider';
import { PullThroughCache } from '../../lib/registry/pull-through';
import { ACCOUNT, KEY_ARN, OTHER_ACCOUNT, REGION, ZONES } from '../fixtures/every-option/fixture';
import { existingCluster, existingVpc } from '../support/cluster';
import { install } from '../support/platform';
import { subject, type Subject } from './outcome';

const PLACE: AwsStackProps = { account: ACCOUNT, region: REGION };
const NAMESPACE = { namespaceName: 'shop' };
const IDENTITY = { name: 'api', partOf: 'shop' };
const RESOURCES = { cpu: '500m', memory: '1Gi' };
const ZONE = { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' };
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

/** A construct with props in a stack. */
function construct<P>(
  type: new (scope: Construct, id: string, props: P) => unknown,
  valid: NoInfer<P>,
  unseen: Subject['unseen'] = {},
): Subject {
  return subject<P>({
    name: type.name,
    valid,
    unseen,
    build: (app, props) => {
      const stack = new AwsStack(app, 'test', PLACE);
      if (KUBERNETES.has(type.name)) new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
      new type(stack, 'construct', props);
    },
  });
}

const KUBERNETES = new Set([
  'ConfigFiles',
  'Ingress',
  'Namespace',
  'NetworkPolicy',
  'PodService',
  'PriorityClass',
  'ServiceAccount',
  'Workload',
]);

/** An add-on with options, as an environment installs it. */
function addOn<P>(
  name: string,
  create: (props: P) => AddOn,
  valid: NoInfer<P>,
  unseen: Subject['unseen'] = {},
): Subject {
  return subject<P>({
    name: `add-on ${name}`,
    valid,
    unseen,
    build: (app, props) => {
      const required = name === 'dashboard' ? [ingress()] : [];
      install(new AwsStack(app, 'test', PLACE), [...required, create(props)]);
    },
  });
}

const INSTANCES = { architecture: 'arm64', instanceTypes: ['m7g.large', 'm6g.large'] } as const;
const NODES = {
  ...INSTANCES,
  cluster: existingCluster(),
  subnets: existingVpc().privateSubnets,
  name: 'apps',
  minSize: 1,
  maxSize: 3,
  desiredSize: 2,
  labels: { pool: 'apps' },
  taints: [{ key: 'pool', value: 'apps', effect: 'NoSchedule' }],
  diskGib: 100,
  kmsKeyArn: KEY_ARN,
  maxPods: 60,
  systemReserved: { cpu: '100m', memory: '256Mi' },
  metadataHopLimit: 2,
  updateTimeoutMinutes: 90,
} as const;

export const SUBJECTS: readonly Subject[] = [
  subject<AwsStackProps>({
    name: 'AwsStack',
    valid: {
      ...PLACE,
      backend: { kind: 's3', bucket: 'states', region: REGION, keyPrefix: 'platform/', kmsKeyId: 'alias/terraform' },
      tags: { team: 'shop' },
    },
    build: (app, props) => void new AwsStack(app, 'test', props),
  }),
  construct(
    Cluster,
    {
      name: 'shop',
      kubernetesVersion: '1.36',
      vpc: existingVpc(),
      access: [
        { name: 'platform', principalArn: `arn:aws:iam::${ACCOUNT}:role/platform`, policy: 'cluster-admin' },
        { name: 'shop', principalArn: `arn:aws:iam::${ACCOUNT}:role/shop`, policy: 'edit', namespaces: ['shop'] },
      ],
      endpoint: { kind: 'private-and-public', allowedCidrs: ['192.0.2.0/24'], privateCidrs: ['10.20.0.0/16'] },
      serviceCidr: '172.30.0.0/16',
      securityGroups: 'strict',
      addOns: { 'kube-proxy': { version: 'v1.36.0-eksbuild.1' }, 'vpc-cni': { configuration: { env: { A: 'b' } } } },
      logTypes: ['audit'],
      logRetentionDays: 30,
      secretsKmsKeyArn: KEY_ARN,
      upgradePolicy: 'EXTENDED',
      zonalShift: false,
      deletionProtection: false,
      oidcProvider: true,
      volumeAccess: 'cluster',
    },
    { 'vpc.privateSubnets': 'the control plane is in the intra subnets' },
  ),
  construct(PriorityClass, { name: 'batch', value: -1000, description: 'Waits', preemption: 'waits' }),
  addOn('ingress', ingress, {
    http: {
      middlewares: { compress: { compress: {} } },
      routers: { canary: { rule: 'Host(`canary.example.com`)', service: 'split' } },
      services: { split: { weighted: { services: [{ name: 'shop-api-80@kubernetes', weight: 9 }] } } },
    },
    middlewareNamespaces: ['shop'],
    dashboard: 'port-forward',
    readTimeoutSeconds: 300,
    resources: RESOURCES,
    logLevel: 'DEBUG',
  }),
  addOn('storage', storage, { onRelease: 'delete', kmsKeyArn: KEY_ARN }),
  addOn('external-dns', externalDns, {
    zones: [{ zoneId: 'Z2', zoneName: 'internal.example.com', visibility: 'private' }],
    sources: ['service'],
    deleteRecords: true,
    ownerId: 'shop',
    resources: RESOURCES,
  }),
  addOn('cluster-autoscaler', clusterAutoscaler, {
    scaleDownAfterMinutes: 5,
    scaleDownBelowPercent: 70,
    resources: RESOURCES,
  }),
  addOn('node-termination-handler', nodeTerminationHandler, { resources: RESOURCES }),
  addOn('descheduler', descheduler, { schedule: '0 * * * *', evictionsPerNode: 1, resources: RESOURCES }),
  addOn('dashboard', dashboard, {
    host: 'dashboard.example.com',
    login: {
      kind: 'oidc',
      issuerUrl: 'https://login.example.com',
      clientId: 'headlamp',
      clientSecret: { secret: 'headlamp', key: 'client-secret' },
      scopes: ['groups'],
    },
    resources: RESOURCES,
  }),
  addOn('namespaces', namespaces, [
    { name: 'shop', podSecurity: 'baseline', traffic: 'allow', labels: { team: 'shop' } },
    { name: 'search', quota: { pods: '10' }, containerDefaults: { requests: { cpu: '1' } } },
    { name: 'batch', quota: 'none', containerDefaults: 'none' },
  ]),
  addOn('helm', helmAddOn, {
    name: 'approver',
    chart: 'cert-manager-approver-policy',
    repository: 'oci://quay.io/jetstack/charts',
    version: 'v1.19.2',
    namespace: 'cert-manager',
    values: { replicaCount: 2, app: { names: ['a'] } },
    ingress: [{ peers: [{ namespace: 'monitoring' }], ports: [9402] }],
    egress: [{ peers: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }] }],
    timeoutSeconds: 900,
  }),
  construct(Vpc, {
    name: 'shop',
    cidr: '10.20.0.0/16',
    zones: ZONES.slice(0, 2),
    intraZones: ZONES,
    nat: { kind: 'single', zone: 'eu-west-1b', elasticIpId: 'eipalloc-0a1b2c3d4e5f60718' },
    endpoints: ['ecr.api', 'ecr.dkr'],
    secondaryCidrs: ['100.64.0.0/16'],
    addressing: 'dual-stack',
    clusterName: 'shop',
    flowLogs: { retentionDays: 30, traffic: 'REJECT' },
    kmsKeyArn: KEY_ARN,
  }),
  construct(ManagedNodeGroup, { ...NODES, os: 'bottlerocket', spread: 'single', maxUnavailablePercent: 20 }),
  construct(AutoScalingNodeGroup, {
    ...NODES,
    capacity: { kind: 'mixed', onDemandBase: 1, onDemandPercent: 25 },
    minHealthyPercent: 95,
    maxHealthyPercent: 120,
  }),
  construct(
    ApplicationLoadBalancer,
    {
      name: 'shop',
      vpc: existingVpc(ZONES.slice(0, 2), ['public', 'private', 'intra']),
      scheme: 'internet-facing',
      certificates: [
        {
          certificateArn: `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555`,
          domainNames: ['example.com', '*.example.com'],
        },
      ],
      targetSecurityGroupId: 'sg-0a1b2c3d4e5f60718',
      targets: [{ key: 'apps', autoScalingGroupName: 'shop-apps' }],
      logs: { kind: 'off', reason: 'nobody reads them here' },
      targetGroups: [
        { key: 'stable', algorithm: 'least_outstanding_requests' },
        { key: 'canary', nodePort: 31090, healthCheckNodePort: 31091, slowStartSeconds: 60 },
      ],
      hosts: ['example.com'],
      rules: [
        {
          key: 'weighted',
          priority: 10,
          hosts: ['shop.example.com'],
          headers: { 'x-canary': ['yes'] },
          query: [{ key: 'canary', value: 'yes' }],
          sourceCidrs: ['192.0.2.0/24'],
          action: { kind: 'forward', weights: { stable: 95, canary: 5 }, stickySeconds: 600 },
        },
        {
          key: 'closed',
          priority: 40,
          paths: ['/internal/*'],
          methods: ['GET'],
          action: { kind: 'fixed-response', statusCode: 403, contentType: 'application/json', body: '{}' },
        },
      ],
      clientCidrs: ['192.0.2.0/24'],
      ipAddressType: 'dualstack',
      deletionProtection: false,
      strictTransportSecurity: 'max-age=1',
    },
    { 'vpc.privateSubnets': 'it is in the public subnets', 'vpc.intraSubnets': 'it is in the public subnets' },
  ),
  construct(WebAcl, {
    name: 'shop',
    managedRuleGroups: [
      { name: 'AWSManagedRulesSQLiRuleSet', mode: 'count' },
      { name: 'AWSManagedRulesLinuxRuleSet', countedRules: ['LFI_HEADER'] },
    ],
    requestsPerFiveMinutes: 2000,
  }),
  construct(HostedZone, {
    zoneName: 'shop.example.com',
    visibility: 'public',
    parent: ZONE,
    dnssec: 'signed',
    caa: { issuers: ['amazon.com', 'letsencrypt.org'], reportTo: 'mailto:security@example.com' },
    queryLogGroupArn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/route53/example.com`,
    forceDestroy: true,
  }),
  construct(Certificate, {
    domainName: 'example.com',
    subjectAlternativeNames: ['*.example.com'],
    zones: [ZONE],
    region: 'us-east-1',
  }),
  construct(HealthCheck, {
    host: 'api.example.com',
    path: '/healthz',
    port: 8443,
    intervalSeconds: 10,
    failureThreshold: 5,
  }),
  construct(DnsRecord, {
    zone: ZONE,
    name: 'www.example.com',
    type: 'TXT',
    values: ['v=spf1 include:%{i}._spf.example.com -all'],
    ttlSeconds: 60,
    routing: { kind: 'weighted', id: 'blue', weight: 90, healthCheckId: '11111111-2222-3333-4444-555555555555' },
  }),
  construct(AliasRecords, {
    zone: ZONE,
    name: 'example.com',
    target: { dnsName: 'shop-1.eu-west-1.elb.amazonaws.com', hostedZoneId: 'Z32O12XQLNTSW2' },
    evaluateTargetHealth: false,
    routing: { kind: 'failover', role: 'secondary', healthCheckId: '11111111-2222-3333-4444-555555555555' },
  }),
  construct(ServiceRole, {
    name: 'builder',
    description: 'Builds images',
    service: 'codebuild.amazonaws.com',
    trustConditions: { StringEquals: { 'aws:SourceAccount': [ACCOUNT] } },
    managedPolicies: ['CloudWatchAgentServerPolicy'],
    statements: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::builds/*'] }],
    tags: { team: 'shop' },
  }),
  construct(ImageRepository, {
    name: 'shop/checkout',
    mutableTags: ['main'],
    lifecycle: [
      { kind: 'keep-last', count: 10, tagPatterns: ['v*'] },
      { kind: 'expire', days: 14, tagPatterns: ['pr-*'] },
    ],
    kmsKeyArn: KEY_ARN,
    pullAccounts: [OTHER_ACCOUNT],
    forceDelete: true,
  }),
  construct(CiRole, {
    name: 'ci-shop',
    provider: { ...GITHUB_ACTIONS, providerArn: PROVIDER },
    subjects: ['repo:acme/shop:ref:refs/heads/main'],
    statements: [{ actions: ['s3:PutObject'], resources: ['arn:aws:s3:::builds/*'] }],
  }),
  construct(PullThroughCache, {
    upstream: {
      kind: 'docker-hub',
      credentialsSecretArn: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:ecr-pullthroughcache/hub-AbCdEf`,
    },
    prefix: 'hub',
    immutableTags: true,
    lifecycle: [{ kind: 'expire-rest', days: 30 }],
    kmsKeyArn: KEY_ARN,
    pullAccounts: [OTHER_ACCOUNT],
  }),
  construct(Namespace, {
    name: 'shop',
    podSecurity: 'baseline',
    quota: { 'requests.cpu': '20', pods: '200' },
    containerDefaults: { requests: { cpu: '50m' }, limits: { memory: '64Mi' } },
    traffic: 'allow',
    labels: { team: 'shop' },
  }),
  construct(NetworkPolicy, {
    namespace: NAMESPACE,
    name: 'api',
    pods: { app: 'api' },
    ingress: [{ peers: [{ pods: { app: 'web' }, namespace: 'edge' }], ports: [80, 'metrics'] }],
    egress: [{ peers: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }], ports: [{ port: 53, protocol: 'UDP' }] }],
  }),
  construct(ConfigFiles, { namespace: NAMESPACE, identity: IDENTITY, files: { 'app.json': '{}' }, labels: { a: 'b' } }),
  construct(PodService, {
    namespace: NAMESPACE,
    identity: IDENTITY,
    name: 'on-nodes',
    kind: 'node-port',
    ports: { http: { port: 80, target: 8080, nodePort: 30100 }, dns: { port: 53, protocol: 'UDP' } },
    selector: { tier: 'edge' },
  }),
  construct(ServiceAccount, {
    namespace: NAMESPACE,
    identity: IDENTITY,
    name: 'reader',
    token: 'always',
    clusterRules: [{ nonResourceUrls: ['/metrics'], verbs: ['get'] }],
    rules: [{ apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['api'], verbs: ['patch'] }],
    annotations: { reviewed: 'yes' },
  }),
  construct(Ingress, {
    namespace: NAMESPACE,
    identity: IDENTITY,
    name: 'front',
    ingressClass: 'traefik',
    routes: [{ host: 'shop.example.com', path: '/health', pathType: 'Exact', service: 'api', port: 8080 }],
    annotations: { reviewed: 'yes' },
    labels: { team: 'shop' },
  }),
  construct(Workload, {
    namespace: NAMESPACE,
    identity: IDENTITY,
    name: 'named',
    controller: { kind: 'deployment', replicas: 3, minReadySeconds: 10 },
    containers: [
      {
        name: 'api',
        image: 'docker.io/example/api:v1.2.3',
        command: ['/api'],
        args: ['--verbose'],
        env: { PLAIN: 'text', PASSWORD: { secret: 'passwords', key: 'api', presence: 'optional' } },
        ports: { http: 8080, dns: { port: 53, protocol: 'UDP' } },
        resources: { ...RESOURCES, memoryLimit: '2Gi', ephemeralStorage: '1Gi' },
        readiness: { path: '/ready', port: 'http', scheme: 'HTTPS', headers: { host: 'shop' }, initialDelaySeconds: 5 },
        liveness: { tcp: 'http', periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 5 },
        mounts: [{ volume: 'cache', path: '/cache', access: 'read-only' }],
        preStop: { command: ['/bin/sleep', '5'] },
      },
    ],
    volumes: { cache: { kind: 'empty-dir', sizeLimit: '64Mi', medium: 'memory' } },
    runAs: { user: 1000, group: 1001, fsGroup: 1002 },
    placement: { nodeLabels: [{ pool: 'apps' }], tolerations: [{ key: 'pool', value: 'apps', effect: 'NoSchedule' }] },
    topologySpread: 'node',
    terminationGraceSeconds: 60,
    annotations: { reviewed: 'yes' },
    labels: { team: 'shop' },
    ingress: [{ peers: [{ namespace: 'ingress' }], ports: ['http'] }],
    egress: [{ peers: [{ cidr: '10.0.0.0/8' }], ports: [443] }],
  }),
  subject<ConstructorParameters<typeof SharedStack>[2]>({
    name: 'SharedStack',
    valid: {
      ...PLACE,
      backend: { kind: 's3', bucket: 'states', region: REGION },
      tags: { team: 'platform' },
      domain: 'example.com',
      dns: { dnssec: 'signed', caa: { reportTo: 'mailto:security@example.com' }, forceDestroy: true },
      repositories: [{ name: 'shop', mutableTags: ['main'], pullAccounts: [OTHER_ACCOUNT], forceDelete: true }],
      ciRoles: [
        {
          name: 'ci-shop',
          issuer: GITHUB_ACTIONS,
          subjects: ['repo:example/shop:ref:refs/heads/main'],
          pushTo: ['shop'],
        },
      ],
      pullThroughCaches: [{ kind: 'quay', pullAccounts: [OTHER_ACCOUNT] }],
      enhancedScanning: true,
    },
    unseen: { enhancedScanning: 'null stands for the default, true' },
    build: (app, props) => void new SharedStack(app, 'shared', props),
  }),
  subject<ConstructorParameters<typeof Environment>[1]>({
    name: 'Environment',
    valid: {
      ...PLACE,
      name: 'production',
      zones: ZONES.slice(0, 2),
      cidr: '10.20.0.0/16',
      domain: 'production.example.com',
      parentZone: ZONE,
      profile: EnvironmentProfile.solo(),
      access: [
        { name: 'platform', role: 'teams/platform', policy: 'cluster-admin' },
        { name: 'shop', role: 'shop', policy: 'edit', namespaces: ['shop'] },
      ],
      nodeGroups: [
        { ...INSTANCES, name: 'system', os: 'bottlerocket', labels: { pool: 'system' }, minSize: 1, maxSize: 3 },
        {
          ...INSTANCES,
          kind: 'auto-scaling',
          name: 'workers',
          taints: [{ key: 'pool', value: 'workers', effect: 'NoSchedule' }],
          capacity: { kind: 'mixed', onDemandBase: 1, onDemandPercent: 25 },
          ingress: true,
          minSize: 2,
          maxSize: 20,
        },
      ],
      kubernetesVersion: '1.35',
      endpoint: { kind: 'private-and-public', allowedCidrs: ['192.0.2.0/24'], privateCidrs: ['10.0.0.0/8'] },
      network: {
        nat: { kind: 'single', zone: 'eu-west-1b' },
        endpoints: ['ecr.api'],
        secondaryCidrs: ['100.64.0.0/16'],
      },
      loadBalancer: {
        clientCidrs: ['192.0.2.0/24'],
        waf: { requestsPerFiveMinutes: 2000 },
        traffic: { httpNodePort: 31080 },
      },
      eksAddOns: { coredns: { configuration: { replicaCount: 4 } }, 'metrics-server': 'none' },
      addOns: [descheduler()],
      images: { mirrors: { 'registry.k8s.io': 'mirror.example.com/k8s' } },
      backend: { kind: 's3', bucket: 'states', region: REGION, keyPrefix: 'platform/' },
      tags: { 'cost-center': '4711' },
    },
    unseen: { 'profile.nodeGroups': 'nodeGroups are in their place' },
    build: (app, props) => void new Environment(app, props),
  }),
];
