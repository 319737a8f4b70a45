import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { awsContext } from '../core/aws-context';
import type { Problem } from '../core/check';
import { Claims, perApp } from '../core/claims';
import type { Taint } from '../kubernetes/taint';
import { resolveToken } from '../core/resolve-token';
import type { ClusterRef } from './cluster-ref';

/** A node group of a cluster, as seen by checks that span constructs. */
export interface RegisteredNodeGroup {
  /** The construct path of the group. */
  readonly path: string;
  readonly taints: readonly Taint[];
  /** Initial number of nodes. */
  readonly nodes: number;
}

/** Who an access entry is for: a role of this app, or any principal by its ARN. */
export type Principal = IamRole | string;

/** `managed`: EKS creates the access entry; `self-managed` and `user`: a construct does. */
export type PrincipalUse = 'managed' | 'self-managed' | 'user';

interface ClusterRegistry {
  /** Construct path by node group name. */
  readonly nodeGroupNames: Claims;
  readonly nodeGroups: RegisteredNodeGroup[];
  /** By every name of the principal. */
  readonly principals: Claims<PrincipalClaim>;
}

interface PrincipalClaim {
  readonly path: string;
  readonly use: PrincipalUse;
}

/** By app: the plain object of an existing cluster may be a constant that several apps of one process share. */
const registries = perApp(() => new Map<ClusterRef, ClusterRegistry>());

/**
 * Claims a node group's name: two groups of the same name would collide in the names of role and launch template.
 * @returns the path of the construct that already has it
 */
export function claimNodeGroupName(scope: IConstruct, cluster: ClusterRef, name: string): string | undefined {
  return registryOf(scope, cluster).nodeGroupNames.claim(scope.node, name)?.path;
}

/** Registers a node group with its cluster, for checks across node groups at synthesis. */
export function registerNodeGroup(
  scope: IConstruct,
  cluster: ClusterRef,
  { taints, nodes }: Omit<RegisteredNodeGroup, 'path'>,
): void {
  registryOf(scope, cluster).nodeGroups.push({ path: scope.node.path, taints, nodes });
}

/** The groups of `scope`'s app. */
export function registeredNodeGroups(scope: IConstruct, cluster: ClusterRef): readonly RegisteredNodeGroup[] {
  return registryOf(scope, cluster).nodeGroups;
}

/**
 * Claims a principal for one use in the cluster: EKS allows one access entry per principal. A managed node group claims
 * its role with `managed`; access entries claim theirs themselves.
 * @returns a problem for `check`, or false
 */
export function claimPrincipal(
  scope: IConstruct,
  cluster: ClusterRef,
  principal: Principal,
  use: PrincipalUse,
): Problem {
  const { principals } = registryOf(scope, cluster);
  const names = namesOf(scope, principal);
  const other = principals.claim({ path: scope.node.path, use }, ...names);
  if (!other || (use === 'managed' && other.use === 'managed')) return false;
  return `${subject(principal, names)} already has an access entry in cluster '${cluster.clusterName}', ${origin(other)}: ${REMEDIES[use]}`;
}

/** A role is identified by its ARN, as a literal or as a Terraform reference. */
function namesOf(scope: IConstruct, principal: Principal): readonly string[] {
  if (typeof principal === 'string')
    return [Token.isUnresolved(principal) ? resolveToken(scope, principal) : principal];
  const reference = `\${${principal.terraformResourceType}.${principal.friendlyUniqueId}.arn}`;
  const { nameInput: name, pathInput: path = '/' } = principal;
  if (name === undefined || Token.isUnresolved(name)) return [reference];
  const { partition, account } = awsContext(principal);
  return [reference, `arn:${partition}:iam::${account}:role${path}${name}`];
}

const REMEDIES: Readonly<Record<PrincipalUse, string>> = {
  managed: 'give the managed node group its own role',
  'self-managed': 'give each self-managed node group its own role',
  user: 'remove this entry, EKS allows one per principal',
};

function subject(principal: Principal, [name]: readonly string[]): string {
  return typeof principal === 'string' ? `principal '${name}'` : `the role ${principal.node.path}`;
}

function origin({ use, path }: PrincipalClaim): string {
  return use === 'managed' ? `created by EKS for the managed node group ${path}` : `created by ${path}`;
}

function registryOf(scope: IConstruct, cluster: ClusterRef): ClusterRegistry {
  const clusters = registries(scope);
  const known = clusters.get(cluster) ?? { nodeGroupNames: new Claims(), nodeGroups: [], principals: new Claims() };
  clusters.set(cluster, known);
  return known;
}
