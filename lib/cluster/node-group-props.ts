import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Problem } from '../core/check';
import { renamedProps } from '../core/renamed-props';
import { anyText, integer, list, object, oneOf, optional, record, ref, text, union, type Shapes } from '../core/shape';
import type { Labels } from '../kubernetes/labels';
import { TAINT, type Taint } from '../kubernetes/taint';
import { SUBNET_REF, type SubnetRef } from '../network/vpc-ref';
import { extraSettingsProblem, SYSTEM_RESERVED, type NodeSystem, type SystemReserved } from './bootstrap';
import { claimNodeGroupName } from './cluster-registry';
import { CLUSTER_REF, type ClusterRef } from './cluster-ref';
import { instanceTypeProblems, type Architecture } from './instance-types';
import { LOG_ROTATION, logRotationProblems, type LogRotation } from './log-rotation';
import { ARCHITECTURES, NODE_SYSTEM, NODE_SYSTEMS } from './node-image';
import type { NodeRole } from './node-role';
import { labelProblems, taintProblems, type LabelledBy } from './taints-and-labels';

/** Purchase option of instances. */
export type Capacity = { readonly kind: 'on-demand' } | { readonly kind: 'spot' };

/** A group per zone, or one across all zones. */
export type Spread = 'per-zone' | 'single';

/** Props common to managed and self-managed node groups. */
export interface NodeGroupProps {
  readonly cluster: ClusterRef;
  /** Unique among the cluster's node groups, such as `apps`. */
  readonly name: string;
  /** Subnets of the nodes, such as `vpc.privateSubnets`. */
  readonly subnets: readonly SubnetRef[];
  /**
   * `per-zone`: one group per zone. Zones are updated one by one, in the order of their names; if a zone fails, later
   * zones are not updated. `single`: one group across all zones.
   * @default 'per-zone'
   */
  readonly spread?: Spread;
  /**
   * The spread until now: its groups stand alongside the new ones, as they are, for one apply. Remove it afterwards; in
   * one step the old nodes would be deleted while the new ones are launched.
   * @default none: `spread` does not change
   */
  readonly formerSpread?: Spread;
  /** @default 'al2023' */
  readonly os?: NodeSystem;
  readonly architecture: Architecture;
  /**
   * Such as `m7g.large`, in order of preference. All of the same size, for the autoscaler. A change replaces every
   * node.
   */
  readonly instanceTypes: readonly string[];
  /**
   * Minimum number of nodes of each zone's group; across all zones with `spread: 'single'`. EKS rejects one above the
   * current number of a managed group's nodes: raise `maxSize` with it to the same number, or scale up first.
   */
  readonly minSize: number;
  /**
   * Maximum number of nodes of each zone's group; across all zones with `spread: 'single'`. Equal to `minSize`, it fixes
   * the number: every apply sets it. Otherwise the autoscaler owns it.
   */
  readonly maxSize: number;
  /**
   * Initial number of nodes of each zone's group; later the autoscaler decides, and a change has no effect.
   * @default minSize
   */
  readonly desiredSize?: number;
  /** @default none */
  readonly labels?: Labels;
  /** @default none */
  readonly taints?: readonly Taint[];
  /**
   * Size of the volume for images, containers and logs, in GiB.
   * @default 50
   */
  readonly diskGib?: number;
  /**
   * KMS key that encrypts the volumes. Its key policy must let the service-linked role `AWSServiceRoleForAutoScaling`
   * use it and create grants.
   * @default the account's default EBS key
   */
  readonly kmsKeyArn?: string;
  /**
   * Maximum number of pods on a node.
   * @default computed by EKS from the instance type's IP addresses
   */
  readonly maxPods?: number;
  /** @default nothing beyond what EKS reserves for the kubelet */
  readonly systemReserved?: SystemReserved;
  /**
   * A change replaces every node.
   * @default the kubelet's own
   */
  readonly logRotation?: LogRotation;
  /**
   * Further settings in the operating system's own format: a NodeConfig document for `al2023`, TOML for `bottlerocket`.
   * @default none
   */
  readonly nodeConfig?: string;
  /**
   * Hop limit of the instance metadata service: with 1 the host and pods on the host network can reach it, with 2 every
   * pod, which can then use the node's role.
   * @default 1
   */
  readonly metadataHopLimit?: 1 | 2;
  /**
   * Timeout of one zone's update, in minutes.
   * @default 60, and more for groups of more than six nodes: ten minutes for each batch of nodes
   */
  readonly updateTimeoutMinutes?: number;
  /**
   * An existing role. Managed node groups may share one; a self-managed node group must not.
   * @default a new role
   */
  readonly nodeRole?: NodeRole;
}

export const CAPACITY = union<Capacity, 'kind'>('kind', {
  'on-demand': object<{ readonly kind: 'on-demand' }>({ kind: oneOf('on-demand') }),
  spot: object<{ readonly kind: 'spot' }>({ kind: oneOf('spot') }),
});

const SPREAD = oneOf('per-zone', 'single');

/** Old prop names, and the new ones. */
export const RENAMED_NODE_GROUP_PROPS = { podHopLimit: 'metadataHopLimit' } as const;

export const NODE_GROUP_SHAPES: Shapes<NodeGroupProps> = {
  cluster: CLUSTER_REF,
  name: text(),
  subnets: list(SUBNET_REF),
  spread: optional(SPREAD),
  formerSpread: optional(SPREAD),
  os: optional(NODE_SYSTEM),
  architecture: oneOf('arm64', 'x86_64'),
  instanceTypes: list(text(), "a list, such as ['m7g.large']"),
  minSize: integer,
  maxSize: integer,
  desiredSize: optional(integer),
  labels: optional(record(anyText)),
  taints: optional(list(TAINT)),
  diskGib: optional(integer),
  kmsKeyArn: optional(text()),
  maxPods: optional(integer),
  systemReserved: optional(SYSTEM_RESERVED),
  logRotation: optional(LOG_ROTATION),
  nodeConfig: optional(text()),
  metadataHopLimit: optional(oneOf(1, 2)),
  updateTimeoutMinutes: optional(integer),
  nodeRole: optional(ref<NodeRole>('a node role, such as new NodeRole(...)')),
};

export const DEFAULT_DISK_GIB = 50;

/** Size of EKS's AMIs. Source: the root volume of the EKS-optimized AL2023 AMI. */
const MIN_DISK_GIB = 20;
/** Fewer leave no room for workloads besides the network, proxy, identity, storage and log DaemonSets. */
const MIN_PODS = 8;
/**
 * 110, or 250 from 30 vCPUs. Source: "Choose an optimal Amazon EC2 node instance type",
 * https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
 */
const MAX_PODS = 250;

/** The subnets of one zone's group, or of the group across all zones. */
export interface ZonePlacement {
  /** The zone's name, or `all-zones`. */
  readonly zone: string;
  readonly subnets: readonly SubnetRef[];
  /** Of `formerSpread`: it stays as it is until it is removed. */
  readonly former: boolean;
}

const ALL_ZONES = 'all-zones';

/** The groups in the order in which they are updated: by zone name, those of a former spread last. */
export function zonePlacements({
  subnets,
  spread = 'per-zone',
  formerSpread,
}: Pick<NodeGroupProps, 'subnets' | 'spread' | 'formerSpread'>): ZonePlacement[] {
  return [
    ...placementsOf(subnets, spread, false),
    ...(formerSpread === undefined ? [] : placementsOf(subnets, formerSpread, true)),
  ];
}

function placementsOf(subnets: readonly SubnetRef[], spread: Spread, former: boolean): ZonePlacement[] {
  const zones = [...new Set(subnets.map(({ zone }) => zone))].sort();
  const inZone = (one: string) => subnets.filter(({ zone }) => zone === one);
  return spread === 'single'
    ? [{ zone: ALL_ZONES, subnets: zones.flatMap(inZone), former }]
    : zones.map((zone) => ({ zone, subnets: inZone(zone), former }));
}

/** Changes to ignore: the autoscaler owns the number of nodes, unless it is fixed. */
export function ownedByAutoscaler(
  { minSize, maxSize }: Pick<NodeGroupProps, 'minSize' | 'maxSize'>,
  attribute: string,
): string[] | undefined {
  return minSize === maxSize ? undefined : [attribute];
}

/** The zone of all nodes of a group; undefined if they are in several. */
export function onlyZone({ zone }: ZonePlacement): string | undefined {
  return zone === ALL_ZONES ? undefined : zone;
}

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
      : `architecture must be one of ${ARCHITECTURES.join(', ')}, got '${String(architecture)}'`,
    ...props.subnets
      .filter((subnet) => typeof subnet !== 'object')
      .map((id) => `subnets has '${String(id)}': use { zone, subnetId, cidr }, one node group is created per zone`),
    ...spreadProblems(props),
    props.subnets.length === 0 && 'subnets is empty: list at least one, such as vpc.privateSubnets',
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

const SPREADS: readonly Spread[] = ['per-zone', 'single'];

function spreadProblems({ spread = 'per-zone', formerSpread }: NodeGroupProps): readonly Problem[] {
  return [
    !SPREADS.includes(spread) && `spread must be one of ${SPREADS.join(', ')}, got '${String(spread)}'`,
    formerSpread !== undefined &&
      !SPREADS.includes(formerSpread) &&
      `formerSpread must be one of ${SPREADS.join(', ')}, got '${String(formerSpread)}'`,
    formerSpread === spread && `formerSpread is '${spread}', as is spread: remove it, or set spread to the other`,
  ];
}

/** The autoscaler simulates with the first type only: pods that it plans for a large node do not fit on a small one. */
function mixedSizesProblem(instanceTypes: readonly string[]): Problem {
  if (typeof instanceTypes === 'string' || instanceTypes.some((type) => Token.isUnresolved(type))) return false;
  const sizes = [...new Set(instanceTypes.map((type) => type.split('.')[1]))];
  return (
    sizes.length > 1 && {
      code: 'mixed-instance-sizes',
      problem: `instanceTypes has the sizes ${sizes.join(', ')}: the autoscaler assumes that all nodes of a group are alike; use types of one size, or one node group per size`,
    }
  );
}

/** Spot interruptions hit one capacity pool at a time. */
export function spotProblem(kind: string, instanceTypes: readonly string[]): Problem {
  return (
    kind !== 'on-demand' &&
    new Set(instanceTypes).size === 1 && {
      code: 'spot-single-type',
      problem: `instanceTypes has only ${instanceTypes[0]}, and capacity is ${kind}: when AWS reclaims that type nothing else can be launched; list several of one size`,
    }
  );
}

function sizeProblems({ minSize, maxSize, desiredSize = minSize }: NodeGroupProps): readonly Problem[] {
  const sizes = Object.entries({ minSize, maxSize, desiredSize });
  if (sizes.some(([, size]) => Token.isUnresolved(size))) return [];
  const invalid = sizes.filter(([, size]) => !Number.isInteger(size) || size < 0);
  if (invalid.length > 0)
    return invalid.map(([prop, size]) => `${prop} must be a whole number of at least 0, got ${size}`);
  return [
    maxSize === 0 && 'maxSize is 0: raise it, or remove the node group',
    minSize > maxSize && `minSize (${minSize}) exceeds maxSize (${maxSize}): raise maxSize`,
    desiredSize < minSize && `desiredSize (${desiredSize}) is below minSize (${minSize}): raise desiredSize`,
    desiredSize > maxSize &&
      minSize <= maxSize &&
      `desiredSize (${desiredSize}) exceeds maxSize (${maxSize}): raise maxSize`,
  ];
}

function systemProblem(os: string): Problem {
  const reason = os === 'al2' ? ': Amazon Linux 2 has no AMIs for Kubernetes 1.33 and later' : '';
  return `os must be one of ${NODE_SYSTEMS.join(', ')}, got '${os}'${reason}`;
}

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

function nameProblem(scope: IConstruct, { cluster, name }: NodeGroupProps): Problem {
  if (!NAME.test(name)) return `name must consist of lowercase letters, digits and '-', got '${name}'`;
  const owner = claimNodeGroupName(scope, cluster, name);
  return (
    owner !== undefined &&
    `cluster '${cluster.clusterName}' already has a node group '${name}', ${owner}: choose another name`
  );
}
