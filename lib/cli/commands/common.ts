import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { knownStacks } from '../app/select-stacks';
import type { Project } from '../app/project';
import { StateReads } from '../app/state-reads';
import { synthesizeProject } from '../app/synthesized';
import type { Workspace } from '../app/workspace';
import { CliError, type Options } from '../command';
import type { Io } from '../io';
import { findTerraform } from '../../offline';
import { mutuallyExclusive } from '../parse';

/** What the commands that run an app's stacks share. */
export const APP_OPTIONS = {
  app: { type: 'string' },
  dir: { type: 'string' },
  terraform: { type: 'string' },
  'remote-states': { type: 'string' },
  'states-from': { type: 'string' },
  json: { type: 'boolean' },
  markdown: { type: 'boolean' },
} as const satisfies Options;

export interface AppValues {
  readonly app?: string;
  readonly dir?: string;
  readonly terraform?: string;
  readonly 'remote-states'?: string;
  readonly 'states-from'?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** The lines of `--help` about them. */
export const APP_HELP = `  --app COMMAND         the app to run, in place of cdktf.json's: "node main.js"
  --dir DIRECTORY       stacks that are synthesized already: cdktf.out
  --remote-states FILE  outputs of states that no stack of the app keeps, as JSON: { "data source's id": { "output": "value" } }
  --states-from DIR     another app's cdktf.out, for the states of its stacks that these read
  --terraform PATH      Terraform or OpenTofu (else $QUAYSIDE_TERRAFORM, terraform or tofu on the PATH)
  --json                one JSON document
  --markdown            a comment for a pull request
`;

export const NAMES_HELP = `A name is a stack, or an environment: all the stacks that begin with it and a dash. * stands for any text. Stacks whose
state they read are taken along. No names: every stack.
`;

/** @throws UsageError where options exclude each other */
export function checkAppValues(values: AppValues): void {
  mutuallyExclusive(values, 'app', 'dir');
  mutuallyExclusive(values, 'json', 'markdown');
}

export interface SelectedStacks {
  readonly stacksDir: string;
  /** What the names choose. */
  readonly selected: readonly string[];
}

/** The stacks of today's code that a command is about. */
export async function currentStacks(
  project: Project,
  names: readonly string[],
  values: AppValues,
  workspace: Workspace,
  io: Io,
): Promise<SelectedStacks> {
  const stacksDir =
    values.dir !== undefined
      ? existingDirectory('--dir', resolve(io.cwd, values.dir))
      : await synthesizeProject(project, { names, workspace, err: io.err, app: values.app, label: 'today' });
  return { stacksDir, selected: knownStacks(names, StateReads.of(stacksDir).names) };
}

function existingDirectory(option: string, directory: string): string {
  if (!existsSync(directory)) throw new CliError(`${option} ${directory}: there is no such directory`);
  return directory;
}

/** What the engine is told, whatever the command. What it would miss is missed before the app is run. */
export function engineOptions(values: AppValues, workspace: Workspace, io: Io) {
  const { 'remote-states': remoteStates, 'states-from': statesFrom } = values;
  const terraform = values.terraform && commandFrom(io.cwd, values.terraform);
  findTerraform(terraform);
  return {
    signal: workspace.signal,
    packagesFrom: [io.cwd, __dirname],
    ...(terraform !== undefined && { terraform }),
    ...(statesFrom !== undefined && { statesFrom: existingDirectory('--states-from', resolve(io.cwd, statesFrom)) }),
    ...(remoteStates !== undefined && { remoteStates: readRemoteStates(resolve(io.cwd, remoteStates)) }),
  };
}

/** A name is looked for on the PATH; a path is one from where the user is. */
function commandFrom(cwd: string, command: string): string {
  return /[/\\]/.test(command) ? resolve(cwd, command) : command;
}

type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function readRemoteStates(file: string): Outputs {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Outputs;
  } catch (error) {
    throw new CliError(`--remote-states ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}
