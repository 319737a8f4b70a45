import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type Any, type KubernetesApi } from '../cluster/api';
import { containerStatus, podStatus, type Condition, type ContainerState } from './pod-status';
import { Prober, Verdict, type ProbeTarget } from './probe';
import type { ContainerRuntime, ContainerSpec, RunningContainer } from './runtime';
import { unsupported } from './supported';
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
  /** Whether the pod may not become ready yet. */
  readonly readinessHeld: () => boolean;
}

/**
 * The first restart is immediate; then the delay doubles up to five minutes. Source: "Pod Lifecycle", section "How Pods
 * handle problems with containers", https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
 */
const FIRST_BACK_OFF_SECONDS = 10;
const MAX_BACK_OFF_SECONDS = 300;
const DEFAULT_GRACE_SECONDS = 30;
const HELD_CHECK_MS = 100;

/**
 * Runs one pod from its assignment to its end; its restart policy is Always. Sources: "Pod Lifecycle",
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/; "Liveness, Readiness, and Startup Probes",
 * https://kubernetes.io/docs/concepts/workloads/pods/probes/
 */
export class PodWorker {
  private readonly states = new Map<string, ContainerState>();
  private readonly probers: { readonly kind: string; readonly prober: Prober }[] = [];
  private initialized = false;
  private terminating = false;
  private gone = false;
  private reporting: Promise<unknown> = Promise.resolve();
  private times = { startTime: new Date(), conditions: [] as readonly Condition[] };
  /** Containers that are being started. */
  private readonly starting = new Set<Promise<RunningContainer>>();
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
    const problems = unsupported(this.pod);
    if (problems.length > 0) throw new Error(`not modelled: ${problems.join('; ')}`);
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
    const grace = this.pod.metadata.deletionGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
    this.context.event(`${this.name} terminates`);
    // Readiness is probed until the end, for endpoints that are terminating and still serve.
    for (const { kind, prober } of this.probers) if (kind !== 'readiness') prober.stop();
    await this.sandboxed.catch(() => undefined);
    await Promise.allSettled(this.starting);
    await Promise.all(
      [...(this.pod.spec.initContainers ?? []), ...this.pod.spec.containers].map(async (spec: Any) => {
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
      await this.run(spec, state, folders);
      if (state.exitCode === 0) return true;
      if (this.terminating) return false;
      state.restarts += 1;
      await this.report();
      await sleep(FIRST_BACK_OFF_SECONDS * 1000);
    }
  }

  private async runContainer(spec: Any, folders: Record<string, string>): Promise<void> {
    const state = this.states.get(spec.name)!;
    let backOff = 0;
    while (!this.terminating) {
      Object.assign(state, { ready: false, started: !spec.startupProbe });
      let stopProbes = () => {};
      await this.run(spec, state, folders, () => {
        if (!this.terminating) stopProbes = this.probe(spec, state);
        void this.report();
      });
      if (this.terminating) return;
      stopProbes();
      Object.assign(state, { ready: false, started: false });
      state.restarts += 1;
      this.context.event(`${this.name}: ${spec.name} exited with ${state.exitCode}, and is restarted`);
      void this.report();
      await sleep(backOff * 1000);
      backOff = backOff === 0 ? FIRST_BACK_OFF_SECONDS : Math.min(backOff * 2, MAX_BACK_OFF_SECONDS);
    }
  }

  /** Until the container has exited. */
  private async run(
    spec: Any,
    state: ContainerState,
    folders: Record<string, string>,
    onStart: () => void = () => {},
  ): Promise<void> {
    const starting = this.context.runtime.start(this.context.sandbox, this.specOf(spec, folders));
    this.starting.add(starting);
    try {
      state.container = await starting;
    } finally {
      this.starting.delete(starting);
    }
    state.exitCode = undefined;
    // Its machine has failed meanwhile.
    if (this.gone) state.container.signal('SIGKILL');
    onStart();
    state.exitCode = await state.container.exited;
    state.finishedAt = new Date();
  }

  /** Startup first; then liveness and readiness. Only readiness goes on after a failure: the others restart the container. */
  private probe(spec: Any, state: ContainerState): () => void {
    const target = this.targetOf(spec, state);
    const container = state.container!;
    const mine: Prober[] = [];
    const add = (kind: string, probe: Any, verdict: Verdict, onChange: (value: boolean) => void) => {
      if (!probe) return;
      const prober = new Prober(probe, target, verdict, onChange);
      mine.push(prober);
      this.probers.push({ kind, prober });
      void prober.start();
    };
    const restart = (why: string, probe: Any) => {
      for (const { kind, prober } of this.probers) if (kind !== 'readiness' && mine.includes(prober)) prober.stop();
      this.context.event(`${this.name}: ${why} failed, ${spec.name} is restarted`);
      const grace = probe.terminationGracePeriodSeconds ?? this.pod.spec.terminationGracePeriodSeconds;
      void terminate(container, grace ?? DEFAULT_GRACE_SECONDS, spec.lifecycle?.preStop, target);
    };
    const begin = () => {
      const alive = new Verdict(spec.livenessProbe, true);
      add('liveness', spec.livenessProbe, alive, (value) => !value && restart('liveness', spec.livenessProbe));
      // Without a probe it is ready as soon as it has started.
      const ready = new Verdict(spec.readinessProbe, !spec.readinessProbe);
      const change = () => void this.changeReadiness(state, container, ready);
      add('readiness', spec.readinessProbe, ready, change);
      if (!spec.readinessProbe) change();
    };
    if (!spec.startupProbe) begin();
    else {
      add('startup', spec.startupProbe, new Verdict(spec.startupProbe, undefined), (started) => {
        mine.forEach((one) => one.stop());
        if (!started) return restart('startup', spec.startupProbe);
        state.started = true;
        begin();
        void this.report();
      });
    }
    return () => mine.forEach((one) => one.stop());
  }

  /** The verdict at the time of the release counts, and only for the container that it is of. */
  private async changeReadiness(state: ContainerState, container: RunningContainer, verdict: Verdict): Promise<void> {
    while (verdict.value && this.context.readinessHeld() && !this.terminating) await sleep(HELD_CHECK_MS);
    const ready = verdict.value === true;
    if (!container.isRunning || state.ready === ready || (ready && this.context.readinessHeld())) return;
    state.ready = ready;
    this.context.event(`${this.name} is ${ready ? '' : 'not '}ready`);
    await this.report();
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
      env[name] = valueFrom ? fieldOf(known, valueFrom.fieldRef.fieldPath) : expand(value ?? '', env);
    }
    const mounts = (spec.volumeMounts ?? []).map((mount: Any) => [
      mount.mountPath,
      mount.subPath ? join(folders[mount.name]!, mount.subPath) : folders[mount.name]!,
    ]);
    return {
      name: spec.name,
      image: spec.image,
      command: (spec.command ?? []).map((part: string) => expand(part, env)),
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
      const status = podStatus(this.pod, this.context, this.initialized, this.times, (spec) =>
        containerStatus(spec, this.states.get(spec.name)!),
      );
      this.times = { ...this.times, conditions: status.conditions };
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

/** `$$` is a `$`; what is not known stays as it is. Source: "Kubernetes API", Container, `args`. */
export function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^)]+)\)/g, (found, name?: string) => (name ? (env[name] ?? found) : '$'));
}
