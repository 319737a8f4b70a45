import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform, offlinePlan, type OfflineOptions } from '../offline';
import { SelfCleaningDirectory } from '../offline/workspace/self-cleaning-directory';
import { writeApp, type AppSource, type WrittenApp } from './app-source';
import { PlanError } from './plan-error';
import { PlannedStack } from './planned-stack';
import { startRun } from './runs';
import { stacksOf } from './synthesized-stack';
import { findStack } from './find-one';

export interface PlanOptions extends Pick<
  OfflineOptions,
  'stacks' | 'remoteStates' | 'statesFrom' | 'terraform' | 'signal'
> {
  /**
   * Another version of the app: plans against the state that applying it would leave, to show what changes.
   * @default an empty state: everything is created
   */
  readonly baseline?: AppSource;
}

/**
 * Plans every stack of an app with real Terraform and mock providers: no account, no network access.
 * @returns the plans by stack name
 * @throws PlanError that names the constructs, if Terraform rejects a stack
 */
export function planApp(source: AppSource, options: PlanOptions = {}): Promise<ReadonlyMap<string, PlannedStack>> {
  return startRun(planApp, options.signal, (signal) =>
    withWrittenApp(source, (app, write) => plan(app, { ...options, signal }, write)),
  );
}

/** Like `planApp`, for one stack: `await planStack((app) => new TeamStack(app, 'team'))`. */
export function planStack(source: AppSource, options: Omit<PlanOptions, 'stacks'> = {}): Promise<PlannedStack> {
  return startRun(planStack, options.signal, (signal) =>
    withWrittenApp(source, async (app, write) => {
      const { name } = findStack(stacksOf(app.stacks), app.named);
      return findStack(await plan(app, { ...options, signal, stacks: [name] }, write), name);
    }),
  );
}

/** Synthesizes an app to a directory that is removed afterwards, however this process ends. */
export async function withWrittenApp<T>(
  source: AppSource,
  work: (app: WrittenApp, write: (other: AppSource) => WrittenApp) => Promise<T>,
): Promise<T> {
  const temporary = new SelfCleaningDirectory();
  let apps = 0;
  const write = (app: AppSource): WrittenApp => {
    const directory = join(temporary.path, `app-${(apps += 1)}`);
    mkdirSync(directory);
    return writeApp(app, directory);
  };
  try {
    return await work(write(source), write);
  } finally {
    await temporary.remove();
  }
}

async function plan(
  app: WrittenApp,
  { baseline, ...options }: PlanOptions,
  write: (other: AppSource) => WrittenApp,
): Promise<ReadonlyMap<string, PlannedStack>> {
  const before = baseline === undefined ? {} : { baseline: write(baseline).directory };
  const { ok, stacks } = await offlinePlan({
    ...options,
    ...before,
    stacksDir: app.directory,
    packagesFrom: packages(),
  });
  if (!ok) {
    const failed = stacks.filter((stack) => !stack.ok);
    throw new PlanError(
      `${failed.map(({ name }) => name).join(', ')} cannot be planned`,
      failed.flatMap(({ diagnostics }) => diagnostics),
    );
  }
  const synthesized = stacksOf(app.stacks);
  return new Map(stacks.map((stack) => [stack.name, new PlannedStack(stack, synthesized.get(stack.name))]));
}

/** Whether Terraform or OpenTofu is installed. */
export function hasTerraform(): boolean {
  try {
    findTerraform();
    return true;
  } catch {
    return false;
  }
}

/** Where to look for the providers' packages, as the app is synthesized to a temporary directory. */
export function packages(): readonly string[] {
  return [process.cwd(), __dirname];
}
