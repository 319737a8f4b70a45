import {
  anyText,
  construct,
  integer,
  list,
  literal,
  object,
  oneOf,
  optional,
  record,
  text,
  union,
  type Shapes,
} from '../core/shape';
import type { Labels } from '../kubernetes/labels';
import { TAINT, type Taint } from '../kubernetes/taint';
import { SUBNET_REF, type SubnetRef } from '../network/vpc-ref';
import { SYSTEM_RESERVED, type NodeSystem, type SystemReserved } from './bootstrap-settings';
import { CLUSTER_REF, type ClusterRef } from './cluster-ref';
import { DISK_TYPE, type DiskType } from './disk';
import type { Architecture } from './instance-types';
import { LOG_ROTATION, type LogRotation } from './log-rotation';
import { ACCELERATOR, NODE_SYSTEM, type Accelerator } from './node-image';
import type { NodeRole } from './node-role';

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
   * Taints of new nodes that an agent removes once it is ready, such as `ebs.csi.aws.com/agent-not-ready`: other pods wait
   * for it. They are neither tolerated nor do they make the nodes unsuitable. The agent must tolerate them, and notice
   * those that a managed group's nodes get after it started.
   * @default none
   */
  readonly startupTaints?: readonly Taint[];
  /**
   * Size of the volume for images, containers and logs, in GiB.
   * @default 50
   */
  readonly diskGib?: number;
  /**
   * Type of that volume: `gp3` for general use, `io2` for a high number of operations with low latency.
   * @default 'gp3'
   */
  readonly diskType?: DiskType;
  /**
   * Operations per second of that volume. `io2` requires it.
   * @default 3000 for gp3
   */
  readonly diskIops?: number;
  /**
   * Throughput of that volume in MiB/s, of `gp3` only.
   * @default 125
   */
  readonly diskThroughputMib?: number;
  /**
   * Drivers in the image. The pods of a device plugin make the devices available to others.
   * @default those of the instance types: `nvidia` for NVIDIA GPUs, `neuron` for Inferentia and Trainium
   */
  readonly accelerator?: Accelerator;
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
  /**
   * Further managed policies of the new role: AWS managed policies by name, with their path, others by ARN. Every pod on
   * the host network has them.
   * @default none
   */
  readonly nodePolicies?: readonly string[];
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
  name: literal(text()),
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
  startupTaints: optional(list(TAINT)),
  diskGib: optional(integer),
  diskType: optional(DISK_TYPE),
  diskIops: optional(integer),
  diskThroughputMib: optional(integer),
  accelerator: optional(ACCELERATOR),
  kmsKeyArn: optional(text()),
  maxPods: optional(integer),
  systemReserved: optional(SYSTEM_RESERVED),
  logRotation: optional(LOG_ROTATION),
  nodeConfig: optional(text()),
  metadataHopLimit: optional(oneOf(1, 2)),
  updateTimeoutMinutes: optional(integer),
  nodeRole: optional(construct<NodeRole>('a node role, such as new NodeRole(...)')),
  nodePolicies: optional(list(text())),
};

export const DEFAULT_DISK_GIB = 50;
