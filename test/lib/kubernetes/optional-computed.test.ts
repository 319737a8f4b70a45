import { synthApp } from '../../../lib/testing/synthesized-stack';
import { EVERY_OPTION } from '../../fixtures/every-option';

/** Blocks and attributes of a pod template, below it. */
const POD = [
  'metadata.name',
  'spec.container.image_pull_policy',
  'spec.container.resources',
  'spec.container.resources.limits',
  'spec.container.resources.requests',
  'spec.container.termination_message_policy',
  'spec.hostname',
  'spec.image_pull_secrets',
  'spec.init_container.image_pull_policy',
  'spec.init_container.resources',
  'spec.init_container.resources.limits',
  'spec.init_container.resources.requests',
  'spec.init_container.termination_message_policy',
  'spec.node_name',
  'spec.readiness_gate',
  'spec.scheduler_name',
  'spec.service_account_name',
  'spec.volume.azure_disk.kind',
  'spec.volume.ceph_fs.secret_ref.namespace',
  'spec.volume.ephemeral.volume_claim_template.spec.storage_class_name',
  'spec.volume.ephemeral.volume_claim_template.spec.volume_mode',
  'spec.volume.ephemeral.volume_claim_template.spec.volume_name',
  'spec.volume.flex_volume.secret_ref.namespace',
  'spec.volume.rbd.keyring',
  'spec.volume.rbd.secret_ref.namespace',
];
const pod = (template: string): string[] => POD.map((path) => `${template}.${path}`);

/**
 * What keeps its value in the cluster when it is no longer written, since the provider takes it for computed, by type; besides
 * `metadata.name`. Source: the schemas of hashicorp/kubernetes 2.38.0,
 * https://github.com/hashicorp/terraform-provider-kubernetes/tree/v2.38.0/kubernetes
 */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  kubernetes_cluster_role_binding_v1: ['subject.api_group'],
  kubernetes_cluster_role_v1: ['rule'],
  kubernetes_config_map_v1: [],
  kubernetes_cron_job_v1: [
    'spec.job_template.metadata.name',
    'spec.job_template.spec.completion_mode',
    'spec.job_template.spec.selector',
    ...pod('spec.job_template.spec.template'),
  ],
  kubernetes_daemon_set_v1: ['spec.strategy', 'spec.strategy.rolling_update', ...pod('spec.template')],
  kubernetes_deployment_v1: ['spec.replicas', 'spec.strategy', 'spec.strategy.rolling_update', ...pod('spec.template')],
  kubernetes_horizontal_pod_autoscaler_v2: [
    'spec.behavior',
    'spec.behavior.scale_down',
    'spec.behavior.scale_up',
    'spec.metric',
    'spec.target_cpu_utilization_percentage',
  ],
  kubernetes_ingress_class_v1: ['spec.parameters.scope'],
  kubernetes_ingress_v1: ['spec.ingress_class_name'],
  kubernetes_job_v1: ['metadata.labels', 'spec.completion_mode', 'spec.selector', ...pod('spec.template')],
  kubernetes_limit_range_v1: ['spec.limit.default_request'],
  kubernetes_namespace_v1: [],
  kubernetes_network_policy_v1: [],
  kubernetes_pod_disruption_budget_v1: [],
  kubernetes_priority_class_v1: [],
  kubernetes_resource_quota_v1: [],
  kubernetes_role_binding_v1: ['subject.api_group'],
  kubernetes_role_v1: [],
  kubernetes_service_account_v1: [],
  kubernetes_service_v1: [
    'spec.cluster_ip',
    'spec.cluster_ips',
    'spec.external_traffic_policy',
    'spec.health_check_node_port',
    'spec.internal_traffic_policy',
    'spec.ip_families',
    'spec.ip_family_policy',
    'spec.port.node_port',
    'spec.port.target_port',
    'spec.session_affinity_config',
    'spec.session_affinity_config.client_ip',
    'spec.session_affinity_config.client_ip.timeout_seconds',
  ],
  kubernetes_stateful_set_v1: [
    'spec.persistent_volume_claim_retention_policy',
    'spec.pod_management_policy',
    'spec.replicas',
    'spec.revision_history_limit',
    'spec.volume_claim_template.metadata.name',
    'spec.volume_claim_template.spec.storage_class_name',
    'spec.volume_claim_template.spec.volume_mode',
    'spec.volume_claim_template.spec.volume_name',
    ...pod('spec.template'),
  ],
  kubernetes_storage_class_v1: [],
};

/** What is written by some props and left out by others, and why nothing wrong remains. */
const SOMETIMES: Readonly<Record<string, string>> = {
  'kubernetes_service_v1 spec.cluster_ip': 'the service is replaced when it becomes headless, or no longer is',
  'kubernetes_service_v1 spec.external_traffic_policy': 'Kubernetes removes it when the type has no use for it',
  'kubernetes_service_v1 spec.port.node_port': 'the provider drops it with the type; for node-port any port would do',
  'kubernetes_deployment_v1 spec.strategy.rolling_update': 'the provider does not send it with the type Recreate',
  'kubernetes_job_v1 spec.template.spec.service_account_name': 'a change of the pods replaces the job, which is new',
  'kubernetes_stateful_set_v1 spec.persistent_volume_claim_retention_policy':
    'left out without claims, and another number of claims replaces the set',
  'kubernetes_stateful_set_v1 spec.volume_claim_template.spec.storage_class_name':
    'left out for the default class, whose name is not known here: the docs of storageClass say so',
};

const TOPICS = /^(kubernetes|workloads|job|ingress|autoscaler|add-ons.*)$/;
const resources = [...EVERY_OPTION]
  .filter(([topic]) => TOPICS.test(topic))
  .flatMap(([, build]) => [...synthApp(build).values()].flatMap((stack) => stack.resources))
  .filter(({ type }) => type.startsWith('kubernetes_'));

/** For each block that may have the last name of the path, whether it does. */
function occurrences(value: unknown, [name, ...rest]: readonly string[]): boolean[] {
  if (Array.isArray(value)) return value.flatMap((item) => occurrences(item, [name!, ...rest]));
  const inner = (value as Readonly<Record<string, unknown>>)[name!];
  if (rest.length > 0) return inner === undefined ? [] : occurrences(inner, rest);
  return [Array.isArray(inner) ? inner.length > 0 : inner !== undefined];
}

const sometimes = Object.entries(KEPT).flatMap(([type, paths]) =>
  ['metadata.name', ...paths].flatMap((path) => {
    const found = resources
      .filter((resource) => resource.type === type)
      .flatMap(({ attributes }) => occurrences(attributes, path.split('.')));
    return new Set(found).size > 1 ? [`${type} ${path}`] : [];
  }),
);

test('every type is listed', () => {
  expect([...new Set(resources.map(({ type }) => type))].sort()).toEqual(Object.keys(KEPT).sort());
});

test('what would keep its value when a prop is removed is always written, or never, but where it does no harm', () => {
  expect(sometimes.sort()).toEqual(Object.keys(SOMETIMES).sort());
});
