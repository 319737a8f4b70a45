import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check, requireProps } from '../core/check';
import { claimPrincipal } from './cluster-registry';
import type { ClusterRef } from './cluster-ref';

/**
 * What a principal may do, by the Kubernetes role that each policy mirrors.
 * Source: "Review access policy permissions", Amazon EKS User Guide.
 */
export const ACCESS_POLICIES = {
  'cluster-admin': 'AmazonEKSClusterAdminPolicy',
  admin: 'AmazonEKSAdminPolicy',
  edit: 'AmazonEKSEditPolicy',
  view: 'AmazonEKSViewPolicy',
  'admin-view': 'AmazonEKSAdminViewPolicy',
} as const;

export type AccessPolicy = keyof typeof ACCESS_POLICIES;

/** A person's role or a pipeline's that may use the Kubernetes API. */
export interface ClusterAccessEntry {
  /** Who it is, such as `platform-team`: part of the entry's state address. */
  readonly name: string;
  /** The role, or the user, that signs in. */
  readonly principalArn: string;
  /** `cluster-admin` is everything; `admin`, `edit` and `view` are the roles of Kubernetes; `admin-view` reads Secrets too. */
  readonly policy: AccessPolicy;
  /**
   * The namespaces that the policy is limited to.
   * @default the whole cluster
   */
  readonly namespaces?: readonly string[];
}

export interface AccessEntryProps extends Omit<ClusterAccessEntry, 'name'> {
  readonly cluster: ClusterRef;
}

/** Source: "CreateAccessEntry" and "Grant IAM users access to Kubernetes with EKS access entries". */
const PRINCIPAL = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/.+$/;

/** Lets people or a pipeline use the Kubernetes API. Not for nodes. */
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
        !PRINCIPAL.test(principalArn) &&
        `principalArn must be the ARN of an IAM role or user, got '${principalArn}'`,
      !Object.hasOwn(ACCESS_POLICIES, props.policy) &&
        `policy is one of ${Object.keys(ACCESS_POLICIES).join(', ')}, got '${String(props.policy)}'`,
      namespaces?.length === 0 && 'namespaces is empty: name some, or leave it out for the whole cluster',
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
  /** The role of the machines, not shared with another group's entry. */
  readonly role: IamRole;
}

/**
 * Lets self-managed nodes join the cluster; their group waits for `entry`. Managed node groups need none: EKS makes
 * theirs, and a second one is refused.
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
      // An entry is bound to the role's unique id: one for a role that was made anew under its old ARN admits nobody.
      lifecycle: { replaceTriggeredBy: [`${role.terraformResourceType}.${role.friendlyUniqueId}.unique_id`] },
    });
  }
}
