import {
  AUTO_SCALING_NODE_GROUP_PROPS,
  type AutoScalingNodeGroupProps,
} from '../cluster/auto-scaling-node-group-props';
import { MANAGED_NODE_GROUP_PROPS, type ManagedNodeGroupProps } from '../cluster/managed-node-group-props';
import { RENAMED_NODE_GROUP_PROPS } from '../cluster/node-group-props';
import type { Problem } from '../core/check';
import { isRecord } from '../core/record';
import { bool, list, object, oneOf, optional, text, union, type Shape, type Shapes } from '../core/shape';

/** Set by the environment for all its node groups. */
type EnvironmentManagedProps = 'cluster' | 'subnets' | 'nodeRole';

interface CommonSpec {
  /**
   * Whether the group hosts the ingress: the load balancer targets its nodes. To move the ingress, set it on both
   * groups until the ingress runs on the new one: a group without it is deregistered immediately.
   * @default true for the only group; of several, at least one must say so
   */
  readonly ingress?: boolean;
  /**
   * Zones of the group's nodes, among the environment's.
   * @default all of them
   */
  readonly zones?: readonly string[];
  /**
   * The group's name until now: the group is renamed instead of being deleted and created. Its nodes are replaced, new
   * ones first. Remove it once every environment has been applied.
   * @default none: the group has always had its name
   */
  readonly formerly?: string;
}

/** Nodes that EKS launches, drains and replaces. */
export interface ManagedNodeGroupSpec extends CommonSpec, Omit<ManagedNodeGroupProps, EnvironmentManagedProps> {
  readonly kind?: 'managed';
}

/** A self-managed Auto Scaling group, for features that managed groups lack: mixed capacity, settings of the group. */
export interface AutoScalingNodeGroupSpec
  extends CommonSpec, Omit<AutoScalingNodeGroupProps, EnvironmentManagedProps | 'draining'> {
  readonly kind: 'auto-scaling';
}

/** A node group in an environment's data. */
export type NodeGroupSpec = ManagedNodeGroupSpec | AutoScalingNodeGroupSpec;

const COMMON: Shapes<CommonSpec> = {
  ingress: optional(bool),
  zones: optional(list(text())),
  formerly: optional(text()),
};
const { cluster: _cluster, subnets: _subnets, nodeRole: _nodeRole, ...managed } = MANAGED_NODE_GROUP_PROPS.shapes;
const {
  cluster: _otherCluster,
  subnets: _otherSubnets,
  nodeRole: _otherNodeRole,
  draining: _draining,
  ...autoScaling
} = AUTO_SCALING_NODE_GROUP_PROPS.shapes;
const RENAMED = { renamed: RENAMED_NODE_GROUP_PROPS };

const KINDS = {
  managed: object<ManagedNodeGroupSpec>({ kind: optional(oneOf('managed')), ...COMMON, ...managed }, RENAMED),
  'auto-scaling': object<AutoScalingNodeGroupSpec>({ kind: oneOf('auto-scaling'), ...COMMON, ...autoScaling }, RENAMED),
} as const;
const OF_KIND = union<NodeGroupSpec, 'kind'>('kind', KINDS, 'managed');

export const NODE_GROUP_SPEC: Shape<NodeGroupSpec> = {
  ...OF_KIND,
  problems: (given, path) => {
    if (!isRecord(given)) return OF_KIND.problems(given, path);
    const other = given['kind'] === 'auto-scaling' ? 'managed' : 'auto-scaling';
    const foreign = Object.keys(given).filter((prop) => given[prop] !== undefined && isOnlyOf(other, prop));
    const own = Object.fromEntries(Object.entries(given).filter(([prop]) => !foreign.includes(prop)));
    return [
      ...foreign.map((prop) => `${path}.${prop} is of groups with kind '${other}' only: use that kind, or remove it`),
      ...OF_KIND.problems(own, path),
    ];
  },
};

function isOnlyOf(kind: keyof typeof KINDS, prop: string): boolean {
  return Object.entries(KINDS).every(([one, { shapes }]) => Object.hasOwn(shapes, prop) === (one === kind));
}

/** The groups that host the ingress. */
export function ingressGroups(specs: readonly NodeGroupSpec[]): readonly NodeGroupSpec[] {
  return specs.length === 1 ? specs : specs.filter(({ ingress }) => ingress);
}

/** Another group must neither become a host of the ingress nor stop being one because a group is added. */
export function ingressProblem(specs: readonly NodeGroupSpec[]): Problem {
  const [only, another] = specs;
  if (!only || specs.some(({ ingress }) => ingress)) return false;
  const names = specs.map(({ name }) => `'${name}'`).join(', ');
  if (another && specs.every(({ ingress }) => ingress === undefined)) {
    return `nodeGroups has several groups (${names}), and none with ingress: true: set it on those that host the ingress; a single group does without it, and so did all groups in earlier releases`;
  }
  return only.ingress === false || another
    ? `no node group hosts the ingress (${names}), so the load balancer would have no targets: set ingress: true on one`
    : false;
}

/** The minimum number of nodes. */
export function minNodes(specs: readonly NodeGroupSpec[], zones: readonly string[]): number {
  return specs
    .map((spec) => spec.minSize * (spec.spread === 'single' ? 1 : (spec.zones ?? zones).length))
    .reduce((sum, count) => sum + count, 0);
}
