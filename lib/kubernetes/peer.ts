import type { NetworkPolicyV1SpecIngressFrom as PeerBlock } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { formatValue } from '../core/format';
import { anyCidrContains, anyCidrProblem } from '../core/ipv6-cidr';
import { peerCidrProblem } from '../core/peer-cidr';
import { isRecord } from '../core/record';
import {
  checkedBy,
  list,
  literal,
  object,
  optional,
  ref,
  shapeProblems,
  text,
  type AnyShape,
  type Shape,
} from '../core/shape';
import { LABELS, type Labels } from './labels';
import { labelProblems } from './metadata';
import { NAMESPACE_REF, namespaceProblems, type NamespaceRef } from './namespace-ref';
import { nameProblem } from './object-name';

/** Pods by their labels and namespace: a `Workload`, a `PodService`, or a plain object. */
export interface PodSelection {
  readonly selector: Labels;
  readonly namespace: NamespaceRef;
}

/** The other end of a connection. */
export type Peer =
  | PodSelection
  /** Pods by their labels, in this namespace or in another one, by name or `any`. */
  | { readonly pods: Labels; readonly namespace?: string }
  /** Every pod of a namespace. */
  | { readonly namespace: string }
  | { readonly cidr: string; readonly except?: readonly string[] };

/**
 * The API server sets it on every namespace. Source: "Automatic labelling",
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#automatic-labelling
 */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Its block in a rule. */
export function peerBlock(peer: Peer): PeerBlock {
  if ('cidr' in peer) return { ipBlock: { cidr: peer.cidr, except: peer.except && [...peer.except] } };
  if ('selector' in peer) return { ...inNamespace(peer.namespace.namespaceName), ...withLabels(peer.selector) };
  return { ...(peer.namespace && inNamespaces(peer.namespace)), ...('pods' in peer && withLabels(peer.pods)) };
}

/** The keyword is of this form alone: a namespace's own object may have that name. */
function inNamespaces(name: string): PeerBlock {
  return name === 'any' ? { namespaceSelector: {} } : inNamespace(name);
}

function inNamespace(name: string): PeerBlock {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: name } } };
}

function withLabels(labels: Labels): PeerBlock {
  return { podSelector: { matchLabels: { ...labels } } };
}

const FORMS =
  "a peer, such as { selector, namespace: { namespaceName } }, { pods, namespace: '...' }, { pods }, { namespace: '...' } or { cidr, except }";

type PeerWith<Key extends string> = Extract<Peer, Readonly<Record<Key, unknown>>>;

const BLOCK = text('a CIDR block, such as 10.20.0.0/16');
const SELECTION = ref<PodSelection>('pods, such as new Workload(...)', { selector: LABELS, namespace: NAMESPACE_REF });

/** By the property that decides on the form, in this order: a `Workload` has others too. */
const SHAPES: Readonly<Record<string, AnyShape>> = {
  cidr: object<PeerWith<'cidr'>>({ cidr: BLOCK, except: optional(list(BLOCK)) }),
  selector: SELECTION,
  pods: object<PeerWith<'pods'>>({ pods: LABELS, namespace: optional(text()) }),
  namespace: object<{ readonly namespace: string }>({ namespace: text('the name of a namespace, or any') }),
};

/** A block without a selector that Kubernetes knows is everybody. */
export const PEER: Shape<Peer> = literal(
  checkedBy<Peer>(FORMS, (given, path) => {
    const form = isRecord(given) ? Object.keys(SHAPES).find((key) => key in given) : undefined;
    return form === undefined
      ? [`${path} must be ${FORMS}, got ${formatValue(given)}`]
      : shapeProblems(given, SHAPES[form]!, path);
  }),
);

/** @param path the peer's */
export function peerProblems(path: string, peer: Peer): readonly Problem[] {
  if ('cidr' in peer) return blockProblems(path, peer.cidr, peer.except ?? []);
  if ('selector' in peer) {
    return [
      ...labelProblems(`${path}.selector`, peer.selector),
      ...namespaceProblems(peer.namespace ?? {}, `${path}.namespace`),
    ];
  }
  return [
    ...('pods' in peer ? labelProblems(`${path}.pods`, peer.pods) : []),
    peer.namespace !== undefined && nameProblem(`${path}.namespace`, peer.namespace),
  ];
}

function blockProblems(path: string, cidr: string, except: readonly string[]): readonly Problem[] {
  return [
    peerCidrProblem(`${path}.cidr`, cidr, 'link-local'),
    ...except.flatMap((part) => [
      anyCidrProblem(`${path}.except`, part),
      isOutside(cidr, part) && `${path}.except '${part}' is not a part of cidr '${cidr}': remove it`,
    ]),
  ];
}

/** One of the other version of IP is outside too. */
function isOutside(cidr: string, part: string): boolean {
  if ([cidr, part].some((one) => Token.isUnresolved(one) || anyCidrProblem('cidr', one))) return false;
  return !anyCidrContains(cidr, part) || anyCidrContains(part, cidr);
}
