import type { TerraformJson } from '../offline/terraform-json';

/** A stack as cdktf wrote it. */
export interface StackJson {
  readonly name: string;
  readonly json: TerraformJson;
}

type Fields = Readonly<Record<string, unknown>>;

/** `${aws_vpc.network_vpc_1A2B3C4D.id}`, and of other stacks' states `${data.terraform_remote_state.x.outputs.y}`. */
const INTERPOLATION = /\$\{((?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z][\w-]*)((?:\.[\w-]+|\[\d+\])*)\}/g;
const REMOTE_STATE = 'data.terraform_remote_state.';

/** A resource, with the values that others give it read through. */
export class Resource {
  readonly type: string;
  /** The construct's path, the stack's name first. */
  readonly construct: string;

  constructor(
    private readonly stacks: SynthesizedStacks,
    readonly stack: StackJson,
    readonly address: string,
    readonly attributes: Fields,
  ) {
    this.type = address.slice(0, address.indexOf('.'));
    const path = read(attributes, '//.metadata.path');
    this.construct = typeof path === 'string' ? path : `${stack.name}/${address}`;
  }

  /** The construct's path below its stack. */
  get path(): string {
    return this.construct.split('/').slice(1).join('/');
  }

  /** The value at `vpc_config.subnet_ids`; Terraform's lists of one block are seen through. */
  get(path: string): unknown {
    return read(this.attributes, path);
  }

  text(path: string): string | undefined {
    const value = this.get(path);
    return value === undefined || value === null ? undefined : this.show(value);
  }

  texts(path: string): readonly string[] {
    return this.showAll(this.get(path));
  }

  number(path: string): number | undefined {
    const value = this.get(path);
    return value === undefined || value === null || !Number.isFinite(Number(value)) ? undefined : Number(value);
  }

  blocks(path: string): readonly Fields[] {
    return blocks(this.get(path));
  }

  /** The resources that a value names. */
  targets(path: string): readonly Resource[] {
    return list(this.get(path)).flatMap((value) => this.named(value));
  }

  target(path: string): Resource | undefined {
    return this.targets(path)[0];
  }

  /** The resources that a text of this one's names. */
  named(value: unknown): readonly Resource[] {
    return this.stacks.named(this.stack, value);
  }

  /** A value for people: what Terraform has yet to compute stands in braces. */
  show(value: unknown): string {
    return this.stacks.show(this.stack, value);
  }

  showAll(value: unknown): readonly string[] {
    return list(value).map((one) => this.show(one));
  }
}

/** The resources of all stacks of a report. */
export class SynthesizedStacks {
  readonly resources: readonly Resource[];
  private readonly byAddress = new Map<StackJson, ReadonlyMap<string, Resource>>();

  constructor(readonly stacks: readonly StackJson[]) {
    for (const stack of stacks) {
      const all = Object.entries(stack.json.resource ?? {}).flatMap(([type, byId]) =>
        Object.entries(byId).map(([id, fields]) => new Resource(this, stack, `${type}.${id}`, fields)),
      );
      this.byAddress.set(stack, new Map(all.map((resource) => [resource.address, resource])));
    }
    this.resources = [...this.byAddress.values()]
      .flatMap((byAddress) => [...byAddress.values()])
      .sort((a, b) => order(a.construct, b.construct) || order(a.type, b.type));
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** The resources that a text of `stack` refers to. */
  named(stack: StackJson, value: unknown): readonly Resource[] {
    if (typeof value !== 'string') return [];
    return [...value.matchAll(INTERPOLATION)].flatMap(([, address]) => {
      const found = this.byAddress.get(stack)?.get(address!);
      return found ? [found] : [];
    });
  }

  show(stack: StackJson, value: unknown): string {
    if (typeof value === 'object') {
      return JSON.stringify(value, (_key, inner: unknown) =>
        typeof inner === 'string' ? this.show(stack, inner) : inner,
      );
    }
    if (typeof value !== 'string') return String(value);
    return value.replace(INTERPOLATION, (_whole, address: string, rest: string) =>
      address.startsWith(REMOTE_STATE)
        ? this.showOutput(stack, address.slice(REMOTE_STATE.length), rest.replace(/^\.outputs\./, ''))
        : this.showAttribute(stack, address, rest),
    );
  }

  private showAttribute(stack: StackJson, address: string, rest: string): string {
    const resource = this.byAddress.get(stack)?.get(address);
    const path = rest.replaceAll(/\[(\d+)\]/g, '.$1').replace(/^\./, '');
    const known = resource && read(resource.attributes, path);
    if (typeof known === 'string' || typeof known === 'number') return this.show(stack, known);
    return `{${resource ? resource.path : address}${rest}}`;
  }

  /** An output of another stack, read through where that stack is here too. */
  private showOutput(stack: StackJson, state: string, output: string): string {
    const config = read(stack.json.data, `terraform_remote_state.${state}.config`);
    const other = this.stacks.find((one) => sameState(one, config));
    const value = other && read(other.json.output, `${output}.value`);
    return value === undefined ? `{${state}.${output}}` : this.show(other!, value);
  }
}

/** Whether a stack keeps its state where the settings of a remote state look for it. */
function sameState({ json }: StackJson, config: unknown): boolean {
  const [backend] = Object.values((json.terraform?.['backend'] as Fields | undefined) ?? {});
  const places = ['path', 'bucket', 'key'].map((key) => [read(config, key), read(backend, key)] as const);
  return places.some(([looked]) => looked !== undefined) && places.every(([looked, kept]) => looked === kept);
}

/** The value at a path. A number picks from a list; a name goes through a list of one block. */
export function read(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path.split('.').reduce<unknown>((inner, key) => {
    if (inner === null || typeof inner !== 'object') return undefined;
    if (!/^\d+$/.test(key)) return ((Array.isArray(inner) ? inner[0] : inner) as Fields | undefined)?.[key];
    return Array.isArray(inner) ? inner[Number(key)] : key === '0' ? inner : undefined;
  }, value);
}

export function list(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

export function blocks(value: unknown): readonly Fields[] {
  return list(value).filter((one): one is Fields => typeof one === 'object' && one !== null);
}

/** Texts by their code units: the same everywhere. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(order);
}
