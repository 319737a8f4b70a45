import { AwsStack, Cluster, ManagedNodeGroup, StandardAddOns, synthesize, Vpc } from 'quayside';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  const stack = new AwsStack(app, 'vpc-and-cluster', { account: '123456789012', region: 'eu-west-1' });

  const vpc = new Vpc(stack, 'network', {
    name: 'demo',
    cidr: '10.40.0.0/16',
    zones: ['eu-west-1a', 'eu-west-1b'],
    nat: { kind: 'single' },
    deletionProtection: false,
  });
  const cluster = new Cluster(stack, 'cluster', {
    name: 'demo',
    kubernetesVersion: '1.35',
    vpc,
    access: [{ name: 'me', principalArn: 'arn:aws:iam::123456789012:role/me', policy: 'cluster-admin' }],
    volumeAccess: 'cluster',
    deletionProtection: false,
  });
  const nodes = new ManagedNodeGroup(stack, 'nodes', {
    cluster,
    name: 'apps',
    subnets: vpc.privateSubnets,
    architecture: 'arm64',
    instanceTypes: ['t4g.large'],
    minSize: 1,
    maxSize: 2,
  });
  new StandardAddOns(stack, 'add-ons', { cluster, after: nodes.ready });
});
