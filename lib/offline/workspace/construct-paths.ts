import type { Attributes, TerraformJson } from '../terraform-json';

interface Metadata {
  readonly metadata?: { readonly path?: string };
}

const ADDRESS_PREFIXES: Readonly<Record<string, string>> = { resource: '', data: 'data.', ephemeral: 'ephemeral.' };
const LINE = /^( {1,3})"((?:[^"\\]|\\.)*)":/;

/** Finds the construct behind an address, or behind a line of the file that Terraform read. */
export class ConstructPaths {
  private readonly byAddress = new Map<string, string>();
  private readonly gone = new Map<string, string>();
  private lines?: readonly (string | undefined)[];

  /**
   * @param text the JSON as it was written: one space of indentation a level
   * @param earlier where the constructs were in the version before, for what is gone
   */
  constructor(
    json: TerraformJson,
    private readonly text: string,
    earlier?: ConstructPaths,
  ) {
    for (const [address, path] of earlier?.byAddress ?? []) this.gone.set(address, path);
    for (const section of ['resource', 'data', 'ephemeral'] as const) {
      for (const [type, byId] of Object.entries(json[section] ?? {})) {
        for (const [id, attributes] of Object.entries(byId)) {
          this.add(`${ADDRESS_PREFIXES[section]}${type}.${id}`, attributes);
        }
      }
    }
    for (const [id, attributes] of Object.entries(json.module ?? {})) this.add(`module.${id}`, attributes);
    const outputs = json['//']?.outputs;
    if (outputs) this.addOutputs(outputs, '');
  }

  /** The construct path of an address: `production/network/vpc` of `aws_vpc.network_vpc_1A2B`; indexes do not matter. */
  path(address: string): string | undefined {
    const plain = address.replace(/\[[^\]]*\]/g, '');
    const module = /^module\.[^.]+/.exec(plain)?.[0];
    const path = this.byAddress.get(plain) ?? (module === undefined ? undefined : this.byAddress.get(module));
    return path ?? this.gone.get(plain);
  }

  /** The addresses that a text names. */
  addressesIn(text: string): readonly string[] {
    return [...this.byAddress.keys()].filter((address) => {
      const at = text.indexOf(address);
      return at >= 0 && !/[\w-]/.test(text.charAt(at + address.length)) && !/[\w.-]/.test(text.charAt(at - 1));
    });
  }

  /** The address whose configuration stands on a line, counted from 1. */
  addressAt(line: number): string | undefined {
    this.lines ??= addressesByLine(this.text);
    return this.lines[line - 1];
  }

  private add(address: string, attributes: Attributes): void {
    const path = (attributes['//'] as Metadata | undefined)?.metadata?.path;
    if (path !== undefined) this.byAddress.set(address, path);
  }

  /** cdktf writes where outputs come from as a tree of construct ids with output names as leaves. */
  private addOutputs(tree: Readonly<Record<string, unknown>>, prefix: string): void {
    for (const [id, below] of Object.entries(tree)) {
      if (typeof below === 'string') this.byAddress.set(`output.${below}`, prefix + id);
      else if (below !== null && typeof below === 'object') {
        this.addOutputs(below as Readonly<Record<string, unknown>>, `${prefix}${id}/`);
      }
    }
  }
}

/** With one space a level, the key of a section stands after one space, of a type after two, of an id after three. */
function addressesByLine(text: string): (string | undefined)[] {
  let section = '';
  let type = '';
  let address: string | undefined;
  return text.split('\n').map((line) => {
    const key = LINE.exec(line);
    if (!key) return address;
    const name = JSON.parse(`"${key[2]!}"`) as string;
    const level = key[1]!.length;
    const typed = ADDRESS_PREFIXES[section];
    if (level === 1) [section, address] = [name, undefined];
    else if (level === 2) {
      type = name;
      if (typed === undefined) address = `${section}.${name}`;
    } else if (typed !== undefined) address = `${typed}${type}.${name}`;
    return address;
  });
}
