import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';
import { check } from '../core/check';
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
   * @default none
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
   * need; `node-port`: on every node, which forwards to its own pods only.
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
    this.service = new ServiceV1(this, 'service', {
      metadata: { name, namespace: namespaceId(namespace), labels: { ...labels(identity) } },
      spec: {
        selector: { ...this.selector },
        ...KINDS[kind],
        port: Object.entries(ports).map(([portName, { port, target = port, protocol = 'TCP', nodePort }]) => ({
          name: portName,
          port,
          targetPort: String(target),
          protocol,
          ...(nodePort !== undefined && { nodePort }),
        })),
      },
    });
  }

  /** The service's name, as a reference. */
  get serviceId(): string {
    return this.service.metadata.name;
  }
}

const KINDS = {
  'cluster-ip': { type: 'ClusterIP' },
  headless: { type: 'ClusterIP', clusterIp: 'None', publishNotReadyAddresses: true },
  // Local preserves the client's address, and fails the health check of a node without a ready pod.
  'node-port': { type: 'NodePort', externalTrafficPolicy: 'Local' },
} as const;
