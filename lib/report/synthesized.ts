import type { TerraformJson } from '../offline/terraform-json';

/** A stack as synthesized by cdktf. */
export interface StackJson {
  readonly name: string;
  readonly json: TerraformJson;
}

type Fields = Readonly<Record<string, unknown>>;

/** `${aws_vpc.network_vpc_1A2B3C4D.id}`, and for other stacks `${data.terraform_remote_state.x.outputs.y}`. */
const INTERPOLATION = /\$\{((?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z][\w-]*)((?:\.[\w-]+|\[\d+\])*)\}/g;
const REMOTE_STATE = 'data.terraform_remote_state.';

/** A resource whose references to other resources are resolved where possible. */
export class Resource {
  readonly type: string;
  /** The construct's path, including its stack. */
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

  /** The value at a path such as `vpc_config.subnet_ids`; single-block lists are unwrapped. */
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

  /** The resources that an attribute references. */
  targets(path: string): readonly Resource[] {
    return list(this.get(path)).flatMap((value) => this.named(value));
  }

  target(path: string): Resource | undefined {
    return this.targets(path)[0];
  }

  /** The resources that a value of this resource references. */
  named(value: unknown): readonly Resource[] {
    return this.stacks.named(this.stack, value);
  }

  /** A readable value: what is known after apply is in braces. */
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

  /** The resources that a value in `stack` references. */
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

  /** An output of another stack, resolved if that stack is part of the report. */
  private showOutput(stack: StackJson, state: string, output: string): string {
    const config = read(stack.json.data, `terraform_remote_state.${state}.config`);
    const other = this.stacks.find((one) => sameState(one, config));
    const value = other && read(other.json.output, `${output}.value`);
    return value === undefined ? `{${state}.${output}}` : this.show(other!, value);
  }
}

/** Whether a remote state's config points to the state of a stack. */
function sameState({ json }: StackJson, config: unknown): boolean {
  const [backend] = Object.values((json.terraform?.['backend'] as Fields | undefined) ?? {});
  const settings = ['path', 'bucket', 'key'].map((key) => [read(config, key), read(backend, key)] as const);
  return settings.some(([remote]) => remote !== undefined) && settings.every(([remote, own]) => remote === own);
}

/** The value at a path. A number indexes a list; a name unwraps a single-block list. */
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

/** Compares code units, independent of the locale. */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(order);
}
