import type { ClusterSummary, ClusterPrincipal, EksAddOnSummary } from '../model';
import { order, unique, type Resource, type SynthesizedStacks } from '../synthesized';

export function clusters(stacks: SynthesizedStacks): readonly ClusterSummary[] {
  return stacks.ofType('aws_eks_cluster').map((cluster) => ({
    construct: cluster.construct,
    name: cluster.text('name') ?? '',
    version: cluster.text('version') ?? '',
    privateEndpoint: cluster.get('vpc_config.endpoint_private_access') === true,
    publicCidrs: publicCidrs(cluster),
    logs: cluster.texts('enabled_cluster_log_types'),
    deletionProtection: cluster.get('deletion_protection') === true,
    access: access(stacks, cluster),
  }));
}

/**
 * By default, the endpoint is public and open to all.
 * Source: "Cluster API server endpoint", https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
 */
function publicCidrs(cluster: Resource): readonly string[] {
  if (cluster.get('vpc_config.endpoint_public_access') === false) return [];
  const cidrs = cluster.texts('vpc_config.public_access_cidrs');
  return cidrs.length > 0 ? cidrs : ['0.0.0.0/0'];
}

function access(stacks: SynthesizedStacks, cluster: Resource): readonly ClusterPrincipal[] {
  const clusterOf = (one: Resource) => one.target('cluster_name');
  const policies = stacks.ofType('aws_eks_access_policy_association');
  return stacks
    .ofType('aws_eks_access_entry')
    .filter((entry) => clusterOf(entry) === cluster && entry.get('type') === 'STANDARD')
    .map((entry) => ({
      principal: entry.text('principal_arn') ?? '',
      policies: unique([
        ...policies.filter((one) => one.target('principal_arn') === entry).map(policyName),
        ...entry.texts('kubernetes_groups').map((group) => `group ${group}`),
      ]),
    }))
    .sort((a, b) => order(a.principal, b.principal));
}

function policyName(association: Resource): string {
  const name = (association.text('policy_arn') ?? '').replace(/^.*\//, '');
  const namespaces = association.texts('access_scope.namespaces');
  return namespaces.length > 0 ? `${name} in ${namespaces.join(', ')}` : name;
}

export function eksAddOns(stacks: SynthesizedStacks): readonly EksAddOnSummary[] {
  return stacks
    .ofType('aws_eks_addon')
    .map((addOn) => ({
      construct: addOn.construct,
      name: addOn.text('addon_name') ?? '',
      version: addOn.text('addon_version') ?? 'EKS default',
      configured: addOn.get('configuration_values') !== undefined,
    }))
    .sort((a, b) => order(a.name, b.name));
}
