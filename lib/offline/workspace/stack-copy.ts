import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attributes, TerraformJson } from '../../testing/terraform-json';
import { ConstructPaths } from './construct-paths';
import type { SynthesizedStackFolder } from './synthesized-app';

const STACK_FILE = 'cdk.tf.json';
/** Where Terraform keeps state when no backend says otherwise: then it needs no `init`. */
const STATE_FILE = 'terraform.tfstate';
/** What Terraform may have left in the folder: state and plugins of real runs stay out of the copy. */
const LEFT_BY_TERRAFORM = /^(\.terraform($|[.-])|\.terraform\.lock\.hcl$|.*\.tfstate|plan$)/;
/** What tells one state from another in a backend's configuration. */
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
  /** The names of the stacks that must be applied before this one is planned. */
  readonly reads = new Set<string>();
  /** Remote states that no stack of the app keeps. */
  readonly foreignStates: string[] = [];
  private current: SynthesizedStackFolder;
  private written!: ConstructPaths;

  constructor(
    readonly name: string,
    source: SynthesizedStackFolder,
    root: string,
  ) {
    this.directory = join(root, name);
    this.current = source;
  }

  get statePath(): string {
    return join(this.directory, STATE_FILE);
  }

  get json(): TerraformJson {
    return this.current.json;
  }

  get source(): SynthesizedStackFolder {
    return this.current;
  }

  /** Construct paths of what was written. */
  get paths(): ConstructPaths {
    return this.written;
  }

  /** The stack's own backend, by kind. */
  get backend(): Attributes {
    return (this.json.terraform?.['backend'] ?? {}) as Attributes;
  }

  /** Whether Terraform has modules to install first. */
  get hasModules(): boolean {
    return Object.keys((this.json as { module?: object }).module ?? {}).length > 0;
  }

  /** Lays out the copy, or replaces its configuration by a later version and keeps its state. */
  write(
    siblings: readonly StackCopy[],
    options: { readonly source?: SynthesizedStackFolder; readonly rewire: boolean },
  ): void {
    this.current = options.source ?? this.current;
    mkdirSync(this.directory, { recursive: true });
    for (const entry of readdirSync(this.current.directory)) {
      if (entry === STACK_FILE || LEFT_BY_TERRAFORM.test(entry)) continue;
      cpSync(join(this.current.directory, entry), join(this.directory, entry), { recursive: true });
    }
    const json = withoutBackend(this.json);
    const text = JSON.stringify(options.rewire ? this.rewired(json, siblings) : json, null, 1);
    this.written = new ConstructPaths(this.json, text);
    writeFileSync(join(this.directory, STACK_FILE), text);
  }

  private rewired(json: TerraformJson, siblings: readonly StackCopy[]): TerraformJson {
    const states = json.data?.['terraform_remote_state'];
    if (!states) return json;
    this.reads.clear();
    this.foreignStates.length = 0;
    const local = Object.entries(states).map(([id, state]) => {
      const sibling = siblings.find((one) => one !== this && keeps(one, id, state));
      if (!sibling) {
        this.foreignStates.push(id);
        return [id, state] as const;
      }
      this.reads.add(sibling.name);
      const { workspace: _, ...rest } = state;
      return [id, { ...rest, backend: 'local', config: { path: sibling.statePath } }] as const;
    });
    return { ...json, data: { ...json.data, terraform_remote_state: Object.fromEntries(local) } };
  }
}

/** Whether a stack's backend is what a remote state reads; cdktf's own references carry the stack's name besides. */
function keeps(stack: StackCopy, id: string, state: Attributes): boolean {
  const kind = String(state['backend']);
  const backend = stack.backend[kind] as Attributes | undefined;
  if (id === `cross-stack-reference-input-${stack.name}`) return true;
  if (!backend) return false;
  const config = (state['config'] ?? {}) as Attributes;
  const compared = STATE_KEYS.filter((key) => config[key] !== undefined || backend[key] !== undefined);
  return compared.length > 0 && compared.every((key) => JSON.stringify(config[key]) === JSON.stringify(backend[key]));
}

function withoutBackend(json: TerraformJson): TerraformJson {
  const { backend: _, cloud: __, ...terraform } = json.terraform ?? {};
  return { ...json, terraform };
}
