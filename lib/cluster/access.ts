import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { duplicates } from '../core/duplicates';
import { formerly } from '../core/formerly';
import {
  ACCESS_ENTRY_PROPS,
  ACCESS_POLICIES,
  policyScopes,
  type AccessEntryProps,
  type AccessPolicyScope,
} from './access-props';
import { literalText } from '../core/literal-text';
import { partitionProblem } from '../core/partition-problem';
import { claimPrincipal } from './cluster-registry';
import type { ClusterRef } from './cluster-ref';
import { principalProblem } from './principal';

/** Grants an operator or a pipeline access to the Kubernetes API. Not for nodes. */
export class AccessEntry extends Construct {
  readonly entry: EksAccessEntry;
  readonly policies: readonly EksAccessPolicyAssociation[];

  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    checkProps(this, props, ACCESS_ENTRY_PROPS);
    const { cluster, principalArn, groups } = props;
    check(this, ...problems(props, awsContext(this)), claimPrincipal(this, cluster, principalArn, 'user'));

    this.entry = new EksAccessEntry(this, 'entry', {
      clusterName: cluster.clusterId ?? cluster.clusterName,
      principalArn,
      type: 'STANDARD',
      kubernetesGroups: groups && groups.length > 0 ? [...groups].sort() : undefined,
    });
    this.policies = props.policy ? [this.addPolicy('policy', policyScopes(props)[0]!)] : this.addPolicies(props);
  }

  /** EKS has one association per policy. The single one of before becomes the first, and is replaced before others. */
  private addPolicies({ policies = [] }: AccessEntryProps): readonly EksAccessPolicyAssociation[] {
    const [first, ...others] = policies.map((scope) => this.addPolicy(`policy-${scope.policy}`, scope));
    if (!first) return [];
    // Entries got their own ids before: an environment that has moved already has this one below the new id.
    formerly(first, 'policy', { latest: true });
    for (const other of others) dependsOn(other, first);
    return [first, ...others];
  }

  private addPolicy(id: string, { policy, namespaces }: AccessPolicyScope): EksAccessPolicyAssociation {
    return new EksAccessPolicyAssociation(this, id, {
      clusterName: this.entry.clusterName,
      principalArn: this.entry.principalArn,
      policyArn: `arn:${awsContext(this).partition}:eks::aws:cluster-access-policy/${ACCESS_POLICIES[policy]}`,
      accessScope: namespaces ? { type: 'namespace', namespaces: [...namespaces] } : { type: 'cluster' },
    });
  }
}

function problems(props: AccessEntryProps, { partition }: AwsContext): readonly Problem[] {
  const { policy, namespaces, policies, groups = [] } = props;
  return [
    principalProblem('principalArn', props.principalArn) ||
      partitionProblem('principalArn', props.principalArn, partition),
    policy === undefined &&
      policies === undefined &&
      groups.length === 0 &&
      'policy is required, or policies or groups: without them the principal may do nothing',
    policy !== undefined &&
      policies !== undefined &&
      `policy '${policy}' and policies are both set: move policy into policies, with its namespaces`,
    policy === undefined &&
      namespaces !== undefined &&
      'namespaces is set without policy: give each of policies its own namespaces',
    policies?.length === 0 &&
      'policies is empty: list at least one policy, or omit it if the principal only has groups',
    ...(policy === undefined ? [] : scopeProblems('', { policy, namespaces })),
    ...(policies ?? []).flatMap((scope, index) => scopeProblems(`policies[${index}].`, scope)),
    ...duplicates((policies ?? []).map((scope) => scope.policy)).map(
      (twice) => `policies has '${twice}' twice, EKS allows one scope per policy: merge their namespaces`,
    ),
    ...groups.map(groupProblem),
    ...duplicates(groups).map((group) => `groups has '${group}' twice: remove one`),
  ];
}

/**
 * A name or a pattern with `*`. Source: "Associate access policies with access entries",
 * https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html
 */
const NAMESPACE = /^(?=.{1,63}$)[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?$/;

function scopeProblems(path: string, { namespaces }: AccessPolicyScope): readonly Problem[] {
  return [
    namespaces?.length === 0 &&
      `${path}namespaces is empty: list at least one namespace, or omit it for the whole cluster`,
    ...(namespaces ?? []).map(
      (namespace) =>
        !Token.isUnresolved(namespace) &&
        !NAMESPACE.test(namespace) &&
        `${path}namespaces has '${namespace}', which is not the name of a namespace: use lowercase letters, digits and '-', with * as a wildcard`,
    ),
  ];
}

/**
 * The API's message names this prefix alone; eks:, aws:, amazon: and iam: are reserved in user names only.
 * Sources: "Cannot add RBAC for system:masters with new access_entries configuration",
 * https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2915; "Create access entries",
 * https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
const RESERVED_GROUPS = /^system:/;

function groupProblem(group: string): Problem {
  if (Token.isUnresolved(group)) return false;
  if (group.trim() === '') return "groups has a blank name: write the group of a RoleBinding's subject, or remove it";
  return (
    RESERVED_GROUPS.test(group) &&
    `groups has '${group}', and EKS reserves the prefix system: for itself: use a group of your own, and bind the role to it${group === 'system:masters' ? ", or set policy to 'cluster-admin'" : ''}`
  );
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
    literalText(this);
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
