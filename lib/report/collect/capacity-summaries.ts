import type { NodeGroupSummary, CapacitySummary, WorkloadSummary } from '../model';
import { order, read, type Resource, type SynthesizedStacks } from '../synthesized';
import { podOf, WORKLOADS } from './pods';

/** Pod requests, grouped by node selector. */
export function capacitySummaries(
  stacks: SynthesizedStacks,
  workloads: readonly WorkloadSummary[],
  nodeGroups: readonly NodeGroupSummary[],
): readonly CapacitySummary[] {
  const bySelector = new Map<string, Resource[]>();
  for (const resource of stacks.ofType(...WORKLOADS)) {
    const selector = selectorOf(resource);
    bySelector.set(selector, [...(bySelector.get(selector) ?? []), resource]);
  }
  return [...bySelector]
    .map(([nodeSelector, resources]) => {
      const groups = nodeGroups.filter((group) => matchesSelector(nodeSelector, group));
      const nodes = groups.reduce((sum, { min }) => sum + min, 0);
      const each = resources.map((resource) => ({
        ...summaryOf(workloads, resource),
        count: podCount(resource, nodes),
      }));
      const capacity = capacityOf(groups);
      return {
        nodeSelector,
        workloads: resources.length,
        pods: total(each.map(({ count }) => count)),
        cpu: rounded(total(each.map(({ count, requests }) => count * requests.cpu))),
        memory: total(each.map(({ count, requests }) => count * requests.memory)),
        nodes,
        ...(capacity && { capacity }),
      };
    })
    .sort((a, b) => order(a.nodeSelector, b.nodeSelector));
}

function selectorOf(resource: Resource): string {
  const labels = (read(podOf(resource)!.spec, 'node_selector') ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${resource.show(value)}`)
    .sort(order)
    .join(',');
}

function matchesSelector(selector: string, { labels, taints }: NodeGroupSummary): boolean {
  if (selector === '') return taints.length === 0;
  return selector.split(',').every((pair) => {
    const [key = '', value] = pair.split('=');
    return labels[key] === value || key.startsWith('kubernetes.io/');
  });
}

function summaryOf(workloads: readonly WorkloadSummary[], { construct }: Resource): WorkloadSummary {
  return workloads.find((one) => one.construct === construct)!;
}

function podCount(resource: Resource, nodes: number): number {
  if (resource.type.includes('daemon')) return nodes;
  return resource.number('spec.replicas') ?? 1;
}

/** Capacity of the minimum number of nodes, each of its group's first instance type. */
function capacityOf(groups: readonly NodeGroupSummary[]): CapacitySummary['capacity'] {
  const sizes = groups.map(({ instanceTypes: [type = ''], min }) => ({ size: instanceSize(type), min }));
  if (sizes.length === 0 || sizes.some(({ size }) => size === undefined)) return undefined;
  return {
    cpu: total(sizes.map(({ size, min }) => size!.cpu * min)),
    memory: total(sizes.map(({ size, min }) => size!.memory * min)),
  };
}

const GIB = 2 ** 30;
/**
 * GiB of memory per vCPU. Source: "Amazon EC2 Instance Types Guide",
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html
 */
const MEMORY_PER_CPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };
const FAMILY = /^([cmr])\d+[a-z]*\.(?:(medium|large)|(\d*)xlarge)$/;
/** t3, t3a and t4g have the same sizes. Source: as above. */
const BURSTABLE = /^t(?:3a?|4g)\.(?:(large)|(2?)xlarge)$/;

/** vCPUs and memory in bytes; undefined for a type whose size cannot be derived from its name. */
export function instanceSize(type: string): { readonly cpu: number; readonly memory: number } | undefined {
  const [, large, xlarge] = BURSTABLE.exec(type) ?? [];
  if (large !== undefined) return { cpu: 2, memory: 8 * GIB };
  if (xlarge !== undefined) return { cpu: 4 * Number(xlarge || 1), memory: 16 * Number(xlarge || 1) * GIB };
  const [, family, small, factor] = FAMILY.exec(type) ?? [];
  if (family === undefined) return undefined;
  const cpu = small === 'medium' ? 1 : small === 'large' ? 2 : 4 * Number(factor || 1);
  return { cpu, memory: cpu * MEMORY_PER_CPU[family]! * GIB };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

/** Rounds to millicores, since sums of decimals are inexact. */
function rounded(cores: number): number {
  return Math.round(cores * 1000) / 1000;
}
