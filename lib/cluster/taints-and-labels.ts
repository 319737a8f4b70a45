import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import type { Labels } from '../kubernetes/labels';
import { TAINT_EFFECTS, type Taint } from '../kubernetes/taint';

/** Source: "Labels and Selectors", Kubernetes documentation: an optional DNS prefix, then at most 63 characters. */
const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

/** What Kubernetes keeps for itself: `x/` and `anything.x/`. */
const KUBERNETES_DOMAINS = ['kubernetes.io', 'k8s.io'];
/** Where a kubelet may label its own node all the same. Source: "NodeRestriction", Kubernetes documentation. */
const KUBELET_DOMAINS = ['kubelet.kubernetes.io', 'node.kubernetes.io'];
/** What the API of managed node groups refuses wherever it stands in a key. */
const MANAGED_RESERVED = ['kubernetes.io/', 'k8s.io/', 'eks.amazonaws.com/'];
/** An EC2 tag key has at most 128 characters, of which the autoscaler's prefix for labels takes 46. */
const LONGEST_LABEL_KEY = 128 - 'k8s.io/cluster-autoscaler/node-template/label/'.length;

/** Who labels the node: EKS through the group's API, or the kubelet itself. */
export type LabelledBy = 'eks' | 'kubelet';

export function labelProblems(labels: Labels, by: LabelledBy): readonly Problem[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    if (!KEY.test(key)) return [`labels has the key '${key}': write a name of at most 63 characters, or prefix/name`];
    return [
      ...reserved('labels', key, by),
      ...(key.length > LONGEST_LABEL_KEY
        ? [
            `labels has a key of ${key.length} characters, '${key}': the autoscaler's tag for it has room for ${LONGEST_LABEL_KEY}`,
          ]
        : []),
      ...(isValidValue(value) && !(by === 'eks' && value === '')
        ? []
        : [`labels['${key}'] is '${value}': write ${by === 'eks' ? '1' : '0'} to 63 letters, digits, '-', '_' or '.'`]),
    ];
  });
}

export function taintProblems(taints: readonly Taint[], by: LabelledBy): readonly Problem[] {
  const wrong = taints.flatMap(({ key, value = '', effect }) => [
    ...(KEY.test(key)
      ? reserved('taints', key, by)
      : [`taints has the key '${key}': write a name of at most 63 characters, or prefix/name`]),
    ...(isValidValue(value)
      ? []
      : [`the taint '${key}' has the value '${value}': write at most 63 letters, digits, '-', '_' or '.'`]),
    ...(TAINT_EFFECTS.includes(effect)
      ? []
      : [`the taint '${key}' has the effect '${effect}': it is one of ${TAINT_EFFECTS.join(', ')}`]),
  ]);
  const repeated = duplicates(taints.map(({ key, effect }) => `${key}:${effect}`));
  return [
    ...wrong,
    ...repeated.map((taint) => `taints has '${taint}' twice: Kubernetes keeps one taint for a key and an effect`),
  ];
}

/** Whether a pod without tolerations is kept off. */
export function repelsPods(taints: readonly Taint[]): boolean {
  return taints.some(({ effect }) => effect !== 'PreferNoSchedule');
}

function reserved(prop: 'labels' | 'taints', key: string, by: LabelledBy): readonly Problem[] {
  if (by === 'eks') {
    return MANAGED_RESERVED.some((part) => key.includes(part))
      ? [
          `${prop} has '${key}': a managed node group takes no key with ${MANAGED_RESERVED.join(', ')}; use a prefix of your own`,
        ]
      : [];
  }
  const prefix = key.includes('/') ? key.split('/')[0]! : '';
  // Taints are the kubelet's to choose when it registers; only labels are restricted.
  const refused =
    prop === 'labels' && isWithinDomain(prefix, KUBERNETES_DOMAINS) && !isWithinDomain(prefix, KUBELET_DOMAINS);
  return refused
    ? [
        `labels has '${key}': the API server lets a node set no label under kubernetes.io or k8s.io but those under ${KUBELET_DOMAINS.join(' and ')}; use a prefix of your own`,
      ]
    : [];
}

function isValidValue(value: string): boolean {
  return Token.isUnresolved(value) || VALUE.test(value);
}

function isWithinDomain(prefix: string, domains: readonly string[]): boolean {
  return domains.some((domain) => prefix === domain || prefix.endsWith(`.${domain}`));
}
