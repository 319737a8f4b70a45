import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import type { Labels } from '../kubernetes/labels';
import type { Taint } from '../kubernetes/taint';

/**
 * An optional DNS prefix, then at most 63 characters. Source: "Labels and Selectors",
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

/** Reserved by Kubernetes, with their subdomains. */
const KUBERNETES_DOMAINS = ['kubernetes.io', 'k8s.io'];
/**
 * Domains in which a kubelet may still label its own node. Source: "NodeRestriction",
 * https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */
const KUBELET_DOMAINS = ['kubelet.kubernetes.io', 'node.kubernetes.io'];
/** The API of managed node groups rejects keys that contain these. */
const MANAGED_RESERVED = ['kubernetes.io/', 'k8s.io/', 'eks.amazonaws.com/'];
/** An EC2 tag key has at most 128 characters, of which the autoscaler's prefix for labels takes 46. */
const LONGEST_LABEL_KEY = 128 - 'k8s.io/cluster-autoscaler/node-template/label/'.length;

/** Whether EKS sets the labels through the node group's API, or the kubelet at registration. */
export type LabelledBy = 'eks' | 'kubelet';

export function labelProblems(labels: Labels, by: LabelledBy): readonly Problem[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    if (!KEY.test(key)) return [invalidKey('labels', key)];
    return [
      ...reserved('labels', key, by),
      ...(key.length > LONGEST_LABEL_KEY
        ? [
            `labels has the key '${key}' of ${key.length} characters: shorten it to at most ${LONGEST_LABEL_KEY}, it is part of a tag for the autoscaler`,
          ]
        : []),
      ...(isValidValue(value) && !(by === 'eks' && value === '')
        ? []
        : [`labels['${key}'] is '${value}': use ${by === 'eks' ? '1' : '0'} to 63 letters, digits, '-', '_' or '.'`]),
    ];
  });
}

type TaintProp = 'taints' | 'startupTaints';

export function taintProblems(prop: TaintProp, taints: readonly Taint[], by: LabelledBy): readonly Problem[] {
  const wrong = taints.flatMap(({ key, value = '' }) => [
    ...(KEY.test(key) ? reserved(prop, key, by) : [invalidKey(prop, key)]),
    ...(isValidValue(value)
      ? []
      : [`taint '${key}' has an invalid value '${value}': use at most 63 letters, digits, '-', '_' or '.'`]),
  ]);
  const repeated = duplicates(taints.map(({ key, effect }) => `${key}:${effect}`));
  return [
    ...wrong,
    ...repeated.map(
      (taint) => `${prop} has '${taint}' twice, and Kubernetes allows one taint per key and effect: remove one`,
    ),
  ];
}

function invalidKey(prop: 'labels' | TaintProp, key: string): string {
  return `${prop} has an invalid key '${key}': use at most 63 letters, digits, '-', '_' or '.', after a DNS name and a slash if it has a prefix`;
}

/** In an order of their own: a node's taints are a set. */
export function sortTaints(taints: readonly Taint[]): readonly Taint[] {
  const text = ({ key, value = '', effect }: Taint) => [key, effect, value].join('\0');
  return [...taints].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** Whether a pod without tolerations cannot be scheduled. */
export function repelsPods(taints: readonly Taint[]): boolean {
  return taints.some(({ effect }) => effect !== 'PreferNoSchedule');
}

function reserved(prop: 'labels' | TaintProp, key: string, by: LabelledBy): readonly Problem[] {
  if (by === 'eks') {
    return MANAGED_RESERVED.some((part) => key.includes(part))
      ? [
          `${prop} has '${key}': managed node groups reject keys with ${MANAGED_RESERVED.join(', ')}; use your own prefix`,
        ]
      : [];
  }
  const prefix = key.includes('/') ? key.split('/')[0]! : '';
  // The kubelet may register with any taint; only labels are restricted.
  const rejected =
    prop === 'labels' && isWithinDomain(prefix, KUBERNETES_DOMAINS) && !isWithinDomain(prefix, KUBELET_DOMAINS);
  return rejected
    ? [
        `labels has '${key}': under kubernetes.io and k8s.io a node may only set labels of ${KUBELET_DOMAINS.join(' and ')}; use your own prefix`,
      ]
    : [];
}

function isValidValue(value: string): boolean {
  return Token.isUnresolved(value) || VALUE.test(value);
}

function isWithinDomain(prefix: string, domains: readonly string[]): boolean {
  return domains.some((domain) => prefix === domain || prefix.endsWith(`.${domain}`));
}
