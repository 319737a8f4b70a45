import { remoteStates, stateOwner } from '../../offline/workspace/stacks-read';
import { readSynthesizedApp, type SynthesizedStackFolder } from '../../offline/workspace/synthesized-app';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** Which remote states the stacks of an app read. */
export class StateReads {
  constructor(private readonly folders: readonly SynthesizedStackFolder[]) {}

  static of(stacksDir: string): StateReads {
    return new StateReads(readSynthesizedApp(stacksDir));
  }

  get names(): readonly string[] {
    return this.folders.map(({ name }) => name);
  }

  /** The given stacks and those whose state they read, directly or transitively. */
  withDependencies(names: readonly string[]): ReadonlySet<string> {
    const found = new Set<string>();
    const add = (name: string): void => {
      if (found.has(name)) return;
      found.add(name);
      const folder = this.folders.find((one) => one.name === name);
      if (!folder) return;
      for (const [id, state] of remoteStates(folder)) {
        const owner = stateOwner(this.folders, folder, id, state);
        if (owner) add(owner.name);
      }
    };
    for (const name of names) add(name);
    return found;
  }

  /** Whether any of the given stacks or their dependencies reads a state that no stack here owns. */
  readsExternalState(names: readonly string[]): boolean {
    const needed = this.withDependencies(names);
    return this.folders.some(
      (folder) =>
        needed.has(folder.name) &&
        remoteStates(folder).some(([id, state]) => !stateOwner(this.folders, folder, id, state)),
    );
  }

  /** Writes a manifest of only the given stacks and their dependencies to a directory; the stacks are not copied. */
  restrictedTo(names: readonly string[], directory: string): string {
    mkdirSync(directory, { recursive: true });
    const needed = this.withDependencies(names);
    const stacks = this.folders
      .filter(({ name }) => needed.has(name))
      .map(({ name, directory: at, dependencies }) => [
        name,
        { name, workingDirectory: relative(resolve(directory), at), dependencies },
      ]);
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(stacks) }));
    return directory;
  }
}
