import { physicalName } from '../core/naming';

/** The EKS add-ons of an environment whose pods have an IAM role. */
const WITH_ROLE = ['aws-ebs-csi-driver', 'vpc-cni'] as const;

/** The name of an EKS add-on's role. IAM is global: a cluster of the same name in another region has its own. */
export function eksAddOnRoleName(region: string, clusterName: string, addOn: string): string {
  return physicalName('iam-role', clusterName, region, addOn);
}

/** The names of the roles of the add-ons that are installed, by add-on. */
export function eksAddOnRoleNames(
  region: string,
  clusterName: string,
  settings: Readonly<Partial<Record<string, unknown>>> = {},
): Readonly<Record<string, string>> {
  const isInstalled = (addOn: string) => settings[addOn] !== 'none';
  const withRole = WITH_ROLE.filter(
    // Without the agent the CNI has the nodes' permissions.
    (addOn) => isInstalled(addOn) && (addOn !== 'vpc-cni' || isInstalled('eks-pod-identity-agent')),
  );
  return Object.fromEntries(withRole.map((addOn) => [addOn, eksAddOnRoleName(region, clusterName, addOn)]));
}
