import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../command';

/** What a cdktf project says in its `cdktf.json`, as far as it is needed to run the app. */
export interface Project {
  readonly directory: string;
  /** The command that synthesizes. */
  readonly app?: string;
  /** Where the project's own runs write, relative to it. */
  readonly output: string;
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where providers that were generated locally are, relative to the project. */
  readonly generated: string;
}

/** Reads the project in a directory; one without `cdktf.json` has defaults. */
export function readProject(directory: string): Project {
  const file = join(directory, 'cdktf.json');
  const config = existsSync(file) ? parsed(file) : {};
  const { app, output, context, codeMakerOutput } = config;
  return {
    directory,
    ...(typeof app === 'string' && app.trim() !== '' && { app }),
    output: typeof output === 'string' ? output : 'cdktf.out',
    ...(typeof context === 'object' && context !== null && { context: context as Record<string, unknown> }),
    generated: typeof codeMakerOutput === 'string' ? codeMakerOutput : '.gen',
  };
}

function parsed(file: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new CliError(`${file} is not JSON: ${(error as Error).message}`);
  }
}
