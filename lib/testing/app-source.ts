import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Manifest, TerraformStack } from 'cdktf';
import { asyncProblem, isPromise } from '../core/async-problem';
import { checkData } from '../core/check';
import { withoutStackTraces } from '../core/stack-traces';
import { validate } from '../core/synthesize';
import type { TerraformJson } from '../offline/terraform-json';

/**
 * An app: a function that adds stacks to a new one, an existing app or stack, or the output directory of an app
 * (`cdktf.out`).
 */
export type AppSource = ((app: App) => unknown) | App | TerraformStack | string;

export interface WrittenStack {
  readonly name: string;
  readonly json: TerraformJson;
  readonly construct?: TerraformStack;
}

/** A synthesized app, valid until its directory is removed. */
export interface WrittenApp {
  readonly directory: string;
  readonly stacks: readonly WrittenStack[];
  /** The name of the stack that was passed, or that the function returned. */
  readonly named?: string;
}

/** Synthesizes with cdktf's backends, validations and cross-stack references, into the caller's directory. */
export function writeApp(source: AppSource, directory: string): WrittenApp {
  if (typeof source === 'string') return { directory: source, stacks: readApp(source) };
  withoutStackTraces();
  const { app, named } = open(source, directory);
  validate(app);
  synthesizeInto(app, directory);
  const constructs = app.node.findAll().filter((one): one is TerraformStack => TerraformStack.isStack(one));
  return {
    directory,
    stacks: constructs.map((construct) => ({
      name: construct.node.id,
      json: readStack(directory, construct.node.id),
      construct,
    })),
    ...(named && { named: named.node.id }),
  };
}

function open(source: Exclude<AppSource, string>, outdir: string): { app: App; named?: TerraformStack } {
  if (App.isApp(source)) return { app: source };
  if (TerraformStack.isStack(source)) return { app: App.of(source), named: source };
  const app = new App({ outdir, skipValidation: true });
  const result: unknown = source(app);
  // Whatever else is wrong is reported once it is no longer async.
  if (isPromise(result)) result.then(undefined, () => {});
  checkData('app', asyncProblem('the function that adds the stacks', result));
  return { app, ...(TerraformStack.isStack(result) && { named: result }) };
}

/** An existing app has its own output directory, which is not written to. */
function synthesizeInto(app: App, directory: string): void {
  const own = { outdir: app.outdir, manifest: app.manifest };
  if (own.outdir !== directory) {
    Object.assign(app, { outdir: directory, manifest: new Manifest(own.manifest.version, directory, false) });
  }
  try {
    app.synth();
  } finally {
    Object.assign(app, own);
  }
}

function readApp(directory: string): readonly WrittenStack[] {
  const manifest = join(directory, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new Error(`${directory} has no ${Manifest.fileName}: synthesize the app into it, or pass the app itself`);
  }
  const { stacks } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    readonly stacks: Readonly<Record<string, object>>;
  };
  return Object.keys(stacks).map((name) => ({ name, json: readStack(directory, name) }));
}

function readStack(directory: string, name: string): TerraformJson {
  return JSON.parse(readFileSync(join(directory, 'stacks', name, 'cdk.tf.json'), 'utf8')) as TerraformJson;
}
