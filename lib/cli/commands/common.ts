import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { knownStacks } from '../app/select-stacks';
import type { Project } from '../app/project';
import { StateReads } from '../app/state-reads';
import { synthesizeProject } from '../app/synthesized';
import type { Workspace } from '../app/workspace';
import { isRecord } from '../../core/record';
import { CliError, type Options } from '../command';
import type { Io } from '../io';
import { findTerraform } from '../../offline';
import { mutuallyExclusive } from '../parse';

/** The options of all commands that run an app's stacks. */
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

/** Their lines in `--help`. */
export const APP_HELP = `  --app COMMAND         command that runs the app, instead of the one in cdktf.json: "node main.js"
  --dir DIRECTORY       use stacks that are already synthesized: cdktf.out
  --remote-states FILE  outputs of states outside the app, as JSON: { "data source id": { "output": "value" } }
  --states-from DIR     another app's cdktf.out, for the states of its stacks that these read
  --terraform PATH      Terraform or OpenTofu (default: $QUAYSIDE_TERRAFORM, terraform or tofu on the PATH)
  --json                print one JSON document
  --markdown            print a pull request comment
`;

export const NAMES_HELP = `A name is a stack, or an environment: all stacks that start with it and a dash. * matches any text. Stacks whose state
they read are included. Default: every stack.
`;

/** @throws UsageError if mutually exclusive options are given */
export function checkAppValues(values: AppValues): void {
  mutuallyExclusive(values, 'app', 'dir');
  mutuallyExclusive(values, 'json', 'markdown');
}

export interface SelectedStacks {
  readonly stacksDir: string;
  /** The stacks that the names select. */
  readonly selected: readonly string[];
}

/** The stacks of the current code that a command works on. */
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
  if (!existsSync(directory))
    throw new CliError(
      `${option} ${directory}: no such directory: pass one that an app was synthesized into, such as cdktf.out`,
    );
  return directory;
}

/** The engine's options for any command. A missing file or Terraform is an error before the app is run. */
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

/** A name is looked up on the PATH; a path is relative to the current directory. */
function commandFrom(cwd: string, command: string): string {
  return /[/\\]/.test(command) ? resolve(cwd, command) : command;
}

type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function readRemoteStates(file: string): Outputs {
  const states = parsedJson(file);
  if (isRecord(states) && Object.values(states).every(isRecord)) return states as Outputs;
  throw new CliError(
    `--remote-states ${file} must be { "data source id": { "output": "value" } }, got ${JSON.stringify(states)}`,
  );
}

function parsedJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliError(`--remote-states ${file} must be a JSON file: ${(error as Error).message}`);
  }
}
