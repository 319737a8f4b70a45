import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { check, checkAtSynth, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { repetitions } from '../core/duplicates';
import { sortedRecord } from '../core/record';
import { ReplacementTrigger } from '../core/replacement-trigger';
import { either, integer, object, oneOf, optional, record, text } from '../core/shape';
import { APP_IDENTITY, identityProblems, labels, LABELS, selector, type AppIdentity, type Labels } from './labels';
import { labelProblems } from './metadata';
import { NAMESPACE_REF, namespaceId, namespaceProblems, type NamespaceRef } from './namespace-ref';
import type { PodSelection } from './peer';
import { claimName, claimNodePort } from './object-claims';
import { nameProblem, serviceNameProblem } from './object-name';
import { portNumberProblem, portProblem } from './port';
import { selectedPods } from './selected-pods';
import { useOneOf } from './use-one-of';
import { wholeNumberProblem } from './whole-number';

export interface ServicePort {
  /** What clients connect to. */
  readonly port: number;
  /**
   * The pods' port, by number or name.
   * @default port
   */
  readonly target?: number | string;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
  /**
   * The port of every node; requires kind `node-port`.
   * @default none; of kind `node-port` any free one, and the last one if the prop is removed
   */
  readonly nodePort?: number;
}

export interface PodServiceProps {
  readonly namespace: NamespaceRef;
  /** Of the pods. */
  readonly identity: AppIdentity;
  /** @default identity.instance, or identity.name */
  readonly name?: string;
  /** By name. */
  readonly ports: Readonly<Record<string, ServicePort>>;
  /**
   * `cluster-ip`: one address in the cluster; `headless`: a DNS name for each pod, ready or not, as members of a group
   * need; `node-port`: on every node, which forwards to its own pods only. A change from or to `headless` replaces the service:
   * its name resolves to nothing in between.
   * @default 'cluster-ip'
   */
  readonly kind?: 'cluster-ip' | 'headless' | 'node-port';
  /**
   * Labels that a pod must have besides the identity's.
   * @default none
   */
  readonly selector?: Labels;
}

export const SERVICE_PORT = object<ServicePort>({
  port: integer,
  target: optional(either(integer, text('the name of a port'))),
  protocol: optional(oneOf('TCP', 'UDP')),
  nodePort: optional(integer),
});

export const POD_SERVICE_PROPS = object<PodServiceProps>({
  namespace: NAMESPACE_REF,
  identity: APP_IDENTITY,
  name: optional(text()),
  ports: record(SERVICE_PORT, 'an object of ports by name, such as { http: { port: 80 } }'),
  kind: optional(oneOf('cluster-ip', 'headless', 'node-port')),
  selector: optional(LABELS),
});

/**
 * The range of a cluster's node ports. Source: "Service", https://kubernetes.io/docs/concepts/services-networking/service/
 */
const NODE_PORTS = { first: 30_000, last: 32_767 };

/** A DNS name and an address for pods. */
export class PodService extends Construct implements PodSelection {
  readonly service: ServiceV1;
  readonly namespace: NamespaceRef;
  /** The labels of its pods. */
  readonly selector: Labels;
  /** By name. */
  readonly ports: Readonly<Record<string, ServicePort>>;

  constructor(scope: Construct, id: string, props: PodServiceProps) {
    super(scope, id);
    checkProps(this, props, POD_SERVICE_PROPS);
    const { namespace, identity, ports, kind = 'cluster-ip', name = identity.instance ?? identity.name } = props;
    check(
      this,
      ...namespaceProblems(namespace),
      ...identityProblems(identity),
      serviceNameProblem('name', name),
      ...labelProblems('selector', props.selector),
      ...Object.keys(props.selector ?? {}).map(
        (key) => Object.hasOwn(selector(identity), key) && `selector has '${key}', which identity sets: remove it`,
      ),
      ...portProblems(props),
    );
    check(
      this,
      claimName(this, 'Service', name, namespace),
      ...Object.values(ports).map(
        ({ nodePort, protocol = 'TCP' }) => nodePort !== undefined && claimNodePort(this, nodePort, protocol),
      ),
    );
    checkAtSynth(this, () => this.targetProblems());
    this.namespace = namespace;
    this.selector = { ...selector(identity), ...props.selector };
    this.ports = { ...ports };
    // Left out, the provider would keep `clusterIp: 'None'`, and no plan would show it.
    const addressing = new ReplacementTrigger(this, 'addressing', kind === 'headless' ? 'headless' : 'cluster-ip');
    this.service = new ServiceV1(this, 'service', {
      metadata: { name, namespace: namespaceId(namespace), labels: { ...labels(identity) } },
      spec: {
        selector: { ...this.selector },
        ...KINDS[kind],
        port: portEntries(props).map(([portName, { port, target = port, protocol = 'TCP', nodePort }]) => ({
          name: portName,
          port,
          targetPort: String(target),
          protocol,
          ...(nodePort !== undefined && { nodePort }),
        })),
      },
      lifecycle: { replaceTriggeredBy: [addressing.reference] },
    });
  }

  /** A named port that none of its pods has is never connected to. Pods that are created elsewhere are not known. */
  private targetProblems(): readonly Problem[] {
    const pods = selectedPods(this, this);
    const names = [...new Set(pods.flatMap(({ portNames }) => portNames))];
    return Object.entries(this.ports).map(
      ([port, { target }]) =>
        pods.length > 0 &&
        typeof target === 'string' &&
        !Token.isUnresolved(target) &&
        !names.includes(target) &&
        `port '${port}' has target '${target}', which is not a port of ${pods.map(({ path }) => path).join(', ')}: ${useOneOf(names, 'add it to the ports of a container')}`,
    );
  }

  /** The service's name, as a reference. */
  get serviceId(): string {
    return this.service.metadata.name;
  }
}

function portProblems({ ports, kind = 'cluster-ip' }: PodServiceProps): readonly Problem[] {
  const entries = Object.entries(ports);
  const used = entries.map(([name, { protocol = 'TCP', ...port }]) => ({ name, protocol, ...port }));
  return [
    entries.length === 0 && 'ports is empty: list at least one port, such as { http: { port: 80 } }',
    ...entries.flatMap(([name, { port, target, nodePort }]) => [
      nameProblem('the name of a port', name),
      portNumberProblem(`ports.${name}.port`, port),
      target !== undefined && portProblem(`ports.${name}.target`, target),
      nodePort !== undefined && kind !== 'node-port'
        ? `port '${name}' has nodePort ${nodePort} and kind is '${kind}': make it 'node-port', or drop nodePort`
        : wholeNumberProblem(`ports.${name}.nodePort`, nodePort, NODE_PORTS.first, NODE_PORTS.last),
    ]),
    ...repetitions(used, ({ port, protocol }) => `${port} ${protocol}`).map(
      ({ first, second }) =>
        `ports '${first.name}' and '${second.name}' are both ${second.port}: choose another number`,
    ),
    ...repetitions(
      used.filter(({ nodePort }) => nodePort !== undefined),
      ({ nodePort, protocol }) => `${nodePort} ${protocol}`,
    ).map(
      ({ first, second }) =>
        `ports '${first.name}' and '${second.name}' both have nodePort ${second.nodePort}: choose another number`,
    ),
  ];
}

/**
 * By number, then name: their order is part of the object. A node port that Kubernetes chose is kept by its place in the list, which
 * therefore stays as it is.
 */
function portEntries({ kind, ports }: PodServiceProps): [string, ServicePort][] {
  const isChosen = kind === 'node-port' && Object.values(ports).some(({ nodePort }) => nodePort === undefined);
  if (isChosen) return Object.entries(ports);
  return Object.entries(sortedRecord(ports)).sort(([, a], [, b]) => a.port - b.port);
}

const KINDS = {
  'cluster-ip': { type: 'ClusterIP' },
  headless: { type: 'ClusterIP', clusterIp: 'None', publishNotReadyAddresses: true },
  // Local preserves the client's address, and fails the health check of a node without a ready pod.
  'node-port': { type: 'NodePort', externalTrafficPolicy: 'Local' },
} as const;
