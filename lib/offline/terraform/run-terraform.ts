import { spawn } from 'node:child_process';
import type { SelfCleaningDirectory } from '../workspace/self-cleaning-directory';
import type { TerraformCli } from './find-terraform';

export interface TerraformRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface RunOptions {
  readonly cli: TerraformCli;
  readonly args: readonly string[];
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  /** Kills the run if this process dies. */
  readonly tempDirectory: SelfCleaningDirectory;
  readonly signal?: AbortSignal | undefined;
  /** Called with every complete line of stdout. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Runs Terraform to its end; rejects only if it cannot be started. */
export function runTerraform({
  cli,
  args,
  directory,
  env,
  tempDirectory,
  signal,
  onLine,
}: RunOptions): Promise<TerraformRun> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(cli.path, args, { cwd: directory, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    tempDirectory.adopt(child);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let rest = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      if (!onLine) return;
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        exitCode: code ?? 1,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        seconds: (performance.now() - start) / 1000,
      }),
    );
  });
}
