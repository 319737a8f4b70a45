import type { PlannedResource, PlannedResources } from '../planned-resources';
import { textAt, textsAt, valuesAt } from '../values-at';
import { isExposed } from './traffic';

export const WORKLOADS = ['kubernetes_daemon_set', 'kubernetes_deployment', 'kubernetes_stateful_set'];

export function namespaceOf(object: unknown): string {
  return textAt(object, 'metadata.namespace') || 'default';
}

export function nameOf(object: unknown): string {
  return textAt(object, 'metadata.name');
}

/** Whether a Service selects the pods of a workload. */
export function selects(service: unknown, workload: unknown): boolean {
  const [selector] = valuesAt(service, 'spec.selector') as readonly Labels[];
  const [labels = {}] = valuesAt(workload, 'spec.template.metadata.labels') as readonly Labels[];
  const wanted = Object.entries(selector ?? {});
  return (
    wanted.length > 0 &&
    namespaceOf(service) === namespaceOf(workload) &&
    wanted.every(([label, value]) => labels[label] === value)
  );
}

type Labels = Readonly<Record<string, unknown>>;

/** The Ingresses that send requests to a Service. */
export function ingressesTo(service: unknown, resources: PlannedResources): readonly PlannedResource[] {
  return resources.existing('kubernetes_ingress').filter(({ before }) => isBackend(service, before));
}

/** Whether requests from outside the cluster reach a Service. */
export function isReached(service: unknown, resources: PlannedResources): boolean {
  return isExposed(service) || ingressesTo(service, resources).length > 0;
}

/** The names of the Services to which an Ingress sends requests; `kubernetes_ingress` has older names for them. */
export function backendsOf(ingress: unknown): readonly string[] {
  return [
    'spec.rule.http.path.backend.service.name',
    'spec.default_backend.service.name',
    'spec.rule.http.path.backend.service_name',
    'spec.backend.service_name',
  ].flatMap((path) => textsAt(ingress, path));
}

function isBackend(service: unknown, ingress: unknown): boolean {
  return namespaceOf(service) === namespaceOf(ingress) && backendsOf(ingress).includes(nameOf(service));
}
