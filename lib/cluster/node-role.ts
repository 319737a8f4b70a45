import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { physicalName } from '../core/naming';
import { ServiceRole } from '../iam/service-role';
import type { ClusterRef } from './cluster-ref';

export interface NodeRoleProps {
  readonly cluster: ClusterRef;
  /** Stands in the role's name beside the cluster's. */
  readonly name: string;
}

/** Join the cluster, pull images without pushing any, and be reached through Session Manager instead of SSH. */
const POLICIES = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'];
/** Only where the CNI has no identity of its own: every pod on the node could use it. */
const CNI_POLICY = 'AmazonEKS_CNI_Policy';

/** What the machines of a node group may do in AWS. Pods have identities of their own. */
export class NodeRole extends Construct {
  readonly role: IamRole;
  /** What must exist before a node starts, and must outlive it. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { cluster, name }: NodeRoleProps) {
    super(scope, id);
    const service = new ServiceRole(this, 'role', {
      name: physicalName('iam-role', cluster.clusterName, awsContext(this).region, name, 'nodes'),
      description: `Nodes of ${cluster.clusterName}: ${name}`,
      service: 'ec2.amazonaws.com',
      managedPolicies: cluster.cniHasPodIdentity === false ? [...POLICIES, CNI_POLICY] : POLICIES,
    });
    this.role = service.role;
    this.policies = service.policies;
  }
}
