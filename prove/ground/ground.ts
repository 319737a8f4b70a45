import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoadBalancer } from '../balancer/load-balancer';
import { ApiError, pathOf, type Any, type KubernetesApi } from '../cluster/api';
import { API_SERVICE, ControlPlane } from '../cluster/control-plane';
import { images } from '../kubelet/images';
import { Kubelet } from '../kubelet/kubelet';
import { NamespaceRuntime } from '../kubelet/namespace-runtime';
import { KubeProxy } from '../proxy/kube-proxy';
import { addressIn } from '../stacks/addresses';
import type { KubernetesObject } from '../stacks/kubernetes-objects';
import type { NodeSettings } from '../stacks/load-balancer-settings';
import type { System } from '../stacks/system';
import { ApiGate } from './api-gate';
import { network } from './network';
import type { Binaries } from './requirements';

export const HTTP_PORT = 443;
const WAIT_SECONDS = 120;

/** Cluster, nodes and load balancer of one run. */
export class Ground {
  readonly kubelets: Kubelet[] = [];
  readonly proxy = new KubeProxy();
  readonly gate: ApiGate;
  readonly balancer: LoadBalancer;
  private readonly runtime: NamespaceRuntime;
  private nodes = 0;

  private constructor(
    readonly system: System,
    readonly plane: ControlPlane,
    image: Awaited<ReturnType<typeof images>>,
    private readonly directory: string,
    /** Named events of the run. */
    readonly event: (text: string) => void,
  ) {
    this.runtime = new NamespaceRuntime(image, directory);
    this.gate = new ApiGate(plane.connection);
    this.balancer = new LoadBalancer(
      system.loadBalancer,
      (node, port) => (this.kubelets.some((one) => one.name === node) ? this.proxy.pick(node, port) : undefined),
      (node, _group, state, reason) => event(`target ${node} is ${state}: ${reason}`),
    );
  }

  static async create(
    system: System,
    binaries: Binaries,
    directory: string,
    event: (text: string) => void,
  ): Promise<Ground> {
    const apiServer = addressIn(system.controlPlaneSubnet, 5);
    await network.create([...LoadBalancer.addresses(system.loadBalancer), apiServer, API_SERVICE.address]);
    const plane = await ControlPlane.start(binaries, directory, apiServer);
    const ground = new Ground(system, plane, await images(binaries.traefik), directory, event);
    await ground.gate.listen(API_SERVICE);
    await ground.start();
    return ground;
  }

  get api(): KubernetesApi {
    return this.plane.api;
  }

  private async start(): Promise<void> {
    const { api, proxy } = this;
    await api.watch('/api/v1/services', (type, service) => proxy.handleService(type, service));
    await api.watch('/apis/discovery.k8s.io/v1/endpointslices', (type, slice) => proxy.handleSlice(type, slice));
    await api.watch('/api/v1/pods', (type, pod) => {
      this.kubelets.find(({ name }) => name === pod.spec.nodeName)?.handlePod(type, pod);
    });
    for (const node of this.system.nodes) await this.addNode(node);
    await this.apply(this.system.objects);
    await this.balancer.listen(HTTP_PORT);
    await this.settle();
  }

  /** A node joins, and its Auto Scaling group registers it. */
  async addNode(node: NodeSettings, register = true): Promise<Kubelet> {
    const kubelet = new Kubelet(node, this.nodes, {
      api: this.api,
      runtime: this.runtime,
      directory: this.directory,
      apiServer: API_SERVICE,
      event: (text) => this.event(text),
    });
    this.nodes += 1;
    this.kubelets.push(kubelet);
    await kubelet.register();
    if (register) this.balancer.register(node.name);
    return kubelet;
  }

  async apply(objects: readonly KubernetesObject[]): Promise<void> {
    for (const object of objects) await this.retry(() => this.api.apply(pathOf(object), object));
  }

  /** What an apply of both stacks does, the infrastructure first. */
  async update(system: System): Promise<void> {
    await this.balancer.update(system.loadBalancer, this.registered);
    await this.apply(system.objects);
  }

  kubelet(node: string): Kubelet {
    const found = this.kubelets.find(({ name }) => name === node);
    if (!found) throw new Error(`there is no node ${node}`);
    return found;
  }

  forget(kubelet: Kubelet): void {
    this.kubelets.splice(this.kubelets.indexOf(kubelet), 1);
  }

  /** Until every pod is ready, no old one is left, and every target is healthy. */
  async settle(): Promise<void> {
    await this.until('every pod is ready and every target healthy', async () => {
      const { items: pods } = await this.api.get('/api/v1/pods');
      const { items: sets } = await this.api.get('/apis/apps/v1/daemonsets');
      const { items: deployments } = await this.api.get('/apis/apps/v1/deployments');
      return (
        pods.every(isSettled) &&
        sets.every(isRolledOut) &&
        deployments.every(isRolledOut) &&
        this.balancer.settings.targetGroups.every(({ name }) =>
          this.registered.every((node) => this.balancer.states(node, name).every((state) => state === 'healthy')),
        )
      );
    });
  }

  private get registered(): readonly string[] {
    return Object.keys(this.balancer.nodes[0]?.states() ?? {});
  }

  async until(what: string, isTrue: () => Promise<boolean> | boolean, seconds = WAIT_SECONDS): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await isTrue())) {
      if (Date.now() > deadline) throw new Error(`after ${seconds} s it is not so: ${what}`);
      await sleep(200);
    }
  }

  /** New namespaces get their default account, and a changed quota its status, a moment later. */
  private async retry(action: () => Promise<unknown>): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await action();
        return;
      } catch (error) {
        const mayPass = error instanceof ApiError && [403, 404, 409, 500].includes(error.status);
        if (!mayPass || attempt > 20) throw error;
        await sleep(250);
      }
    }
  }

  stop(): void {
    this.balancer.close();
    for (const kubelet of this.kubelets) kubelet.stop();
    this.proxy.stop();
    this.gate.close();
    this.plane.stop();
  }

  logs(): string {
    return join(this.directory, 'logs');
  }
}

function isSettled({ metadata, status }: Any): boolean {
  const ready = (status.conditions ?? []).find((one: Any) => one.type === 'Ready');
  return metadata.deletionTimestamp === undefined && ready?.status === 'True';
}

function isRolledOut({ metadata, spec, status }: Any): boolean {
  if (status.observedGeneration !== metadata.generation) return false;
  return spec.replicas === undefined
    ? status.updatedNumberScheduled === status.desiredNumberScheduled &&
        status.numberAvailable === status.desiredNumberScheduled &&
        status.desiredNumberScheduled > 0
    : status.updatedReplicas === spec.replicas && status.availableReplicas === spec.replicas;
}
