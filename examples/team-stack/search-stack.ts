import {
  AliasRecords,
  ApplicationLoadBalancer,
  AwsStack,
  Certificate,
  ManagedNodeGroup,
  type AwsStackProps,
  type ClusterRef,
  type HostedZoneRef,
  type VpcRef,
} from 'quayside';
import type { Construct } from 'constructs';

// Existing resources, such as the platform team's, as plain objects.
const vpc: VpcRef = {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  cidr: '10.60.0.0/16',
  publicSubnets: [
    { zone: 'eu-west-1a', subnetId: 'subnet-0a1b2c3d4e5f60711', cidr: '10.60.0.0/24' },
    { zone: 'eu-west-1b', subnetId: 'subnet-0a1b2c3d4e5f60712', cidr: '10.60.1.0/24' },
  ],
  privateSubnets: [
    { zone: 'eu-west-1a', subnetId: 'subnet-0a1b2c3d4e5f60713', cidr: '10.60.16.0/20' },
    { zone: 'eu-west-1b', subnetId: 'subnet-0a1b2c3d4e5f60714', cidr: '10.60.32.0/20' },
  ],
  intraSubnets: [],
};
const cluster: ClusterRef = {
  clusterName: 'legacy',
  kubernetesVersion: '1.34',
  endpoint: 'https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
  certificateAuthority: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t',
  serviceCidr: '172.20.0.0/16',
  nodeSecurityGroupIds: ['sg-0a1b2c3d4e5f60715'],
  loadBalancerTargetSecurityGroupId: 'sg-0a1b2c3d4e5f60716',
};
const zone: HostedZoneRef = { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'team.example.com' };

export interface SearchStackProps extends AwsStackProps {
  /** Maximum number of nodes per zone. */
  readonly maxNodes: number;
}

/** The team's own nodes, certificate, load balancer and DNS name. */
export class SearchStack extends AwsStack {
  constructor(scope: Construct, id: string, props: SearchStackProps) {
    super(scope, id, props);

    const nodes = new ManagedNodeGroup(this, 'nodes', {
      cluster,
      name: 'search',
      subnets: vpc.privateSubnets,
      architecture: 'arm64',
      instanceTypes: ['r7g.large', 'r6g.large'],
      capacity: { kind: 'spot' },
      taints: [{ key: 'team', value: 'search', effect: 'NoSchedule' }],
      minSize: 1,
      maxSize: props.maxNodes,
    });
    const certificate = new Certificate(this, 'certificate', { domainName: zone.zoneName, zones: [zone] });
    const balancer = new ApplicationLoadBalancer(this, 'load-balancer', {
      name: 'search',
      vpc,
      certificates: [certificate],
      targetSecurityGroupId: cluster.loadBalancerTargetSecurityGroupId,
      targets: nodes.groups.map(({ zone, autoScalingGroupName }) => ({ key: zone, autoScalingGroupName })),
      logs: { kind: 'off', reason: 'internal search, nobody reads them' },
    });
    new AliasRecords(this, 'alias', {
      zone,
      name: zone.zoneName,
      target: { dnsName: balancer.dnsName, hostedZoneId: balancer.zoneId },
    });
  }
}
