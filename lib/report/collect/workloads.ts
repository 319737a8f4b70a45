import { parseImage } from '../../kubernetes/image-ref';
import { parseQuantity } from '../../kubernetes/quantity';
import type { AddOnSummary, HelmChart, Image, WorkloadSummary } from '../model';
import { list, order, read, unique, type Resource, type SynthesizedStacks } from '../synthesized';
import { kindOf, labelsOf, namespaceOf, podOf, WORKLOADS, type Pod } from './pods';

export function workloads(stacks: SynthesizedStacks): readonly WorkloadSummary[] {
  return stacks.ofType(...WORKLOADS).map((workload) => {
    const pod = podOf(workload)!;
    const version = labelsOf(workload)['app.kubernetes.io/version'];
    return {
      construct: workload.construct,
      addOn: workload.construct.split('/')[1] ?? workload.stack.name,
      kind: kindOf(workload),
      namespace: namespaceOf(workload),
      name: workload.text('metadata.name') ?? '',
      ...(version !== undefined && { version: workload.show(version) }),
      pods: podsText(workload),
      serviceAccount: workload.text(`${pod.path}.service_account_name`),
      priority: workload.text(`${pod.path}.priority_class_name`),
      images: imagesOf(workload, pod),
      requests: { cpu: requested(pod, 'cpu'), memory: requested(pod, 'memory') },
    };
  });
}

function podsText(workload: Resource): string {
  if (workload.type.includes('daemon')) return 'one per node';
  return workload.text('spec.schedule') ?? workload.text('spec.replicas') ?? '1';
}

function imagesOf(workload: Resource, { containers }: Pod): readonly string[] {
  return unique(containers.map((container) => workload.show(container['image'] ?? 'no image')));
}

/** The Kubernetes objects of each direct child of a stack. */
export function addOns(stacks: SynthesizedStacks): readonly AddOnSummary[] {
  const byConstruct = new Map<string, Resource[]>();
  for (const object of stacks.resources.filter(({ type }) => /^(kubernetes|helm)_/.test(type))) {
    const construct = object.construct.split('/').slice(0, 2).join('/');
    byConstruct.set(construct, [...(byConstruct.get(construct) ?? []), object]);
  }
  return [...byConstruct].map(([construct, objects]) => {
    const kinds = objects.map(kindOf);
    const counts = unique(kinds).map((kind) => [kind, kinds.filter((one) => one === kind).length] as const);
    return { construct, name: construct.split('/')[1]!, objects: Object.fromEntries(counts) };
  });
}

/** Requests of one pod. Init containers run before the others and count only if they request more. */
function requested({ spec }: Pod, resource: 'cpu' | 'memory'): number {
  const each = (containers: unknown) =>
    list(containers).map(
      (container) => parseQuantity(String(read(container, `resources.requests.${resource}`) ?? '0')) ?? 0,
    );
  const together = each(spec['container']).reduce((sum, one) => sum + one, 0);
  return Math.max(together, ...each(spec['init_container']));
}

export function images(workloads: readonly WorkloadSummary[]): readonly Image[] {
  return unique(workloads.flatMap((workload) => workload.images))
    .map((image) => {
      const { registry, repository, tag, digest } = parseImage(image) ?? { registry: '', repository: image };
      return {
        image,
        registry,
        repository,
        ...(tag && { tag }),
        ...(digest && { digest }),
        pinned: digest ? ('digest' as const) : tag ? ('tag' as const) : ('none' as const),
        usedBy: workloads.filter((one) => one.images.includes(image)).map(({ construct }) => construct),
      };
    })
    .sort((a, b) => order(a.image, b.image));
}

export function helmCharts(stacks: SynthesizedStacks): readonly HelmChart[] {
  return stacks.ofType('helm_release').map((release) => {
    const repository = release.text('repository');
    return {
      construct: release.construct,
      name: release.text('name') ?? '',
      namespace: release.text('namespace') ?? 'default',
      chart: release.text('chart') ?? '',
      ...(repository !== undefined && { repository }),
      version: release.text('version') ?? 'latest',
    };
  });
}
