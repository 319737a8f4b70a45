import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { makeTemporaryDirectory } from './temporary-directory';

/**
 * Waits for its input to end, which it does however its parent dies, then stops what the parent had started and removes
 * the directory. `+ PID` and `- PID` tell it what runs.
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
 * A private directory that disappears with this process, together with the children registered with it, even if the
 * process is killed: a small shell in a session of its own sees to that.
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
    // Without a shell the directory is removed at the end, and by the next run's sweep.
    this.watcher.on('error', () => {});
    this.watcher.stdin?.on('error', () => {});
    // The watcher alone keeps no process alive.
    this.watcher.unref();
    (this.watcher.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }

  /** Has a child killed when this process dies before it; with `group`, all that the child started as well. */
  adopt(child: ChildProcess, { group = false } = {}): void {
    const { pid } = child;
    if (pid === undefined) return;
    const id = group ? -pid : pid;
    this.tell(`+ ${id}\n`);
    child.once('exit', () => this.tell(`- ${id}\n`));
  }

  async remove(): Promise<void> {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 3 });
    if (this.watcher.exitCode !== null || this.watcher.pid === undefined) return;
    const gone = new Promise<void>((resolve) => this.watcher.once('exit', () => resolve()));
    this.watcher.ref();
    this.watcher.stdin?.end();
    await gone;
  }

  private tell(line: string): void {
    if (this.watcher.stdin?.writable) this.watcher.stdin.write(line);
  }
}
