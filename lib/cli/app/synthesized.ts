import { CliError } from '../command';
import { selectStacks } from './select-stacks';
import type { Project } from './project';
import { runApp } from './run-app';
import { StateReads } from './state-reads';
import type { Workspace } from './workspace';

export interface SynthesisRequest {
  /** Names of stacks or environments, or patterns; none for all. */
  readonly names: readonly string[];
  readonly workspace: Workspace;
  readonly variables?: Readonly<Record<string, string>>;
  readonly err: (text: string) => void;
}

/**
 * Runs a project's app into a private directory, and gives that. Only the stacks that are asked for are built, where the
 * app can do so, unless they read the states of others.
 */
export async function synthesizeProject(
  project: Project,
  request: SynthesisRequest & { readonly app?: string | undefined; readonly label: string },
): Promise<string> {
  const command = request.app ?? project.app;
  if (command === undefined) {
    throw new CliError(
      `${project.directory} has no cdktf.json that names an app: run this in a cdktf project, or say which with ` +
        '--app "node main.js" or --dir cdktf.out',
    );
  }
  const { names, workspace, err, label, variables } = request;
  const outdir = workspace.directory(`${label}.out`);
  await runApp({ project, command, outdir, names, variables, workspace, err });
  if (names.length === 0 || isComplete(outdir, names)) return outdir;
  const whole = workspace.directory(`${label}-whole.out`);
  await runApp({ project, command, outdir: whole, names: [], variables, workspace, err });
  return whole;
}

/** Whether every name chooses a stack, and the stacks that they choose read only the states of stacks that are there. */
function isComplete(outdir: string, names: readonly string[]): boolean {
  const reads = StateReads.of(outdir);
  const { selected, unknown } = selectStacks(names, reads.names);
  return unknown.length === 0 && !reads.readsExternalState(selected);
}
