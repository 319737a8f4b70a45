import type { ITerraformDependable } from 'cdktf';
import { REGION } from '../core/aws-context';
import { CLUSTER_NAME } from '../core/cluster-name';
import { DEPENDABLES } from '../core/depends-on';
import { bool, list, literal, oneOf, optional, ref, text, type Shapes } from '../core/shape';

/**
 * An EKS cluster, a `Cluster` or an existing one as a plain object: what a node group, an add-on or a workload needs.
 */
export interface ClusterRef {
  /** A literal: names, tags and user data are derived from it. */
  readonly clusterName: string;
  /**
   * Value for `cluster_name` of resources: for a `Cluster` a Terraform reference, so that they are created after the
   * cluster and replaced with it.
   * @default clusterName
   */
  readonly clusterId?: string;
  /**
   * For a stack of another region.
   * @default the stack's
   */
  readonly region?: string;
  /** The minor version, such as `1.34`. */
  readonly kubernetesVersion: string;
  /** URL of the API server, `https://...`. */
  readonly endpoint: string;
  /** Base64-encoded, as EKS returns it. */
  readonly certificateAuthority: string;
  /** Address range of Kubernetes Services, such as `172.20.0.0/16`. */
  readonly serviceCidr: string;
  /** Security groups of the nodes: the one that EKS creates; in strict mode the nodes' own. */
  readonly nodeSecurityGroupIds: readonly string[];
  /** Security group of every node that a load balancer adds its rules to. */
  readonly loadBalancerTargetSecurityGroupId: string;
  /**
   * ARN of the cluster's IAM OIDC provider, for IRSA.
   * @default none: pods get roles through Pod Identity only
   */
  readonly oidcProviderArn?: string;
  /**
   * What must exist before a node can become ready and must outlive it: the network and identity add-ons.
   * @default nothing: an existing cluster has them already
   */
  readonly readyForNodes?: readonly ITerraformDependable[];
  /**
   * Whether the CNI add-on has its own role through Pod Identity, so that nodes need no CNI permissions.
   * @default true
   */
  readonly cniHasPodIdentity?: boolean;
  /**
   * Whether the CNI add-on gives network interfaces /28 prefixes, so that nodes have room for more pods.
   * @default false
   */
  readonly prefixDelegation?: boolean;
  /**
   * EBS volumes that the driver may attach and delete.
   * @default 'account'
   */
  readonly volumeAccess?: VolumeAccess;
  /**
   * URLs of pull-through caches that nodes may import images through.
   * @default none
   */
  readonly pullThroughCaches?: readonly string[];
}

/**
 * `account`: the volumes that an EBS CSI driver of any cluster in the account created; `cluster`: those tagged with the
 * name of this cluster, on nodes tagged with it.
 */
export type VolumeAccess = 'account' | 'cluster';

export const VOLUME_ACCESS = oneOf('account', 'cluster');

export const CLUSTER_SHAPES: Shapes<ClusterRef> = {
  clusterName: literal(CLUSTER_NAME),
  clusterId: optional(text()),
  region: optional(text('an AWS region, such as eu-west-1', REGION)),
  kubernetesVersion: text("a minor version in quotes, such as '1.34'", /^\d+\.\d+$/),
  endpoint: text(
    'the URL of the API server, such as https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
    /^https:\/\/\S+$/,
  ),
  certificateAuthority: text('Base64, as EKS returns it', /^[A-Za-z0-9+/=]+$/),
  serviceCidr: text('a CIDR block, such as 172.20.0.0/16', /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]+)\/\d{1,3}$/i),
  nodeSecurityGroupIds: list(text()),
  loadBalancerTargetSecurityGroupId: text(),
  oidcProviderArn: optional(text()),
  readyForNodes: optional(DEPENDABLES),
  cniHasPodIdentity: optional(bool),
  prefixDelegation: optional(bool),
  volumeAccess: optional(VOLUME_ACCESS),
  pullThroughCaches: optional(list(text())),
};

export const CLUSTER_REF = ref<ClusterRef>('a cluster, such as new Cluster(...)', CLUSTER_SHAPES);
