import { constants } from 'node:os';
import { EXIT } from './exit-codes';

/** A command's access to its process. */
export interface Io {
  /** The result. */
  readonly out: (text: string) => void;
  /** Everything else: progress, warnings, errors. */
  readonly err: (text: string) => void;
  readonly cwd: string;
  /** Whether the result may be coloured. */
  readonly colour: boolean;
  /** Whether progress may rewrite a line. */
  readonly live: boolean;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** This process. The first signal aborts the command and cleans up; a second one exits immediately. */
export function processIo(): { readonly io: Io; readonly end: (code: number) => void } {
  const abort = new AbortController();
  let received: (typeof SIGNALS)[number] | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (received) process.exit(EXIT.interrupted);
      received = signal;
      abort.abort();
    });
  }
  return {
    io: {
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
      cwd: process.cwd(),
      // Node respects NO_COLOR, FORCE_COLOR and terminals without colours.
      colour: process.stdout.isTTY && process.stdout.hasColors(),
      live: process.stderr.isTTY && process.env['TERM'] !== 'dumb',
      signal: abort.signal,
    },
    end: (code) => {
      process.exitCode = received ? 128 + constants.signals[received] : code;
    },
  };
}
