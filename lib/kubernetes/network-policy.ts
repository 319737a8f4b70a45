import type { NetworkPolicyV1Config } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';
import { check, type Problem } from '../core/check';
import { LightResource } from '../core/light-resource';
import { renamedProps } from '../core/renamed-props';
import type { Labels } from './labels';
import { namespaceId, type NamespaceRef } from './namespace-ref';
import { nameProblem } from './object-name';
import { peerBlock, peerProblems, type Peer } from './peer';
import { unknownProps } from './unknown-props';

export type { Peer, PodSelection } from './peer';

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

/** Allows pods' traffic: what no rule allows is denied, in both directions. */
export class NetworkPolicy extends Construct {
  readonly networkPolicy: LightResource<NetworkPolicyV1Config>;

  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    const { namespace, name, pods, ingress = [], egress = [] } = props;
    check(
      this,
      ...renamedProps(props, RENAMED_DIRECTIONS),
      nameProblem('name', name),
      ...ingress.flatMap((rule) => ruleProblems('ingress', rule)),
      ...egress.flatMap((rule) => ruleProblems('egress', rule)),
    );

    this.networkPolicy = new LightResource<NetworkPolicyV1Config>(this, 'policy', 'kubernetes_network_policy_v1', {
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

function portBlock(port: PolicyPort) {
  const { port: value, protocol } = typeof port === 'object' ? port : { port, protocol: 'TCP' };
  return { port: String(value), protocol };
}

/** Kubernetes takes what it does not know in a rule for no restriction. */
function ruleProblems(direction: string, rule: TrafficRule | null | undefined): readonly Problem[] {
  if (!rule) return [`${direction} has a rule that is ${rule}: write { peers, ports }`];
  const { peers } = rule;
  const unknown = unknownProps(rule, ['peers', 'ports'], `${direction} has a rule with the `);
  if (!peers) return unknown;
  if (!Array.isArray(peers)) return [`${direction} has a rule whose peers are not a list: write peers: [...]`];
  return [
    ...unknown,
    peers.length === 0 &&
      'a rule has an empty list of peers, which Kubernetes takes for any peer: leave the rule out, or only its peers',
    ...peers.flatMap((peer: Peer) => peerProblems(direction, peer)),
  ];
}
