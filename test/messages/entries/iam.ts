import { WorkloadRole, type WorkloadRoleProps } from '../../../lib/iam/workload-role';
import { existingCluster } from '../../support/cluster';
import { group, inStack, type Group } from '../try';

export const GROUPS: readonly Group[] = [
  group(
    inStack((stack, props: Partial<WorkloadRoleProps>) => {
      new WorkloadRole(stack, 'role', {
        name: 'shop',
        description: 'The shop',
        cluster: existingCluster(),
        namespace: 'shop',
        serviceAccount: 'shop',
        ...props,
      });
    }),
    {
      "trust is 'irsa' and cluster '{}' has no oidcProviderArn: set oidcProvider on the cluster, or use 'pod-identity'":
        {
          wrong: { trust: 'irsa' },
          right: { trust: 'pod-identity' },
        },
    },
  ),
];
