import {
  clusterAutoscaler,
  Environment,
  EnvironmentProfile,
  externalDns,
  ingress,
  storage,
  synthesize,
} from 'quayside';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  new Environment(app, {
    name: 'production',
    account: '123456789012',
    region: 'eu-west-1',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    cidr: '10.20.0.0/16',
    domain: 'production.example.com',
    kubernetesVersion: '1.35',
    parentZone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
    profile: EnvironmentProfile.business(),
    volumeAccess: 'cluster',
    access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
    addOns: [ingress(), storage(), externalDns(), clusterAutoscaler()],
  });
});
