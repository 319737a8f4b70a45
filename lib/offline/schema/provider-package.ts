import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { derive } from './derive';
import { emptyCode, readGeneratedCode } from './generated-code';
import type { Block, SchemaKind } from './schema';
import { SchemaCache } from './schema-cache';
import { originalSource } from './source-map';

const SCOPES = ['@cdktf', '@cdktn'];

/**
 * Providers of protocol 5, which has no nested attributes: objects in their attributes are object types, in which every
 * field must be set. Providers that are not listed get the lenient form.
 */
const PROTOCOL_5 = new Set([
  'archive',
  'aws',
  'external',
  'http',
  'kubernetes',
  'local',
  'null',
  'random',
  'time',
  'tls',
]);

/** The provider cannot be mocked: its package, or a type in it, is missing or not readable. */
export class SchemaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SchemaError';
    this.stack = `${this.name}: ${message}`;
  }
}

/** The package has no such type: Terraform reports it as well, with the resource. */
export class UnknownTypeError extends SchemaError {}

/** An installed prebuilt provider, such as `@cdktf/provider-aws`. Its files are read as text, one type at a time. */
export class ProviderPackage {
  readonly id: string;
  private readonly lib: string;
  private readonly cache: SchemaCache;
  private folders?: ReadonlyMap<string, string>;

  constructor(
    readonly name: string,
    directory: string,
    cacheDirectory?: string,
  ) {
    const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
      name: string;
      version: string;
    };
    this.id = `${manifest.name}@${manifest.version}`;
    this.lib = join(directory, 'lib');
    this.cache = new SchemaCache(this.id, directory, cacheDirectory);
  }

  /**
   * Finds the package of a provider at or above any of some directories.
   * @throws SchemaError if it is not installed
   */
  static find(provider: string, from: readonly string[], cacheDirectory?: string): ProviderPackage {
    for (const start of from) {
      for (const directory of ancestors(start)) {
        for (const scope of SCOPES) {
          const candidate = join(directory, 'node_modules', scope, `provider-${provider}`);
          if (existsSync(join(candidate, 'package.json'))) {
            return new ProviderPackage(provider, candidate, cacheDirectory);
          }
        }
      }
    }
    throw new SchemaError(
      `no schema for provider '${provider}': install @cdktf/provider-${provider}, from which the offline plan derives it (searched in and above ${from.join(', ')})`,
    );
  }

  /**
   * The schema of a type.
   * @throws SchemaError if the package has no such type, or its code cannot be read
   */
  schema(kind: SchemaKind, type: string): Block {
    return this.cache.get(`${kind}-${type}`, () => this.deriveFrom(this.folderOf(kind, type)).block);
  }

  /** Every type of the package, by folder. */
  allFolders(): readonly string[] {
    return readdirSync(this.lib).filter((folder) => existsSync(join(this.lib, folder, 'index.js')));
  }

  /** Derives the type that a folder of the package declares, without the cache. */
  deriveFrom(folder: string): ReturnType<typeof derive> {
    const code = emptyCode();
    const directory = join(this.lib, folder);
    try {
      readGeneratedCode(originalSource(join(directory, 'index.js')), code);
      const structs = join(directory, 'index-structs');
      if (existsSync(structs)) {
        for (const file of readdirSync(structs)) {
          if (/^structs\d+\.js$/.test(file)) readGeneratedCode(originalSource(join(structs, file)), code);
        }
      }
      return derive(code, !PROTOCOL_5.has(this.name));
    } catch (error) {
      throw new SchemaError(`${this.id}: the schema of ${folder} cannot be derived: ${(error as Error).message}`);
    }
  }

  private folderOf(kind: SchemaKind, type: string): string {
    if (kind === 'provider') return 'provider';
    const prefix = `${this.name}_`;
    const short = (type.startsWith(prefix) ? type.slice(prefix.length) : type).replaceAll('_', '-');
    const usual = kind === 'data' ? `data-${this.name}-${short}` : short;
    if (this.declares(usual, type, kind)) return usual;
    this.folders ??= new Map(
      this.allFolders().flatMap((folder) => {
        const declared = declaredType(join(this.lib, folder, 'index.js'));
        return declared ? [[`${folder.startsWith('data-') ? 'data' : 'resource'} ${declared}`, folder] as const] : [];
      }),
    );
    const folder = this.folders.get(`${kind} ${type}`);
    if (folder !== undefined) return folder;
    throw new UnknownTypeError(`${this.id} has no ${kind === 'data' ? 'data source' : 'resource type'} ${type}`);
  }

  private declares(folder: string, type: string, kind: SchemaKind): boolean {
    const file = join(this.lib, folder, 'index.js');
    return existsSync(file) && declaredType(file) === type && folder.startsWith('data-') === (kind === 'data');
  }
}

function declaredType(file: string): string | undefined {
  return /\.tfResourceType = "([^"]+)"/.exec(readFileSync(file, 'latin1'))?.[1];
}

function* ancestors(directory: string): Generator<string> {
  let current = directory;
  for (;;) {
    if (basename(current) !== 'node_modules') yield current;
    const parent = dirname(current);
    if (parent === current) return;
    current = parent;
  }
}
