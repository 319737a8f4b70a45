import type { FactTable, TypeFacts } from './type-facts';

/** A Kubernetes object is identified by namespace and name; changing either replaces it. */
const OBJECT: TypeFacts = {
  forceNew: ['metadata.name', 'metadata.namespace', 'metadata.generate_name'],
  values: {
    id: (self) => [self.textAt('metadata.namespace'), self.textAt('metadata.name')].filter(Boolean).join('/'),
    'metadata.generation': 1,
    'metadata.resource_version': '1',
    'metadata.uid': '{uuid}',
    'metadata.name': '{hex:10:name}',
  },
};

function object(facts: TypeFacts = {}): TypeFacts {
  return {
    ...facts,
    forceNew: [...OBJECT.forceNew!, ...(facts.forceNew ?? [])],
    values: { ...OBJECT.values, ...facts.values },
  };
}

const WORKLOAD = object({ forceNew: ['spec.selector'] });
/** Not the requested size: the provider plans an update, which it never makes. */
const CLAIM_FORCE_NEW = [
  'metadata.name',
  'spec.access_modes',
  'spec.resources.limits',
  'spec.selector',
  'spec.storage_class_name',
  'spec.volume_mode',
  'spec.volume_name',
];
const JOB_FORCE_NEW = [
  'backoff_limit_per_index',
  'completion_mode',
  'completions',
  'pod_failure_policy',
  'selector',
  'template',
];
const TYPES: FactTable = {
  config_map: object({ forceNew: ['immutable'] }),
  secret: object({
    forceNew: ['immutable', 'type'],
    defaults: { type: 'Opaque', wait_for_service_account_token: true },
    sensitive: ['data', 'binary_data'],
  }),
  deployment: { ...WORKLOAD, defaults: { wait_for_rollout: true } },
  daemon_set: { ...WORKLOAD, defaults: { wait_for_rollout: true } },
  daemonset: { ...WORKLOAD, defaults: { wait_for_rollout: true } },
  stateful_set: {
    ...object({
      forceNew: [
        'spec.pod_management_policy',
        'spec.revision_history_limit',
        'spec.selector',
        'spec.service_name',
        ...CLAIM_FORCE_NEW.map((name) => `spec.volume_claim_template.${name}`),
      ],
    }),
    defaults: { wait_for_rollout: true },
  },
  // Of `template` the provider replaces for most attributes; a change of the others it plans in place, and never makes.
  job: object({
    forceNew: JOB_FORCE_NEW.map((name) => `spec.${name}`),
    defaults: { wait_for_completion: true, 'spec.backoff_limit': 6, 'spec.completions': 1, 'spec.parallelism': 1 },
  }),
  horizontal_pod_autoscaler: object({
    defaults: { 'spec.min_replicas': 1 },
    computedBlocks: ['spec.behavior', 'spec.metric'],
  }),
  ingress: object({ defaults: { 'spec.rule.http.path.path_type': 'ImplementationSpecific' } }),
  pod_disruption_budget: object({ forceNew: ['spec'] }),
  service: object({
    forceNew: ['spec.cluster_ip'],
    defaults: { wait_for_load_balancer: true },
    values: { 'spec.cluster_ip': '172.20.0.10', 'spec.cluster_ips': ['172.20.0.10'] },
  }),
  service_account: object({
    defaults: { automount_service_account_token: true },
    values: { default_secret_name: '' },
  }),
  namespace: object({ defaults: { wait_for_default_service_account: false } }),
  persistent_volume_claim: object({
    forceNew: ['spec.access_modes', 'spec.storage_class_name', 'spec.selector', 'spec.volume_name', 'spec.volume_mode'],
    defaults: { wait_until_bound: true },
  }),
  storage_class: object({
    // Not `reclaim_policy`: the provider plans an update, which it never makes.
    forceNew: ['parameters', 'storage_provisioner', 'volume_binding_mode', 'mount_options', 'allowed_topologies'],
    defaults: { reclaim_policy: 'Delete', volume_binding_mode: 'Immediate', allow_volume_expansion: true },
  }),
  priority_class: object({
    forceNew: ['value', 'preemption_policy'],
    defaults: { preemption_policy: 'PreemptLowerPriority' },
  }),
  role_binding: object({ forceNew: ['role_ref'] }),
  cluster_role_binding: object({ forceNew: ['role_ref'] }),
  runtime_class: object({ forceNew: ['handler'] }),
  csi_driver: object({ forceNew: ['spec.attach_required'] }),
};

/** Facts about the Kubernetes provider: types that are not listed get the facts common to all objects. */
export function kubernetesFacts(type: string): TypeFacts {
  // `kubernetes_config_map_v1` and `kubernetes_config_map` share facts, as do resources and data sources.
  return TYPES[type.replace(/^(data\.)?kubernetes_/, '').replace(/_v\d+$/, '')] ?? OBJECT;
}
