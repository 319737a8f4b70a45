import { join } from 'node:path';
import type { Progress } from './results';
import { ProviderPackage } from './schema/provider-package';
import { StackSession } from './stack-session';
import { findTerraform } from './terraform/find-terraform';
import { GuardedDirectory } from './workspace/guard';
import { StackCopy } from './workspace/stack-copy';
import { readSynthesizedApp, type SynthesizedStackFolder } from './workspace/synthesized-app';

export interface OfflineOptions {
  /** What cdktf wrote: a `cdktf.out` directory, or one stack's folder. */
  readonly stacksDir: string;
  /**
   * Names of stacks, `*` for any text: `production-*`. Stacks whose state they read are taken along.
   * @default all stacks
   */
  readonly stacks?: readonly string[];
  /**
   * `double`: stand-ins for the providers, no account and no network. `real`: the providers that Terraform installs,
   * with the caller's credentials.
   * @default 'double'
   */
  readonly providers?: 'double' | 'real';
  /**
   * Terraform or OpenTofu, by path or name.
   * @default QUAYSIDE_TERRAFORM, else terraform, else tofu on the PATH
   */
  readonly terraform?: string;
  /**
   * Where to look for `@cdktf/provider-*`, upwards.
   * @default the stacks' directory, the current one, and where this library is installed
   */
  readonly packagesFrom?: readonly string[];
  /** Ends what runs. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** A private copy of an app's stacks, on which Terraform can be run at will. Close it. */
export class OfflineSession {
  /** In dependency order: the chosen stacks and those that they read. */
  readonly stacks: readonly StackSession[];
  private readonly chosen: ReadonlySet<string>;
  private readonly guard: GuardedDirectory;
  private readonly copies: readonly StackCopy[];
  private readonly rewire: boolean;

  /**
   * @throws TerraformNotFoundError, and Error where nothing is synthesized or no stack has the name
   */
  constructor(options: OfflineOptions) {
    const cli = findTerraform(options.terraform);
    const folders = readSynthesizedApp(options.stacksDir);
    this.chosen = choose(folders, options.stacks);
    this.rewire = options.providers !== 'real';
    this.guard = new GuardedDirectory();
    this.copies = folders.map((folder) => new StackCopy(folder.name, folder, join(this.guard.path, 'stacks')));
    for (const copy of this.copies) copy.write(this.copies, { rewire: this.rewire });
    const packages = new Map<string, ProviderPackage>();
    const from = options.packagesFrom ?? [options.stacksDir, process.cwd(), __dirname];
    let sockets = 0;
    const shared = {
      cli,
      guard: this.guard,
      providers: options.providers ?? 'double',
      packageOf: (name: string) => {
        const known = packages.get(name) ?? ProviderPackage.find(name, from);
        packages.set(name, known);
        return known;
      },
      nextSocket: () => join(this.guard.path, `${(sockets += 1)}.sock`),
      signal: options.signal,
      onProgress: options.onProgress,
    };
    this.stacks = inOrder(this.copies, this.chosen).map((copy) => new StackSession(copy, shared));
  }

  /** Whether a stack was asked for, rather than taken along. */
  isChosen(stack: StackSession): boolean {
    return this.chosen.has(stack.name);
  }

  /** Whether another stack of this session reads the state of this one. */
  isRead(stack: StackSession): boolean {
    return this.stacks.some(({ copy }) => copy.reads.has(stack.name));
  }

  /** The sessions whose state a stack reads. */
  readBy(stack: StackSession): readonly StackSession[] {
    return this.stacks.filter(({ name }) => stack.copy.reads.has(name));
  }

  /** Replaces the configuration of every stack by a later version of it; states stay. Gives the stacks that it lacks. */
  async advance(stacksDir: string): Promise<readonly StackSession[]> {
    const later = new Map(readSynthesizedApp(stacksDir).map((folder) => [folder.name, folder]));
    for (const session of this.stacks) {
      const source = later.get(session.name);
      if (source) session.copy.write(this.copies, { source, rewire: this.rewire });
      await session.reload();
    }
    return this.stacks.filter(({ name }) => !later.has(name));
  }

  async close(): Promise<void> {
    await Promise.all(this.stacks.map((stack) => stack.close()));
    await this.guard.remove();
  }
}

function choose(folders: readonly SynthesizedStackFolder[], patterns?: readonly string[]): ReadonlySet<string> {
  const names = folders.map(({ name }) => name);
  if (!patterns) return new Set(names);
  return new Set(
    patterns.flatMap((pattern) => {
      const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`);
      const found = names.filter((name) => expression.test(name));
      if (found.length === 0) throw new Error(`no stack is named ${pattern}: there are ${names.join(', ')}`);
      return found;
    }),
  );
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

/** The chosen copies and those whose state they read, each after what it reads or declares as a dependency. */
function inOrder(copies: readonly StackCopy[], chosen: ReadonlySet<string>): readonly StackCopy[] {
  const byName = new Map(copies.map((copy) => [copy.name, copy]));
  const needed = new Set<string>();
  const need = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const read of byName.get(name)?.reads ?? []) need(read);
  };
  for (const name of chosen) need(name);
  const ordered: StackCopy[] = [];
  const visit = (copy: StackCopy, waiting: readonly string[]): void => {
    if (ordered.includes(copy)) return;
    if (waiting.includes(copy.name)) {
      throw new Error(`stacks read each other's state in a circle: ${[...waiting, copy.name].join(' -> ')}`);
    }
    for (const before of [...copy.reads, ...copy.source.dependencies]) {
      const other = byName.get(before);
      if (other && needed.has(before)) visit(other, [...waiting, copy.name]);
    }
    ordered.push(copy);
  };
  for (const copy of copies) if (needed.has(copy.name)) visit(copy, []);
  return ordered;
}
