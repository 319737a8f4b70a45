import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';
import { check } from '../core/check';
import { sortedRecord } from '../core/record';
import { ReplacementTrigger } from '../core/replacement-trigger';
import { labels, selector, type AppIdentity, type Labels } from './labels';
import { namespaceId, type NamespaceRef } from './namespace-ref';
import type { PodSelection } from './network-policy';
import { nameProblem } from './object-name';

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
    const { namespace, identity, ports, kind = 'cluster-ip', name = identity.instance ?? identity.name } = props;
    check(
      this,
      nameProblem('name', name),
      Object.keys(ports).length === 0 && 'ports is empty: a service needs one',
      ...Object.entries(ports).map(
        ([port, { nodePort }]) =>
          nodePort !== undefined &&
          kind !== 'node-port' &&
          `port '${port}' has nodePort ${nodePort} and kind is '${kind}': make it 'node-port', or drop nodePort`,
      ),
    );
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

  /** The service's name, as a reference. */
  get serviceId(): string {
    return this.service.metadata.name;
  }
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
