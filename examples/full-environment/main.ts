import {
  addSharedStack,
  clusterAutoscaler,
  dashboard,
  descheduler,
  Environment,
  EnvironmentProfile,
  expireAfterDays,
  externalDns,
  GITHUB_ACTIONS,
  gitHubActions,
  ingress,
  keepAll,
  namespaces,
  nodeTerminationHandler,
  storage,
  synthesize,
  type StateBackend,
} from 'quayside';

const account = '123456789012';
const region = 'eu-west-1';
const backend: StateBackend = { kind: 's3', bucket: 'example-terraform-states', region, keyPrefix: 'platform/' };

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  addSharedStack(app, {
    name: 'full-shared',
    account,
    region,
    backend,
    domain: 'example.com',
    dns: { dnssec: 'signed' },
    repositories: [{ name: 'shop', lifecycle: [keepAll('production-*'), expireAfterDays(14, 'pr-*')] }],
    ciRoles: [
      {
        name: 'ci-shop',
        issuer: GITHUB_ACTIONS,
        subjects: [gitHubActions('example/shop', { branch: 'main' })],
        pushTo: ['shop'],
      },
    ],
  });

  new Environment(app, {
    name: 'full',
    account,
    region,
    backend,
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    cidr: '10.50.0.0/16',
    domain: 'full.example.com',
    kubernetesVersion: '1.35',
    parentZone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
    profile: EnvironmentProfile.flexible(),
    volumeAccess: 'cluster',
    nodeGroups: [
      {
        name: 'system',
        architecture: 'arm64',
        os: 'bottlerocket',
        instanceTypes: ['m7g.large'],
        labels: { pool: 'system' },
        minSize: 1,
        maxSize: 2,
      },
      {
        name: 'ingress',
        ingress: true,
        architecture: 'arm64',
        instanceTypes: ['c7g.large'],
        labels: { pool: 'ingress' },
        taints: [{ key: 'pool', value: 'ingress', effect: 'NoSchedule' }],
        minSize: 1,
        maxSize: 3,
      },
      {
        kind: 'auto-scaling',
        name: 'workers',
        architecture: 'x86_64',
        instanceTypes: ['m7i.xlarge', 'm6i.xlarge', 'm7a.xlarge'],
        capacity: { kind: 'mixed', onDemandBase: 1, onDemandPercent: 25 },
        labels: { pool: 'workers' },
        minSize: 2,
        maxSize: 20,
      },
    ],
    access: [
      { name: 'platform', role: 'platform', policy: 'cluster-admin' },
      { name: 'shop', role: 'shop-developers', policy: 'edit', namespaces: ['shop'] },
    ],
    loadBalancer: { waf: true },
    addOns: [
      ingress(),
      storage(),
      externalDns(),
      clusterAutoscaler(),
      nodeTerminationHandler(),
      descheduler(),
      dashboard(),
      namespaces([{ name: 'shop' }]),
    ],
    tags: { 'cost-center': '4711' },
  });
});
