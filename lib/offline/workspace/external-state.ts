type Json = unknown;

/** The version of Terraform's state format. */
const STATE_FORMAT = 4;

/** A state file with outputs only, as if another app had written it. */
export function stateOfOutputs(outputs: Readonly<Record<string, Json>>): string {
  const typed = Object.entries(outputs).map(([name, value]) => [name, { value, type: typeOf(value) }]);
  return JSON.stringify({
    version: STATE_FORMAT,
    terraform_version: '1.0.0',
    serial: 1,
    lineage: '00000000-0000-4000-a000-000000000000',
    outputs: Object.fromEntries(typed),
    resources: [],
  });
}

/** The addresses of a state's resources, without indexes; an empty text is an empty state. */
export function addressesInState(state: string): ReadonlySet<string> {
  const { resources = [] } = JSON.parse(state === '' ? '{}' : state) as {
    readonly resources?: readonly { readonly module?: string; readonly type: string; readonly name: string }[];
  };
  return new Set(resources.map(({ module, type, name }) => [...(module ? [module] : []), type, name].join('.')));
}

function typeOf(value: Json): Json {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return ['tuple', value.map(typeOf)];
  if (typeof value === 'object' && value !== null) {
    return ['object', Object.fromEntries(Object.entries(value).map(([name, item]) => [name, typeOf(item)]))];
  }
  return 'string';
}
