import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { CliError } from '../../lib/cli/command';
import { AwsStack, type AwsStackProps } from '../../lib/core/aws-stack';
import { ValidationError, type Problem } from '../../lib/core/check';
import { validate } from '../../lib/core/synthesize';

/** How a message is provoked, and the same input with its remedy carried out. */
export interface Entry {
  readonly wrong: unknown;
  readonly right: unknown;
  /** Why the message does not have a value of the input, or the name of its property. */
  readonly unnamed?: string;
  /** The message that this one is a part of, in the place of `{}`. */
  readonly within?: string;
}

/** The problems of an input. */
export type Tried<I> = (input: I) => readonly string[] | Promise<readonly string[]>;

/** Messages of inputs that are tried in the same way. */
export interface Group {
  readonly tried: Tried<never>;
  readonly entries: Readonly<Record<string, Entry>>;
}

/** Entries by message, all of which are tried in one way. The message has `{}` for what is computed. */
export function group<I>(
  tried: Tried<I>,
  entries: Readonly<Record<string, Entry & { readonly wrong: I; readonly right: I }>>,
): Group {
  return { tried, entries };
}

/** The problems that a function returns, or throws. */
export function problemsOf(work: () => unknown): readonly string[] {
  try {
    const returned = work();
    const problems = (Array.isArray(returned) ? returned : [returned]) as readonly Problem[];
    return problems.flatMap((one) => {
      if (!one || typeof one === 'number') return [];
      return [typeof one === 'string' ? one : one.problem];
    });
  } catch (error) {
    if (error instanceof ValidationError) return error.problems;
    if (error instanceof CliError) return [error.message];
    throw error;
  }
}

/** Tries a function that returns problems. */
export const returned =
  <I>(work: (input: I) => Problem | readonly Problem[]) =>
  (input: I): readonly string[] =>
    problemsOf(() => work(input));

let outdir: string | undefined;

/** Of the apps, which write nothing. */
export function directory(): string {
  outdir ??= mkdtempSync(join(tmpdir(), 'quayside-messages-'));
  return outdir;
}

export function removeDirectory(): void {
  if (outdir !== undefined) rmSync(outdir, { recursive: true, force: true });
}

/** Tries a function that adds stacks to an app, and what is validated when it is synthesized. */
export const inApp =
  <I>(build: (app: App, input: I) => void) =>
  (input: I): readonly string[] =>
    problemsOf(() => {
      const app = new App({ outdir: directory(), skipValidation: true });
      build(app, input);
      validate(app);
    });

export const PLACE: AwsStackProps = { account: '123456789012', region: 'eu-west-1' };

/** Like `inApp`, with a stack. */
export const inStack = <I>(build: (stack: AwsStack, input: I) => void, props: Partial<AwsStackProps> = {}) =>
  inApp<I>((app, input) => build(new AwsStack(app, 'test', { ...PLACE, ...props }), input));
