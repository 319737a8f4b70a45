import type { NodeGroupSummary } from '../model';
import { blocks, read, unique, type Resource, type SynthesizedStacks } from '../synthesized';
import { zoneOf } from './network';

/** One per construct, which may have a group per zone. */
export function nodeGroups(stacks: SynthesizedStacks): readonly NodeGroupSummary[] {
  const byConstruct = new Map<string, Resource[]>();
  for (const group of stacks.ofType('aws_eks_node_group', 'aws_autoscaling_group')) {
    const owner = group.construct.split('/').slice(0, -1).join('/');
    byConstruct.set(owner, [...(byConstruct.get(owner) ?? []), group]);
  }
  const ingress = new Set(
    stacks.ofType('aws_autoscaling_attachment').map((one) => one.target('autoscaling_group_name')),
  );
  return [...byConstruct].map(([construct, groups]) => describe(construct, groups, ingress));
}

function describe(construct: string, groups: readonly Resource[], ingress: ReadonlySet<unknown>): NodeGroupSummary {
  const first = groups[0]!;
  const template =
    first.target('launch_template.id') ?? first.target(`${OVERRIDES}.launch_template_specification.launch_template_id`);
  return {
    construct,
    name: construct
      .split('/')
      .at(-1)!
      .replace(/^nodes-/, ''),
    ...(first.type === 'aws_eks_node_group' ? managed(first, groups) : autoScaling(first, groups)),
    zones: unique(groups.flatMap((group) => subnetsOf(group).map(zoneOf))),
    diskGib: template?.number('block_device_mappings.ebs.volume_size'),
    ingress: groups.some((group) => ingress.has(group)),
  };
}

function subnetsOf(group: Resource): readonly Resource[] {
  return [...group.targets('subnet_ids'), ...group.targets('vpc_zone_identifier')];
}

type ByKind = Omit<NodeGroupSummary, 'construct' | 'name' | 'zones' | 'diskGib' | 'ingress'>;

function managed(first: Resource, groups: readonly Resource[]): ByKind {
  return {
    kind: 'managed',
    instanceTypes: first.texts('instance_types'),
    capacity: first.text('capacity_type') ?? 'ON_DEMAND',
    image: first.text('ami_type'),
    min: sum(groups, 'scaling_config.min_size'),
    max: sum(groups, 'scaling_config.max_size'),
    labels: { ...(first.get('labels') as Record<string, string> | undefined) },
    taints: first.blocks('taint').map(({ key, value, effect }) => taint(key, value, EFFECTS[String(effect)] ?? effect)),
  };
}

/** Source: "Taint", https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html */
const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: 'NoSchedule',
  NO_EXECUTE: 'NoExecute',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
};

const OVERRIDES = 'mixed_instances_policy.launch_template';
/**
 * Source: "Auto-Discovery Setup" of the Cluster Autoscaler,
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
const NODE_LABEL = 'k8s.io/cluster-autoscaler/node-template/label/';
const NODE_TAINT = 'k8s.io/cluster-autoscaler/node-template/taint/';
/** Labels that Kubernetes sets on nodes itself. */
const WELL_KNOWN = /^(topology\.|kubernetes\.io\/|node\.kubernetes\.io\/)/;

function autoScaling(first: Resource, groups: readonly Resource[]): ByKind {
  const tags = first.blocks('tag').map(({ key, value }) => [String(key), first.show(value)] as const);
  const below = (prefix: string) =>
    tags.filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value] as const);
  const overrides = blocks(read(first.get(OVERRIDES), 'override'));
  return {
    kind: 'auto-scaling',
    instanceTypes: overrides.map((override) => first.show(override['instance_type'])),
    capacity: capacityOf(first),
    min: sum(groups, 'min_size'),
    max: sum(groups, 'max_size'),
    labels: Object.fromEntries(below(NODE_LABEL).filter(([key]) => !WELL_KNOWN.test(key))),
    taints: below(NODE_TAINT).map(([key, value]) => `${key}=${value}`),
  };
}

function capacityOf(group: Resource): string {
  const distribution = 'mixed_instances_policy.instances_distribution';
  const [base, above] = ['on_demand_base_capacity', 'on_demand_percentage_above_base_capacity'].map((key) =>
    group.number(`${distribution}.${key}`),
  );
  if ((above ?? 100) === 100) return 'ON_DEMAND';
  return above === 0 && !base ? 'SPOT' : 'mixed';
}

function taint(key: unknown, value: unknown, effect: unknown): string {
  return `${String(key)}${value === undefined || value === null ? '' : `=${String(value)}`}:${String(effect)}`;
}

function sum(groups: readonly Resource[], path: string): number {
  return groups.reduce((total, group) => total + (group.number(path) ?? 0), 0);
}
