import { awsContext } from '../../core/aws-context';
import { check, type Problem } from '../../core/check';
import { checkOptions } from '../../core/check-props';
import { dependsOn } from '../../core/depends-on';
import { literalText } from '../../core/literal-text';
import { either, object, oneOf, optional, text } from '../../core/shape';
import { keyRegionProblem } from '../../iam/key-region';
import type { AddOn } from '../../platform/add-on';
import type { EnvironmentFacts } from '../../platform/facts';
import { addBlockClass, addFileClass, addKeyPolicy, addReclaimPolicy } from './classes';
import { addEfsDriver, EFS_DRIVER, type EfsDriver } from './efs-driver';

export interface StorageProps {
  /**
   * What happens to a volume when its claim is deleted. A change replaces the classes under their names; volumes that exist keep
   * their policy: `kubectl patch pv`.
   * @default 'retain' if the profile has deletion protection, otherwise 'delete'
   */
  readonly onRelease?: 'retain' | 'delete';
  /**
   * Customer managed key that encrypts the volumes; the EBS CSI driver gets access to it. A change replaces the class; existing
   * volumes keep their key.
   * @default the account's default key for EBS
   */
  readonly kmsKeyArn?: string;
  /**
   * Adds the class `efs`, for volumes shared by pods on several nodes: each claim gets its own directory in the file
   * system.
   * @default none
   */
  readonly efs?: EfsStorage;
}

export interface EfsStorage {
  /** `fs-...`, with a mount target in each zone, reachable from the nodes on port 2049. */
  readonly fileSystemId: string;
  /** The EKS add-on to install, or `installed` if the cluster already has the driver. */
  readonly driver: EfsDriver | 'installed';
}

const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;
const FILE_SYSTEM = /^fs-[0-9a-f]{8,40}$/;

export const EFS_STORAGE = object<EfsStorage>({
  fileSystemId: text('the id of an EFS file system, such as fs-0a1b2c3d4e5f60718', FILE_SYSTEM),
  driver: either(oneOf('installed'), EFS_DRIVER),
});

export const STORAGE_PROPS = object<StorageProps>({
  onRelease: optional(oneOf('retain', 'delete')),
  kmsKeyArn: optional(text('the ARN of a KMS key, not of an alias', KEY_ARN)),
  efs: optional(EFS_STORAGE),
});

/** The construct id of the EFS driver, from when it was a separate add-on. */
const EFS_DRIVER_ID = 'efs-driver';
const EBS_DRIVER = 'aws-ebs-csi-driver';

/** Storage classes: `gp3`, the default, and optionally `efs` with its driver. */
export function storage(props: StorageProps = {}): AddOn {
  checkOptions('storage', props, STORAGE_PROPS);
  const { kmsKeyArn, efs } = props;
  return {
    name: 'storage',
    infrastructureId: EFS_DRIVER_ID,
    ...(efs &&
      efs.driver !== 'installed' && {
        infrastructure(scope, infrastructure) {
          addEfsDriver(scope, infrastructure, efs.driver as EfsDriver);
        },
      }),
    platform(scope, { facts }) {
      const driverRoleName = facts.eksAddOnRoleNames[EBS_DRIVER];
      literalText(scope);
      check(
        scope,
        driverRoleProblem(kmsKeyArn, driverRoleName),
        // Source: "Amazon EBS encryption", https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
        keyRegionProblem('kmsKeyArn', kmsKeyArn, awsContext(scope)),
      );

      const policy = addReclaimPolicy(scope, reclaimPolicy(props, facts));
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

function driverRoleProblem(kmsKeyArn: string | undefined, driverRoleName: string | undefined): Problem {
  return (
    kmsKeyArn !== undefined &&
    driverRoleName === undefined &&
    `kmsKeyArn is set, but the cluster has no EKS add-on '${EBS_DRIVER}' whose role could use the key: install it, and for an existing cluster set eksAddOnRoleNames`
  );
}
