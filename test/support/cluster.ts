import type { ClusterRef } from '../../lib/cluster/cluster-ref';
import type { VpcRef } from '../../lib/network/vpc-ref';

/** A cluster outside the app, as a plain object. */
export function existingCluster(overrides: Partial<ClusterRef> = {}): ClusterRef {
  return {
    clusterName: 'legacy',
    kubernetesVersion: '1.34',
    endpoint: 'https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
    certificateAuthority: 'Q0E=',
    serviceCidr: '172.20.0.0/16',
    nodeSecurityGroupIds: ['sg-cluster'],
    loadBalancerTargetSecurityGroupId: 'sg-targets',
    ...overrides,
  };
}

/** A VPC outside the app, with private and intra subnets in `zones`. */
export function existingVpc(
  zones: readonly string[] = ['eu-west-1a', 'eu-west-1b'],
  tiers = ['private', 'intra'],
): VpcRef {
  const subnets = (tier: string) =>
    tiers.includes(tier)
      ? zones.map((zone, index) => ({ subnetId: `subnet-${tier}-${zone}`, zone, cidr: `10.20.${index}.0/24` }))
      : [];
  return {
    vpcId: 'vpc-1',
    cidr: '10.20.0.0/16',
    publicSubnets: subnets('public'),
    privateSubnets: subnets('private'),
    intraSubnets: subnets('intra'),
  };
}
