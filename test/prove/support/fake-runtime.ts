import type { ContainerRuntime, ContainerSpec, RunningContainer } from '../../../prove/kubelet/runtime';

interface Signal {
  readonly signal: string;
  readonly at: number;
}

export interface FakeContainerOptions {
  /** How long it takes to end after SIGTERM: never by default. */
  readonly drainSeconds?: number;
  readonly exec?: (command: readonly string[]) => number | Promise<number>;
}

/** A container that ends as it is told, and the times of its signals in seconds. */
export class FakeContainer implements RunningContainer {
  readonly startedAt = new Date();
  readonly signals: Signal[] = [];
  readonly executed: { readonly command: string; readonly at: number; readonly timeoutSeconds: number }[] = [];
  readonly exited: Promise<number>;
  isRunning = true;
  private resolve!: (code: number) => void;

  constructor(
    readonly options: FakeContainerOptions = {},
    readonly spec?: ContainerSpec,
    readonly pod?: string,
  ) {
    this.exited = new Promise((resolve) => (this.resolve = resolve));
  }

  exit(code: number): void {
    this.isRunning = false;
    this.resolve(code);
  }

  signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (!this.isRunning) return;
    this.signals.push({ signal, at: Date.now() / 1000 });
    const { drainSeconds } = this.options;
    if (signal === 'SIGKILL') this.exit(137);
    else if (drainSeconds !== undefined) setTimeout(() => this.exit(0), drainSeconds * 1000);
  }

  async exec(command: readonly string[], timeoutSeconds: number): Promise<number> {
    this.executed.push({ command: command.join(' '), at: Date.now() / 1000, timeoutSeconds });
    return (await this.options.exec?.(command)) ?? 0;
  }
}

export class FakeRuntime implements ContainerRuntime {
  readonly containers: FakeContainer[] = [];
  readonly sandboxes = new Map<string, string>();
  /** Resolves before a container starts. */
  delay: () => Promise<unknown> = async () => undefined;

  constructor(readonly options: FakeContainerOptions = {}) {}

  async createSandbox(pod: string, address: string): Promise<void> {
    this.sandboxes.set(pod, address);
  }

  async removeSandbox(pod: string): Promise<void> {
    this.sandboxes.delete(pod);
  }

  async start(pod: string, spec: ContainerSpec): Promise<RunningContainer> {
    await this.delay();
    const container = new FakeContainer(this.options, spec, pod);
    this.containers.push(container);
    return container;
  }

  get last(): FakeContainer {
    return this.containers.at(-1)!;
  }
}
