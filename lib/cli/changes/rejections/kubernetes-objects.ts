import type { PlannedResource } from '../planned-resources';
import { textAt, valuesAt } from '../values-at';
import type { Rejected } from './rejected';

/**
 * The provider plans the change in place and makes none, as Kubernetes allows none.
 * Source: https://github.com/hashicorp/terraform-provider-kubernetes/issues/2049
 */
export function claimTemplate({ before, after, action }: PlannedResource): Rejected | undefined {
  if (action !== 'change' && action !== 'replace') return undefined;
  const sizes = (set: unknown) =>
    new Map(
      valuesAt(set, 'spec.volume_claim_template').map((template) => [
        textAt(template, 'metadata.name'),
        textAt(template, 'spec.resources.requests.storage'),
      ]),
    );
  const wanted = sizes(after);
  const changed = [...sizes(before)].filter(([name, size]) => wanted.has(name) && wanted.get(name) !== size);
  const [first] = changed;
  if (!first) return undefined;
  const [namespace, set] = [textAt(before, 'metadata.namespace') || 'default', textAt(before, 'metadata.name')];
  const replicas = Number(textAt(before, 'spec.replicas') || '1');
  const claims = changed.map(([name, size]) => `${name}: ${size} to ${wanted.get(name)}`).join(', ');
  return {
    reason: `claim template ${claims}: the claims of a StatefulSet keep their size, whatever is applied`,
    steps: [
      ...changed.map(
        ([name]) =>
          `for each of its ${replicas} pods: kubectl -n ${namespace} patch pvc ${name}-${set}-0 -p '{"spec":{"resources":{"requests":{"storage":"${wanted.get(name)}"}}}}' (a volume only grows, and only if its class allows it)`,
      ),
      `kubectl -n ${namespace} delete statefulset ${set} --cascade=orphan, which keeps pods and claims`,
      'apply: the set is created again, with the new template, and takes over its pods',
    ],
  };
}

/** The provider sends only the labels and `allow_volume_expansion` of a class. */
export function reclaimPolicy({ before, after, action }: PlannedResource): Rejected | undefined {
  const [was, becomes] = [textAt(before, 'reclaim_policy'), textAt(after, 'reclaim_policy')];
  if (action !== 'change' || was === becomes || becomes === '') return undefined;
  return {
    reason: `reclaim_policy ${was} to ${becomes}: the class in the cluster keeps its policy, and every plan shows the change again`,
    steps: ['replace the class under its name: terraform apply -replace=ADDRESS, or replace_triggered_by'],
  };
}
