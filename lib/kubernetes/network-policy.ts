import type { NetworkPolicyV1Config } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { Construct } from 'constructs';
import { Token } from 'cdktf';
import { check, checkAtSynth, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { LightResource } from '../core/light-resource';
import { either, integer, list, object, oneOf, optional, text } from '../core/shape';
import { LABELS, type Labels } from './labels';
import { labelProblems } from './metadata';
import { NAMESPACE_REF, namespaceId, namespaceProblems, type NamespaceRef } from './namespace-ref';
import { claimName } from './object-claims';
import { subdomainProblem } from './object-name';
import { PEER, peerBlock, peerProblems, type Peer, type PodSelection } from './peer';
import { portProblem } from './port';
import { selectedPods } from './selected-pods';
import { useOneOf } from './use-one-of';

export type { Peer, PodSelection } from './peer';

/** A port of the pods by number or name, TCP by default. */
export type PolicyPort = number | string | { readonly port: number | string; readonly protocol: 'TCP' | 'UDP' };

/** Traffic that is allowed: with the peers, on the ports. An empty list of either allows none. */
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

const PORT_BY_NAME_OR_NUMBER = either(integer, text('the name of a port'));

export const POLICY_PORT = either(
  PORT_BY_NAME_OR_NUMBER,
  object<Extract<PolicyPort, object>>(
    { port: PORT_BY_NAME_OR_NUMBER, protocol: oneOf('TCP', 'UDP') },
    { expected: '{ port, protocol }' },
  ),
);

export const TRAFFIC_RULE = object<TrafficRule>(
  { peers: optional(list(PEER, 'a list of peers')), ports: optional(list(POLICY_PORT, 'a list of ports')) },
  { expected: 'a rule, such as { peers, ports }' },
);

/** Former names of the directions of a policy, and the current ones. */
export const RENAMED_DIRECTIONS = { from: 'ingress', to: 'egress' } as const;

export const NETWORK_POLICY_PROPS = object<NetworkPolicyProps>(
  {
    namespace: NAMESPACE_REF,
    name: text(),
    pods: LABELS,
    ingress: optional(list(TRAFFIC_RULE, 'a list of rules')),
    egress: optional(list(TRAFFIC_RULE, 'a list of rules')),
  },
  { renamed: RENAMED_DIRECTIONS },
);

/** Allows pods' traffic: what no rule allows is denied, in both directions. */
export class NetworkPolicy extends Construct {
  readonly networkPolicy: LightResource<NetworkPolicyV1Config>;

  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    checkProps(this, props, NETWORK_POLICY_PROPS);
    const { namespace, name, pods, ingress = [], egress = [] } = props;
    check(
      this,
      ...namespaceProblems(namespace),
      subdomainProblem('name', name),
      ...labelProblems('pods', pods),
      ...ruleProblems('ingress', ingress),
      ...ruleProblems('egress', egress),
    );
    check(this, claimName(this, 'NetworkPolicy', name, namespace));
    checkAtSynth(this, () => this.portNameProblems(props));

    this.networkPolicy = new LightResource<NetworkPolicyV1Config>(this, 'policy', 'kubernetes_network_policy_v1', {
      metadata: { name, namespace: namespaceId(namespace) },
      spec: {
        podSelector: { matchLabels: { ...pods } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: effective(ingress).map(({ peers, ports }) => ({
          from: peers?.map(peerBlock),
          ports: ports?.map(portBlock),
        })),
        egress: effective(egress).map(({ peers, ports }) => ({
          to: peers?.map(peerBlock),
          ports: ports?.map(portBlock),
        })),
      },
    });
  }

  /** A name that none of the pods has opens no port. Pods that are created elsewhere are not known. */
  private portNameProblems({ namespace, pods, ingress = [], egress = [] }: NetworkPolicyProps): readonly Problem[] {
    const own = Object.keys(pods).length > 0 ? [{ selector: pods, namespace }] : undefined;
    return [
      ...ingress.flatMap((rule, index) => this.unknownNames(`ingress[${index}]`, rule, own)),
      ...egress.flatMap((rule, index) => this.unknownNames(`egress[${index}]`, rule, peerSelections(rule))),
    ];
  }

  private unknownNames(path: string, rule: TrafficRule, selections?: readonly PodSelection[]): readonly Problem[] {
    const groups = (selections ?? []).map((selection) => selectedPods(this, selection));
    if (groups.length === 0 || groups.some((group) => group.length === 0)) return [];
    const known = groups.flat();
    const names = [...new Set(known.flatMap(({ portNames }) => portNames))];
    return namesOf(rule)
      .filter((name) => !names.includes(name))
      .map(
        (name) =>
          `${path}.ports has '${name}', which is not a port of ${known.map((one) => one.path).join(', ')}: ${useOneOf(names, 'add it to the ports of a container')}`,
      );
  }
}

/** The names of a rule's ports. */
function namesOf({ ports = [] }: TrafficRule): readonly string[] {
  return ports
    .map((port) => (typeof port === 'object' ? port.port : port))
    .filter((port): port is string => typeof port === 'string' && !Token.isUnresolved(port));
}

/** The pods of a rule's peers; undefined where others may be among them. */
function peerSelections({ peers }: TrafficRule): readonly PodSelection[] | undefined {
  const selections = (peers ?? []).filter((peer) => 'selector' in peer);
  return selections.length > 0 && selections.length === peers?.length ? selections : undefined;
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

/** Kubernetes takes an empty list of peers or ports for any. */
function effective(rules: readonly TrafficRule[]): readonly TrafficRule[] {
  return rules.filter(({ peers, ports }) => peers?.length !== 0 && ports?.length !== 0);
}

/** @param path the rules' */
export function ruleProblems(path: string, rules: readonly TrafficRule[] = []): readonly Problem[] {
  return rules.flatMap(({ peers = [], ports = [] }, index) => [
    ...peers.flatMap((peer, at) => peerProblems(`${path}[${index}].peers[${at}]`, peer)),
    ...ports.map((port, at) =>
      portProblem(`${path}[${index}].ports[${at}]`, typeof port === 'object' ? port.port : port),
    ),
  ]);
}
