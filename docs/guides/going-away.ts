import { Environment, EnvironmentProfile, externalDns, ingress, namespaces, storage, synthesize } from 'quayside';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  new Environment(app, {
    name: 'retired',
    account: '123456789012',
    region: 'eu-west-1',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    cidr: '10.85.0.0/16',
    domain: 'retired.example.com',
    parentZone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
    profile: EnvironmentProfile.business({ deletionProtection: false }),
    kubernetesVersion: '1.35',
    volumeAccess: 'cluster',
    access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
    addOns: [ingress(), storage(), externalDns(), namespaces([{ name: 'shop' }])],
  });
});
