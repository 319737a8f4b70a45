import type { ClusterRef } from '../../lib/cluster/cluster-ref';

/** A cluster that is not of the app: a plain object. */
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
