import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Problem } from '../core/check';
import { renamedProps } from '../core/renamed-props';
import type { Labels } from '../kubernetes/labels';
import type { Taint } from '../kubernetes/taint';
import type { SubnetRef } from '../network/vpc-ref';
import { extraSettingsProblem, type NodeSystem, type SystemReserved } from './bootstrap';
import { claimNodeGroupName } from './cluster-registry';
import type { ClusterRef } from './cluster-ref';
import { instanceTypeProblems, type Architecture } from './instance-types';
import { logRotationProblems, type LogRotation } from './log-rotation';
import { ARCHITECTURES, NODE_SYSTEMS } from './node-image';
import type { NodeRole } from './node-role';
import { labelProblems, taintProblems, type LabelledBy } from './taints-and-labels';

/** How machines are paid for. */
export type Capacity = { readonly kind: 'on-demand' } | { readonly kind: 'spot' };

/** What a managed and a self-managed node group have in common. */
export interface NodeGroupProps {
  readonly cluster: ClusterRef;
  /** Unique among the cluster's node groups, such as `apps`. */
  readonly name: string;
  /** Where the nodes are, such as `vpc.privateSubnets`. */
  readonly subnets: readonly SubnetRef[];
  /**
   * `per-zone`: a group for each zone. An update goes through the zones one by one, in the order of their names, and one
   * that fails in a zone leaves the later zones as they are. `single`: one group over all zones.
   * @default 'per-zone'
   */
  readonly spread?: 'per-zone' | 'single';
  /** @default 'al2023' */
  readonly os?: NodeSystem;
  readonly architecture: Architecture;
  /**
   * Such as `m7g.large`, the preferred first. All of one size, for the autoscaler. A change replaces every node.
   */
  readonly instanceTypes: readonly string[];
  /** Fewest nodes of each zone's group; of all zones together under `spread: 'single'`. */
  readonly minSize: number;
  /** Most nodes of each zone's group; of all zones together under `spread: 'single'`. */
  readonly maxSize: number;
  /**
   * Nodes of each zone's group at first; later the autoscaler decides.
   * @default minSize
   */
  readonly desiredSize?: number;
  /** @default none */
  readonly labels?: Labels;
  /** @default none */
  readonly taints?: readonly Taint[];
  /**
   * The volume that holds images, containers and logs, in GiB.
   * @default 50
   */
  readonly diskGib?: number;
  /**
   * Encrypts the volumes. The key's policy must let the service-linked role `AWSServiceRoleForAutoScaling` use it and
   * create grants.
   * @default the account's key for EBS
   */
  readonly kmsKeyArn?: string;
  /**
   * Most pods on a node.
   * @default what the instance type has addresses for, as EKS computes it
   */
  readonly maxPods?: number;
  /** @default nothing beyond what EKS keeps for the kubelet */
  readonly systemReserved?: SystemReserved;
  /**
   * A change replaces every node.
   * @default the kubelet's own
   */
  readonly logRotation?: LogRotation;
  /**
   * More settings in the system's own language: a NodeConfig document for `al2023`, TOML for `bottlerocket`.
   * @default none
   */
  readonly nodeConfig?: string;
  /**
   * How far the instance's metadata reaches: 1 is the host and pods on its network, 2 is every pod, which can then act
   * with the node's role.
   * @default 1
   */
  readonly metadataHopLimit?: 1 | 2;
  /**
   * How long one zone's update may take, in minutes.
   * @default 60
   */
  readonly updateTimeoutMinutes?: number;
  /**
   * A role made elsewhere. Managed node groups may share one; a self-managed group's is its own.
   * @default a role of its own
   */
  readonly nodeRole?: NodeRole;
}

/** Old names of its props, and the new ones. */
export const RENAMED_NODE_GROUP_PROPS = { podHopLimit: 'metadataHopLimit' } as const;

export const DEFAULT_DISK_GIB = 50;
export const DEFAULT_UPDATE_TIMEOUT_MINUTES = 60;

/** What EKS's images need themselves. Source: the root volume of the EKS-optimized AL2023 image. */
const MIN_DISK_GIB = 20;
/** The network, proxy, identity, storage and log daemons of every node leave no room below it. */
const MIN_PODS = 8;
/** Source: "Choose an optimal EC2 node instance type", Amazon EKS User Guide: 110, or 250 from 30 vCPU on. */
const MAX_PODS = 250;

/** The subnets of one zone's group, or of all zones. */
export interface ZonePlacement {
  readonly zone: string;
  readonly subnets: readonly SubnetRef[];
}

/** The groups to make, by zone in the order of names. */
export function zonePlacements({
  subnets,
  spread = 'per-zone',
}: Pick<NodeGroupProps, 'subnets' | 'spread'>): ZonePlacement[] {
  if (spread === 'single') return [{ zone: 'all-zones', subnets }];
  const zones = [...new Set(subnets.map(({ zone }) => zone))].sort();
  return zones.map((zone) => ({ zone, subnets: subnets.filter((subnet) => subnet.zone === zone) }));
}

/** Everything wrong with what both kinds of node group take. */
export function nodeGroupProblems(
  scope: IConstruct,
  props: NodeGroupProps,
  labelledBy: LabelledBy,
): readonly Problem[] {
  const { os = 'al2023', architecture, labels = {}, taints = [], diskGib = DEFAULT_DISK_GIB, maxPods } = props;
  return [
    ...renamedProps(props, RENAMED_NODE_GROUP_PROPS),
    nameProblem(scope, props),
    !NODE_SYSTEMS.includes(os) && systemProblem(os),
    ARCHITECTURES.includes(architecture)
      ? false
      : `architecture is one of ${ARCHITECTURES.join(', ')}, got '${String(architecture)}'`,
    ...props.subnets
      .filter((subnet) => typeof subnet !== 'object')
      .map((id) => `subnets has '${String(id)}': write { zone, subnetId, cidr }, a node group is made for each zone`),
    props.subnets.length === 0 && 'subnets is empty: give at least one, such as vpc.privateSubnets',
    ...(ARCHITECTURES.includes(architecture) ? instanceTypeProblems(props.instanceTypes, architecture) : []),
    mixedSizesProblem(props.instanceTypes),
    ...sizeProblems(props),
    ...labelProblems(labels, labelledBy),
    ...taintProblems(taints, labelledBy),
    diskGib < MIN_DISK_GIB && `diskGib must be at least ${MIN_DISK_GIB}, got ${diskGib}`,
    maxPods !== undefined &&
      !(Number.isInteger(maxPods) && maxPods >= MIN_PODS && maxPods <= MAX_PODS) &&
      `maxPods must be between ${MIN_PODS} and ${MAX_PODS}, got ${maxPods}`,
    ...logRotationProblems('logRotation', props.logRotation),
    props.nodeConfig !== undefined &&
      !Token.isUnresolved(props.nodeConfig) &&
      extraSettingsProblem(os, props.nodeConfig),
  ];
}

/** The autoscaler takes the first type for all: what it plans for a large machine does not fit on a small one. */
function mixedSizesProblem(instanceTypes: readonly string[]): Problem {
  if (typeof instanceTypes === 'string' || instanceTypes.some((type) => Token.isUnresolved(type))) return false;
  const sizes = [...new Set(instanceTypes.map((type) => type.split('.')[1]))];
  return (
    sizes.length > 1 && {
      code: 'mixed-instance-sizes',
      problem: `instanceTypes are of the sizes ${sizes.join(', ')}: the autoscaler takes all nodes of a group to be alike; name types of one size, or make a group for each`,
    }
  );
}

/** A rule for spot machines: AWS takes back one type at a time. */
export function spotProblem(kind: string, instanceTypes: readonly string[]): Problem {
  return (
    kind !== 'on-demand' &&
    new Set(instanceTypes).size === 1 && {
      code: 'spot-single-type',
      problem: `instanceTypes names only ${instanceTypes[0]}, and capacity is ${kind}: when AWS takes that type back nothing else can be launched; name several of one size`,
    }
  );
}

function sizeProblems({ minSize, maxSize, desiredSize = minSize }: NodeGroupProps): readonly Problem[] {
  const sizes = Object.entries({ minSize, maxSize, desiredSize });
  if (sizes.some(([, size]) => Token.isUnresolved(size))) return [];
  const odd = sizes.filter(([, size]) => !Number.isInteger(size) || size < 0);
  if (odd.length > 0) return odd.map(([prop, size]) => `${prop} must be a whole number from 0, got ${size}`);
  return [
    maxSize === 0 && 'maxSize is 0: raise it, or drop the node group',
    minSize > maxSize && `minSize (${minSize}) exceeds maxSize (${maxSize}): raise maxSize`,
    desiredSize < minSize && `desiredSize (${desiredSize}) is below minSize (${minSize}): raise desiredSize`,
    desiredSize > maxSize &&
      minSize <= maxSize &&
      `desiredSize (${desiredSize}) exceeds maxSize (${maxSize}): raise maxSize`,
  ];
}

function systemProblem(os: string): Problem {
  const reason = os === 'al2' ? ': Amazon Linux 2 has no images for Kubernetes 1.33 and later' : '';
  return `os is one of ${NODE_SYSTEMS.join(', ')}, got '${os}'${reason}`;
}

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

function nameProblem(scope: IConstruct, { cluster, name }: NodeGroupProps): Problem {
  if (!NAME.test(name)) return `name must be lower-case letters, digits and '-', got '${name}'`;
  const owner = claimNodeGroupName(scope, cluster, name);
  return (
    owner !== undefined &&
    `cluster '${cluster.clusterName}' has a node group '${name}' already, ${owner}: choose another name`
  );
}
