import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';

const PREFIX = 'quayside-offline-';
/** Room that a socket's path leaves for the directory: the system takes 104 bytes in all (macOS; Linux takes 108). */
const LONGEST_DIRECTORY = 80;

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
export class GuardedDirectory {
  readonly path: string;
  private readonly watcher: ChildProcess;

  constructor() {
    removeOrphans();
    const long = Buffer.byteLength(tmpdir()) + PREFIX.length > LONGEST_DIRECTORY - 24;
    this.path = mkdtempSync(join(long ? '/tmp' : tmpdir(), `${PREFIX}${owner()}-`));
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

  /** Has a child killed when this process dies before it. */
  adopt(child: ChildProcess): void {
    const { pid } = child;
    if (pid === undefined) return;
    this.tell(`+ ${pid}\n`);
    child.once('exit', () => this.tell(`- ${pid}\n`));
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

/** This machine and process: containers may share a temporary directory but not their process ids. */
function owner(): string {
  return `${machine()}-${process.pid}`;
}

function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
}

/** Directories of processes of this machine that are gone: those that were killed together with their guard. */
function removeOrphans(): void {
  const own = new RegExp(`^${PREFIX}${machine()}-(\\d+)-`);
  for (const entry of readdirSync(tmpdir())) {
    const pid = own.exec(entry)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), entry), { recursive: true, force: true });
    } catch {
      // Another user's.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
