import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { StorageClassV1 } from '@cdktf/provider-kubernetes/lib/storage-class-v1';
import type { Construct } from 'constructs';
import { ReplacementTrigger } from '../../core/replacement-trigger';
import { policyDocument } from '../../iam/policy-document';
import { labels, type AppIdentity } from '../../kubernetes/labels';

const IDENTITY: AppIdentity = { name: 'storage', component: 'storage', partOf: 'platform' };
/** Used by claims that specify no class. */
const DEFAULT_CLASS = { 'storageclass.kubernetes.io/is-default-class': 'true' };

/**
 * Replaces the classes when the policy changes: it is immutable, and the provider reports an update that it never makes. For
 * other immutable fields the provider replaces them itself.
 */
export function addReclaimPolicy(scope: Construct, policy: 'Retain' | 'Delete'): ReplacementTrigger {
  return new ReplacementTrigger(scope, 'reclaim-policy', policy);
}

/** Source: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md */
export function addBlockClass(scope: Construct, policy: ReplacementTrigger, kmsKeyArn?: string): StorageClassV1 {
  return new StorageClassV1(scope, 'gp3', {
    metadata: { name: 'gp3', labels: { ...labels(IDENTITY) }, annotations: DEFAULT_CLASS },
    storageProvisioner: 'ebs.csi.aws.com',
    parameters: { type: 'gp3', encrypted: 'true', ...(kmsKeyArn && { kmsKeyId: kmsKeyArn }) },
    reclaimPolicy: policy.value,
    allowVolumeExpansion: true,
    // The volume must be in the pod's zone.
    volumeBindingMode: 'WaitForFirstConsumer',
    lifecycle: { replaceTriggeredBy: [policy.reference] },
  });
}

/**
 * Source: "Storage Class Parameters", https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/README.md
 */
export function addFileClass(scope: Construct, policy: ReplacementTrigger, fileSystemId: string): StorageClassV1 {
  return new StorageClassV1(scope, 'efs', {
    metadata: { name: 'efs', labels: { ...labels(IDENTITY) } },
    storageProvisioner: 'efs.csi.aws.com',
    parameters: { provisioningMode: 'efs-ap', fileSystemId, directoryPerms: '700' },
    reclaimPolicy: policy.value,
    // A file system has no size.
    allowVolumeExpansion: false,
    volumeBindingMode: 'Immediate',
    lifecycle: { replaceTriggeredBy: [policy.reference] },
  });
}

/**
 * The permissions for a customer managed key. Source: "Use Kubernetes volume storage with Amazon EBS",
 * https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
 */
export function addKeyPolicy(scope: Construct, driverRoleName: string, kmsKeyArn: string): IamRolePolicy {
  return new IamRolePolicy(scope, 'ebs-key', {
    name: 'volume-key',
    role: driverRoleName,
    policy: policyDocument(
      {
        actions: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
        resources: [kmsKeyArn],
        conditions: { Bool: { 'kms:GrantIsForAWSResource': ['true'] } },
      },
      {
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        resources: [kmsKeyArn],
      },
    ),
  });
}
