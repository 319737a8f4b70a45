import type { Construct } from 'constructs';
import { EksAddOn, type EksAddOnConfiguration } from '../../cluster/eks-add-on';
import type { Infrastructure } from '../../platform/infrastructure';

export interface EfsDriver extends EksAddOnConfiguration {
  /** None is pinned: `aws eks describe-addon-versions --addon-name aws-efs-csi-driver --kubernetes-version ...`. */
  readonly version: string;
}

/** The scope of the driver; it was an add-on of its own. */
export const EFS_DRIVER_ID = 'efs-driver';

/** What mounts EFS file systems: an EKS add-on. */
export function addEfsDriver(
  scope: Construct,
  { facts, cluster, readyForPods }: Infrastructure,
  { version, configuration }: EfsDriver,
): EksAddOn {
  // Two on one node would want the same port of it.
  const replicas = facts.profile.replicas > 1 ? {} : { replicaCount: 1 };
  return new EksAddOn(scope, 'add-on', {
    name: 'aws-efs-csi-driver',
    cluster,
    version,
    configuration: { ...replicas, ...configuration },
    after: readyForPods,
    // Limited to access points that carry the driver's own tag.
    podIdentity: {
      serviceAccount: 'efs-csi-controller-sa',
      managedPolicies: ['service-role/AmazonEFSCSIDriverPolicy'],
    },
  });
}
