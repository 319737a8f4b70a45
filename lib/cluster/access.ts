import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check, requireProps } from '../core/check';
import { claimPrincipal } from './cluster-registry';
import type { ClusterRef } from './cluster-ref';
import { isPrincipal } from './principal';

/**
 * EKS access policies, by the Kubernetes role that each one mirrors.
 * Source: "Review access policy permissions",
 * https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export const ACCESS_POLICIES = {
  'cluster-admin': 'AmazonEKSClusterAdminPolicy',
  admin: 'AmazonEKSAdminPolicy',
  edit: 'AmazonEKSEditPolicy',
  view: 'AmazonEKSViewPolicy',
  'admin-view': 'AmazonEKSAdminViewPolicy',
} as const;

export type AccessPolicy = keyof typeof ACCESS_POLICIES;

/** An IAM role or user, of an operator or a pipeline, with access to the Kubernetes API. */
export interface ClusterAccessEntry {
  /** Such as `platform-team`, for readers: an entry keeps its state when it is renamed. */
  readonly name: string;
  /** ARN of the IAM role or user that authenticates. */
  readonly principalArn: string;
  /**
   * `cluster-admin` has full access; `admin`, `edit` and `view` mirror Kubernetes' roles; `admin-view` also reads
   * Secrets.
   */
  readonly policy: AccessPolicy;
  /**
   * Namespaces that the policy is scoped to.
   * @default the whole cluster
   */
  readonly namespaces?: readonly string[];
}

export interface AccessEntryProps extends Omit<ClusterAccessEntry, 'name'> {
  readonly cluster: ClusterRef;
}

/** Grants an operator or a pipeline access to the Kubernetes API. Not for nodes. */
export class AccessEntry extends Construct {
  readonly entry: EksAccessEntry;
  readonly policy: EksAccessPolicyAssociation;

  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    requireProps(this, props, 'cluster', 'principalArn', 'policy');
    const { cluster, principalArn, namespaces } = props;
    check(
      this,
      !Token.isUnresolved(principalArn) &&
        !isPrincipal(principalArn) &&
        `principalArn must be the ARN of an IAM role or user, got '${principalArn}'`,
      !Object.hasOwn(ACCESS_POLICIES, props.policy) &&
        `policy must be one of ${Object.keys(ACCESS_POLICIES).join(', ')}, got '${String(props.policy)}'`,
      namespaces?.length === 0 && 'namespaces is empty: list at least one, or omit it for the whole cluster',
      claimPrincipal(this, cluster, principalArn, 'user'),
    );

    this.entry = new EksAccessEntry(this, 'entry', {
      clusterName: cluster.clusterId ?? cluster.clusterName,
      principalArn,
      type: 'STANDARD',
    });
    this.policy = new EksAccessPolicyAssociation(this, 'policy', {
      clusterName: this.entry.clusterName,
      principalArn: this.entry.principalArn,
      policyArn: `arn:${awsContext(this).partition}:eks::aws:cluster-access-policy/${ACCESS_POLICIES[props.policy]}`,
      accessScope: namespaces ? { type: 'namespace', namespaces: [...namespaces] } : { type: 'cluster' },
    });
  }
}

export interface NodeAccessEntryProps {
  readonly cluster: ClusterRef;
  /** The nodes' IAM role, not shared with another group's entry. */
  readonly role: IamRole;
}

/**
 * Lets self-managed nodes join the cluster; their group depends on `entry`. Managed node groups need none: EKS creates
 * theirs and rejects a second one.
 */
export class NodeAccessEntry extends Construct {
  readonly entry: EksAccessEntry;

  constructor(scope: Construct, id: string, { cluster, role }: NodeAccessEntryProps) {
    super(scope, id);
    check(this, claimPrincipal(this, cluster, role, 'self-managed'));

    this.entry = new EksAccessEntry(this, 'entry', {
      clusterName: cluster.clusterId ?? cluster.clusterName,
      principalArn: role.arn,
      type: 'EC2_LINUX',
      // An entry is bound to the role's unique ID: it no longer matches a role that was recreated with the same ARN.
      lifecycle: { replaceTriggeredBy: [`${role.terraformResourceType}.${role.friendlyUniqueId}.unique_id`] },
    });
  }
}
