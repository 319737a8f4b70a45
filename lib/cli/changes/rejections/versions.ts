import { isGone, type PlannedResource, type PlannedResources } from '../planned-resources';
import { textAt } from '../values-at';
import type { Rejected } from './rejected';

/**
 * EKS upgrades a control plane by one minor version at a time.
 * Source: "Update existing cluster to new Kubernetes version", https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 */
export function clusterVersion({ before, after, action }: PlannedResource): Rejected | undefined {
  if (action !== 'change') return undefined;
  const [from, to] = [minor(textAt(before, 'version')), minor(textAt(after, 'version'))];
  if (from === undefined || to === undefined || to === from || to === from + 1) return undefined;
  const change = `Kubernetes ${textAt(before, 'version')} to ${textAt(after, 'version')}`;
  if (to < from) {
    return {
      reason: `${change}: an apply does not downgrade a control plane`,
      steps: [
        `keep ${textAt(before, 'version')}`,
        'within seven days of an upgrade, EKS can roll it back, outside Terraform: https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html',
      ],
    };
  }
  const steps = Array.from({ length: to - from }, (_, index) => `apply 1.${from + index + 1}, control plane and nodes`);
  return { reason: `${change}: EKS upgrades one minor version at a time`, steps };
}

/** A kubelet must not be newer than the API server. */
export function nodeGroupVersion(resource: PlannedResource, resources: PlannedResources): Rejected | undefined {
  const version = textAt(resource.after, 'version');
  const name = textAt(resource.before, 'cluster_name');
  const cluster = resources.existing('aws_eks_cluster').find(({ before }) => textAt(before, 'name') === name);
  const [nodes, controlPlane] = [minor(version), minor(textAt(cluster?.after, 'version'))];
  if (isGone(resource) || resource.action === 'keep' || nodes === undefined || controlPlane === undefined)
    return undefined;
  if (nodes <= controlPlane) return undefined;
  return {
    reason: `Kubernetes ${version} is newer than the cluster's ${textAt(cluster!.after, 'version')}`,
    steps: [`upgrade ${cluster!.path} to ${version} first`, 'then the nodes'],
  };
}

function minor(version: string): number | undefined {
  const found = /^1\.(\d+)/.exec(version)?.[1];
  return found === undefined ? undefined : Number(found);
}
