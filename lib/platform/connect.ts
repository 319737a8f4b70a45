import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { TerraformStack } from 'cdktf';
import { awsContext } from '../core/aws-context';
import { clusterConnection, type ConnectableCluster } from '../kubernetes/cluster-connection';

/**
 * Adds the Kubernetes provider for a cluster to a stack. The token is fetched by `aws eks get-token` whenever Terraform
 * starts the provider: none is stored in the state.
 */
export function connectCluster(stack: TerraformStack, cluster: ConnectableCluster): KubernetesProvider {
  const { exec, ...connection } = clusterConnection(cluster, awsContext(stack).region);
  // cdktf writes 'kubernetes', which OpenTofu may resolve to another namespace.
  stack.addOverride('terraform.required_providers.kubernetes.source', 'hashicorp/kubernetes');
  return new KubernetesProvider(stack, 'kubernetes', { ...connection, exec: [exec] });
}
