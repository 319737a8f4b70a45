import type { Any } from '../cluster/api';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface ProxyEndpoint extends Endpoint {
  readonly node: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
}

/**
 * Where a node sends a new connection to a NodePort under `externalTrafficPolicy: Local`: to one of its own ready pods; if
 * there are none, to one that terminates and still serves; otherwise nowhere: the packet is dropped. Source: "Virtual IPs
 * and Service Proxies", https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-to-terminating-endpoints,
 * and KEP-1669.
 */
export function localEndpoints(all: readonly ProxyEndpoint[], node: string): readonly ProxyEndpoint[] {
  const local = all.filter((endpoint) => endpoint.node === node);
  const ready = local.filter((endpoint) => endpoint.ready);
  return ready.length > 0 ? ready : local.filter(({ serving, terminating }) => serving && terminating);
}

/**
 * kube-proxy's own default for `minSyncPeriod`: changes of the same second are applied together. Source: "Virtual IPs and
 * Service Proxies", https://kubernetes.io/docs/reference/networking/virtual-ips/#minsyncperiod
 */
const MIN_SYNC_MS = 1000;

interface NodePort {
  readonly namespace: string;
  readonly service: string;
  readonly portName: string;
}

/**
 * The node ports of all nodes. Only Services of type NodePort with `externalTrafficPolicy: Local`; an established
 * connection stays with its pod, as it does in the kernel. Their `healthCheckNodePort` is that of type LoadBalancer only.
 * Source: "Kubernetes API", Service, https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
export class KubeProxy {
  private readonly services = new Map<string, Any>();
  private readonly slices = new Map<string, Any>();
  private ports = new Map<number, NodePort>();
  private endpoints = new Map<string, readonly ProxyEndpoint[]>();
  private lastSync = 0;
  private pending?: NodeJS.Timeout;

  handleService(type: 'present' | 'deleted', service: Any): void {
    if (type === 'deleted') this.services.delete(service.metadata.uid);
    else this.services.set(service.metadata.uid, service);
    this.schedule();
  }

  handleSlice(type: 'present' | 'deleted', slice: Any): void {
    if (type === 'deleted') this.slices.delete(slice.metadata.uid);
    else this.slices.set(slice.metadata.uid, slice);
    this.schedule();
  }

  /** Undefined where the packets are dropped. */
  pick(node: string, nodePort: number): Endpoint | undefined {
    const port = this.ports.get(nodePort);
    if (!port) return undefined;
    const all = this.endpoints.get(`${port.namespace}/${port.service}/${port.portName}`) ?? [];
    const usable = localEndpoints(all, node);
    return usable[Math.floor(Math.random() * usable.length)];
  }

  /** Whether a node port belongs to a Service: to others a node answers with a RST. */
  has(nodePort: number): boolean {
    return this.ports.has(nodePort);
  }

  stop(): void {
    clearTimeout(this.pending);
  }

  private schedule(): void {
    if (this.pending) return;
    const wait = Math.max(0, this.lastSync + MIN_SYNC_MS - Date.now());
    this.pending = setTimeout(() => {
      this.pending = undefined;
      this.sync();
    }, wait);
  }

  sync(): void {
    this.lastSync = Date.now();
    this.ports = new Map();
    for (const { metadata, spec } of this.services.values()) {
      if (spec.type !== 'NodePort') continue;
      if (spec.externalTrafficPolicy !== 'Local') {
        throw new Error(`Service ${metadata.name}: only externalTrafficPolicy Local is modelled`);
      }
      for (const { name, nodePort } of spec.ports) {
        this.ports.set(nodePort, { namespace: metadata.namespace, service: metadata.name, portName: name ?? '' });
      }
    }
    const endpoints = new Map<string, ProxyEndpoint[]>();
    for (const { metadata, ports, endpoints: listed } of this.slices.values()) {
      const service = metadata.labels?.['kubernetes.io/service-name'];
      for (const { name, port } of ports ?? []) {
        const key = `${metadata.namespace}/${service}/${name ?? ''}`;
        endpoints.set(key, [
          ...(endpoints.get(key) ?? []),
          ...(listed ?? []).map((one: Any) => proxyEndpoint(one, port)),
        ]);
      }
    }
    this.endpoints = endpoints;
  }
}

/**
 * An unknown `ready` is true, an unknown `serving` what `ready` is. Source: "Kubernetes API", EndpointSlice,
 * https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/
 */
function proxyEndpoint({ addresses, nodeName, conditions = {} }: Any, port: number): ProxyEndpoint {
  return {
    address: addresses[0],
    port,
    node: nodeName,
    ready: conditions.ready ?? true,
    serving: conditions.serving ?? conditions.ready ?? true,
    terminating: conditions.terminating ?? false,
  };
}
