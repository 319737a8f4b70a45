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

/** Variables that would change what Terraform or a provider does, except Terraform input variables. */
const FOREIGN = /^(TF_(?!VAR_)|AWS_|KUBE|GOOGLE_|ARM_|QUAYSIDE_)/;

/** The environment of a run without the user's settings, except input variables, and without prompts. */
export function offlineEnvironment(configFile: string, reattach: object): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return {
    ...Object.fromEntries(kept),
    ...QUIET,
    TF_CLI_CONFIG_FILE: configFile,
    TF_REATTACH_PROVIDERS: JSON.stringify(reattach),
  };
}

/** Variables that would make a run write to the user's working directory, or change its arguments. */
const MISLEADING = /^TF_(DATA_DIR|WORKSPACE|CLI_ARGS|REATTACH)/;

/** The user's own environment, with credentials, for real providers. */
export function realEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !MISLEADING.test(name));
  return { ...Object.fromEntries(kept), ...QUIET };
}

const QUIET = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
