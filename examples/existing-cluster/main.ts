import {
  AddOnsStack,
  ApplicationLoadBalancer,
  clusterAutoscaler,
  EnvironmentProfile,
  externalDns,
  ingress,
  storage,
  synthesize,
  type ClusterRef,
  type HostedZoneRef,
  type VpcRef,
} from 'quayside';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

/** What exists: plain objects, from the console, `aws eks describe-cluster` or another Terraform project's outputs. */
const vpc: VpcRef = {
  vpcId: 'vpc-0a1b2c3d4e5f60711',
  cidr: '10.90.0.0/16',
  publicSubnets: [
    { zone: 'eu-west-1a', subnetId: 'subnet-0a1b2c3d4e5f60711', cidr: '10.90.0.0/24' },
    { zone: 'eu-west-1b', subnetId: 'subnet-0a1b2c3d4e5f60712', cidr: '10.90.1.0/24' },
    { zone: 'eu-west-1c', subnetId: 'subnet-0a1b2c3d4e5f60713', cidr: '10.90.2.0/24' },
  ],
  privateSubnets: [
    { zone: 'eu-west-1a', subnetId: 'subnet-0a1b2c3d4e5f60721', cidr: '10.90.128.0/20' },
    { zone: 'eu-west-1b', subnetId: 'subnet-0a1b2c3d4e5f60722', cidr: '10.90.144.0/20' },
    { zone: 'eu-west-1c', subnetId: 'subnet-0a1b2c3d4e5f60723', cidr: '10.90.160.0/20' },
  ],
  intraSubnets: [],
};
const cluster: ClusterRef = {
  clusterName: 'legacy',
  kubernetesVersion: '1.35',
  endpoint: 'https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
  certificateAuthority: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t',
  serviceCidr: '172.20.0.0/16',
  nodeSecurityGroupIds: ['sg-0a1b2c3d4e5f60711'],
  loadBalancerTargetSecurityGroupId: 'sg-0a1b2c3d4e5f60711',
};
const zone: HostedZoneRef = { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'legacy.example.com' };
const certificate = {
  certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000',
  domainNames: [zone.zoneName, `*.${zone.zoneName}`],
};

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  const stack = new AddOnsStack(app, 'legacy-add-ons', {
    account: '123456789012',
    region: 'eu-west-1',
    cluster,
    vpc,
    zone,
    domain: zone.zoneName,
    profile: EnvironmentProfile.ha(),
    nodePools: [
      {
        name: 'workers',
        kind: 'managed',
        labels: {},
        taints: [],
        architecture: 'amd64',
        zones: ZONES,
        minNodes: 3,
        maxNodes: 9,
        ingress: true,
      },
    ],
    addOns: [ingress(), storage(), externalDns(), clusterAutoscaler()],
  });
  // The same contract of ports and timings that the ingress has.
  new ApplicationLoadBalancer(stack, 'load-balancer', {
    name: 'legacy',
    vpc,
    certificates: [certificate],
    targetSecurityGroupId: cluster.loadBalancerTargetSecurityGroupId,
    targets: [{ key: 'workers', autoScalingGroupName: 'eks-workers-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9' }],
    traffic: stack.facts.traffic,
    logs: { kind: 'off', reason: 'the account logs at its CDN' },
  });
});
