import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { makeTemporaryDirectory } from './temporary-directory';

/**
 * Waits for its input to end, which happens however its parent dies, then kills the parent's children and removes the
 * directory. `+ PID` and `- PID` register and unregister children.
 */
const WATCH = `
running=
while read -r change pid; do
  if [ "$change" = + ]; then running="$running $pid"; continue; fi
  rest=
  for one in $running; do [ "$one" = "$pid" ] || rest="$rest $one"; done
  running=$rest
done
[ -z "$running" ] || kill -9 $running 2>/dev/null
rm -rf "$1"
`;

/**
 * A private directory that is removed when this process ends, together with the registered child processes, even if
 * the process is killed: a shell in its own session watches it.
 */
export class SelfCleaningDirectory {
  readonly path: string;
  private readonly watcher: ChildProcess;

  constructor() {
    this.path = makeTemporaryDirectory();
    this.watcher = spawn('/bin/sh', ['-c', WATCH, 'quayside-guard', this.path], {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // Without a shell, the directory is removed by `remove`, or else by a later run.
    this.watcher.on('error', () => {});
    this.watcher.stdin?.on('error', () => {});
    // The watcher must not keep this process alive.
    this.watcher.unref();
    (this.watcher.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }

  /** Kills a child if this process dies before it; with `group`, the child's process group. */
  adopt(child: ChildProcess, { group = false } = {}): void {
    const { pid } = child;
    if (pid === undefined) return;
    const id = group ? -pid : pid;
    this.send(`+ ${id}\n`);
    child.once('exit', () => this.send(`- ${id}\n`));
  }

  async remove(): Promise<void> {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 3 });
    if (this.watcher.exitCode !== null || this.watcher.pid === undefined) return;
    const exited = new Promise<void>((resolve) => this.watcher.once('exit', () => resolve()));
    this.watcher.ref();
    this.watcher.stdin?.end();
    await exited;
  }

  private send(line: string): void {
    if (this.watcher.stdin?.writable) this.watcher.stdin.write(line);
  }
}
