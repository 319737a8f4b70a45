/** A command in a container. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Folders of the machine by path in the container. */
  readonly mounts: Readonly<Record<string, string>>;
}

export interface RunningContainer {
  readonly startedAt: Date;
  /** Resolves with the exit code, 128 + the signal's number after a signal. */
  readonly exited: Promise<number>;
  readonly isRunning: boolean;
  signal(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** Runs a command in the container; resolves with its exit code, 126 or 127 where there is no such command. */
  exec(command: readonly string[], timeoutSeconds: number): Promise<number>;
}

export interface ContainerRuntime {
  createSandbox(pod: string, address: string): Promise<void>;
  removeSandbox(pod: string): Promise<void>;
  start(pod: string, container: ContainerSpec): Promise<RunningContainer>;
}
