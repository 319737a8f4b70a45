import {
  AutoScalingNodeGroup,
  AwsStack,
  Cluster,
  ManagedNodeGroup,
  NodeDraining,
  StandardAddOns,
  synthesize,
  Vpc,
} from 'quayside';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  const stack = new AwsStack(app, 'guide-cluster', { account: '123456789012', region: 'eu-west-1' });
  const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
  const vpc = new Vpc(stack, 'network', { name: 'guide', cidr: '10.81.0.0/16', zones });

  const cluster = new Cluster(stack, 'cluster', {
    name: 'guide',
    kubernetesVersion: '1.35',
    vpc,
    volumeAccess: 'cluster',
    endpoint: { kind: 'private-and-public', allowedCidrs: ['203.0.113.0/24'] },
    access: [
      { name: 'platform', principalArn: 'arn:aws:iam::123456789012:role/platform', policy: 'cluster-admin' },
      { name: 'shop', principalArn: 'arn:aws:iam::123456789012:role/shop', policy: 'edit', namespaces: ['shop'] },
    ],
  });
  const system = new ManagedNodeGroup(stack, 'system', {
    cluster,
    name: 'system',
    subnets: vpc.privateSubnets,
    os: 'bottlerocket',
    architecture: 'arm64',
    instanceTypes: ['m7g.large'],
    minSize: 1,
    maxSize: 3,
  });
  const workers = new AutoScalingNodeGroup(stack, 'workers', {
    cluster,
    name: 'workers',
    subnets: vpc.privateSubnets,
    architecture: 'x86_64',
    instanceTypes: ['m7i.xlarge', 'm6i.xlarge', 'm7a.xlarge'],
    capacity: { kind: 'mixed', onDemandBase: 1, onDemandPercent: 25 },
    minSize: 1,
    maxSize: 10,
    draining: new NodeDraining(stack, 'draining', { cluster }),
  });
  new StandardAddOns(stack, 'add-ons', { cluster, after: [...system.ready, ...workers.ready] });
});
