import type { NetworkPolicyV1SpecIngressFrom as PeerBlock } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';
import type { Problem } from '../core/check';
import { cidrProblem } from '../core/cidr';
import type { Labels } from './labels';
import type { NamespaceRef } from './namespace-ref';
import { isRecord } from '../core/record';

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
  "{ selector, namespace: { namespaceName } }, { pods, namespace: '...' }, { pods }, { namespace: '...' } or { cidr, except }";

/** For data that is not type-checked: a block without a selector that Kubernetes knows is everybody. */
export function peerProblems(direction: string, peer: Peer): readonly Problem[] {
  if (!isPeer(peer)) return [`${direction} has a peer of no known form, ${formatPeer(peer)}: write ${FORMS}`];
  return 'cidr' in peer ? [peer.cidr, ...(peer.except ?? [])].map((cidr) => cidrProblem('cidr', cidr)) : [];
}

function isPeer(peer: unknown): peer is Peer {
  if (!isRecord(peer)) return false;
  const { selector, pods, namespace } = peer;
  if ('cidr' in peer) return hasOnly(peer, 'cidr', 'except');
  // A workload or a service has other properties too.
  if ('selector' in peer) return isLabels(selector) && isRecord(namespace) && isName(namespace['namespaceName']);
  if (!hasOnly(peer, 'pods', 'namespace')) return false;
  return 'pods' in peer ? isLabels(pods) && (namespace === undefined || isName(namespace)) : isName(namespace);
}

function hasOnly(peer: object, ...known: readonly string[]): boolean {
  return Object.entries(peer).every(([prop, value]) => value === undefined || known.includes(prop));
}

/** A label without a value would be left out, and all pods be selected. */
function isLabels(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((label) => label !== undefined && label !== null);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function formatPeer(peer: unknown): string {
  const text = JSON.stringify(peer, (_key, value: unknown) => (Construct.isConstruct(value) ? value.node.path : value));
  return text ?? String(peer);
}
