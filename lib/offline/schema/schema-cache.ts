import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Block } from './schema';

/** Raise it when the form or the derivation of a schema changes: older entries are then left alone. */
const FORMAT = 1;

let writes = 0;

/**
 * Derived schemas on disk, one file a type, by package version. Processes share it: an entry appears by a rename, and
 * one that cannot be read or written is derived again.
 */
export class SchemaCache {
  private readonly directories: readonly string[];
  private readonly known = new Map<string, Block>();

  constructor(packageId: string, packageDirectory: string, cacheDirectory?: string) {
    const own = join(`schemas-${FORMAT}`, packageId.replaceAll('/', '+'));
    const roots = cacheDirectory !== undefined ? [cacheDirectory] : defaultRoots(packageDirectory);
    this.directories = roots.map((root) => join(root, own));
  }

  get(entry: string, derive: () => Block): Block {
    const known = this.known.get(entry) ?? this.read(entry);
    if (known) return known;
    const block = derive();
    this.known.set(entry, block);
    this.write(entry, JSON.stringify(block));
    return block;
  }

  private read(entry: string): Block | undefined {
    for (const directory of this.directories) {
      try {
        const block = JSON.parse(readFileSync(join(directory, `${entry}.json`), 'utf8')) as Block;
        this.known.set(entry, block);
        return block;
      } catch {
        // Not there, or another version's doing: derive it.
      }
    }
    return undefined;
  }

  private write(entry: string, text: string): void {
    for (const directory of this.directories) {
      const draft = join(directory, `.${entry}.${process.pid}.${(writes += 1)}`);
      try {
        mkdirSync(directory, { recursive: true });
        try {
          writeFileSync(draft, text);
          renameSync(draft, join(directory, `${entry}.json`));
          return;
        } finally {
          rmSync(draft, { force: true });
        }
      } catch {
        // A read-only installation: try the next place, and do without a cache where there is none.
      }
    }
  }
}

/** Beside the packages, where a project's other caches are; in the home directory where that is read-only. */
function defaultRoots(packageDirectory: string): string[] {
  const configured = process.env['QUAYSIDE_CACHE_DIR'];
  if (configured) return [configured];
  const modules = dirname(dirname(packageDirectory));
  const home = join(homedir(), '.cache', 'quayside');
  return basename(modules) === 'node_modules' ? [join(modules, '.cache', 'quayside'), home] : [home];
}
