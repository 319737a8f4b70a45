import {
  acknowledge,
  AwsStack,
  Environment,
  environmentRef,
  EnvironmentProfile,
  ManagedNodeGroup,
  synthesize,
} from 'quayside';
import type { EnvironmentProps } from 'quayside';

const staging: EnvironmentProps = {
  name: 'guide',
  account: '123456789012',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  cidr: '10.83.0.0/16',
  domain: 'guide.example.com',
  kubernetesVersion: '1.35',
  parentZone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
  profile: EnvironmentProfile.ha(),
  volumeAccess: 'cluster',
  access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
  backend: { kind: 's3', bucket: 'example-terraform-states', region: 'eu-west-1', keyPrefix: 'platform/' },
};

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  new Environment(app, staging);

  // A team's own stack on the environment, with a separate state.
  const team = new AwsStack(app, 'guide-team', { account: '123456789012', region: 'eu-west-1' });
  const { cluster } = environmentRef(team, staging);
  acknowledge(team, 'spot-single-type', 'a batch pool that may be empty for a day');
  new ManagedNodeGroup(team, 'batch', {
    cluster,
    name: 'batch',
    subnets: [{ zone: 'eu-west-1a', subnetId: 'subnet-0a1b2c3d4e5f60713', cidr: '10.83.128.0/20' }],
    architecture: 'arm64',
    instanceTypes: ['c7g.xlarge'],
    capacity: { kind: 'spot' },
    minSize: 0,
    maxSize: 10,
  });
});
