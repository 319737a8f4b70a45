import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { TerraformStack } from 'cdktf';
import { CLUSTER_SHAPES, type ClusterRef } from '../cluster/cluster-ref';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { CLUSTER_NAME } from '../core/cluster-name';
import { literalText } from '../core/literal-text';
import { optional, ref, shapeProblems } from '../core/shape';
import { clusterConnection, type ConnectableCluster } from '../kubernetes/cluster-connection';

/** A `ClusterRef` has more properties, which a connection does not need. */
type ConnectableData = ConnectableCluster & Partial<ClusterRef>;

const CLUSTER = ref<ConnectableData>('a cluster, such as new Cluster(...)', {
  ...CLUSTER_SHAPES,
  clusterName: CLUSTER_NAME,
  kubernetesVersion: optional(CLUSTER_SHAPES.kubernetesVersion),
  serviceCidr: optional(CLUSTER_SHAPES.serviceCidr),
  nodeSecurityGroupIds: optional(CLUSTER_SHAPES.nodeSecurityGroupIds),
  loadBalancerTargetSecurityGroupId: optional(CLUSTER_SHAPES.loadBalancerTargetSecurityGroupId),
});

/**
 * Adds the Kubernetes provider for a cluster to a stack. The token is fetched by `aws eks get-token` whenever Terraform
 * starts the provider: none is stored in the state.
 */
export function connectCluster(stack: TerraformStack, cluster: ConnectableCluster): KubernetesProvider {
  check(stack, ...shapeProblems(cluster, CLUSTER, 'cluster'));
  const { exec, ...connection } = clusterConnection(cluster, awsContext(stack).region);
  // cdktf writes 'kubernetes', which OpenTofu may resolve to another namespace.
  stack.addOverride('terraform.required_providers.kubernetes.source', 'hashicorp/kubernetes');
  const provider = new KubernetesProvider(stack, 'kubernetes', { ...connection, exec: [exec] });
  literalText(provider);
  return provider;
}
