import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { StorageClassV1 } from '@cdktf/provider-kubernetes/lib/storage-class-v1';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { addOnRoleName } from '../cluster/eks-add-on';
import { check, type Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { policyDocument } from '../iam/policy-document';
import { labels, type AppIdentity } from '../kubernetes/labels';
import type { AddOn } from './add-on';
import { EFS_DRIVER } from './efs-driver';
import type { Platform } from './platform';

export interface StorageProps {
  /**
   * What becomes of a volume once its claim is deleted.
   * @default 'retain' where the profile protects from deletion, otherwise 'delete'
   */
  readonly onRelease?: 'retain' | 'delete';
  /**
   * Encrypts the volumes with a key of one's own; the EBS driver is allowed to use it. A volume keeps the key that it was
   * made with.
   * @default the account's key for EBS
   */
  readonly kmsKeyArn?: string;
  /**
   * A class `efs` too, for files that pods on several nodes write: each claim gets a folder of its own in the file system.
   * Needs the add-on `efsDriver`.
   * @default none
   */
  readonly efs?: EfsStorage;
}

export interface EfsStorage {
  /** `fs-...`, with a mount target in each zone that the nodes reach on port 2049. */
  readonly fileSystemId: string;
}

const IDENTITY: AppIdentity = { name: 'storage', component: 'storage', partOf: 'platform' };
const EBS_DRIVER = 'aws-ebs-csi-driver';
/** What a claim gets that names no class. */
const DEFAULT_CLASS = { 'storageclass.kubernetes.io/is-default-class': 'true' };

/** The classes that claims of volumes name: `gp3`, which is the default, and `efs` on request. */
export function storage(props: StorageProps = {}): AddOn {
  return {
    name: 'storage',
    stack: 'platform',
    requires: props.efs ? [EFS_DRIVER] : [],
    install(scope, platform) {
      check(scope, ...storageProblems(props));
      const reclaimPolicy = reclaim(props, platform);
      const gp3 = addBlockClass(scope, reclaimPolicy, props.kmsKeyArn);
      if (props.kmsKeyArn) dependsOn(gp3, addKeyPolicy(scope, platform, props.kmsKeyArn));
      if (props.efs) addFileClass(scope, reclaimPolicy, props.efs);
    },
  };
}

function reclaim({ onRelease }: StorageProps, { profile }: Platform): 'Retain' | 'Delete' {
  const kept = onRelease ? onRelease === 'retain' : profile.deletionProtection;
  return kept ? 'Retain' : 'Delete';
}

/** Source: "Parameters" of the EBS CSI driver. */
function addBlockClass(scope: Construct, reclaimPolicy: string, kmsKeyArn?: string): StorageClassV1 {
  return new StorageClassV1(scope, 'gp3', {
    metadata: { name: 'gp3', labels: { ...labels(IDENTITY) }, annotations: DEFAULT_CLASS },
    storageProvisioner: 'ebs.csi.aws.com',
    parameters: { type: 'gp3', encrypted: 'true', ...(kmsKeyArn && { kmsKeyId: kmsKeyArn }) },
    reclaimPolicy,
    allowVolumeExpansion: true,
    // A volume is in one zone: the pod's.
    volumeBindingMode: 'WaitForFirstConsumer',
  });
}

/** Source: "Storage Class Parameters" of the EFS CSI driver. */
function addFileClass(scope: Construct, reclaimPolicy: string, { fileSystemId }: EfsStorage): StorageClassV1 {
  return new StorageClassV1(scope, 'efs', {
    metadata: { name: 'efs', labels: { ...labels(IDENTITY) } },
    storageProvisioner: 'efs.csi.aws.com',
    parameters: { provisioningMode: 'efs-ap', fileSystemId, directoryPerms: '700' },
    reclaimPolicy,
    // A file system has no size.
    allowVolumeExpansion: false,
    volumeBindingMode: 'Immediate',
  });
}

/** Source: "Store Kubernetes volumes with Amazon EBS", Amazon EKS User Guide: the step for a key of one's own. */
function addKeyPolicy(scope: Construct, { cluster }: Platform, kmsKeyArn: string): IamRolePolicy {
  return new IamRolePolicy(scope, 'ebs-key', {
    name: 'volume-key',
    role: addOnRoleName(scope, cluster.clusterName, EBS_DRIVER),
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

const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;
const FILE_SYSTEM = /^fs-[0-9a-f]{8,40}$/;

function storageProblems({ kmsKeyArn, efs }: StorageProps): readonly Problem[] {
  return [
    kmsKeyArn !== undefined &&
      !Token.isUnresolved(kmsKeyArn) &&
      !KEY_ARN.test(kmsKeyArn) &&
      `kmsKeyArn must be the ARN of a KMS key, not of an alias, got '${kmsKeyArn}'`,
    efs !== undefined &&
      !Token.isUnresolved(efs.fileSystemId) &&
      !FILE_SYSTEM.test(efs.fileSystemId) &&
      `efs.fileSystemId must be the id of an EFS file system, such as fs-0a1b2c3d4e5f60718, got '${efs.fileSystemId}'`,
  ];
}
