import { Token } from 'cdktf';
import { check, type Problem } from '../../core/check';
import { dependsOn } from '../../core/depends-on';
import type { AddOn } from '../../platform/add-on';
import type { EnvironmentFacts } from '../../platform/facts';
import { addBlockClass, addFileClass, addKeyPolicy } from './classes';
import { addEfsDriver, EFS_DRIVER_ID, type EfsDriver } from './efs-driver';

export interface StorageProps {
  /**
   * What happens to a volume when its claim is deleted.
   * @default 'retain' where the profile protects from deletion, otherwise 'delete'
   */
  readonly onRelease?: 'retain' | 'delete';
  /**
   * Encrypts the volumes with a customer managed key; the EBS driver is allowed to use it. A volume keeps the key that it
   * was created with.
   * @default the account's key for EBS
   */
  readonly kmsKeyArn?: string;
  /**
   * A class `efs` too, for files that pods on several nodes write: each claim gets a folder of its own in the file system.
   * @default none
   */
  readonly efs?: EfsStorage;
}

export interface EfsStorage {
  /** `fs-...`, with a mount target in each zone that the nodes reach on port 2049. */
  readonly fileSystemId: string;
  /** The EKS add-on to install, or `installed` where the cluster has the driver already. */
  readonly driver: EfsDriver | 'installed';
}

const EBS_DRIVER = 'aws-ebs-csi-driver';

/** The storage classes of the cluster: `gp3`, which is the default, and `efs` on request, with its driver. */
export function storage(props: StorageProps = {}): AddOn {
  const { kmsKeyArn, efs } = props;
  return {
    name: 'storage',
    infrastructureId: EFS_DRIVER_ID,
    ...(efs &&
      efs.driver !== 'installed' && {
        infrastructure(scope, infrastructure) {
          check(scope, ...driverProblems(efs));
          addEfsDriver(scope, infrastructure, efs.driver as EfsDriver);
        },
      }),
    platform(scope, { facts }) {
      const driverRoleName = facts.eksAddOnRoleNames[EBS_DRIVER];
      check(scope, ...storageProblems(props), keyProblem(kmsKeyArn, driverRoleName));

      const policy = reclaimPolicy(props, facts);
      const gp3 = addBlockClass(scope, policy, kmsKeyArn);
      if (kmsKeyArn) dependsOn(gp3, addKeyPolicy(scope, driverRoleName!, kmsKeyArn));
      if (efs) addFileClass(scope, policy, efs.fileSystemId);
    },
  };
}

function reclaimPolicy({ onRelease }: StorageProps, { profile }: EnvironmentFacts): 'Retain' | 'Delete' {
  const isRetained = onRelease ? onRelease === 'retain' : profile.deletionProtection;
  return isRetained ? 'Retain' : 'Delete';
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
    ...(efs ? driverProblems(efs) : []),
  ];
}

function driverProblems({ driver }: EfsStorage): readonly Problem[] {
  return [
    driver !== 'installed' &&
      !driver?.version &&
      "efs.driver is required: { version: 'v2.1.0-eksbuild.1' } of the EKS add-on aws-efs-csi-driver, or 'installed'",
  ];
}

function keyProblem(kmsKeyArn: string | undefined, driverRoleName: string | undefined): Problem {
  return (
    kmsKeyArn !== undefined &&
    driverRoleName === undefined &&
    `kmsKeyArn is set, and the cluster has no EKS add-on '${EBS_DRIVER}' whose role could be allowed to use the key: install it`
  );
}
