import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attributes, TerraformJson } from '../terraform-json';
import { ConstructPaths } from './construct-paths';
import { stateOfOutputs } from './external-state';
import type { SynthesizedStackFolder } from './synthesized-app';

const STACK_FILE = 'cdk.tf.json';
/** Where Terraform keeps state when no backend says otherwise: then it needs no `init`. */
const STATE_FILE = 'terraform.tfstate';
/** No stack's name ends so: cdktf takes letters, digits, `_` and `-`. */
const CLONE_SUFFIX = '.before';
const BACKEND_FILE = 'backend.tf.json';
/** What Terraform may have left in the folder: state and plugins of real runs stay out of the copy. */
const LEFT_BY_TERRAFORM = /^(\.terraform($|[.-])|\.terraform\.lock\.hcl$|.*\.tfstate|plan$)/;
/** What tells one state from another in the configuration of a backend, whichever kind it is. */
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

/** A private copy of a stack: its state is local and new, and it reads the states of its siblings' copies. */
export class StackCopy {
  readonly directory: string;
  /** The stacks whose state it reads, which come first: their names, and the ids of the remote states. */
  readonly reads = new Map<string, readonly string[]>();
  /** The ids of the remote states that nobody keeps here. */
  readonly unknownStates = new Set<string>();
  private source!: SynthesizedStackFolder;
  private written: ConstructPaths | undefined;

  constructor(
    readonly name: string,
    root: string,
  ) {
    this.directory = join(root, name);
  }

  get statePath(): string {
    return join(this.directory, STATE_FILE);
  }

  get json(): TerraformJson {
    return this.source.json;
  }

  /** Stacks that the app says come first, whether or not their state is read. */
  get dependencies(): readonly string[] {
    return this.source.dependencies;
  }

  /** Where the constructs are in what was written. */
  get paths(): ConstructPaths {
    return this.written!;
  }

  /** The backend's configuration, where it is of a kind. */
  backend(kind: string): Attributes | undefined {
    return (this.json.terraform?.['backend'] as Readonly<Record<string, Attributes>> | undefined)?.[kind];
  }

  /** Whether Terraform has modules to install first. */
  get hasModules(): boolean {
    return Object.keys(this.json.module ?? {}).length > 0;
  }

  get resourceCount(): number {
    const types = Object.values(this.json.resource ?? {});
    return types.reduce((sum, byId) => sum + Object.keys(byId).length, 0);
  }

  /** Has Terraform keep the state at an address instead of in a file; it needs an `init` then. */
  useHttpBackend(address: string): void {
    writeFileSync(
      join(this.directory, BACKEND_FILE),
      JSON.stringify({ terraform: { backend: { http: { address } } } }),
    );
  }

  /** Lays out the copy once more, with a state of its own, for a plan while this one is applied; gives its directory. */
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
    for (const left of [BACKEND_FILE, '.terraform'])
      rmSync(join(this.directory, left), { recursive: true, force: true });
  }

  /** Takes a version of the stack as the source of the copy. */
  take(source: SynthesizedStackFolder): void {
    this.source = source;
  }

  /**
   * Lays out the source; a state that is there already stays.
   * @param siblings whose states are read in place of remote ones; without them remote states are left as they are
   * @param externalStates outputs of remote states that none of them keeps
   */
  write(
    siblings: readonly StackCopy[] | undefined,
    externalStates: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): void {
    mkdirSync(this.directory, { recursive: true });
    for (const entry of readdirSync(this.source.directory)) {
      if (entry === STACK_FILE || LEFT_BY_TERRAFORM.test(entry)) continue;
      cpSync(join(this.source.directory, entry), join(this.directory, entry), { recursive: true });
    }
    const json = withoutBackend(this.json);
    // One space a level: by it a line is traced to its construct.
    const text = JSON.stringify(siblings ? this.rewired(json, siblings, externalStates) : json, null, 1);
    this.written = new ConstructPaths(this.json, text, this.written);
    writeFileSync(join(this.directory, STACK_FILE), text);
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

/** Whether a stack's backend is what a remote state reads; cdktf's own references carry the stack's name besides. */
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
