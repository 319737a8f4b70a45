import { exists, isUnknown, stays, type PlannedResource, type PlannedResources } from '../planned-resources';
import { textAt, textsAt, valuesAt } from '../values-at';
import { isReached, selects, WORKLOADS } from './kubernetes-objects';
import { NODE_GROUPS } from './node-groups';
import { outage, type Judge } from './verdict';

interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** What a node group gives its nodes. */
interface NodeTraits {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly taints: readonly Taint[];
}

/** Auto Scaling groups have them as tags for the Cluster Autoscaler. */
const TEMPLATE = 'k8s.io/cluster-autoscaler/node-template/';
/** As EKS and Kubernetes spell them. */
const NO_EXECUTE = ['NO_EXECUTE', 'NoExecute'];
const NO_SCHEDULE = ['NO_SCHEDULE', 'NoSchedule'];

/**
 * Labels and taints of the nodes that host pods which receive requests. They change in the apply of the nodes, what the
 * pods select and tolerate in that of the workload.
 */
export const nodePlacement: Judge = (resource, { resources }) => {
  if (!exists(resource) || !['change', 'replace'].includes(resource.action)) return undefined;
  const groups = resources.existing(...NODE_GROUPS);
  for (const workload of exposedWorkloads(resources)) {
    if (!mayHost(workload, resource, 'before') || mayHost(workload, resource, 'after')) continue;
    if (groups.some((one) => stays(one) && mayHost(workload, one, 'before') && mayHost(workload, one, 'after')))
      continue;
    return outage(
      `changes labels or taints: no node is left that ${workload.path} runs on, until its own stack is applied`,
    );
  }
  return undefined;
};

function exposedWorkloads(resources: PlannedResources): readonly PlannedResource[] {
  const services = resources.existing('kubernetes_service').filter(({ before }) => isReached(before, resources));
  return resources
    .existing(...WORKLOADS)
    .filter((one) => stays(one) && services.some(({ before }) => selects(before, one.before)));
}

/** Whether the pods, as they are before the apply, run on the nodes of a group. */
function mayHost(workload: PlannedResource, group: PlannedResource, when: 'before' | 'after'): boolean {
  if (when === 'after' && ['labels', 'taint', 'tag'].some((name) => isUnknown(group, name))) return true;
  const pod = valuesAt(workload.before, 'spec.template.spec')[0];
  const { labels, taints } = traitsOf(group[when]);
  const areNew = when === 'after' && (group.family === 'aws_autoscaling_group' || group.action === 'replace');
  const effects = when === 'before' || areNew ? [...NO_EXECUTE, ...NO_SCHEDULE] : NO_EXECUTE;
  const repelled = taints.some((taint) => effects.includes(taint.effect) && !tolerates(pod, taint));
  if (repelled) return false;
  // Pods stay on nodes whose labels change; a DaemonSet's are deleted.
  const stayOn = when === 'after' && !areNew && workload.family !== 'kubernetes_daemon_set';
  return stayOn || selectsNodes(pod, labels);
}

function traitsOf(group: unknown): NodeTraits {
  const tags = valuesAt(group, 'tag').map((tag) => [textAt(tag, 'key'), textAt(tag, 'value')] as const);
  const templates = (kind: string) =>
    tags.flatMap(([key, value]) =>
      key.startsWith(TEMPLATE + kind) ? [[key.slice(TEMPLATE.length + kind.length), value] as const] : [],
    );
  const [labels = {}] = valuesAt(group, 'labels') as readonly Readonly<Record<string, unknown>>[];
  return {
    labels: { ...labels, ...Object.fromEntries(templates('label/')) },
    taints: [
      ...valuesAt(group, 'taint').map((taint) => ({
        key: textAt(taint, 'key'),
        value: textAt(taint, 'value'),
        effect: textAt(taint, 'effect'),
      })),
      ...templates('taint/').map(([key, text]) => {
        const [value = '', effect = ''] = text.split(':');
        return { key, value, effect };
      }),
    ],
  };
}

/** Only what is compared with a label of node groups: others, such as the zone, are the node's own. */
function selectsNodes(pod: unknown, labels: NodeTraits['labels']): boolean {
  const [selector = {}] = valuesAt(pod, 'node_selector') as readonly Readonly<Record<string, unknown>>[];
  const isOwn = (key: string) => key.includes('kubernetes.io/') || key.startsWith('eks.amazonaws.com/');
  const selected = Object.entries(selector).every(([key, value]) => isOwn(key) || labels[key] === value);
  const terms = valuesAt(
    pod,
    'affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_term',
  );
  const matchesTerm = (term: unknown) =>
    valuesAt(term, 'match_expressions').every((expression) => {
      const key = textAt(expression, 'key');
      return (
        isOwn(key) ||
        textAt(expression, 'operator') !== 'In' ||
        textsAt(expression, 'values').includes(String(labels[key]))
      );
    });
  return selected && (terms.length === 0 || terms.some(matchesTerm));
}

function tolerates(pod: unknown, { key, value, effect }: Taint): boolean {
  const spellings = [NO_EXECUTE, NO_SCHEDULE].find((names) => names.includes(effect)) ?? [effect];
  return valuesAt(pod, 'toleration').some((toleration) => {
    const [ownKey, ownEffect] = [textAt(toleration, 'key'), textAt(toleration, 'effect')];
    const anyValue = textAt(toleration, 'operator') === 'Exists';
    return (
      (ownKey === key || (ownKey === '' && anyValue)) &&
      (anyValue || textAt(toleration, 'value') === value) &&
      (ownEffect === '' || spellings.includes(ownEffect))
    );
  });
}
