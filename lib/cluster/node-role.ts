import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { formerly } from '../core/formerly';
import { physicalName } from '../core/naming';
import { list, object, optional, text } from '../core/shape';
import type { Statement } from '../iam/policy-document';
import { importStatement, pullThroughCacheArn } from '../iam/pull-through';
import { ServiceRole } from '../iam/service-role';
import { CLUSTER_REF, type ClusterRef } from './cluster-ref';

export interface NodeRoleProps {
  readonly cluster: ClusterRef;
  /** Part of the role's name, along with the cluster's. */
  readonly name: string;
  /**
   * Further managed policies: AWS managed policies by name, with their path, others by ARN. Every pod on the host
   * network has them.
   * @default none
   */
  readonly managedPolicies?: readonly string[];
}

export const NODE_ROLE_PROPS = object<NodeRoleProps>({
  cluster: CLUSTER_REF,
  name: text(),
  managedPolicies: optional(list(text())),
});

/** To join the cluster, pull images but not push, and allow Session Manager instead of SSH. */
const POLICIES = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'];
/** @param prop that has further ones */
export function defaultPolicyProblems(prop: string, policies: readonly string[] = []): readonly Problem[] {
  return policies
    .filter((policy) => POLICIES.includes(policy))
    .map((policy) => `${prop} has '${policy}', which the role of every node has: remove it`);
}

/** Only if the CNI has no role of its own: every pod on the node could use it. */
const CNI_POLICY = 'AmazonEKS_CNI_Policy';

/** IAM role of a node group's instances. Pods have their own roles. */
export class NodeRole extends Construct {
  readonly role: IamRole;
  /** Must be attached before a node starts, and detached after it terminates. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NodeRoleProps) {
    super(scope, id);
    checkProps(this, props, NODE_ROLE_PROPS);
    const { cluster, name, managedPolicies = [] } = props;
    check(this, ...defaultPolicyProblems('managedPolicies', managedPolicies));
    const service = new ServiceRole(this, 'role', {
      name: physicalName('iam-role-prefix', cluster.clusterName, awsContext(this).region, name, 'nodes'),
      // EKS keeps the access entry that it created for a managed node group's role, and binds it to the role's unique ID:
      // for a later role of the same name, nodes could not join with that entry, nor could another one be created.
      uniqueName: true,
      description: `Nodes of ${cluster.clusterName}: ${name}`,
      service: 'ec2.amazonaws.com',
      statements: pullThroughStatements(cluster, awsContext(this)),
      managedPolicies: [...POLICIES, ...(cluster.cniHasPodIdentity === false ? [CNI_POLICY] : []), ...managedPolicies],
    });
    this.role = service.role;
    this.policies = service.policies;
  }
}

/** The policy for pulling lets nodes import images, but not create the repository of one that nobody pulled yet. */
function pullThroughStatements({ pullThroughCaches = [] }: ClusterRef, aws: AwsContext): readonly Statement[] {
  const arns = [...new Set(pullThroughCaches)].sort().flatMap((url) => pullThroughCacheArn(url, aws) ?? []);
  return arns.length > 0 ? [importStatement(arns)] : [];
}

/**
 * A node group's own role, at an address of the group's kind: a change of the kind creates another role, for which there
 * is no access entry yet. Formerly both kinds had it at `role`.
 */
export function addNodeRole(group: Construct, kind: 'managed' | 'self-managed', props: NodeRoleProps): NodeRole {
  const role = new NodeRole(group, `${kind}-role`, props);
  formerly(role, 'role');
  return role;
}
