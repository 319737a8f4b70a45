import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Block } from './schema';

/** Increment when the format or the derivation of schemas changes: older entries are then ignored. */
const FORMAT = 1;

let writes = 0;

/**
 * Derived schemas on disk, one file per type, by package version. Shared by processes: entries are written atomically
 * by a rename, and entries that cannot be read or written are derived again.
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
        // Missing or not readable: derive it.
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
        // A read-only installation: try the next directory; without one, there is no cache.
      }
    }
  }
}

/** In node_modules/.cache, like a project's other caches; in the home directory if that is read-only. */
function defaultRoots(packageDirectory: string): string[] {
  const configured = process.env['QUAYSIDE_CACHE_DIR'];
  if (configured) return [configured];
  const modules = dirname(dirname(packageDirectory));
  const home = join(homedir(), '.cache', 'quayside');
  return basename(modules) === 'node_modules' ? [join(modules, '.cache', 'quayside'), home] : [home];
}
