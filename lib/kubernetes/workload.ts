import type { PodDisruptionBudgetV1Config } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { Token, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { markObjectsChecked } from '../core/checked-objects';
import { dependsOn } from '../core/depends-on';
import { LightResource } from '../core/light-resource';
import { list, object, optional, text } from '../core/shape';
import { HorizontalPodAutoscaler } from './autoscaler';
import {
  CONTROLLER,
  controllerKind,
  controllerProblems,
  replicaRange,
  type Controller,
} from './controllers/controllers';
import { PodController } from './controllers/pod-controller';
import { imagePolicy } from './image-policy';
import { labels, selector, type Labels } from './labels';
import { NAMESPACE_REF, namespaceId, namespaceProblems, type NamespaceRef } from './namespace-ref';
import {
  NetworkPolicy,
  RENAMED_DIRECTIONS,
  ruleProblems,
  toDns,
  TRAFFIC_RULE,
  type PodSelection,
  type PolicyPort,
  type TrafficRule,
} from './network-policy';
import { claimName } from './object-claims';
import { podSecurityOf } from './pod-security';
import { portNames } from './pod/container';
import { podSecurityProblems } from './pod/pod-security-problems';
import { podProblems } from './pod/problems';
import { POD_PROPS, podLabels, podTemplate, portNumber, type PodProps } from './pod/template';
import { recordPods, selectedPods, type KnownPods } from './selected-pods';
import { trafficPeers, type TrafficPeers } from './traffic-peers';
import { useOneOf } from './use-one-of';

export type { Controller } from './controllers/controllers';

export interface WorkloadProps extends PodProps {
  readonly namespace: NamespaceRef;
  /** @default identity.instance, or identity.name */
  readonly name?: string;
  readonly controller: Controller;
  /**
   * Ports of the containers, by name, that take requests from outside of the cluster: they are open to the request sources of
   * `provideTrafficPeers`.
   * @default none
   */
  readonly requestPorts?: readonly string[];
  /**
   * Who else may reach the pods. The port of `metrics` is open to the scrapers of `provideTrafficPeers`.
   * @default no peer
   */
  readonly ingress?: readonly TrafficRule[];
  /**
   * What the pods may reach, besides DNS.
   * @default nothing
   */
  readonly egress?: readonly TrafficRule[];
}

/** Former names of props, and the current ones. */
export const WORKLOAD_RENAMED = { ...RENAMED_DIRECTIONS, spread: 'topologySpread' } as const;

export const WORKLOAD_PROPS = object<WorkloadProps>(
  {
    ...POD_PROPS.shapes,
    namespace: NAMESPACE_REF,
    name: optional(text()),
    controller: CONTROLLER,
    requestPorts: optional(list(text(), 'a list of names of ports')),
    ingress: optional(list(TRAFFIC_RULE, 'a list of rules')),
    egress: optional(list(TRAFFIC_RULE, 'a list of rules')),
  },
  { renamed: WORKLOAD_RENAMED },
);

/** Pods under a controller, with their disruption budget, network policy and autoscaler. */
export class Workload extends Construct implements PodSelection {
  readonly workload: PodController;
  /** Undefined for a single pod, and for pods that run to completion. */
  readonly disruptionBudget?: LightResource<PodDisruptionBudgetV1Config>;
  /** Undefined for pods on the node's network, to which no policy applies. */
  readonly networkPolicy?: NetworkPolicy;
  /** Where the controller's `replicas` is a range. */
  readonly autoscaler?: HorizontalPodAutoscaler;
  readonly namespace: NamespaceRef;
  /** The labels of its pods. */
  readonly selector: Labels;
  private readonly name: string;

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    checkProps(this, props, WORKLOAD_PROPS);
    markObjectsChecked(this);
    this.name = props.name ?? props.identity.instance ?? props.identity.name;
    this.namespace = props.namespace;
    this.selector = selector(props.identity);
    const pod = controllerKind(props.controller).podProps?.(props) ?? props;
    const peers = trafficPeers(this);
    check(
      this,
      ...namespaceProblems(props.namespace),
      ...controllerProblems(this.name, props.controller, pod),
      spreadProblem(props),
      ...podProblems(pod, props.namespace, imagePolicy(this)),
      ...podSecurityProblems(pod, props.namespace.namespaceName, podSecurityOf(this, props.namespace)),
      ...trafficProblems(props, peers),
    );
    check(
      this,
      claimName(this, 'Workload', this.name, props.namespace),
      ...this.sharedPodProblems(pod, props.controller),
    );

    if (!props.privileges?.hostNetwork) this.networkPolicy = this.addNetworkPolicy(props, peers);
    this.workload = this.addController(props, pod);
    this.autoscaler = this.addAutoscaler(props);
    this.disruptionBudget = this.addDisruptionBudget(props);
    dependsOn(this.workload, ...(props.serviceAccount?.access ?? []), ...this.policyBefore(props.controller));
  }

  /** A budget counts the pods of one controller: with those of another, or a job's, it blocks every drain. */
  private sharedPodProblems(pod: PodProps, controller: Controller): readonly Problem[] {
    const own: KnownPods = {
      path: this.node.path,
      namespace: this.namespace,
      selector: this.selector,
      labels: { ...pod.labels, ...podLabels(pod) },
      portNames: pod.containers.flatMap(portNames),
      longRunning: controllerKind(controller).pods === 'long-running',
    };
    const others = selectedPods(this, this).filter((other) => own.longRunning || other.longRunning);
    recordPods(this, own);
    return others.map(
      ({ path }) =>
        `identity has the name and instance of ${path}, so that budgets and services of one apply to the pods of the other: set another identity.instance`,
    );
  }

  private addController({ controller, volumes = {} }: WorkloadProps, pod: PodProps): PodController {
    const kind = controllerKind(controller);
    const config = kind.config(controller, {
      metadata: { name: this.name, namespace: namespaceId(this.namespace), labels: { ...podLabels(pod) } },
      selector: this.selector,
      template: podTemplate(pod, imagePolicy(this)),
      volumes,
    });
    const workload = new PodController(this, controller.kind, kind.type, config);
    for (const { code, reason } of kind.acknowledgements?.(pod) ?? []) acknowledge(workload, code, reason);
    return workload;
  }

  private policyBefore(controller: Controller): ITerraformDependable[] {
    return this.networkPolicy && controllerKind(controller).afterNetworkPolicy
      ? [this.networkPolicy.networkPolicy]
      : [];
  }

  private addAutoscaler({ controller, identity }: WorkloadProps): HorizontalPodAutoscaler | undefined {
    const range = replicaRange(controller);
    if (!range) return undefined;
    const kind = controller.kind === 'deployment' ? 'Deployment' : 'StatefulSet';
    if (kind === 'Deployment') {
      acknowledge(
        this.workload,
        'kube-score/deployment-targeted-by-hpa-does-not-have-replicas-configured',
        "Only set on creation: ignore_changes keeps the autoscaler's number",
      );
    }
    return new HorizontalPodAutoscaler(this, 'autoscaler', {
      ...range,
      // A reference: it is created after the controller.
      target: { kind, name: this.workload.objectName, namespace: this.namespace },
      identity,
      name: this.name,
    });
  }

  private addDisruptionBudget({
    identity,
    controller,
  }: WorkloadProps): LightResource<PodDisruptionBudgetV1Config> | undefined {
    const bound = controllerKind(controller).disruptionBound?.(controller);
    if (!bound) return undefined;
    return new LightResource<PodDisruptionBudgetV1Config>(
      this,
      'disruption-budget',
      'kubernetes_pod_disruption_budget_v1',
      {
        metadata: { name: this.name, namespace: namespaceId(this.namespace), labels: { ...labels(identity) } },
        spec: { ...bound, selector: { matchLabels: { ...this.selector } } },
      },
    );
  }

  private addNetworkPolicy(props: WorkloadProps, peers?: TrafficPeers): NetworkPolicy {
    const { namespace, metrics, requestPorts = [], ingress = [], egress = [] } = props;
    return new NetworkPolicy(this, 'network-policy', {
      namespace,
      name: this.name,
      pods: this.selector,
      ingress: [
        ...ingress,
        ...openTo(peers?.requestSources, requestPorts),
        ...openTo(peers?.scrapers, metrics ? [metrics.port] : []),
      ],
      egress: [toDns(), ...egress],
    });
  }
}

const ADD_PORT = 'add it to the ports of a container';

/** No rule at all where there is no port or no peer: Kubernetes takes an empty list for any. */
function openTo(peers: TrafficRule['peers'] = [], ports: readonly string[]): TrafficRule[] {
  return peers.length > 0 && ports.length > 0 ? [{ peers, ports }] : [];
}

function trafficProblems(props: WorkloadProps, peers?: TrafficPeers): readonly Problem[] {
  const { requestPorts = [], metrics, containers, privileges } = props;
  const opened = peers || privileges?.hostNetwork ? {} : { requestPorts: requestPorts[0], metrics };
  return [
    ...Object.entries(privileges?.hostNetwork ? { ingress: props.ingress, egress: props.egress } : {}).map(
      ([prop, rules]) =>
        rules?.length && `${prop} has no effect on the node's network, to which no policy applies: remove it`,
    ),
    ...ruleProblems('ingress', props.ingress),
    ...ruleProblems('egress', props.egress),
    ...(props.ingress ?? []).flatMap(({ ports = [] }, index) =>
      ports.map((port) => openedPortProblem(props, index, port)),
    ),
    ...requestPorts.map(
      (port) =>
        portNumber(props, port) === undefined &&
        `requestPorts has '${port}', which is not a port of a container: ${useOneOf(containers.flatMap(portNames), ADD_PORT)}`,
    ),
    ...Object.entries(opened).map(
      ([prop, used]) =>
        used !== undefined &&
        `${prop} needs to know its peers: call provideTrafficPeers(stack, { scrapers, requestSources }) first`,
    ),
  ];
}

/** A DaemonSet's pods are spread by it, one on each node. */
function spreadProblem({ controller, topologySpread = 'none' }: WorkloadProps): Problem {
  return (
    controller.kind === 'daemon-set' &&
    topologySpread !== 'none' &&
    `topologySpread '${topologySpread}' has no effect on a daemon-set: remove it`
  );
}

/** By its number, a rule may open a port that no container lists. */
function openedPortProblem({ containers }: WorkloadProps, index: number, port: PolicyPort): Problem {
  const name = typeof port === 'object' ? port.port : port;
  const known = containers.flatMap(portNames);
  return (
    typeof name === 'string' &&
    !Token.isUnresolved(name) &&
    !known.includes(name) &&
    `ingress[${index}].ports has '${name}', which is not a port of a container: ${useOneOf(known, ADD_PORT)}`
  );
}
