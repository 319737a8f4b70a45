import type { CapacitySummary, Report } from '../model';
import { attention, range, type Cell, type Section } from './section';
import { bytes, cores } from './software';

export function nodeSection({ nodeGroups, packing }: Report): Section {
  return {
    id: 'nodes',
    title: 'Nodes',
    tables: [
      {
        caption: 'Node groups',
        columns: ['Group', 'Nodes', 'Instance types', 'Capacity', 'Zones', 'Labels', 'Taints'],
        rows: nodeGroups.map((group) => [
          [group.name, group.kind === 'auto-scaling' ? 'self-managed' : 'EKS managed'],
          range(group.min, group.max),
          group.instanceTypes,
          group.capacity.toLowerCase().replaceAll('_', '-'),
          group.zones,
          Object.entries(group.labels).map(([key, value]) => `${key}=${value}`),
          group.taints,
        ]),
        none: 'None in these stacks.',
      },
      {
        caption: 'Pod requests and the capacity of the minimum number of nodes',
        columns: ['Node selector', 'Workloads', 'Pods', 'CPU', 'Memory', 'Nodes'],
        rows: packing.map((pool) => [
          pool.nodeSelector || 'none',
          String(pool.workloads),
          String(pool.pods),
          share(pool, 'cpu'),
          share(pool, 'memory'),
          pool.nodes > 0 ? String(pool.nodes) : 'in another stack',
        ]),
        none: 'No pods in these stacks.',
      },
    ],
  };
}

/** `600m of 6 CPU (10%)` */
function share({ capacity, ...pool }: CapacitySummary, resource: 'cpu' | 'memory'): Cell {
  const show = resource === 'cpu' ? cores : bytes;
  if (!capacity) return show(pool[resource]);
  const percent = Math.round((pool[resource] / capacity[resource]) * 100);
  const text = `${show(pool[resource])} of ${show(capacity[resource])} (${percent}%)`;
  return percent > 100 ? attention(text) : text;
}
