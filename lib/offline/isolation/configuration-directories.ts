import { existsSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { SkippedProvisioners } from '../results';
import type { Diagnostic } from '../terraform/diagnostics';
import { CONFIGURATION_FILE, isolatedFile, type IsolatedFile } from './configuration-file';

/** Where `terraform init` notes the directory of every module. */
const MODULES = join('.terraform', 'modules', 'modules.json');
/** Loaded last: overrides are merged in the order of their names. */
const OVERRIDE_FILE = 'zz_quayside_override.tf.json';
/** Files that a run adds to a copy begin with this. A file of the source that does is rejected: it would be replaced. */
const RESERVED = 'zz_quayside_';

/** What was found in the files besides the stack's own. */
export interface IsolatedDirectories {
  readonly skipped: readonly SkippedProvisioners[];
  readonly errors: readonly Diagnostic[];
}

interface ModuleDirectory {
  /** `module.network.module.subnets.`; empty for the stack itself. */
  readonly prefix: string;
  readonly path: string;
}

/**
 * The configuration that is not in the stack's own file: files next to it, and modules. They are rewritten in the
 * private copy; files elsewhere, such as a module at an absolute path, must not need it.
 */
export class ConfigurationDirectories {
  private readonly known = new Map<string, IsolatedFile>();
  /** What `write` wrote, by path: the source may have files of the same names. */
  private readonly written = new Map<string, string>();

  /** @param directory the stack's private copy */
  constructor(private readonly directory: string) {}

  /** Whether there are files next to the stack's own. */
  get hasFiles(): boolean {
    return this.filesIn(this.directory).length > 0;
  }

  /** Writes a file that needs no isolation. */
  write(name: string, text: string, directory = this.directory): void {
    const file = join(directory, name);
    writeFileSync(file, text);
    this.written.set(file, text);
  }

  /** Rewrites the files; for those of modules, after they are installed. */
  isolate(): IsolatedDirectories {
    const skipped: SkippedProvisioners[] = [];
    const errors: Diagnostic[] = [];
    for (const { prefix, path } of this.directories()) {
      for (const file of this.filesIn(path)) {
        if (basename(file).startsWith(RESERVED)) errors.push(this.error(file, 1, RESERVED_NAME));
        const isolated = this.isolateFile(file, errors);
        skipped.push(...isolated.skipped.map((one) => ({ ...one, address: prefix + one.address })));
      }
    }
    return { skipped, errors };
  }

  /** Writes files that turn protections off; returns the addresses of the resources. */
  unprotect(): readonly string[] {
    const written = new Set<string>();
    return this.directories().flatMap(({ prefix, path }) => {
      const found = this.filesIn(path).flatMap((file) => this.known.get(file)?.protectedResources ?? []);
      if (found.length === 0 || !this.isPrivate(path)) return [];
      if (!written.has(path)) {
        const resource = found.map(({ type, name, unprotected }) => ({ [type]: { [name]: unprotected } }));
        this.write(OVERRIDE_FILE, JSON.stringify({ resource }), path);
        written.add(path);
      }
      return found.map(({ type, name }) => `${prefix}${type}.${name}`);
    });
  }

  private isolateFile(file: string, errors: Diagnostic[]): IsolatedFile {
    const text = readFileSync(file, 'utf8');
    const known = this.known.get(file);
    // Modules are installed once: their files were rewritten by an earlier run of this session.
    if (known?.text === text) return known;
    const isolated = isolatedFile(file, text);
    const isPrivate = this.isPrivate(file);
    const outside = isPrivate || isolated.skipped.length === 0 ? [] : [{ line: isolated.line, problem: NOT_PRIVATE }];
    errors.push(...[...isolated.problems, ...outside].map(({ line, problem }) => this.error(file, line, problem)));
    if (isPrivate && isolated.text !== text) writeFileSync(file, isolated.text);
    this.known.set(file, isolated);
    return isolated;
  }

  private directories(): readonly ModuleDirectory[] {
    const root = { prefix: '', path: this.directory };
    const file = join(this.directory, MODULES);
    if (!existsSync(file)) return [root];
    const { Modules: modules } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly Modules: readonly { readonly Key: string; readonly Dir: string }[];
    };
    const called = modules.filter(({ Key }) => Key !== '');
    return [
      root,
      ...called.map(({ Key, Dir }) => ({
        prefix: Key.split('.')
          .map((name) => `module.${name}.`)
          .join(''),
        path: resolve(this.directory, Dir),
      })),
    ];
  }

  private filesIn(path: string): readonly string[] {
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => CONFIGURATION_FILE.test(name))
      .map((name) => join(path, name))
      .filter((file) => statSync(file).isFile() && !this.isWritten(file));
  }

  private isWritten(file: string): boolean {
    const text = this.written.get(file);
    return text !== undefined && readFileSync(file, 'utf8') === text;
  }

  /** Whether a path is in the private copy, with all links followed. */
  private isPrivate(path: string): boolean {
    return `${realpathSync(path)}${sep}`.startsWith(`${realpathSync(this.directory)}${sep}`);
  }

  private error(file: string, line: number, problem: string): Diagnostic {
    return {
      severity: 'error',
      summary: `${this.isPrivate(file) ? relative(this.directory, file) : realpathSync(file)}:${line}: ${problem}`,
      detail: '',
      addresses: [],
      paths: [],
    };
  }
}

const RESERVED_NAME = `names that begin with ${RESERVED} are those of files that an offline run adds: rename it`;
const NOT_PRIVATE =
  'has provisioners, which an offline run does not execute, and cannot be changed, as it is outside the directory of ' +
  'the stack: copy the module into it, as TerraformHclModule does';
