import type { Diagnostic } from '../terraform/diagnostics';

/** The parts of the configuration in Terraform's plan JSON that are read here. */
interface ModuleJson {
  readonly resources?: readonly {
    readonly address: string;
    readonly provisioners?: readonly { readonly type: string }[];
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ModuleJson }>>;
}

/**
 * Provisioners that Terraform itself finds in the configuration that was planned: none, unless this library
 * misunderstands a file. Such a plan must not be applied.
 */
export function remainingProvisioners(configuration: unknown): readonly Diagnostic[] {
  const { root_module: root = {} } = (configuration ?? {}) as { readonly root_module?: ModuleJson };
  return [...found(root, '')].map(({ address, type }) => ({
    severity: 'error',
    summary: `${address} has a ${type} provisioner, which could not be removed for an offline run`,
    detail: 'An offline run executes no provisioner: remove it, or move it to a resource of the stack itself.',
    addresses: [address],
    paths: [],
  }));
}

function* found(
  { resources = [], module_calls: calls = {} }: ModuleJson,
  prefix: string,
): Generator<{ readonly address: string; readonly type: string }> {
  for (const { address, provisioners = [] } of resources) {
    for (const { type } of provisioners) yield { address: prefix + address, type };
  }
  for (const [name, { module = {} }] of Object.entries(calls)) yield* found(module, `${prefix}module.${name}.`);
}
