import { App } from 'cdktf';
import { asyncProblem } from './async-problem';
import { checkData, ValidationError } from './check';
import { buildsEveryStack, selection, selectionFromEnvironment, unknownStacks } from './selection';
import { withoutStackTraces } from './stack-traces';
import { unneededAcknowledgements } from './unneeded-acknowledgements';
import { warningsOf } from './warnings';

export interface SynthesizeOptions {
  /**
   * The stacks to build: names of stacks or environments, or patterns with `*`.
   * @default those in `QUAYSIDE_STACKS`, which `quayside plan` sets, or else all stacks
   */
  readonly stacks?: readonly string[];
  /**
   * The output directory.
   * @default 'cdktf.out'
   */
  readonly outdir?: string;
}

const NO_FUNCTION = 'the second argument must be a function that adds the stacks: synthesize({}, (app) => { ... })';

/**
 * Builds an app and writes its stacks: `synthesize({ stacks: process.argv.slice(2) }, (app) => { ... })`.
 * Validation errors are printed without a stack trace, and set the exit code to 1.
 * @param build not async: what it needs is read before
 */
export function synthesize(options: SynthesizeOptions, build: (app: App) => void): void {
  withoutStackTraces();
  try {
    const named = options.stacks?.length ? options.stacks : undefined;
    const context = selection(named ?? selectionFromEnvironment());
    const app = new App({ outdir: options.outdir, skipValidation: true, context });
    checkData('synthesize', typeof build !== 'function' && NO_FUNCTION);
    checkData('synthesize', asyncProblem('the function that adds the stacks', build(app)));
    checkData('stacks', named && unknownStacks(app));
    validate(app);
    app.synth();
    for (const line of [...warningsOf(app), ...unneededAcknowledgements(app, buildsEveryStack(app))]) {
      process.stderr.write(`${line}\n`);
    }
  } catch (error) {
    const message = error instanceof ValidationError ? error.message : duplicateIdError(error);
    if (message === undefined) throw error;
    process.stderr.write(`${message}\n`);
    process.exitCode = 1;
  }
}

/** The error of `constructs` for a duplicate id. */
const DUPLICATE_ID = /^There is already a Construct with name '(.+)' in \S+(?: \[(.+)\])?$/;

/** The message for a duplicate id. No check can report it: the second construct is never created. */
function duplicateIdError(error: unknown): string | undefined {
  const [, id, parent = 'app'] = DUPLICATE_ID.exec((error as Error).message) ?? [];
  return id === undefined ? undefined : `${parent}: two constructs have the id '${id}': use a unique id for each`;
}

/**
 * Runs all validations, such as those of `checkAtSynth`, and reports all problems at once.
 * @throws ValidationError
 */
export function validate(app: App): void {
  const failures = app.node.findAll().flatMap((construct) => {
    const problems = construct.node.validate();
    return problems.length > 0 ? [{ path: construct.node.path, problems }] : [];
  });
  const [first, ...others] = failures;
  if (!first) return;
  if (others.length === 0) throw new ValidationError(first.path, first.problems);
  throw new ValidationError(
    'app',
    failures.flatMap(({ path, problems }) => problems.map((problem) => `${path}: ${problem}`)),
  );
}
