import {
  asObject,
  isList,
  isObject,
  mapValues,
  unresolved,
  type Json,
  type JsonObject,
  type SynthesizedStack,
} from './synthesized-stack';

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string } & JsonObject;
  readonly [key: string]: Json;
}

/** In the order in which they are created. */
const KINDS = {
  kubernetes_namespace_v1: ['v1', 'Namespace'],
  kubernetes_priority_class_v1: ['scheduling.k8s.io/v1', 'PriorityClass'],
  kubernetes_limit_range_v1: ['v1', 'LimitRange'],
  kubernetes_service_account_v1: ['v1', 'ServiceAccount'],
  kubernetes_cluster_role_v1: ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  kubernetes_cluster_role_binding_v1: ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  kubernetes_role_v1: ['rbac.authorization.k8s.io/v1', 'Role'],
  kubernetes_role_binding_v1: ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  kubernetes_config_map_v1: ['v1', 'ConfigMap'],
  kubernetes_network_policy_v1: ['networking.k8s.io/v1', 'NetworkPolicy'],
  kubernetes_service_v1: ['v1', 'Service'],
  kubernetes_ingress_class_v1: ['networking.k8s.io/v1', 'IngressClass'],
  kubernetes_ingress_v1: ['networking.k8s.io/v1', 'Ingress'],
  kubernetes_pod_disruption_budget_v1: ['policy/v1', 'PodDisruptionBudget'],
  kubernetes_daemon_set_v1: ['apps/v1', 'DaemonSet'],
  kubernetes_deployment_v1: ['apps/v1', 'Deployment'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

/** Names of blocks that repeat, and of the lists that they form. */
const LISTS: Readonly<Record<string, string>> = {
  container: 'containers',
  init_container: 'initContainers',
  port: 'ports',
  env: 'env',
  env_from: 'envFrom',
  volume: 'volumes',
  volume_mount: 'volumeMounts',
  toleration: 'tolerations',
  topology_spread_constraint: 'topologySpreadConstraints',
  http_header: 'httpHeaders',
  items: 'items',
  sources: 'sources',
  option: 'options',
  rule: 'rules',
  subject: 'subjects',
  path: 'paths',
  match_expressions: 'matchExpressions',
  node_selector_term: 'nodeSelectorTerms',
  limit: 'limits',
  ingress: 'ingress',
  egress: 'egress',
  from: 'from',
  to: 'to',
  ports: 'ports',
  tls: 'tls',
  image_pull_secrets: 'imagePullSecrets',
  host_aliases: 'hostAliases',
  preferred_during_scheduling_ignored_during_execution: 'preferredDuringSchedulingIgnoredDuringExecution',
};
/** Their keys are the user's. */
const MAPS = new Set([
  'labels',
  'annotations',
  'match_labels',
  'data',
  'binary_data',
  'node_selector',
  'requests',
  'hard',
]);
/** The provider's schema says text. */
const NUMBERS = new Set([
  'run_as_user',
  'run_as_group',
  'fs_group',
  'replicas',
  'port',
  'target_port',
  'max_surge',
  'max_unavailable',
  'min_available',
  'toleration_seconds',
]);
/** The provider's schema says text, in octal digits. */
const MODES = new Set(['default_mode', 'mode']);
/** The provider's own settings. */
const NOT_SENT = new Set(['wait_for_rollout', 'wait_for_load_balancer', 'id']);

/** The objects that the Kubernetes provider would create for a stack. */
export function kubernetesObjects(stack: SynthesizedStack): readonly KubernetesObject[] {
  return Object.entries(KINDS).flatMap(([type, [apiVersion, kind]]) =>
    stack.resources(type).map(({ name, config }) => {
      const unknown = unresolved(config);
      if (unknown !== undefined) throw new Error(`${type}.${name}: ${unknown} is only known after apply`);
      const object = convert(config, kind, []);
      return { apiVersion, kind, ...fixUp(kind, object) } as KubernetesObject;
    }),
  );
}

function convert(config: JsonObject, kind: string, path: readonly string[]): JsonObject {
  const entries = Object.entries(config).flatMap(([key, value]): [string, Json][] => {
    if (value === null || (path.length === 0 && NOT_SENT.has(key))) return [];
    if (isMap(key, value, kind, path)) return [[camelCase(key), value]];
    const [name, converted] = convertEntry(key, value, kind, [...path, key]);
    return isList(converted) && converted.length === 0 ? [] : [[name, converted]];
  });
  return Object.fromEntries(entries);
}

function convertEntry(key: string, value: Json, kind: string, path: readonly string[]): [string, Json] {
  // A backend has one port, a Service has several.
  const list = key === 'port' && path.includes('backend') ? undefined : (LISTS[key] ?? podAffinityTerms(key, path));
  if (list !== undefined && (isObject(value) || (isList(value) && value.some(isObject)))) {
    const blocks = isList(value) ? value : [value];
    return [list, blocks.map((one) => convert(asObject(one), kind, path))];
  }
  if (isObject(value)) return [camelCase(key), convert(value, kind, path)];
  if (isList(value) && value.some(isObject)) return [camelCase(key), convert(asObject(value), kind, path)];
  return [camelCase(key), typeof value === 'string' ? scalar(key, value) : value];
}

function scalar(key: string, text: string): string | number {
  if (MODES.has(key)) return Number.parseInt(text, 8);
  return NUMBERS.has(key) && /^\d+$/.test(text) ? Number(text) : text;
}

/** Required terms are a list for pods; for nodes they are one selector. */
function podAffinityTerms(key: string, path: readonly string[]): string | undefined {
  const ofPods = path.includes('pod_affinity') || path.includes('pod_anti_affinity');
  return ofPods && key === 'required_during_scheduling_ignored_during_execution' ? camelCase(key) : undefined;
}

function isMap(key: string, value: Json, kind: string, path: readonly string[]): boolean {
  if (!isObject(value)) return false;
  return (
    MAPS.has(key) || (key === 'limits' && path.at(-1) === 'resources') || (key === 'selector' && kind === 'Service')
  );
}

function camelCase(key: string): string {
  return key
    .replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/(Cidr|Ip|Ipc|Pid)$/, (acronym) => acronym.toUpperCase())
    .replace(/(Ip|Url)s$/, (_, acronym: string) => `${acronym.toUpperCase()}s`);
}

/** Where the provider nests otherwise than Kubernetes. */
function fixUp(kind: string, object: JsonObject): JsonObject {
  switch (kind) {
    case 'DaemonSet': {
      const { strategy, ...spec } = asObject(object['spec']!);
      return { ...object, spec: { ...spec, ...(strategy !== undefined && { updateStrategy: strategy }) } };
    }
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return {
        ...object,
        subjects: (object['subjects'] as readonly JsonObject[]).map((subject) => ({
          ...subject,
          apiGroup: subject['kind'] === 'ServiceAccount' ? '' : (subject['apiGroup'] ?? ''),
        })),
      };
    default:
      return object;
  }
}

/** A copy of a controller with other containers. */
export function withContainer(
  object: KubernetesObject,
  change: (container: JsonObject) => JsonObject,
  changePod: (pod: JsonObject) => JsonObject = (pod) => pod,
): KubernetesObject {
  const spec = asObject(object['spec']!);
  const template = asObject(spec['template']!);
  const pod = asObject(template['spec']!);
  const containers = (pod['containers'] as readonly JsonObject[]).map(change);
  return { ...object, spec: { ...spec, template: { ...template, spec: changePod({ ...pod, containers }) } } };
}

/** Arguments as a record: `--name=value`, or `--name` for what is on. */
export function argumentsOf(container: JsonObject): Readonly<Record<string, string>> {
  const given = (container['args'] ?? []) as readonly string[];
  return Object.fromEntries(
    given.map((argument) => {
      const [, name = argument, value = 'true'] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
      return [name, value];
    }),
  );
}

export { mapValues };
