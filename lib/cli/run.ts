import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '../core/suggestions';
import { CliError, UsageError } from './command';
import { COMMANDS, type CommandEntry } from './commands';
import { EXIT, type ExitCode } from './exit-codes';
import type { Io } from './io';
import { errorJson } from './render/plan-json';

/** Runs a command line and returns the exit code. User errors are printed without a stack trace. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      io.out(overview());
      return name === undefined ? EXIT.usage : EXIT.ok;
    }
    if (name === '--version') {
      io.out(`${version()}\n`);
      return EXIT.ok;
    }
    const command = commandEntry(name)?.command();
    if (!command) throw new UsageError(`unknown command '${name}'${didYouMean(name, Object.keys(COMMANDS))}`);
    const options = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
    if (options.some((arg) => arg === '--help' || arg === '-h')) {
      io.out(command.help);
      return EXIT.ok;
    }
    return await command.run(rest, io);
  } catch (error) {
    if (io.signal.aborted) return EXIT.interrupted;
    const message = formatError(error);
    if (rest.includes('--json')) io.out(errorJson(message, error instanceof CliError ? error.output : ''));
    io.err(`quayside: ${message}\n`);
    if (!(error instanceof UsageError)) return EXIT.failed;
    const help = name !== undefined && commandEntry(name) ? `quayside ${name} --help` : 'quayside --help';
    io.err(`Try: ${help}\n`);
    return EXIT.usage;
  }
}

/** Inherited properties such as `constructor` are not commands. */
function commandEntry(name: string): CommandEntry | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(({ length }) => length));
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Usage: quayside <command> [stack|environment|pattern ...]',
    '',
    ...commands,
    '',
    'See quayside <command> --help for details.',
    '',
  ].join('\n');
}

/** Only an internal error is printed with its stack trace. */
function formatError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isInternal = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return isInternal ? `internal error:\n${error.stack}` : error.message;
}

/** The package's version, whether the code is compiled or not. */
function version(): string {
  const compiled = join(__dirname, '..', '..', '..', 'package.json');
  const file = existsSync(compiled) ? compiled : join(__dirname, '..', '..', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
