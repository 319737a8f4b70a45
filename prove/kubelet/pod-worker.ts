import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type Any, type KubernetesApi } from '../cluster/api';
import { containerStatus, podStatus, type ContainerState } from './pod-status';
import { Prober, Verdict, type ProbeTarget } from './probe';
import type { ContainerRuntime, ContainerSpec } from './runtime';
import { terminate } from './termination';
import { fieldOf, writeVolumes } from './volumes';

export interface PodContext {
  readonly api: KubernetesApi;
  readonly runtime: ContainerRuntime;
  readonly directory: string;
  readonly hostAddress: string;
  /** How containers reach the API server. */
  readonly apiServer: { readonly address: string; readonly port: number };
  /** Names a network interface. */
  readonly sandbox: string;
  readonly address: string;
  readonly event: (text: string) => void;
  /** Resolves when the pod may become ready. */
  readonly readinessHeld: () => boolean;
}

const FIRST_BACK_OFF_SECONDS = 10;

/** Runs one pod from its assignment to its end. */
export class PodWorker {
  private readonly states = new Map<string, ContainerState>();
  private readonly probers: { readonly kind: string; readonly prober: Prober }[] = [];
  private initialized = false;
  private terminating = false;
  private gone = false;
  private reporting: Promise<unknown> = Promise.resolve();
  private sandboxed: Promise<void> = Promise.resolve();

  constructor(
    public pod: Any,
    private readonly context: PodContext,
  ) {
    for (const { name } of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) {
      this.states.set(name, { ready: false, started: false, restarts: 0 });
    }
  }

  get name(): string {
    return this.pod.metadata.name;
  }

  get address(): string {
    return this.context.address;
  }

  get sandbox(): string {
    return this.context.sandbox;
  }

  async start(): Promise<void> {
    const { runtime, sandbox, address, api, directory } = this.context;
    this.sandboxed = runtime.createSandbox(sandbox, address);
    await this.sandboxed;
    const folders = await writeVolumes(api, this.pod, join(directory, 'volumes', this.pod.metadata.uid));
    for (const container of this.pod.spec.initContainers ?? []) {
      if (!(await this.runInit(container, folders))) return;
    }
    this.initialized = true;
    await Promise.all(this.pod.spec.containers.map((container: Any) => this.runContainer(container, folders)));
  }

  /** After the API server has a deletion timestamp. */
  async stop(): Promise<void> {
    if (this.terminating) return;
    this.terminating = true;
    const grace = this.pod.metadata.deletionGracePeriodSeconds ?? 30;
    this.context.event(`${this.name} terminates`);
    // Readiness is probed until the end, for endpoints that are terminating and still serve.
    for (const { kind, prober } of this.probers) if (kind !== 'readiness') prober.stop();
    await this.sandboxed;
    await Promise.all(
      this.pod.spec.containers.map(async (spec: Any) => {
        const state = this.states.get(spec.name)!;
        if (!state.container?.isRunning) return;
        const report = (event: string) => this.context.event(`${this.name}: ${event}`);
        await terminate(state.container, grace, spec.lifecycle?.preStop, this.targetOf(spec, state), report);
      }),
    );
    this.stopProbing();
    await this.report();
    this.context.event(`${this.name} has ended`);
    await this.context.runtime.removeSandbox(this.context.sandbox);
    this.gone = true;
    const { namespace, name, uid } = this.pod.metadata;
    await this.context.api
      .delete(`/api/v1/namespaces/${namespace}/pods/${name}`, { gracePeriodSeconds: 0, preconditions: { uid } })
      .catch(ignoreMissing);
  }

  /** As when its machine fails: no signal that a process could handle, nothing reported. */
  kill(): void {
    this.gone = true;
    this.terminating = true;
    this.stopProbing();
    for (const { container } of this.states.values()) container?.signal('SIGKILL');
  }

  private stopProbing(): void {
    for (const { prober } of this.probers) prober.stop();
  }

  private async runInit(spec: Any, folders: Record<string, string>): Promise<boolean> {
    const state = this.states.get(spec.name)!;
    for (;;) {
      if (this.terminating) return false;
      state.container = await this.context.runtime.start(this.context.sandbox, this.specOf(spec, folders));
      state.exitCode = await state.container.exited;
      if (state.exitCode === 0) return true;
      state.restarts += 1;
      await this.report();
      await sleep(FIRST_BACK_OFF_SECONDS * 1000);
    }
  }

  private async runContainer(spec: Any, folders: Record<string, string>): Promise<void> {
    const state = this.states.get(spec.name)!;
    let backOff = 0;
    while (!this.terminating) {
      const container = await this.context.runtime.start(this.context.sandbox, this.specOf(spec, folders));
      Object.assign(state, {
        container,
        ready: !spec.readinessProbe,
        started: !spec.startupProbe,
        exitCode: undefined,
      });
      const stopProbes = this.probe(spec, state);
      void this.report();
      state.exitCode = await container.exited;
      if (this.terminating) return;
      stopProbes();
      Object.assign(state, { ready: false, started: false });
      state.restarts += 1;
      this.context.event(`${this.name}: ${spec.name} exited with ${state.exitCode}, and is restarted`);
      void this.report();
      await sleep(backOff * 1000);
      backOff = backOff === 0 ? FIRST_BACK_OFF_SECONDS : backOff * 2;
    }
  }

  /** Startup first; then liveness and readiness. */
  private probe(spec: Any, state: ContainerState): () => void {
    const target = this.targetOf(spec, state);
    const mine: Prober[] = [];
    const add = (kind: string, probe: Any, initial: boolean | undefined, onChange: (value: boolean) => void) => {
      if (!probe) return;
      const prober = new Prober(probe, target, new Verdict(probe, initial), onChange);
      mine.push(prober);
      this.probers.push({ kind, prober });
      void prober.start();
    };
    const restart = (why: string) => {
      this.context.event(`${this.name}: ${why} failed, ${spec.name} is restarted`);
      void terminate(
        state.container!,
        this.pod.spec.terminationGracePeriodSeconds ?? 30,
        spec.lifecycle?.preStop,
        target,
      );
    };
    const begin = () => {
      add('liveness', spec.livenessProbe, true, (alive) => !alive && restart('liveness'));
      add('readiness', spec.readinessProbe, false, (ready) => void this.changeReadiness(state, ready));
    };
    if (!spec.startupProbe) begin();
    else {
      add('startup', spec.startupProbe, undefined, (started) => {
        mine.forEach((one) => one.stop());
        if (!started) return restart('startup');
        state.started = true;
        begin();
        void this.report();
      });
    }
    return () => mine.forEach((one) => one.stop());
  }

  private async changeReadiness(state: ContainerState, ready: boolean): Promise<void> {
    if (ready) await this.released();
    state.ready = ready;
    this.context.event(`${this.name} is ${ready ? '' : 'not '}ready`);
    await this.report();
  }

  private async released(): Promise<void> {
    while (this.context.readinessHeld() && !this.terminating) await sleep(100);
  }

  private targetOf(spec: Any, state: ContainerState): ProbeTarget {
    return {
      address: this.context.address,
      port: (name) => portOf(spec, name),
      container: { exec: (command, timeout) => state.container!.exec(command, timeout) },
    };
  }

  private specOf(spec: Any, folders: Record<string, string>): ContainerSpec {
    const { apiServer, address, hostAddress } = this.context;
    const known = { ...this.pod, status: { ...this.pod.status, podIP: address, hostIP: hostAddress } };
    const env: Record<string, string> = {
      KUBERNETES_SERVICE_HOST: apiServer.address,
      KUBERNETES_SERVICE_PORT: String(apiServer.port),
      HOSTNAME: this.name,
    };
    for (const { name, value, valueFrom } of spec.env ?? []) {
      if (valueFrom && !valueFrom.fieldRef) throw new Error(`${spec.name}: the source of ${name} is not modelled`);
      env[name] = valueFrom ? String(fieldOf(known, valueFrom.fieldRef.fieldPath)) : expand(value ?? '', env);
    }
    const mounts = (spec.volumeMounts ?? []).map((mount: Any) => [
      mount.mountPath,
      mount.subPath ? join(folders[mount.name]!, mount.subPath) : folders[mount.name]!,
    ]);
    return {
      name: spec.name,
      image: spec.image,
      command: spec.command ?? [],
      args: (spec.args ?? []).map((argument: string) => expand(argument, env)),
      env,
      mounts: Object.fromEntries(mounts),
    };
  }

  /** One after the other, so that the last one holds. */
  private report(): Promise<unknown> {
    this.reporting = this.reporting.then(async () => {
      if (this.gone) return;
      const { namespace, name, uid } = this.pod.metadata;
      const status = podStatus(this.pod, this.context, this.initialized, (spec) =>
        containerStatus(spec, this.states.get(spec.name)!),
      );
      await this.context.api
        .patch(`/api/v1/namespaces/${namespace}/pods/${name}/status`, { metadata: { uid }, status })
        .catch(ignoreMissing);
    });
    return this.reporting;
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof ApiError && [404, 409].includes(error.status))) throw error;
}

function portOf(spec: Any, name: number | string): number {
  if (typeof name === 'number' || /^\d+$/.test(name)) return Number(name);
  const port = (spec.ports ?? []).find((one: Any) => one.name === name);
  if (!port) throw new Error(`${spec.name} has no port '${name}'`);
  return port.containerPort;
}

function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\(([A-Za-z_][A-Za-z0-9_]*)\)/g, (found, name: string) => env[name] ?? found);
}
