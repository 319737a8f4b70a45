import { join } from 'node:path';
import { matchesPattern } from '../core/name-pattern';
import { UniqueObjects } from './provider/unique-objects';
import type { Progress } from './results';
import { ProviderPackage } from './schema/provider-package';
import { StackSession, type SharedSession } from './stack-session';
import { findTerraform } from './terraform/find-terraform';
import { SelfCleaningDirectory } from './workspace/self-cleaning-directory';
import { outputDependencies, readOutputs } from './workspace/read-outputs';
import { StackCopy } from './workspace/stack-copy';
import { inDependencyOrder } from './workspace/stack-order';
import { stacksRead } from './workspace/stacks-read';
import { readSynthesizedApp, type SynthesizedStackFolder } from './workspace/synthesized-app';

export interface OfflineOptions {
  /** cdktf's output: a `cdktf.out` directory, or the directory of one stack. */
  readonly stacksDir: string;
  /**
   * Names of stacks; `*` matches any text: `production-*`. Stacks whose state they read are included.
   * @default all stacks
   */
  readonly stacks?: readonly string[];
  /**
   * `mock`: mocks of the providers, no account and no network. `real`: the providers that Terraform installs,
   * with the caller's environment and credentials.
   * @default 'mock'
   */
  readonly providers?: 'mock' | 'real';
  /**
   * Outputs of states that no stack of the app owns, by the id of the `terraform_remote_state` that reads them.
   * @default none: a stack that reads such a state cannot be planned
   */
  readonly remoteStates?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /**
   * What cdktf wrote for another app, whose states these stacks read. Of its stacks only those that are read are planned, and only
   * they must have other names than this app's.
   * @default none
   */
  readonly statesFrom?: string;
  /**
   * Path or name of Terraform or OpenTofu.
   * @default QUAYSIDE_TERRAFORM, else terraform, else tofu on the PATH
   */
  readonly terraform?: string;
  /**
   * Directories in which, and above which, to look for `@cdktf/provider-*`.
   * @default the stacks' directory, the current directory, and this library's directory; `statesFrom` in any case
   */
  readonly packagesFrom?: readonly string[];
  /** Aborts the run. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** A version of an app. */
export interface AppVersion extends Pick<OfflineOptions, 'stacksDir' | 'stacks'> {}

/** A private copy of an app's stacks to run Terraform on. Must be closed. */
export class OfflineSession {
  private readonly tempDirectory: SelfCleaningDirectory;
  private readonly shared: SharedSession;
  private readonly sessions = new Map<string, StackSession>();
  private current: readonly StackSession[] = [];
  private selected: ReadonlySet<string> = new Set();
  /** Of every version of the app: the directory of each stack, by its name. */
  private readonly own = new Map<string, string>();
  /** The names of the other app's stacks whose states any version reads. */
  private readonly external = new Set<string>();

  /**
   * @throws TerraformNotFoundError, and Error if nothing is synthesized or a name matches no stack
   */
  static open(options: OfflineOptions): OfflineSession {
    const app = readSynthesizedApp(options.stacksDir);
    const session = new OfflineSession(options);
    try {
      session.load(options.stacksDir, app, options.stacks);
      return session;
    } catch (error) {
      void session.close();
      throw error;
    }
  }

  private constructor(private readonly options: OfflineOptions) {
    const cli = findTerraform(options.terraform);
    const packages = new Map<string, ProviderPackage>();
    const { stacksDir, statesFrom, packagesFrom = [stacksDir, process.cwd(), __dirname] } = options;
    const from = [...packagesFrom, ...(statesFrom === undefined ? [] : [statesFrom])];
    let sockets = 0;
    this.tempDirectory = new SelfCleaningDirectory();
    this.shared = {
      cli,
      tempDirectory: this.tempDirectory,
      providers: options.providers ?? 'mock',
      packageOf: (name) => {
        const known = packages.get(name) ?? ProviderPackage.find(name, from);
        packages.set(name, known);
        return known;
      },
      nextSocket: () => join(this.tempDirectory.path, `${(sockets += 1)}.sock`),
      objects: new UniqueObjects(),
      signal: options.signal,
      onProgress: options.onProgress,
    };
  }

  /** The selected stacks and those whose state they read, in dependency order. */
  get stacks(): readonly StackSession[] {
    return this.current;
  }

  /** Whether a stack was selected, rather than included as a dependency. */
  isSelected(stack: StackSession): boolean {
    return this.selected.has(stack.name);
  }

  /** Whether another stack of this session reads the state of this one. */
  hasDependents(stack: StackSession): boolean {
    return this.current.some(({ copy }) => copy.reads.has(stack.name));
  }

  /** The addresses behind those outputs of a stack that others read; undefined if they may need the whole stack. */
  outputDependencies(stack: StackSession): readonly string[] | undefined {
    const names = new Set<string>();
    for (const { copy } of this.current) {
      const read = readOutputs(copy.json, copy.reads.get(stack.name) ?? []);
      if (!read) return undefined;
      for (const name of read) names.add(name);
    }
    return outputDependencies(stack.copy.json, names);
  }

  /** The stacks whose state a stack reads. */
  dependenciesOf(stack: StackSession): readonly StackSession[] {
    return this.current.filter(({ name }) => stack.copy.reads.has(name));
  }

  /** Switches to another version of the app and keeps the states. Returns the stacks that it no longer has. */
  async advance(stacksDir: string, stacks?: readonly string[]): Promise<readonly StackSession[]> {
    const before = this.current;
    const app = readSynthesizedApp(stacksDir);
    await this.stop();
    const loaded = this.load(stacksDir, app, stacks);
    const names = new Set(loaded.map(({ name }) => name));
    return before.filter(({ name }) => this.own.has(name) && !names.has(name));
  }

  /** Notes the states and what exists; the returned function goes back to them, before another version is planned. */
  async save(): Promise<() => Promise<void>> {
    await this.stop();
    const { current } = this;
    const states = new Map([...this.sessions.values()].map(({ name, copy }) => [name, copy.readState()]));
    const goBackToObjects = this.shared.objects.save();
    return async () => {
      await this.stop();
      for (const { name, copy } of this.sessions.values()) copy.writeState(states.get(name));
      goBackToObjects();
      this.current = current;
    };
  }

  async close(): Promise<void> {
    await this.stop();
    await this.tempDirectory.remove();
  }

  /** Stops the mock providers, whose states are in files then. */
  private async stop(): Promise<void> {
    await Promise.all([...this.sessions.values()].map((stack) => stack.close()));
  }

  /** The stacks of the other app whose states are read. */
  private others(app: readonly SynthesizedStackFolder[]): readonly SynthesizedStackFolder[] {
    const { statesFrom } = this.options;
    if (statesFrom === undefined) return [];
    const others = stacksRead(app, readSynthesizedApp(statesFrom));
    for (const { name } of others) this.external.add(name);
    // In whichever versions: a session has one state by one name.
    const clash = [...this.external].find((name) => this.own.has(name));
    if (clash !== undefined) {
      throw new Error(
        `${this.own.get(clash)} and ${statesFrom} both have a stack ${clash}, and the state of the latter is read: rename one`,
      );
    }
    return others;
  }

  /** Gives the stacks of both apps. */
  private load(
    stacksDir: string,
    app: readonly SynthesizedStackFolder[],
    stacks: readonly string[] | undefined,
  ): readonly StackCopy[] {
    for (const { name } of app) this.own.set(name, stacksDir);
    const copies = [...app, ...this.others(app)].map((folder) => {
      const session =
        this.sessions.get(folder.name) ??
        new StackSession(new StackCopy(folder.name, join(this.tempDirectory.path, 'stacks')), this.shared);
      this.sessions.set(folder.name, session);
      session.copy.take(folder);
      return session.copy;
    });
    const { remoteStates = {} } = this.options;
    const siblings = this.shared.providers === 'real' ? undefined : copies;
    for (const copy of copies) copy.write(siblings, remoteStates);
    this.selected = selectedNames(app, stacks);
    this.current = inDependencyOrder(copies, this.selected).map(({ name }) => this.sessions.get(name)!);
    return copies;
  }
}

function selectedNames(folders: readonly SynthesizedStackFolder[], patterns?: readonly string[]): ReadonlySet<string> {
  const names = folders.map(({ name }) => name);
  if (!patterns) return new Set(names);
  return new Set(
    patterns.flatMap((pattern) => {
      const found = names.filter((name) => matchesPattern(pattern, name));
      if (found.length === 0) throw new Error(`no stack is named ${pattern}: the app has ${names.join(', ')}`);
      return found;
    }),
  );
}
