import type { Any, KubernetesApi } from '../cluster/api';
import { ApiError } from '../cluster/api';
import { network } from '../ground/network';
import { addressIn } from '../stacks/addresses';
import type { NodeSettings } from '../stacks/load-balancer-settings';
import { PodWorker } from './pod-worker';
import type { ContainerRuntime } from './runtime';

export interface KubeletOptions {
  readonly api: KubernetesApi;
  readonly runtime: ContainerRuntime;
  readonly directory: string;
  readonly apiServer: { readonly address: string; readonly port: number };
  readonly event: (text: string) => void;
}

const HEARTBEAT_MS = 10_000;
const CAPACITY = { cpu: '4', memory: '16Gi', pods: '58', 'ephemeral-storage': '50Gi' };
let sandboxes = 0;

/** One node: its object, its lease, and the pods that are assigned to it. */
export class Kubelet {
  private readonly workers = new Map<string, PodWorker>();
  private readonly held = new Set<string>();
  private heartbeat?: NodeJS.Timeout;
  private pods = 0;
  private alive = true;
  private readonly joined = new Date().toISOString();
  readonly address: string;

  constructor(
    readonly node: NodeSettings,
    index: number,
    private readonly options: KubeletOptions,
  ) {
    // The first addresses of a subnet are AWS's.
    this.address = addressIn(node.subnet, 10 + index);
    this.firstPodAddress = 64 + index * 64;
  }

  private readonly firstPodAddress: number;

  get name(): string {
    return this.node.name;
  }

  async register(): Promise<void> {
    const { name, labels, zone, taints } = this.node;
    const { api } = this.options;
    await api.post('/api/v1/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: {
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'kubernetes.io/arch': 'arm64',
          'topology.kubernetes.io/zone': zone,
          'topology.kubernetes.io/region': zone.slice(0, -1),
          ...labels,
        },
      },
      spec: { providerID: `aws:///${zone}/${name}`, taints: taints.map((taint) => ({ ...taint })) },
    });
    await this.beat();
    this.heartbeat = setInterval(() => void this.beat().catch(() => undefined), HEARTBEAT_MS);
  }

  /** Runs, ends and forgets pods as the API server says. */
  handlePod(type: 'present' | 'deleted', pod: Any): void {
    if (!this.alive) return;
    const worker = this.workers.get(pod.metadata.uid);
    if (type === 'deleted') {
      if (worker && !worker.pod.metadata.deletionTimestamp) worker.kill();
      this.workers.delete(pod.metadata.uid);
      return;
    }
    if (['Succeeded', 'Failed'].includes(pod.status?.phase)) return;
    if (worker) {
      worker.pod = pod;
      if (pod.metadata.deletionTimestamp) this.stopWorker(worker);
      return;
    }
    sandboxes += 1;
    this.pods += 1;
    const created = new PodWorker(pod, {
      ...this.options,
      hostAddress: this.address,
      sandbox: `p${sandboxes}`,
      address: addressIn(this.node.subnet, this.firstPodAddress + (this.pods % 64)),
      readinessHeld: () => [...this.held].some((prefix) => pod.metadata.name.startsWith(prefix)),
    });
    this.workers.set(pod.metadata.uid, created);
    void created.start().catch(this.report(created));
    if (pod.metadata.deletionTimestamp) this.stopWorker(created);
  }

  private stopWorker(worker: PodWorker): void {
    void worker.stop().catch(this.report(worker));
  }

  private report({ name }: PodWorker): (error: Error) => void {
    return (error) => this.options.event(`${name}: ${error.message}`);
  }

  /** Pods whose names begin so do not become ready until they are released. */
  holdReadiness(prefix: string): () => void {
    this.held.add(prefix);
    return () => this.held.delete(prefix);
  }

  workersOf(prefix: string): readonly PodWorker[] {
    return [...this.workers.values()].filter(({ name }) => name.startsWith(prefix));
  }

  /** The machine loses power. */
  async fail(): Promise<void> {
    this.alive = false;
    clearInterval(this.heartbeat);
    await Promise.all([...this.workers.values()].map((worker) => network.losePod(worker.sandbox, worker.address)));
    for (const worker of this.workers.values()) worker.kill();
  }

  /** The instance is terminated: its operating system stops, and the Node object is deleted. */
  async remove(): Promise<void> {
    await this.fail();
    await this.options.api.delete(`/api/v1/nodes/${this.name}`).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    });
  }

  stop(): void {
    this.alive = false;
    clearInterval(this.heartbeat);
    for (const worker of this.workers.values()) worker.kill();
  }

  private async beat(): Promise<void> {
    const now = new Date().toISOString();
    const condition = (type: string, value: boolean) => ({
      type,
      status: value ? 'True' : 'False',
      reason: 'Kubelet',
      message: 'by the proving ground',
      lastHeartbeatTime: now,
      lastTransitionTime: this.joined,
    });
    const pressures = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];
    await this.options.api.patch(`/api/v1/nodes/${this.name}/status`, {
      status: {
        capacity: CAPACITY,
        allocatable: CAPACITY,
        conditions: [condition('Ready', true), ...pressures.map((type) => condition(type, false))],
        addresses: [
          { type: 'InternalIP', address: this.address },
          { type: 'Hostname', address: this.name },
        ],
      },
    });
  }
}
