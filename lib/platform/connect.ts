import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { ClusterRef } from '../cluster/cluster-ref';
import { awsContext, REGION } from '../core/aws-context';
import { check } from '../core/check';
import { literalText } from '../core/literal-text';
import { DEPENDABLES } from '../core/depends-on';
import { bool, list, optional, oneOf, ref, shapeProblems, text } from '../core/shape';
import { clusterConnection, type ConnectableCluster } from '../kubernetes/cluster-connection';

/** A `ClusterRef` has more properties, which a connection does not need. */
type ConnectableData = ConnectableCluster & Partial<ClusterRef>;

const CLUSTER = ref<ConnectableData>('a cluster, such as new Cluster(...)', {
  clusterName: text(),
  clusterId: optional(text()),
  region: optional(text('an AWS region, such as eu-west-1', REGION)),
  kubernetesVersion: optional(text()),
  endpoint: text(
    'the URL of the API server, such as https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
    /^https:\/\/\S+$/,
  ),
  certificateAuthority: text('Base64, as EKS returns it', /^[A-Za-z0-9+/=]+$/),
  serviceCidr: optional(text()),
  nodeSecurityGroupIds: optional(list(text())),
  loadBalancerTargetSecurityGroupId: optional(text()),
  oidcProviderArn: optional(text()),
  readyForNodes: optional(DEPENDABLES),
  cniHasPodIdentity: optional(bool),
  prefixDelegation: optional(bool),
  volumeAccess: optional(oneOf('account', 'cluster')),
  pullThroughCaches: optional(list(text())),
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
