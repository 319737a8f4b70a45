import { list, object, oneOf, optional, text, type Shapes } from '../core/shape';
import { CLUSTER_REF, type ClusterRef } from './cluster-ref';

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

/** What a principal may do, and where. */
export interface AccessPolicyScope {
  /**
   * `cluster-admin` has full access; `admin`, `edit` and `view` mirror Kubernetes' roles; `admin-view` also reads
   * Secrets.
   */
  readonly policy: AccessPolicy;
  /**
   * Namespaces that the policy is scoped to, also as patterns such as `team-*`.
   * @default the whole cluster
   */
  readonly namespaces?: readonly string[];
}

const POLICY = oneOf(...(Object.keys(ACCESS_POLICIES) as AccessPolicy[]));

export const ACCESS_POLICY_SCOPE = object<AccessPolicyScope>({ policy: POLICY, namespaces: optional(list(text())) });

/** An IAM role or user, of an operator or a pipeline, with access to the Kubernetes API. */
export interface ClusterAccessEntry extends Partial<AccessPolicyScope> {
  /** Such as `platform-team`, for readers: an entry keeps its state when it is renamed. */
  readonly name: string;
  /** ARN of the IAM role or user that authenticates, of this account or another. */
  readonly principalArn: string;
  /**
   * Several policies, each with its own namespaces, instead of `policy`.
   * @default none
   */
  readonly policies?: readonly AccessPolicyScope[];
  /**
   * Kubernetes groups of the principal, as subjects of RoleBindings.
   * @default none
   */
  readonly groups?: readonly string[];
}

/** What a principal may do, for types that name the principal in their own way. */
export const ACCESS: Shapes<Omit<ClusterAccessEntry, 'name' | 'principalArn'>> = {
  policy: optional(POLICY),
  namespaces: optional(list(text())),
  policies: optional(list(ACCESS_POLICY_SCOPE)),
  groups: optional(list(text())),
};

const PRINCIPAL_ARN = text('the ARN of an IAM role or user, such as arn:aws:iam::123456789012:role/platform');

export const CLUSTER_ACCESS_ENTRY = object<ClusterAccessEntry>({
  name: text(),
  principalArn: PRINCIPAL_ARN,
  ...ACCESS,
});

export interface AccessEntryProps extends Omit<ClusterAccessEntry, 'name'> {
  readonly cluster: ClusterRef;
}

export const ACCESS_ENTRY_PROPS = object<AccessEntryProps>({
  cluster: CLUSTER_REF,
  principalArn: PRINCIPAL_ARN,
  ...ACCESS,
});

/** The policies of an entry, in either form. */
export function policyScopes({
  policy,
  namespaces,
  policies = [],
}: Pick<ClusterAccessEntry, 'policy' | 'namespaces' | 'policies'>): readonly AccessPolicyScope[] {
  return policy === undefined ? policies : [{ policy, namespaces }, ...policies];
}
