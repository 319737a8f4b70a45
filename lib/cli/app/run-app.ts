import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SELECTION_VARIABLE } from '../../core/selection';
import { CliError } from '../command';
import type { Project } from './project';
import type { Workspace } from './workspace';

export interface AppRun {
  readonly project: Project;
  readonly command: string;
  /** The directory that the stacks are written to. */
  readonly outdir: string;
  /** The requested stacks; an app without support for selection builds all. */
  readonly names: readonly string[];
  /**
   * More environment variables of the app.
   * @default none
   */
  readonly variables?: Readonly<Record<string, string>>;
  readonly workspace: Workspace;
  /** Receives the app's stderr. */
  readonly err: (text: string) => void;
}

/**
 * Runs an app's command, as `cdktf synth` would.
 * @throws CliError if it fails or writes no stacks
 */
export async function runApp(run: AppRun): Promise<void> {
  const { code, output, errors } = await waitForExit(run);
  run.workspace.signal.throwIfAborted();
  if (code === 0 && existsSync(join(run.outdir, 'manifest.json'))) return;
  run.err(output);
  const printed = [errors, output].map((text) => text.trim()).filter((text) => text !== '');
  throw new CliError(
    code === 0
      ? `the app wrote no stacks to $CDKTF_OUTDIR: ${run.command}. It must call app.synth() without setting App's ` +
          'outdir; otherwise run it yourself and pass its output with --dir'
      : `the app failed with exit code ${code}: ${run.command} (in ${run.project.directory}): correct what it reports`,
    printed.join('\n'),
  );
}

interface Exit {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

function waitForExit(run: AppRun): Promise<Exit> {
  const { tempDirectory, signal } = run.workspace;
  return new Promise((resolve, reject) => {
    // Its own process group, so that the shell's children are killed with it.
    const child = spawn(run.command, {
      shell: true,
      detached: true,
      cwd: run.project.directory,
      env: environment(run),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    tempDirectory.adopt(child, { group: true });
    const stop = (): void => {
      if (child.pid !== undefined) killGroup(child.pid);
    };
    signal.addEventListener('abort', stop, { once: true });
    let [output, errors] = ['', ''];
    // A character may be in two chunks.
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
      run.err(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop);
      resolve({ code: code ?? 1, output, errors });
    });
  });
}

function environment({ project, outdir, names, variables }: AppRun): NodeJS.ProcessEnv {
  const { CDKTF_CONTEXT_JSON = project.context && JSON.stringify(project.context), ...env } = process.env;
  delete env[SELECTION_VARIABLE];
  return {
    ...env,
    ...variables,
    CDKTF_OUTDIR: outdir,
    ...(CDKTF_CONTEXT_JSON !== undefined && { CDKTF_CONTEXT_JSON }),
    ...(names.length > 0 && { [SELECTION_VARIABLE]: names.join(' ') }),
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has already exited.
  }
}
