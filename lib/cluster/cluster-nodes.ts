import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IConstruct } from 'constructs';
import type { ClusterRef } from './cluster-ref';
import type { Taint } from './taints-and-labels';

/** A group of machines that join a cluster, as the checks that span constructs see it. */
export interface ClusterNodes {
  /** The construct path of the group. */
  readonly path: string;
  readonly taints: readonly Taint[];
  /** Nodes that it is made with. */
  readonly nodes: number;
}

/** Who an access entry is for: a role of this app, or any principal by its ARN. */
export type Principal = IamRole | string;

/** `managed`: EKS makes the entry itself; `self-managed` and `person`: we do. */
export type PrincipalUse = 'managed' | 'self-managed' | 'person';

interface Registry {
  readonly nodes: ClusterNodes[];
  readonly principals: Map<Principal, { readonly use: PrincipalUse; readonly path: string }>;
}

const registries = new WeakMap<ClusterRef, Registry>();

/** Tells the cluster of a node group, so that what spans them can be checked when the app is synthesized. */
export function registerNodes(
  scope: IConstruct,
  cluster: ClusterRef,
  { taints, nodes }: Omit<ClusterNodes, 'path'>,
): void {
  registry(cluster).nodes.push({ path: scope.node.path, taints, nodes });
}

export function nodesOf(cluster: ClusterRef): readonly ClusterNodes[] {
  return registry(cluster).nodes;
}

/**
 * Claims a principal for one use in the cluster: EKS keeps one access entry for each. A managed node group claims its
 * role with `managed`; access entries claim theirs themselves.
 * @returns what is wrong, for `check`
 */
export function claimPrincipal(
  scope: IConstruct,
  cluster: ClusterRef,
  principal: Principal,
  use: PrincipalUse,
): string | false {
  const { principals } = registry(cluster);
  const other = principals.get(principal);
  if (!other) {
    principals.set(principal, { use, path: scope.node.path });
    return false;
  }
  if (use === 'managed' && other.use === 'managed') return false;
  return `${subject(principal)} has an access entry in cluster '${cluster.clusterName}' already, ${origin(other)}: ${REMEDIES[use]}`;
}

const REMEDIES: Readonly<Record<PrincipalUse, string>> = {
  managed: 'give the managed node group a role of its own',
  'self-managed': 'give each self-managed node group a role of its own',
  person: 'drop this entry, EKS keeps one for each principal',
};

function subject(principal: Principal): string {
  return typeof principal === 'string' ? `principal '${principal}'` : `the role ${principal.node.path}`;
}

function origin({ use, path }: { readonly use: PrincipalUse; readonly path: string }): string {
  return use === 'managed' ? `made by EKS for the managed node group ${path}` : `made by ${path}`;
}

function registry(cluster: ClusterRef): Registry {
  const known = registries.get(cluster);
  if (known) return known;
  const fresh: Registry = { nodes: [], principals: new Map() };
  registries.set(cluster, fresh);
  return fresh;
}
