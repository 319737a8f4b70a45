import { read, type Resource } from '../synthesized';

/** Path of the pod spec by resource type, without the type's version suffix. */
const POD_PATHS: Readonly<Record<string, string>> = {
  kubernetes_deployment: 'spec.template.spec',
  kubernetes_daemon_set: 'spec.template.spec',
  kubernetes_daemonset: 'spec.template.spec',
  kubernetes_stateful_set: 'spec.template.spec',
  kubernetes_job: 'spec.template.spec',
  kubernetes_cron_job: 'spec.job_template.spec.template.spec',
  kubernetes_pod: 'spec',
};

/** Resource types that run pods. */
export const WORKLOADS: readonly string[] = Object.keys(POD_PATHS).flatMap((type) => [type, `${type}_v1`]);

export interface Pod {
  /** Path of the pod spec in the resource's attributes. */
  readonly path: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly containers: readonly Readonly<Record<string, unknown>>[];
}

export function podOf(workload: Resource): Pod | undefined {
  const path = POD_PATHS[workload.type.replace(/_v1$/, '')];
  if (path === undefined) return undefined;
  return {
    path,
    spec: (workload.blocks(path)[0] ?? {}) as Pod['spec'],
    containers: [...workload.blocks(`${path}.init_container`), ...workload.blocks(`${path}.container`)],
  };
}

/** `DaemonSet` */
export function kindOf({ type }: Resource): string {
  const words = type
    .replace(/^kubernetes_/, '')
    .replace(/_v1$/, '')
    .split('_');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

export function namespaceOf(object: Resource): string {
  return object.text('metadata.namespace') ?? 'default';
}

export function labelsOf(object: Resource): Readonly<Record<string, unknown>> {
  return (read(object.attributes, 'metadata.labels') ?? {}) as Readonly<Record<string, unknown>>;
}
