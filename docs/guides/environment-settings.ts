import { Environment, EnvironmentProfile, synthesize } from 'quayside';
import type { EnvironmentProps } from 'quayside';

const production: EnvironmentProps = {
  name: 'settings',
  account: '123456789012',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  cidr: '10.85.0.0/16',
  kubernetesVersion: '1.35',
  profile: EnvironmentProfile.ha(),
  volumeAccess: 'cluster',

  // Domains: the first one has a zone already, the other one gets one.
  domain: 'settings.example.com',
  zone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'settings.example.com' },
  domains: [{ domain: 'shop.example.org', parentZone: { zoneId: 'Z9876543210ABCDEFGHIJ', zoneName: 'example.org' } }],

  // Who may use the Kubernetes API, and what every IAM role must have.
  access: [
    { name: 'platform', role: 'platform', policy: 'cluster-admin' },
    {
      name: 'shop',
      role: 'teams/shop',
      policies: [{ policy: 'view' }, { policy: 'edit', namespaces: ['shop'] }],
      groups: ['on-call'],
    },
    { name: 'audit', principalArn: 'arn:aws:iam::210987654321:role/audit', policy: 'view' },
  ],
  iam: { permissionsBoundary: 'platform/Boundary', rolePath: '/platform/' },

  // Control plane.
  cluster: {
    logTypes: ['api', 'audit', 'authenticator'],
    logRetentionDays: 90,
    upgradePolicy: 'EXTENDED',
    serviceCidr: '10.101.0.0/16',
    secretsKmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/11112222-3333-4444-5555-666677778888',
    oidcProvider: true,
  },
  additionalEksAddOns: {
    'snapshot-controller': { version: 'v8.2.0-eksbuild.1' },
  },

  // Nodes: of several groups, at least one says that it hosts the ingress.
  nodeGroups: [
    {
      name: 'apps',
      ingress: true,
      architecture: 'arm64',
      instanceTypes: ['m7g.large'],
      minSize: 1,
      maxSize: 3,
    },
    {
      name: 'search',
      labels: { pool: 'search' },
      taints: [{ key: 'pool', value: 'search', effect: 'NoSchedule' }],
      architecture: 'arm64',
      instanceTypes: ['r7g.large'],
      minSize: 1,
      maxSize: 2,
      diskGib: 200,
    },
  ],

  // Network and load balancer.
  network: { addressing: 'dual-stack', flowLogs: { retentionDays: 30, traffic: 'REJECT' } },
  loadBalancer: {
    ipAddressType: 'dualstack',
    waf: { mode: 'count', requestsPerFiveMinutes: 3000 },
    rules: [
      {
        key: 'old-shop',
        priority: 10,
        hosts: ['old-shop.settings.example.com'],
        action: { kind: 'redirect', statusCode: 301, host: 'shop.example.org' },
      },
      {
        key: 'no-metrics',
        priority: 20,
        paths: ['/metrics'],
        action: { kind: 'fixed-response', statusCode: 404, body: 'Not found' },
      },
    ],
  },
};

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  new Environment(app, production);
});
