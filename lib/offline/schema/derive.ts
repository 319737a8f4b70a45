import type { Argument, Flags, GeneratedClass, GeneratedCode } from './generated-code';
import { collectionOf, objectType } from './schema';
import type { Attribute, Block, NestedBlock, Nesting, SchemaKind, Type } from './schema';

/** A schema derived from generated code, and the gaps that the code leaves. */
export interface Derived {
  readonly kind: SchemaKind;
  /** `aws_vpc`; for a provider its name. */
  readonly type: string;
  readonly block: Block;
  /** Arguments whose type the package does not define: any value is accepted. */
  readonly untyped: readonly string[];
}

const KINDS: Readonly<Record<string, SchemaKind>> = {
  TerraformResource: 'resource',
  TerraformDataSource: 'data',
  TerraformProvider: 'provider',
};

/** cdktf adds it to every provider; Terraform does not treat it as an attribute. */
const META_ARGUMENT_OF_PROVIDERS = 'alias';
const DEEPEST_NESTING = 40;
const STRUCT = /(?<![.\w])(\w+)ToHclTerraform/;
const PRIMITIVES: Readonly<Record<string, Type>> = { string: 'string', number: 'number', boolean: 'bool' };

/**
 * Derives a schema from the generated code of one resource, data source or provider. The code does not contain
 * sensitivity, which changes force replacement, defaults, which optional blocks the provider fills, item limits other
 * than one, or valid values; `facts` has some of that for common types.
 * @param nestedAttributes whether the provider's object attributes are nested attributes (protocol 6) or object types
 */
export function derive(code: GeneratedCode, nestedAttributes: boolean): Derived {
  const main = [...code.classes.values()].find((cls) => KINDS[cls.base] !== undefined);
  const type = main?.facts.get('terraformResourceType');
  if (!main || type === undefined) throw new Error('it declares no resource, data source or provider');
  const kind = KINDS[main.base]!;
  const deriver = new Deriver(code, nestedAttributes, kind);
  const block = deriver.block(`${main.name}Config`, main, main.arguments, 0);
  return { kind, type, block, untyped: deriver.untyped };
}

class Deriver {
  readonly untyped: string[] = [];

  constructor(
    private readonly code: GeneratedCode,
    private readonly nestedAttributes: boolean,
    private readonly kind: SchemaKind,
  ) {}

  block(propsName: string, cls: GeneratedClass | undefined, args: ReadonlyMap<string, Argument>, depth: number): Block {
    if (depth > DEEPEST_NESTING) throw new Error(`${propsName} nests deeper than ${DEEPEST_NESTING} levels`);
    const attributes: Record<string, Attribute> = {};
    const blocks: Record<string, NestedBlock> = {};
    const names = new Set([...args.keys(), ...(cls ? [...cls.flags.keys(), ...cls.members.keys()] : [])]);
    for (const name of names) {
      if (this.kind === 'provider' && name === META_ARGUMENT_OF_PROVIDERS) continue;
      const argument = args.get(name);
      if (!argument) {
        attributes[name] = { ...ofType(this.computedType(name, cls!, depth)), computed: true };
        continue;
      }
      const flags = this.flags(name, propsName, cls);
      const struct = structOf(argument.value);
      const nested = struct === undefined ? undefined : this.structBlock(struct, depth);
      if (nested && this.isBlock(name, argument, struct!, propsName)) {
        const block = nestedBlock(argument, nested, flags);
        if (holdsUntyped(block)) attributes[name] = this.untypedInsteadOf(name, flags);
        else blocks[name] = block;
      } else {
        const type = nested ? this.objects(argument.kind, nested, struct!) : ofType(this.plainType(name, argument));
        attributes[name] = attribute(name, type, flags);
      }
    }
    return { attributes, blocks };
  }

  private structBlock(struct: string, depth: number): Block {
    const className = capitalized(struct);
    const cls = this.code.classes.get(`${className}OutputReference`);
    return this.block(className, cls, this.code.structs.get(struct) ?? new Map(), depth + 1);
  }

  /** The flags are in the class; for structs without flags (in provider blocks), the interface has `required`. */
  private flags(name: string, propsName: string, cls: GeneratedClass | undefined): Flags {
    const flags = cls?.flags.get(name);
    if (flags) return flags;
    const required = this.code.interfaces.get(propsName)?.get(name)?.required ?? false;
    return { computed: false, optional: !required, required };
  }

  private isBlock(name: string, argument: Argument, struct: string, propsName: string): boolean {
    if (/listMapperHcl\(/.test(argument.value)) return argument.value.includes(', true)(');
    if (argument.kind === 'list' || argument.kind === 'set') return true;
    if (argument.kind !== 'struct' || this.code.nullFilled.has(struct)) return false;
    return this.code.interfaces.get(propsName)?.get(name)?.documentedAsBlock ?? false;
  }

  /** An attribute that contains objects. */
  private objects(kind: Argument['kind'], block: Block, struct: string): Pick<Attribute, 'type' | 'nested'> {
    const nesting: Nesting = kind === 'struct' || kind === 'simple' ? 'single' : kind;
    if (this.nestedAttributes && !this.code.nullFilled.has(struct)) {
      return { nested: { nesting, attributes: block.attributes } };
    }
    return { type: collectionOf(nesting, objectType(block)) };
  }

  private plainType(name: string, { kind, storage }: Argument): Type {
    const parts = /^(string|number|boolean)((?:List|Map)*)$/.exec(storage);
    if (!parts) return this.noType(name, storage === 'any' || storage === 'anyMap');
    const wraps = parts[2]!.match(/List|Map/g) ?? [];
    return wraps.reduce<Type>((inner, wrap, index) => {
      const outermost = index === wraps.length - 1;
      if (wrap === 'Map') return ['map', inner];
      return [outermost && kind === 'set' ? 'set' : 'list', inner];
    }, PRIMITIVES[parts[1]!]!);
  }

  private computedType(name: string, cls: GeneratedClass, depth: number): Type {
    const member = cls.members.get(name);
    if (member) return this.memberType(name, member, depth);
    const getter = cls.getters.get(name) ?? '';
    const list = getter.includes('tolist(') ? 'set' : 'list';
    const read = /get(String|Number|Boolean|Any)?(Map|List)?Attribute\(/.exec(getter);
    if (!read) return this.noType(name, getter !== '');
    const element = PRIMITIVES[(read[1] ?? 'String').toLowerCase()];
    if (element === undefined) return this.noType(name, true);
    if (read[2] === 'Map') return ['map', element];
    return read[2] === 'List' ? [list, element] : element;
  }

  /** The type of a computed attribute that has its own class. */
  private memberType(name: string, member: { className: string; isSet: boolean }, depth: number): Type {
    const cls = this.code.classes.get(member.className);
    const list = member.isSet ? 'set' : 'list';
    if (!cls) {
      const builtIn = /^(String|Number|Boolean)Map(List)?$/.exec(member.className);
      if (!builtIn) return this.noType(name, member.className.startsWith('AnyMap'));
      const map: Type = ['map', PRIMITIVES[builtIn[1]!.toLowerCase()]!];
      return builtIn[2] ? [list, map] : map;
    }
    const struct = uncapitalized(member.className.replace(/(OutputReference|List|Map)$/, ''));
    const object = objectType(this.structBlock(struct, depth));
    if (cls.base === 'ComplexMap') return ['map', object];
    return cls.base === 'ComplexList' ? [list, object] : object;
  }

  private noType(name: string, expected: boolean): Type {
    if (!expected) throw new Error(`cannot derive the type of ${name}`);
    this.untyped.push(name);
    return 'dynamic';
  }

  private untypedInsteadOf(name: string, flags: Flags): Attribute {
    this.untyped.push(name);
    return attribute(name, { type: 'dynamic' }, { ...flags, computed: false });
  }
}

function nestedBlock(argument: Argument, block: Block, { required }: Flags): NestedBlock {
  const nesting: Nesting = argument.kind === 'list' || argument.kind === 'set' ? argument.kind : 'single';
  const min = required && nesting !== 'single' ? { minItems: 1 } : {};
  // A struct that is not mapped as a list is a list of at most one block.
  const max = nesting !== 'single' && !argument.value.includes('listMapperHcl(') ? { maxItems: 1 } : {};
  return { nesting, block, ...min, ...max };
}

/** Terraform rejects a set of blocks with an untyped attribute (the package cuts off the recursion of WAF rules). */
function holdsUntyped({ nesting, block }: NestedBlock): boolean {
  return nesting !== 'single' && JSON.stringify(block).includes('"dynamic"');
}

function attribute(name: string, type: Pick<Attribute, 'type' | 'nested'>, flags: Flags): Attribute {
  if (flags.required) return { ...type, required: true };
  // By name only: generated code has no write-only flag.
  if (flags.optional && name.endsWith('_wo') && (type.type === 'string' || type.type === 'dynamic')) {
    return { ...type, optional: true, writeOnly: true };
  }
  return { ...type, ...(flags.optional && { optional: true }), ...(flags.computed && { computed: true }) };
}

function ofType(type: Type): { readonly type: Type } {
  return { type };
}

function structOf(value: string): string | undefined {
  return STRUCT.exec(value)?.[1];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function uncapitalized(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
