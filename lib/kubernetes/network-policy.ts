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

/** Who is at the other end. */
export type Peer =
  /** Pods by their labels, in this namespace or in another one, by name or `any`. */
  | { readonly pods: Labels; readonly namespace?: string }
  /** Every pod of a namespace. */
  | { readonly namespace: string }
  | { readonly cidr: string; readonly except?: readonly string[] };

/** A port of the pods by number or name, TCP unless it says otherwise. */
export type PolicyPort = number | string | { readonly port: number | string; readonly protocol: 'TCP' | 'UDP' };

/** Traffic that is let through: the peers on the ports. */
export interface TrafficRule {
  /** @default anybody */
  readonly peers?: readonly Peer[];
  /** @default every port */
  readonly ports?: readonly PolicyPort[];
}

export interface NetworkPolicyProps {
  readonly namespace: NamespaceRef;
  readonly name: string;
  /** The labels of the pods that it is for; `{}` for every pod of the namespace. */
  readonly pods: Labels;
  /** @default nobody reaches them */
  readonly ingress?: readonly TrafficRule[];
  /** @default they reach nothing */
  readonly egress?: readonly TrafficRule[];
}

/** Old names of what a policy lets through, and the new ones. */
export const RENAMED_DIRECTIONS = { from: 'ingress', to: 'egress' } as const;

/** Source: "Automatic labelling", Kubernetes documentation: the API server sets it on every namespace. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** What pods may do on the network: what no rule names is denied, in both directions. */
export class NetworkPolicy extends Construct {
  readonly networkPolicy: NetworkPolicyV1;

  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    const { namespace, name, pods, ingress = [], egress = [] } = props;
    check(
      this,
      ...renamedProps(props, RENAMED_DIRECTIONS),
      nameProblem('name', name),
      ...[...ingress, ...egress].flatMap(cidrProblems),
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
 * The credentials that EKS Pod Identity hands out on each node.
 * Source: "Learn how EKS Pod Identity grants pods access to AWS services", Amazon EKS User Guide.
 */
export function toPodIdentity(): TrafficRule {
  return { peers: [{ cidr: '169.254.170.23/32' }], ports: [80] };
}

/** HTTPS to AWS and to the internet: addresses that no policy can name. */
export function toHttpsAnywhere(): TrafficRule {
  return { peers: [{ cidr: '0.0.0.0/0' }], ports: [443] };
}

function peerBlock(peer: Peer): PeerBlock {
  if ('cidr' in peer) return { ipBlock: { cidr: peer.cidr, except: peer.except && [...peer.except] } };
  const { namespace } = peer;
  return {
    ...(namespace && {
      namespaceSelector: namespace === 'any' ? {} : { matchLabels: { [NAMESPACE_NAME]: namespace } },
    }),
    ...('pods' in peer && { podSelector: { matchLabels: { ...peer.pods } } }),
  };
}

function portBlock(port: PolicyPort) {
  const { port: value, protocol } = typeof port === 'object' ? port : { port, protocol: 'TCP' };
  return { port: String(value), protocol };
}

function cidrProblems({ peers = [] }: TrafficRule): readonly Problem[] {
  return peers.flatMap((peer) =>
    'cidr' in peer ? [peer.cidr, ...(peer.except ?? [])].map((cidr) => cidrProblem('cidr', cidr)) : [],
  );
}
