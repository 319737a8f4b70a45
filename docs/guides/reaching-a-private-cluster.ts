import { Environment, EnvironmentProfile, ingress, synthesize } from 'quayside';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  new Environment(app, {
    name: 'vault',
    account: '123456789012',
    region: 'eu-west-1',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    cidr: '10.86.0.0/16',
    domain: 'vault.example.com',
    parentZone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
    kubernetesVersion: '1.35',
    profile: EnvironmentProfile.ha(),
    volumeAccess: 'cluster',
    access: [
      { name: 'platform', role: 'platform', policy: 'cluster-admin' },
      { name: 'deploy', role: 'deploy', policy: 'cluster-admin' },
    ],
    // From a laptop or a hosted pipeline, through Session Manager.
    tunnel: { roles: ['platform', 'deploy'] },
    // From the company's network, through its transit gateway.
    endpoint: { kind: 'private', privateCidrs: ['10.86.0.0/16', '10.0.0.0/12'] },
    network: {
      nat: { kind: 'none' },
      routes: [{ cidr: '10.0.0.0/12', via: { kind: 'transit-gateway', transitGatewayId: 'tgw-0a1b2c3d4e5f60718' } }],
    },
    images: { mirrors: { 'docker.io': '123456789012.dkr.ecr.eu-west-1.amazonaws.com/docker-hub' } },
    addOns: [ingress()],
    backend: { kind: 's3', bucket: 'example-terraform-states', region: 'eu-west-1' },
  });
});
