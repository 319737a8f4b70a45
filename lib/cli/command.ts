import type { ParseArgsConfig } from 'node:util';
import type { ExitCode } from './exit-codes';
import type { Io } from './io';

/** A subcommand. To add one, add a file to `commands` and a line to `commands/index.ts`. */
export interface Command {
  /** What `--help` prints: usage, options and examples. */
  readonly help: string;
  readonly run: (args: readonly string[], io: Io) => Promise<ExitCode>;
}

/** The options of a command, as `node:util`'s parseArgs takes them. */
export type Options = NonNullable<ParseArgsConfig['options']>;

/** A user error: only its message is printed. */
export class CliError extends Error {
  /** @param output of a failed program, which has been printed: documents include it */
  constructor(
    message: string,
    readonly output = '',
  ) {
    super(message);
    this.name = 'CliError';
    this.stack = `${this.name}: ${message}`;
  }
}

/** The command line is not valid. */
export class UsageError extends CliError {}
