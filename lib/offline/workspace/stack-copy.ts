import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigurationDirectories } from '../isolation/configuration-directories';
import { withoutProtection } from '../isolation/protection';
import { withoutProvisioners } from '../isolation/provisioners';
import { withoutSettings } from '../isolation/settings';
import type { SkippedProvisioners } from '../results';
import type { Diagnostic } from '../terraform/diagnostics';
import type { Attributes, TerraformJson } from '../terraform-json';
import { ConstructPaths } from './construct-paths';
import { stateOfOutputs } from './external-state';
import type { SynthesizedStackFolder } from './synthesized-app';

const STACK_FILE = 'cdk.tf.json';
/** Terraform's default state file, which needs no `init`. */
const STATE_FILE = 'terraform.tfstate';
/** Not the end of any stack's name: cdktf allows letters, digits, `_` and `-`. */
const CLONE_SUFFIX = '.before';
/** The stack has no file of this name: names with this prefix are rejected. */
const BACKEND_FILE = 'zz_quayside_backend.tf.json';
/** What is kept in the copy when another version of the stack is written. */
const KEPT = /^(terraform\.tfstate.*|\.terraform(\.lock\.hcl)?)$/;
/** Files of earlier Terraform runs: real state and plugins are not copied. */
const LEFT_BY_TERRAFORM = /^(\.terraform($|[.-])|\.terraform\.lock\.hcl$|.*\.tfstate|plan$)/;
/** The backend arguments, of any backend type, that identify a state. */
const STATE_KEYS = [
  'bucket',
  'key',
  'path',
  'prefix',
  'organization',
  'workspaces',
  'storage_account_name',
  'container_name',
];

/** A private copy of a stack, with a new local state; it reads the states of its siblings' copies. */
export class StackCopy {
  readonly directory: string;
  /** The stacks whose state it reads, and which are applied first: their names, and the ids of the remote states. */
  readonly reads = new Map<string, readonly string[]>();
  /** The ids of the remote states that no stack here owns. */
  readonly unknownStates = new Set<string>();
  private source!: SynthesizedStackFolder;
  private written: ConstructPaths | undefined;
  private writtenJson: TerraformJson = {};
  /** The provisioners that the written file is without, and those that other files are without. */
  private skipped: readonly SkippedProvisioners[] = [];
  private skippedElsewhere: readonly SkippedProvisioners[] = [];
  private readonly otherFiles: ConfigurationDirectories;

  constructor(
    readonly name: string,
    root: string,
  ) {
    this.directory = join(root, name);
    this.otherFiles = new ConfigurationDirectories(this.directory);
  }

  get statePath(): string {
    return join(this.directory, STATE_FILE);
  }

  /** The state file; undefined if there is none. */
  readState(): string | undefined {
    return existsSync(this.statePath) ? readFileSync(this.statePath, 'utf8') : undefined;
  }

  writeState(text: string | undefined): void {
    if (text === undefined) rmSync(this.statePath, { force: true });
    else writeFileSync(this.statePath, text, { mode: 0o600 });
  }

  get json(): TerraformJson {
    return this.source.json;
  }

  /** Stacks declared as dependencies, whether or not their state is read. */
  get dependencies(): readonly string[] {
    return this.source.dependencies;
  }

  /** The construct paths of the written copy. */
  get paths(): ConstructPaths {
    return this.written!;
  }

  /** The configuration of the backend, if it is of the given type. */
  backend(kind: string): Attributes | undefined {
    return (this.json.terraform?.['backend'] as Readonly<Record<string, Attributes>> | undefined)?.[kind];
  }

  /** Whether Terraform has modules to install. */
  get hasModules(): boolean {
    return Object.keys(this.json.module ?? {}).length > 0;
  }

  get resourceCount(): number {
    const types = Object.values(this.json.resource ?? {});
    return types.reduce((sum, byId) => sum + Object.keys(byId).length, 0);
  }

  /** Stores the state at an address instead of in a file; requires an `init`. */
  useHttpBackend(address: string): void {
    this.otherFiles.write(BACKEND_FILE, JSON.stringify({ terraform: { backend: { http: { address } } } }));
  }

  /** Clones the copy with its own state, for a plan while this one is applied; returns the clone's directory. */
  cloneWorkingCopy(): string {
    const clone = `${this.directory}${CLONE_SUFFIX}`;
    rmSync(clone, { recursive: true, force: true });
    mkdirSync(clone);
    for (const entry of readdirSync(this.directory)) {
      const [original, other] = [join(this.directory, entry), join(clone, entry)];
      if (entry === STATE_FILE) copyFileSync(original, other);
      else symlinkSync(original, other);
    }
    return clone;
  }

  /** Undoes `useHttpBackend`. */
  useLocalBackend(): void {
    for (const path of [BACKEND_FILE, '.terraform'])
      rmSync(join(this.directory, path), { recursive: true, force: true });
  }

  /** Sets the version of the stack to copy. */
  take(source: SynthesizedStackFolder): void {
    this.source = source;
  }

  /**
   * Writes the copy; an existing state is kept.
   * @param siblings copies whose states are read instead of remote ones; if undefined, remote states are unchanged
   * @param externalStates outputs of remote states that no sibling owns
   */
  write(
    siblings: readonly StackCopy[] | undefined,
    externalStates: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): void {
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    for (const entry of readdirSync(this.directory)) {
      if (!KEPT.test(entry)) rmSync(join(this.directory, entry), { recursive: true, force: true });
    }
    for (const entry of readdirSync(this.source.directory)) {
      if (entry === STACK_FILE || LEFT_BY_TERRAFORM.test(entry)) continue;
      cpSync(join(this.source.directory, entry), join(this.directory, entry), { recursive: true });
    }
    if (!siblings) return this.writeStack(withoutBackend(this.json));
    const { json, skipped } = withoutProvisioners(withoutSettings(this.json));
    this.skipped = skipped;
    this.writeStack(this.rewired(json, siblings, externalStates));
  }

  /**
   * Takes what an offline run must not execute out of the files besides the stack's own: those next to it, and modules
   * that are installed. Returns why it cannot, if so.
   */
  isolate(): readonly Diagnostic[] {
    const { skipped, errors } = this.otherFiles.isolate();
    this.skippedElsewhere = skipped;
    return errors;
  }

  /** The remote states of the stack's own file, all of which are read inside the run. */
  get remoteStates(): readonly string[] {
    return Object.keys(this.json.data?.['terraform_remote_state'] ?? {});
  }

  /** Whether it has configuration besides the stack's own file. */
  get hasOtherFiles(): boolean {
    return this.hasModules || this.otherFiles.hasFiles;
  }

  /** The provisioners that the copy is without. */
  get skippedProvisioners(): readonly SkippedProvisioners[] {
    return [...this.skipped, ...this.skippedElsewhere].map((one) => {
      const path = this.paths.path(one.address);
      return { ...one, ...(path !== undefined && { path }) };
    });
  }

  /** Turns protections against destruction off; returns the addresses of the resources that had any. */
  unprotect(): readonly string[] {
    const { json, addresses } = withoutProtection(this.writtenJson);
    if (addresses.length > 0) this.writeStack(json);
    return [...addresses, ...this.otherFiles.unprotect()];
  }

  private writeStack(json: TerraformJson): void {
    this.writtenJson = json;
    // Indented by one space per level, from which `ConstructPaths` finds a line's construct.
    const text = JSON.stringify(json, null, 1);
    this.written = new ConstructPaths(this.json, text, this.written);
    this.otherFiles.write(STACK_FILE, text);
  }

  private rewired(
    json: TerraformJson,
    siblings: readonly StackCopy[],
    externalStates: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): TerraformJson {
    this.reads.clear();
    this.unknownStates.clear();
    const states = json.data?.['terraform_remote_state'];
    if (!states) return json;
    const local = Object.entries(states).map(([id, state]) => {
      const { workspace: _, ...rest } = state;
      return [
        id,
        { ...rest, backend: 'local', config: { path: this.stateFor(id, state, siblings, externalStates) } },
      ] as const;
    });
    return { ...json, data: { ...json.data, terraform_remote_state: Object.fromEntries(local) } };
  }

  private stateFor(
    id: string,
    state: Attributes,
    siblings: readonly StackCopy[],
    externalStates: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): string {
    const sibling = siblings.find((one) => one !== this && ownsState(one, id, state));
    if (sibling) {
      this.reads.set(sibling.name, [...(this.reads.get(sibling.name) ?? []), id]);
      return sibling.statePath;
    }
    const outputs = externalStates[id];
    if (!outputs) this.unknownStates.add(id);
    const file = join(this.directory, `outside-${id}.json`);
    writeFileSync(file, stateOfOutputs(outputs ?? {}));
    return file;
  }
}

/** Whether a remote state reads a stack's backend; the ids of cdktf's own references contain the stack's name. */
export function ownsState(stack: Pick<StackCopy, 'name' | 'backend'>, id: string, state: Attributes): boolean {
  if (id === `cross-stack-reference-input-${stack.name}`) return true;
  const backend = stack.backend(String(state['backend']));
  if (!backend) return false;
  const config = (state['config'] ?? {}) as Attributes;
  const compared = STATE_KEYS.filter((key) => config[key] !== undefined || backend[key] !== undefined);
  return compared.length > 0 && compared.every((key) => JSON.stringify(config[key]) === JSON.stringify(backend[key]));
}

function withoutBackend(json: TerraformJson): TerraformJson {
  const { backend: _, cloud: __, ...terraform } = json.terraform ?? {};
  return { ...json, terraform };
}
