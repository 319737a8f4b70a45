import type { Diagnostic } from '../terraform/diagnostics';

/** The parts of the configuration in Terraform's plan JSON that are read here. */
interface ModuleJson {
  readonly resources?: readonly {
    readonly address: string;
    readonly mode?: string;
    readonly type?: string;
    readonly name?: string;
    readonly provisioners?: readonly { readonly type: string }[];
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ModuleJson }>>;
}

/**
 * Provisioners, and reads of states outside the run, that Terraform itself finds in the configuration that was planned:
 * none, unless this library misunderstands a file. Such a plan must not be applied. Not in a plan: the provisioners of
 * `removed` blocks.
 * @param ownStates the remote states of the stack's own file
 */
export function remainingIn(configuration: unknown, ownStates: readonly string[]): readonly Diagnostic[] {
  const { root_module: root = {} } = (configuration ?? {}) as { readonly root_module?: ModuleJson };
  return [...found(root, '', ownStates)];
}

function* found(
  { resources = [], module_calls: calls = {} }: ModuleJson,
  prefix: string,
  ownStates: readonly string[],
): Generator<Diagnostic> {
  for (const { address, mode, type, name = '', provisioners = [] } of resources) {
    for (const provisioner of provisioners) yield remainingProvisioner(prefix + address, provisioner.type);
    const isState = mode === 'data' && type === 'terraform_remote_state';
    if (isState && !ownStates.includes(name)) yield stateRead(prefix + address);
  }
  for (const [name, { module = {} }] of Object.entries(calls)) yield* found(module, `${prefix}module.${name}.`, []);
}

function remainingProvisioner(address: string, type: string): Diagnostic {
  return {
    severity: 'error',
    summary: `${address} has a ${type} provisioner, which could not be removed for an offline run`,
    detail: 'An offline run executes no provisioner: remove it, or move it to a resource of the stack itself.',
    addresses: [address],
    paths: [],
  };
}

function stateRead(address: string): Diagnostic {
  return {
    severity: 'error',
    summary: `${address} reads a state outside this run`,
    detail: 'Read it in the stack itself, with a DataTerraformRemoteState construct.',
    addresses: [address],
    paths: [],
  };
}
