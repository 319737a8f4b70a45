import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../command';

/** The settings in a project's `cdktf.json` that are needed to run its app. */
export interface Project {
  readonly directory: string;
  /** The command that synthesizes the app. */
  readonly app?: string;
  /** Output directory of the project's own runs, relative to it. */
  readonly output: string;
  readonly context?: Readonly<Record<string, unknown>>;
  /** Directory of locally generated providers, relative to the project. */
  readonly generated: string;
}

/** Reads the project in a directory; without a `cdktf.json`, defaults apply. */
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
    throw new CliError(`${file} must be a JSON file: ${(error as Error).message}`);
  }
}
