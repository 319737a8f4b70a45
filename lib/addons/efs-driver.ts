import { EksAddOn, type EksAddOnConfiguration } from '../cluster/eks-add-on';
import type { AddOn } from './add-on';

export interface EfsDriverProps extends EksAddOnConfiguration {
  /** None is pinned: `aws eks describe-addon-versions --addon-name aws-efs-csi-driver --kubernetes-version ...`. */
  readonly version: string;
}

export const EFS_DRIVER = 'efs-driver';

/** What mounts EFS file systems: an EKS add-on, for `storage({ efs: ... })`. */
export function efsDriver({ version, configuration }: EfsDriverProps): AddOn {
  return {
    name: EFS_DRIVER,
    stack: 'infrastructure',
    install(scope, { cluster, profile, readyForPods }) {
      // Two on one node would want the same port of it.
      const replicas = profile.replicas > 1 ? {} : { replicaCount: 1 };
      new EksAddOn(scope, 'add-on', {
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
    },
  };
}
