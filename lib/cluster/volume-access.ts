import type { Problem } from '../core/check';
import type { ClusterRef } from './cluster-ref';

/** Drivers from this minor version on tag what they create with the cluster's name, which the EKS add-on passes. */
const TAGS_SINCE = 58;

/**
 * Sources: "AmazonEBSCSIDriverEKSClusterScopedPolicy",
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEBSCSIDriverEKSClusterScopedPolicy.html;
 * "New Managed Policies Available for the EBS CSI Driver",
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/issues/2918
 */
export function ebsDriverPodIdentity({ clusterName, volumeAccess }: ClusterRef) {
  const serviceAccount = 'ebs-csi-controller-sa';
  return volumeAccess === 'cluster'
    ? {
        serviceAccount,
        managedPolicies: ['AmazonEBSCSIDriverEKSClusterScopedPolicy'],
        // Pod Identity also sets it, as a session tag.
        tags: { 'eks-cluster-name': clusterName },
      }
    : // Limited to volumes with the driver's tag, which has no cluster's name.
      { serviceAccount, managedPolicies: ['AmazonEBSCSIDriverPolicyV2'] };
}

/** EKS tags the instances of managed node groups with `eks:cluster-name`, self-managed ones need a tag of their own. */
export function volumeAccessTags({ clusterName, volumeAccess }: ClusterRef): Readonly<Record<string, string>> {
  return volumeAccess === 'cluster' ? { 'ebs.csi.aws.com/cluster-name': clusterName } : {};
}

export function driverVersionProblem({ volumeAccess }: ClusterRef, version: string | undefined): Problem {
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version ?? '') ?? [];
  return (
    volumeAccess === 'cluster' &&
    major === '1' &&
    Number(minor) < TAGS_SINCE &&
    `volumeAccess is 'cluster', but version ${version} of aws-ebs-csi-driver does not tag volumes with the cluster's name: use v1.${TAGS_SINCE}.0 or later, or set volumeAccess to 'account'`
  );
}
