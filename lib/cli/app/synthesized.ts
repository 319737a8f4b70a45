import { CliError } from '../command';
import { selectStacks } from './select-stacks';
import type { Project } from './project';
import { runApp } from './run-app';
import { StateReads } from './state-reads';
import type { Workspace } from './workspace';

export interface SynthesisRequest {
  /** Names of stacks or environments, or patterns; empty for all. */
  readonly names: readonly string[];
  readonly workspace: Workspace;
  readonly variables?: Readonly<Record<string, string>>;
  readonly err: (text: string) => void;
}

/**
 * Synthesizes a project's app into a private directory and returns it. If the app supports selection, only the
 * requested stacks are built, unless they read the states of others.
 */
export async function synthesizeProject(
  project: Project,
  request: SynthesisRequest & { readonly app?: string | undefined; readonly label: string },
): Promise<string> {
  const command = request.app ?? project.app;
  if (command === undefined) {
    throw new CliError(
      `${project.directory} has no cdktf.json with an app: run this in a cdktf project, or pass ` +
        '--app "node main.js" or --dir cdktf.out',
    );
  }
  const { names, workspace, err, label, variables } = request;
  const outdir = workspace.directory(`${label}.out`);
  await runApp({ project, command, outdir, names, variables, workspace, err });
  if (names.length === 0 || isComplete(outdir, names)) return outdir;
  const complete = workspace.directory(`${label}-whole.out`);
  await runApp({ project, command, outdir: complete, names: [], variables, workspace, err });
  return complete;
}

/** Whether every name matches a stack, and the selected stacks read only the states of stacks in this output. */
function isComplete(outdir: string, names: readonly string[]): boolean {
  const reads = StateReads.of(outdir);
  const { selected, unknown } = selectStacks(names, reads.names);
  return unknown.length === 0 && !reads.readsExternalState(selected);
}
