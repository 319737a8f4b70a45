type Json = unknown;

/** The parts of the configuration in Terraform's plan JSON that are read here. */
export interface Configuration {
  readonly root_module?: {
    readonly resources?: readonly { readonly address: string; readonly expressions?: Readonly<Record<string, Json>> }[];
  };
}

const indexes = new WeakMap<Configuration, ReadonlyMap<string, Json>>();

/** Whether the configuration sets an argument instead of leaving it to the provider. Names have no indexes. */
export function isConfigured(configuration: Configuration | undefined, address: string, name: string): boolean {
  if (!configuration) return false;
  const known = indexes.get(configuration) ?? index(configuration);
  indexes.set(configuration, known);
  return isSet(known.get(address.replace(/\[[^\]]*\]$/, '')), name.split('.'));
}

function index({ root_module }: Configuration): ReadonlyMap<string, Json> {
  return new Map(root_module?.resources?.map(({ address, expressions }) => [address, expressions]));
}

function isSet(expressions: Json, names: readonly string[]): boolean {
  if (Array.isArray(expressions)) return expressions.some((block) => isSet(block, names));
  if (typeof expressions !== 'object' || expressions === null) return false;
  // An argument's expression, as opposed to a block.
  if ('references' in expressions || 'constant_value' in expressions || Object.keys(expressions).length === 0)
    return true;
  const [name, ...rest] = names;
  if (name === undefined) return true;
  const below = (expressions as Readonly<Record<string, Json>>)[name];
  return below !== undefined && isSet(below, rest);
}
