import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..', '..');
const FIXTURE = join(ROOT, 'test', 'fixtures', 'cdktf-app');
const { build } = require('../../../../scripts/build') as { build: (out: string, folders: readonly string[]) => void };

const directories: string[] = [];

function temporary(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `quayside-cli-${name}-`));
  directories.push(directory);
  return directory;
}

export function removeProjects(): void {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
}

export interface Result {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The compiled package, in its own directory. */
export class InstalledPackage {
  readonly directory = temporary('package');

  constructor() {
    build(join(this.directory, 'dist'), ['lib', 'stacks']);
    cpSync(join(ROOT, 'package.json'), join(this.directory, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(this.directory, 'node_modules'));
  }

  get bin(): string {
    return join(this.directory, 'dist', 'lib', 'cli', 'main.js');
  }

  /** Runs `quayside`; with a prefix, through another program. */
  run(args: readonly string[], cwd: string, options: { env?: NodeJS.ProcessEnv; prefix?: readonly string[] } = {}) {
    return ended(this.start(args, cwd, options));
  }

  start(
    args: readonly string[],
    cwd: string,
    { env = {}, prefix = [] }: { env?: NodeJS.ProcessEnv; prefix?: readonly string[] } = {},
  ) {
    const [command, ...rest] = [...prefix, process.execPath, this.bin, ...args];
    // jest sets FORCE_COLOR on a terminal; git hooks set GIT_DIR.
    const { FORCE_COLOR: _, GIT_DIR: __, ...inherited } = process.env;
    return spawn(command!, rest, { cwd, env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

export function ended(child: ReturnType<InstalledPackage['start']>): Promise<Result> {
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** A cdktf project that does not use quayside. */
export class Project {
  readonly directory = temporary('project');

  constructor() {
    cpSync(FIXTURE, this.directory, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.directory, 'node_modules'));
    writeFileSync(join(this.directory, '.gitignore'), 'node_modules\ncdktf.out\n');
  }

  /** Changes the values that the stacks are built from. */
  set(values: Readonly<Record<string, unknown>>): void {
    const file = join(this.directory, 'values.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...values }));
  }

  /** Commits everything on `main`. */
  commit(): void {
    this.git('init', '-q', '-b', 'main');
    this.git('add', '.');
    this.git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '-q', '-m', 'one');
  }

  git(...args: readonly string[]): string {
    const { stdout, status, stderr } = spawnSync('git', args, { cwd: this.directory, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  /** A private directory for temporary files, to check that none are left behind. */
  temporary(): string {
    const directory = temporary('tmp');
    mkdirSync(directory, { recursive: true });
    return directory;
  }
}

/** Runs its tests if this user may create network namespaces. */
export const describeWithoutNetwork: jest.Describe =
  spawnSync('unshare', ['-rn', 'true']).status === 0
    ? describe
    : (Object.assign(
        (name: string, tests: () => void) => describe.skip(`${name} (skipped: unshare is not allowed here)`, tests),
        describe,
      ) as unknown as jest.Describe);
