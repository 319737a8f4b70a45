import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { environment } from './fixtures';

const ACCOUNT = '123456789012';
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0a1b2c3d-0000-1111-2222-333344445555`;

/** Every setting of an environment, with another value than its default. */
export const EVERY_SETTING: EnvironmentProps = environment({
  parentZone: undefined,
  zone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'staging.example.com' },
  domains: [
    { domain: 'shop.example.org', parentZone: { zoneId: 'Z9', zoneName: 'example.org' } },
    { domain: 'example.net', zone: { zoneId: 'Z8', zoneName: 'example.net' }, rulePriority: 900 },
    { domain: 'staging.example.info' },
  ],
  profile: EnvironmentProfile.business({ namespaceQuota: { pods: '100' } }),
  access: [
    {
      name: 'platform',
      role: 'platform',
      policies: [{ policy: 'cluster-admin' }, { policy: 'view', namespaces: ['shop'] }],
      groups: ['platform'],
    },
    { name: 'auditors', principalArn: 'arn:aws:iam::210987654321:role/audit', policy: 'view', namespaces: ['shop'] },
  ],
  nodeGroups: [
    {
      name: 'apps',
      ingress: true,
      architecture: 'arm64',
      instanceTypes: ['m7g.large'],
      minSize: 2,
      maxSize: 4,
      labels: { pool: 'apps' },
      taints: [{ key: 'pool', value: 'apps', effect: 'NoSchedule' }],
      logRotation: { containerLogMaxMib: 20 },
      capacity: { kind: 'on-demand' },
    },
    {
      kind: 'auto-scaling',
      name: 'batch',
      ingress: false,
      formerly: 'jobs',
      zones: ['eu-west-1a', 'eu-west-1b'],
      architecture: 'arm64',
      instanceTypes: ['m7g.large', 'm6g.large'],
      capacity: { kind: 'mixed', onDemandBase: 1, onDemandPercent: 25 },
      minHealthyPercent: 90,
      maxHealthyPercent: 190,
      minSize: 1,
      maxSize: 2,
    },
  ],
  kubernetesVersion: '1.35',
  endpoint: { kind: 'private-and-public', allowedCidrs: ['192.0.2.0/24'], privateCidrs: ['10.30.0.0/16'] },
  tunnel: { roles: ['platform'] },
  nodeSecurityGroups: 'strict',
  volumeAccess: 'cluster',
  cluster: {
    logTypes: ['api', 'audit'],
    logRetentionDays: 90,
    upgradePolicy: 'EXTENDED',
    secretsKmsKeyArn: KEY,
    serviceCidr: '10.100.0.0/16',
    ipFamily: 'ipv4',
    oidcProvider: true,
    openPorts: [{ from: 'control-plane', port: 9500, purpose: 'webhooks' }],
    zonalShift: false,
  },
  network: {
    intraZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    nat: { kind: 'none' },
    endpoints: [
      'ec2',
      'ecr.api',
      'ecr.dkr',
      'eks',
      'eks-auth',
      'sts',
      'ssm',
      'ssmmessages',
      'autoscaling',
      'elasticloadbalancing',
      'logs',
      'sqs',
      'kms',
    ],
    routes: [
      { cidr: '172.16.0.0/16', via: { kind: 'transit-gateway', transitGatewayId: 'tgw-0123456789abcdef0' } },
      { cidr: '172.18.0.0/16', via: { kind: 'peering', peeringConnectionId: 'pcx-0123456789abcdef0' } },
    ],
    secondaryCidrs: ['100.64.0.0/16'],
    addressing: 'dual-stack',
    publicSubnets: true,
    flowLogs: { retentionDays: 30, traffic: 'REJECT' },
    trustedAccounts: ['210987654321'],
  },
  loadBalancer: {
    scheme: 'internet-facing',
    clientCidrs: ['192.0.2.0/24'],
    ipAddressType: 'dualstack',
    strictTransportSecurity: 'max-age=0',
    rules: [
      {
        key: 'old-shop',
        priority: 10,
        hosts: ['old.staging.example.com'],
        action: { kind: 'redirect', statusCode: 301, host: 'shop.example.org' },
      },
      {
        key: 'maintenance',
        priority: 20,
        paths: ['/maintenance'],
        headers: { 'X-Try': ['1'] },
        query: [{ key: 'a', value: 'b' }],
        action: { kind: 'fixed-response', statusCode: 503, contentType: 'text/plain', body: 'back soon' },
      },
      { key: 'api', priority: 30, paths: ['/api/*'], action: { kind: 'forward', weights: { ingress: 1 } } },
    ],
    waf: {
      mode: 'count',
      managedRuleGroups: [{ name: 'AWSManagedRulesCommonRuleSet', countedRules: ['SizeRestrictions_BODY'] }],
      requestsPerFiveMinutes: 2000,
      logRetentionDays: 30,
    },
    traffic: { httpNodePort: 31080, additionalNodePorts: { http: [31090] } },
  },
  eksAddOns: {
    coredns: { version: 'v1.12.4-eksbuild.1', configuration: { corefile: '.:53 { errors }' } },
    'metrics-server': 'none',
  },
  additionalEksAddOns: {
    'snapshot-controller': { version: 'v8.2.0-eksbuild.1', after: ['aws-efs-csi-driver'] },
    'aws-efs-csi-driver': {
      version: 'v2.1.0-eksbuild.1',
      configuration: { controller: { replicaCount: 2 } },
      podIdentity: {
        serviceAccount: 'efs-csi-controller-sa',
        managedPolicies: ['service-role/AmazonEFSCSIDriverPolicy'],
      },
    },
  },
  images: { mirrors: { 'quay.io': 'mirror.example.com/quay' }, allowed: ['mirror.example.com'], pin: 'digest' },
  backend: { kind: 's3', bucket: 'states', region: 'eu-west-1', keyPrefix: 'platform/', kmsKeyId: KEY },
  tags: { 'cost-center': '4711' },
  iam: { permissionsBoundary: 'Boundary', rolePath: '/platform/' },
  acknowledge: { 'no-way-to-aws': 'the endpoints are those that we need' },
});
