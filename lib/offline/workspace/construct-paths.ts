import type { Attributes, TerraformJson } from '../terraform-json';

interface Metadata {
  readonly metadata?: { readonly path?: string };
}

const ADDRESS_PREFIXES: Readonly<Record<string, string>> = { resource: '', data: 'data.', ephemeral: 'ephemeral.' };
const LINE = /^( {1,3})"((?:[^"\\]|\\.)*)":/;

/** Finds the construct of an address, or of a line in the file that Terraform read. */
export class ConstructPaths {
  private readonly byAddress = new Map<string, string>();
  private readonly removed = new Map<string, string>();
  private lines?: readonly (string | undefined)[];

  /**
   * @param text the JSON as written, indented by one space per level
   * @param earlier the paths in the previous version, for removed resources
   */
  constructor(
    json: TerraformJson,
    private readonly text: string,
    earlier?: ConstructPaths,
  ) {
    for (const [address, path] of earlier?.byAddress ?? []) this.removed.set(address, path);
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

  /** The construct path of an address: `production/network/vpc` of `aws_vpc.network_vpc_1A2B`, ignoring indexes. */
  path(address: string): string | undefined {
    const plain = address.replace(/\[[^\]]*\]/g, '');
    const module = /^module\.[^.]+/.exec(plain)?.[0];
    const path = this.byAddress.get(plain) ?? (module === undefined ? undefined : this.byAddress.get(module));
    return path ?? this.removed.get(plain);
  }

  /** The addresses that a text mentions. */
  addressesIn(text: string): readonly string[] {
    return [...this.byAddress.keys()].filter((address) => {
      const at = text.indexOf(address);
      return at >= 0 && !/[\w-]/.test(text.charAt(at + address.length)) && !/[\w.-]/.test(text.charAt(at - 1));
    });
  }

  /** The address whose configuration is on a line, counted from 1. */
  addressAt(line: number): string | undefined {
    this.lines ??= addressesByLine(this.text);
    return this.lines[line - 1];
  }

  private add(address: string, attributes: Attributes): void {
    const path = (attributes['//'] as Metadata | undefined)?.metadata?.path;
    if (path !== undefined) this.byAddress.set(address, path);
  }

  /** cdktf writes the outputs' constructs as a tree of construct ids with output names as leaves. */
  private addOutputs(tree: Readonly<Record<string, unknown>>, prefix: string): void {
    for (const [id, below] of Object.entries(tree)) {
      if (typeof below === 'string') this.byAddress.set(`output.${below}`, prefix + id);
      else if (below !== null && typeof below === 'object') {
        this.addOutputs(below as Readonly<Record<string, unknown>>, `${prefix}${id}/`);
      }
    }
  }
}

/** Indented by one space per level: the key of a section has one space before it, of a type two, of an id three. */
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
