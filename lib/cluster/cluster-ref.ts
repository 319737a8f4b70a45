import type { ITerraformDependable } from 'cdktf';

/** An EKS cluster, of ours or an existing one as a plain object: what a node group, an add-on or a workload needs. */
export interface ClusterRef {
  /** A literal: names, tags and user data are made from it. */
  readonly clusterName: string;
  /**
   * The name for a resource's `cluster_name`: of a cluster of ours Terraform's reference, so that the resource is made
   * after the cluster and replaced with it.
   * @default clusterName
   */
  readonly clusterId?: string;
  /** The minor version, such as `1.34`. */
  readonly kubernetesVersion: string;
  /** `https://...`, the API server. */
  readonly endpoint: string;
  /** Base64, as EKS gives it. */
  readonly certificateAuthority: string;
  /** The addresses of Kubernetes Services, such as `172.20.0.0/16`. */
  readonly serviceCidr: string;
  /** The group that nodes and control plane share. EKS makes one; in strict mode it is our own node group's. */
  readonly nodeSecurityGroupIds: readonly string[];
  /** The group on every node that a load balancer's rules are added to. */
  readonly loadBalancerTargetSecurityGroupId: string;
  /**
   * The issuer's ARN as an IAM identity provider, for IRSA.
   * @default none: pods get roles by Pod Identity only
   */
  readonly oidcProviderArn?: string;
  /**
   * What must exist before a node can become ready and must outlive it: the network and identity add-ons.
   * @default nothing: an existing cluster has them already
   */
  readonly readyForNodes?: readonly ITerraformDependable[];
  /**
   * Whether the CNI add-on has an identity of its own, so that nodes need no CNI permissions.
   * @default true
   */
  readonly cniHasPodIdentity?: boolean;
}
