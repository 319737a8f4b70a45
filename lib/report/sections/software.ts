import type { AddOnSummary, HelmChart, Image, Report, WorkloadSummary } from '../model';
import { attention, fine, yesOrNo, type Cell, type Section, type Table } from './section';

/** Software in the cluster, and its images. */
export function softwareSections(report: Report): readonly Section[] {
  return [addOnSection(report), images(report)];
}

function addOnSection({ eksAddOns, addOns, workloads, helmCharts }: Report): Section {
  return {
    id: 'add-ons',
    title: 'Add-ons and workloads',
    tables: [
      {
        caption: 'EKS add-ons',
        columns: ['Add-on', 'Version', 'Custom configuration'],
        rows: eksAddOns.map(({ name, version, configured }) => [name, version, yesOrNo(configured)]),
        none: 'None in these stacks.',
      },
      {
        caption: 'Kubernetes objects',
        columns: ['Add-on', 'Objects'],
        rows: addOns.map(({ name, objects }) => [name, objectCounts(objects)]),
        none: 'None in these stacks.',
      },
      {
        caption: 'Workloads',
        columns: ['Add-on', 'Workload', 'Version', 'Pods', 'Requests per pod', 'Priority'],
        rows: workloads.map((one) => [
          one.addOn,
          `${one.kind} ${one.namespace}/${one.name}`,
          one.version ?? '',
          one.pods,
          requests(one),
          one.priority ?? 'default',
        ]),
        none: 'None in these stacks.',
      },
      ...(helmCharts.length > 0 ? [chartTable(helmCharts)] : []),
    ],
  };
}

function chartTable(charts: readonly HelmChart[]): Table {
  return {
    caption: 'Helm charts: their objects and images are known only to Helm',
    columns: ['Release', 'Chart', 'Version'],
    rows: charts.map(({ name, namespace, chart, repository, version }) => [
      `${namespace}/${name}`,
      repository === undefined ? chart : `${repository} ${chart}`,
      version,
    ]),
    none: '',
  };
}

/** `Deployment, 3 NetworkPolicy` */
function objectCounts(objects: AddOnSummary['objects']): string {
  return Object.entries(objects)
    .map(([kind, number]) => (number === 1 ? kind : `${number} ${kind}`))
    .join(', ');
}

function requests({ requests: { cpu, memory } }: WorkloadSummary): string {
  return `${cores(cpu)}, ${bytes(memory)}`;
}

/** `200m`, or `1.5` cores. */
export function cores(cpu: number): string {
  return cpu < 1 ? `${Math.round(cpu * 1000)}m` : `${Math.round(cpu * 100) / 100} CPU`;
}

export function bytes(memory: number): string {
  const mib = memory / 2 ** 20;
  return mib < 1024 ? `${Math.round(mib)}Mi` : `${Math.round((mib / 1024) * 10) / 10}Gi`;
}

function images({ images: all }: Report): Section {
  return {
    id: 'images',
    title: 'Container images',
    note: "A digest is immutable; a tag may be moved to another image. Images of EKS add-ons depend on the add-on's version.",
    tables: [
      {
        caption: 'Images by registry',
        columns: ['Image', 'Pinned by', 'Digest', 'Used by'],
        rows: all.map((one) => [
          `${one.registry ? `${one.registry}/` : ''}${one.repository}${one.tag ? `:${one.tag}` : ''}`,
          pinned(one),
          one.digest ?? '',
          one.usedBy,
        ]),
        none: 'No images in these stacks.',
      },
    ],
  };
}

function pinned({ pinned: by }: Image): Cell {
  if (by === 'digest') return fine('digest');
  return by === 'tag' ? 'tag' : attention('not pinned');
}
