import { execFile, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { network } from '../ground/network';
import type { Image } from './images';
import type { ContainerRuntime, ContainerSpec, RunningContainer } from './runtime';

/** Containers are processes with a network and a root folder of their own. */
export class NamespaceRuntime implements ContainerRuntime {
  private count = 0;

  constructor(
    private readonly images: (image: string) => Image,
    private readonly directory: string,
  ) {}

  createSandbox(pod: string, address: string): Promise<void> {
    return network.addPod(pod, address);
  }

  removeSandbox(pod: string): Promise<void> {
    return network.removePod(pod);
  }

  async start(pod: string, container: ContainerSpec): Promise<RunningContainer> {
    const image = this.images(container.image);
    this.count += 1;
    const root = `/run/containers/${this.count}`;
    mkdirSync(root, { recursive: true });
    mkdirSync(join(this.directory, 'logs'), { recursive: true });
    const log = openSync(join(this.directory, 'logs', `${pod}-${container.name}-${this.count}.log`), 'a');
    const entry = container.command.length > 0 ? container.command : image.entryPoint;
    const script = rootScript(root, { ...image.files, ...container.mounts });
    const child = spawn(
      'nsenter',
      [`--net=/run/netns/${pod}`, 'unshare', '--mount', 'sh', '-ec', script, 'sh', ...entry, ...container.args],
      {
        stdio: ['ignore', log, log],
        detached: true,
        cwd: '/',
        env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', ...container.env },
      },
    );
    closeSync(log);
    const exited = new Promise<number>((resolve) => {
      child.on('error', () => resolve(127));
      child.on('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)));
    });
    const state = { isRunning: true };
    void exited.then(() => (state.isRunning = false));
    return {
      startedAt: new Date(),
      exited,
      get isRunning() {
        return state.isRunning;
      },
      signal: (signal) => {
        if (!state.isRunning || child.pid === undefined) return;
        // SIGKILL ends every process of the container, SIGTERM is sent to the first.
        process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal);
      },
      exec: (command, timeoutSeconds) => execIn(child.pid!, command, timeoutSeconds),
    };
  }
}

function execIn(pid: number, command: readonly string[], timeoutSeconds: number): Promise<number> {
  return new Promise((resolve) => {
    const args = ['-t', String(pid), '-n', '-m', '-r', '--wd=/', ...command];
    execFile('nsenter', args, { timeout: timeoutSeconds * 1000, killSignal: 'SIGKILL' }, (error) => {
      if (!error) resolve(0);
      else resolve(typeof error.code === 'number' ? error.code : 137);
    });
  });
}

/** A root folder with nothing but these files and folders, and the command in it. */
function rootScript(root: string, files: Readonly<Record<string, string>>): string {
  const binds = Object.entries({ '/proc': '/proc', '/dev': '/dev', ...files }).sort(([a], [b]) => a.length - b.length);
  return [
    `mount -t tmpfs tmpfs ${root}`,
    `mkdir ${root}/tmp`,
    ...binds.map(
      ([path, source]) =>
        `if [ -d ${source} ]; then mkdir -p ${root}${path}; else mkdir -p ${root}$(dirname ${path}); touch ${root}${path}; fi; mount --rbind ${source} ${root}${path}`,
    ),
    `exec chroot ${root} "$@"`,
  ].join('\n');
}
