import type { TerraformJson } from '../terraform-json';

/** What follows `data.terraform_remote_state.<id>` where one output is read; JSON escapes the quotes. */
const ONE_OUTPUT = /^\.outputs(?:\.([\w-]+)|\[\\"([^"\\]+)\\"\])/;
/** References that hide the resources behind them. */
const INDIRECT = /(?<![\w.-])local\./;

/** The outputs that a stack reads from remote states; undefined if they cannot be determined. */
export function readOutputs(reader: TerraformJson, ids: readonly string[]): ReadonlySet<string> | undefined {
  const text = JSON.stringify(reader);
  const names = new Set<string>();
  for (const id of ids) {
    for (const rest of text.split(new RegExp(`(?<![\\w.-])data\\.terraform_remote_state\\.${id}(?![\\w-])`)).slice(1)) {
      const [, plain, quoted] = ONE_OUTPUT.exec(rest) ?? [];
      const name = plain ?? quoted;
      if (name === undefined) return undefined;
      names.add(name);
    }
  }
  return names;
}

/**
 * The addresses that outputs refer to, from which their dependencies follow. Undefined if the whole stack must be
 * applied: a targeted apply does not write an output that refers to no resource, or only indirectly, and a stack with
 * `moved` blocks must be applied as a whole.
 */
export function outputDependencies(json: TerraformJson, outputs: ReadonlySet<string>): readonly string[] | undefined {
  if (json.moved !== undefined) return undefined;
  const known = [...addressesOf(json)];
  const dependencies = new Set<string>();
  for (const name of outputs) {
    const text = JSON.stringify(json.output?.[name] ?? {});
    const found = known.filter((address) => mentions(text, address));
    if (found.length === 0 || INDIRECT.test(text)) return undefined;
    for (const address of found) dependencies.add(address);
  }
  return dependencies.size > 0 ? [...dependencies] : undefined;
}

/** The addresses of resources, data sources and modules. */
export function* addressesOf({ resource, data, module = {} }: TerraformJson): Generator<string> {
  for (const [prefix, section = {}] of [
    ['', resource],
    ['data.', data],
  ] as const) {
    for (const [type, byId] of Object.entries(section)) {
      for (const id of Object.keys(byId)) yield `${prefix}${type}.${id}`;
    }
  }
  for (const id of Object.keys(module)) yield `module.${id}`;
}

/** Whether a text contains an address, rather than a longer one. */
export function mentions(text: string, address: string): boolean {
  for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + 1)) {
    if (!/[\w.-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + address.length))) return true;
  }
  return false;
}
