import type { Construct } from 'constructs';
import { jsonObject } from '../../core/json-shape';
import { object, optional, text } from '../../core/shape';
import { EksAddOn } from '../../cluster/eks-add-on';
import type { EksAddOnConfiguration } from '../../cluster/eks-add-on-props';
import type { Infrastructure } from '../../platform/infrastructure';

export interface EfsDriver extends EksAddOnConfiguration {
  /** Not pinned: see `aws eks describe-addon-versions --addon-name aws-efs-csi-driver --kubernetes-version ...`. */
  readonly version: string;
}

export const EFS_DRIVER = object<EfsDriver>(
  {
    version: text('a version of the EKS add-on, such as v2.1.0-eksbuild.1', /^v\d+\.\d+\.\d+-eksbuild\.\d+$/),
    configuration: optional(jsonObject()),
  },
  { expected: "{ version: 'v2.1.0-eksbuild.1' } of the EKS add-on aws-efs-csi-driver" },
);

/** The EFS CSI driver, as an EKS add-on. */
export function addEfsDriver(
  scope: Construct,
  { facts, cluster, readyForPods }: Infrastructure,
  { version, configuration }: EfsDriver,
): EksAddOn {
  // Two replicas on one node would conflict on a host port.
  const replicas = facts.profile.replicas > 1 ? {} : { replicaCount: 1 };
  return new EksAddOn(scope, 'add-on', {
    name: 'aws-efs-csi-driver',
    cluster,
    version,
    configuration: { ...replicas, ...configuration },
    after: readyForPods,
    // Restricted to access points with the driver's tag.
    podIdentity: {
      serviceAccount: 'efs-csi-controller-sa',
      managedPolicies: ['service-role/AmazonEFSCSIDriverPolicy'],
    },
  });
}
