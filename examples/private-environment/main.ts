import { Environment, EnvironmentProfile, synthesize } from 'quayside';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  new Environment(app, {
    name: 'private',
    account: '123456789012',
    region: 'eu-central-1',
    zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
    cidr: '10.70.0.0/16',
    domain: 'private.example.com',
    kubernetesVersion: '1.35',
    parentZone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
    profile: EnvironmentProfile.ha(),
    volumeAccess: 'cluster',
    network: { nat: { kind: 'none' } },
    access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
  });
});
