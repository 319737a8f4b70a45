import { isIP } from 'node:net';
import type { NetworkPolicyV1SpecIngressFrom as PeerBlock } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';
import type { Problem } from '../core/check';
import { cidrContains, cidrProblem, parseCidr } from '../core/cidr';
import { isRecord } from '../core/record';
import { checkedBy } from '../core/shape';
import type { Labels } from './labels';
import { labelProblems } from './metadata';
import { namespaceProblems, type NamespaceRef } from './namespace-ref';
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
  "{ selector, namespace: { namespaceName } }, { pods, namespace: '...' }, { pods }, { namespace: '...' } or { cidr, except }";

/** A block without a selector that Kubernetes knows is everybody. */
export const PEER = checkedBy<Peer>('a peer', (peer, path) =>
  isPeer(peer) ? [] : [`${path} is a peer of no known form, ${formatPeer(peer)}: write ${FORMS}`],
);

/** @param path the peer's */
export function peerProblems(path: string, peer: Peer): readonly Problem[] {
  if ('cidr' in peer) return blockProblems(path, peer.cidr, peer.except ?? []);
  if ('selector' in peer) {
    return [
      ...labelProblems(`${path}.selector`, peer.selector),
      ...namespaceProblems(peer.namespace, `${path}.namespace`),
    ];
  }
  return [
    ...('pods' in peer ? labelProblems(`${path}.pods`, peer.pods) : []),
    peer.namespace !== undefined && nameProblem(`${path}.namespace`, peer.namespace),
  ];
}

function blockProblems(path: string, cidr: string, except: readonly string[]): readonly Problem[] {
  return [
    blockProblem(`${path}.cidr`, cidr),
    ...except.flatMap((part) => [
      blockProblem(`${path}.except`, part),
      isOutside(cidr, part) && `${path}.except '${part}' is not a part of cidr '${cidr}': remove it`,
    ]),
  ];
}

/** Unlike AWS's rules, network policies may have blocks of IPv6. */
function blockProblem(prop: string, cidr: string): Problem {
  const [address = '', prefix = ''] = cidr.split('/');
  const isIpv6 = isIP(address) === 6 && /^(\d|[1-9]\d|1[01]\d|12[0-8])$/.test(prefix);
  return !isIpv6 && cidrProblem(prop, cidr);
}

function isOutside(cidr: string, part: string): boolean {
  const areParsed = [cidr, part].every((one) => parseCidr(one) !== undefined);
  return areParsed && (!cidrContains(cidr, part) || cidrContains(part, cidr));
}

function isPeer(peer: unknown): peer is Peer {
  if (!isRecord(peer)) return false;
  const { selector, pods, namespace } = peer;
  if ('cidr' in peer) {
    const { cidr, except } = peer;
    return isName(cidr) && (except === undefined || isNames(except)) && hasOnly(peer, 'cidr', 'except');
  }
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
  return isRecord(value) && Object.values(value).every((label) => typeof label === 'string');
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every(isName);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function formatPeer(peer: unknown): string {
  const text = JSON.stringify(peer, (_key, value: unknown) => (Construct.isConstruct(value) ? value.node.path : value));
  return text ?? String(peer);
}
