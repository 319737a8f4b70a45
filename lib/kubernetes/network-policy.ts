import {
  NetworkPolicyV1,
  type NetworkPolicyV1SpecIngressFrom as PeerBlock,
} from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';
import { check, type Problem } from '../core/check';
import { cidrProblem } from '../core/cidr';
import { renamedProps } from '../core/renamed-props';
import type { Labels } from './labels';
import { namespaceId, type NamespaceRef } from './namespace-ref';
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

/** A port of the pods by number or name, TCP by default. */
export type PolicyPort = number | string | { readonly port: number | string; readonly protocol: 'TCP' | 'UDP' };

/** Traffic that is allowed: with the peers, on the ports. */
export interface TrafficRule {
  /** @default any peer */
  readonly peers?: readonly Peer[];
  /** @default every port */
  readonly ports?: readonly PolicyPort[];
}

export interface NetworkPolicyProps {
  readonly namespace: NamespaceRef;
  readonly name: string;
  /** The labels of the pods that it applies to; `{}` for every pod of the namespace. */
  readonly pods: Labels;
  /** @default no peer reaches them */
  readonly ingress?: readonly TrafficRule[];
  /** @default they reach no peer */
  readonly egress?: readonly TrafficRule[];
}

/** Former names of the directions of a policy, and the current ones. */
export const RENAMED_DIRECTIONS = { from: 'ingress', to: 'egress' } as const;

/**
 * The API server sets it on every namespace. Source: "Automatic labelling",
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#automatic-labelling
 */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Allows pods' traffic: what no rule allows is denied, in both directions. */
export class NetworkPolicy extends Construct {
  readonly networkPolicy: NetworkPolicyV1;

  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    const { namespace, name, pods, ingress = [], egress = [] } = props;
    check(
      this,
      ...renamedProps(props, RENAMED_DIRECTIONS),
      nameProblem('name', name),
      ...[...ingress, ...egress].flatMap(ruleProblems),
    );

    this.networkPolicy = new NetworkPolicyV1(this, 'policy', {
      metadata: { name, namespace: namespaceId(namespace) },
      spec: {
        podSelector: { matchLabels: { ...pods } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: ingress.map(({ peers, ports }) => ({ from: peers?.map(peerBlock), ports: ports?.map(portBlock) })),
        egress: egress.map(({ peers, ports }) => ({ to: peers?.map(peerBlock), ports: ports?.map(portBlock) })),
      },
    });
  }
}

/** CoreDNS. */
export function toDns(): TrafficRule {
  return {
    peers: [{ pods: { 'k8s-app': 'kube-dns' }, namespace: 'kube-system' }],
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  };
}

/**
 * The agent of EKS Pod Identity, which hands out credentials on each node.
 * Source: "Learn how EKS Pod Identity grants pods access to AWS services",
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export function toPodIdentity(): TrafficRule {
  return { peers: [{ cidr: '169.254.170.23/32' }], ports: [80] };
}

/** HTTPS to AWS and to the internet, whose addresses no policy can list. */
export function toHttpsAnywhere(): TrafficRule {
  return { peers: [{ cidr: '0.0.0.0/0' }], ports: [443] };
}

function peerBlock(peer: Peer): PeerBlock {
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

function portBlock(port: PolicyPort) {
  const { port: value, protocol } = typeof port === 'object' ? port : { port, protocol: 'TCP' };
  return { port: String(value), protocol };
}

function ruleProblems({ peers }: TrafficRule): readonly Problem[] {
  if (!peers) return [];
  return [
    peers.length === 0 &&
      'a rule has an empty list of peers, which Kubernetes takes for any peer: leave the rule out, or only its peers',
    ...peers.flatMap((peer) =>
      'cidr' in peer ? [peer.cidr, ...(peer.except ?? [])].map((cidr) => cidrProblem('cidr', cidr)) : [],
    ),
  ];
}
