import { App } from 'cdktf';
import { checkData, ValidationError } from './check';
import { buildsEveryStack, selection, selectionFromEnvironment, unknownStacks } from './selection';
import { withoutStackTraces } from './stack-traces';
import { unneededAcknowledgements } from './unneeded-acknowledgements';

export interface SynthesizeOptions {
  /**
   * The stacks to build: names of stacks or environments, `*` standing for any characters. What is not named is not built.
   * @default those in `QUAYSIDE_STACKS`, which `quayside plan` sets; every stack
   */
  readonly stacks?: readonly string[];
  /**
   * Where the stacks are written.
   * @default 'cdktf.out'
   */
  readonly outdir?: string;
}

/**
 * Builds an app and writes its stacks: `synthesize({ stacks: process.argv.slice(2) }, (app) => { ... })`.
 * A mistake of the user's prints its message, without a stack trace, and sets the exit code to 1.
 */
export function synthesize(options: SynthesizeOptions, build: (app: App) => void): void {
  withoutStackTraces();
  try {
    const named = options.stacks?.length ? options.stacks : undefined;
    const context = selection(named ?? selectionFromEnvironment());
    const app = new App({ outdir: options.outdir, skipValidation: true, context });
    build(app);
    checkData('stacks', named && unknownStacks(app));
    validate(app);
    app.synth();
    for (const line of unneededAcknowledgements(app, buildsEveryStack(app))) process.stderr.write(`${line}\n`);
  } catch (error) {
    const mistake = error instanceof ValidationError ? error.message : duplicateIdError(error);
    if (mistake === undefined) throw error;
    process.stderr.write(`${mistake}\n`);
    process.exitCode = 1;
  }
}

/** How `constructs` says that an id is taken. */
const DUPLICATE_ID = /^There is already a Construct with name '(.+)' in \S+(?: \[(.+)\])?$/;

/** What the user is told where two constructs have one id: no construct can be asked, as the second was never made. */
function duplicateIdError(error: unknown): string | undefined {
  const [, id, parent = 'app'] = DUPLICATE_ID.exec((error as Error).message) ?? [];
  return id === undefined ? undefined : `${parent}: two constructs have the id '${id}': give each one of its own`;
}

/**
 * Asks every construct for what `checkAtSynth` and others found; all of it is reported at once.
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
