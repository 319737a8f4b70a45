import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SelfCleaningDirectory } from '../../offline/workspace/self-cleaning-directory';

/** A command's private directory, which is removed when the command ends, however it ends. */
export class Workspace {
  private readonly undos: (() => Promise<void> | void)[] = [];

  private constructor(
    readonly tempDirectory: SelfCleaningDirectory,
    readonly signal: AbortSignal,
  ) {}

  static async use<T>(signal: AbortSignal, work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const workspace = new Workspace(new SelfCleaningDirectory(), signal);
    try {
      return await work(workspace);
    } finally {
      await workspace.close();
    }
  }

  /** Creates a subdirectory. */
  directory(name: string): string {
    const path = join(this.tempDirectory.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Registers an action to run before the directory is removed. */
  undo(action: () => Promise<void> | void): void {
    this.undos.push(action);
  }

  private async close(): Promise<void> {
    try {
      for (const action of this.undos.reverse()) await action();
    } finally {
      await this.tempDirectory.remove();
    }
  }
}
