import { createHash } from 'node:crypto';
import type { RecipeContext, Recipe, TypeFacts } from '../facts/type-facts';
import { attributeType, type Block, type Type } from '../schema/schema';
import { Dynamic, isList, isObject, isWhollyKnown, UNKNOWN, type ObjectValue, type Value } from '../wire/values';
import type { ProviderContext } from './provider-context';

/** A fixed time: an offline run must not depend on the clock. */
const EPOCH = '2024-01-01T00:00:00Z';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * Synthetic values for what the provider would have computed for one object: well-formed, the same on every run,
 * different for different objects. Tests must not assert on them.
 */
export class ComputedValues implements RecipeContext {
  private readonly pending = new Set<string>();
  private readonly done: Record<string, Value> = {};

  constructor(
    readonly type: string,
    private readonly block: Block,
    private readonly planned: ObjectValue,
    private readonly facts: TypeFacts,
    readonly context: ProviderContext,
    /** Distinguishes this object from others. */
    private readonly seed: string,
  ) {}

  /** The planned object with all values known. */
  complete(): ObjectValue {
    return this.completeBlock(this.block, this.planned, '');
  }

  get(name: string): Value {
    const known = this.planned[name];
    if (known !== undefined && !this.isOpen(name, known)) return known;
    const attribute = this.block.attributes[name];
    if (!attribute) return null;
    return (this.done[name] ??= this.compute(name, attributeType(attribute)));
  }

  text(name: string): string {
    const value = this.get(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }

  textAt(path: string): string {
    let value: Value = this.planned;
    for (const name of path.split('.')) {
      const holder: Value = isList(value) ? (value[0] ?? null) : value;
      value = isObject(holder) ? (holder[name] ?? null) : null;
    }
    if (value === UNKNOWN) value = this.compute(path, 'string');
    return typeof value === 'string' ? value : '';
  }

  hex(length: number, label = ''): string {
    return createHash('sha512').update(`${this.seed}/${label}`).digest('hex').slice(0, length);
  }

  /** Uppercase letters and digits, as in `AROA...` and in zone ids. */
  private capitals(length: number, label = ''): string {
    const bytes = createHash('sha512').update(`${this.seed}/${label}`).digest();
    return Array.from(bytes.subarray(0, length), (byte) => UPPER[byte % UPPER.length]).join('');
  }

  fill(template: string): string {
    return template.replace(
      /\{(\w+)(?::(\d+))?(?::([\w-]+))?\}/g,
      (_, word: string, length?: string, label?: string) => {
        if (length !== undefined) {
          return word === 'capitals' ? this.capitals(Number(length), label) : this.hex(Number(length), label);
        }
        if (word === 'uuid') return uuid(this.hex(32));
        if (word === 'region') return this.region;
        if (word === 'account' || word === 'partition' || word === 'dnsSuffix') return this.context[word];
        return this.text(word);
      },
    );
  }

  /** The resource's own region, or the provider's. */
  private get region(): string {
    const own = this.planned['region'];
    return typeof own === 'string' && own !== '' ? own : this.context.region;
  }

  /** Whether a value is still to be computed as a whole: it is unknown, or `facts.planned` gave only part of it. */
  private isOpen(path: string, value: Value): boolean {
    return value === UNKNOWN || (this.facts.planned?.[path] !== undefined && !isWhollyKnown(value));
  }

  private completeBlock(block: Block, planned: ObjectValue, prefix: string): ObjectValue {
    const result: Record<string, Value> = {};
    for (const [name, attribute] of Object.entries(block.attributes)) {
      const path = prefix + name;
      const value = planned[name] ?? null;
      if (attribute.writeOnly) result[name] = null;
      else if (this.isOpen(path, value)) {
        result[name] = prefix === '' ? this.get(name) : this.compute(path, attributeType(attribute));
      } else if (attribute.nested) {
        const nested = { attributes: attribute.nested.attributes, blocks: {} };
        result[name] = mapObjects(value, (item) => this.completeBlock(nested, item, `${path}.`));
      } else result[name] = this.completeValue(value, attributeType(attribute), path);
    }
    for (const [name, nested] of Object.entries(block.blocks)) {
      const path = prefix + name;
      const value = planned[name] ?? null;
      result[name] =
        value === UNKNOWN
          ? this.computeBlock(nested.block, nested.nesting, path)
          : mapObjects(value, (item) => this.completeBlock(nested.block, item, `${path}.`));
    }
    return result;
  }

  /** Fills the unknown parts of a partly known value. */
  private completeValue(value: Value, type: Type, path: string): Value {
    if (value === UNKNOWN) return this.compute(path, type);
    if (value instanceof Dynamic) return new Dynamic(value.type, this.completeValue(value.value, value.type, path));
    if (value === null || !Array.isArray(type)) return value;
    const [kind, inner] = type as unknown as readonly [string, never];
    if (Array.isArray(value)) {
      const element = (index: number): Type => (kind === 'tuple' ? (inner as Type[])[index]! : inner);
      return value.map((item: Value, index) => this.completeValue(item, element(index), path));
    }
    if (!isObject(value)) return value;
    const field = (name: string): Type => (kind === 'object' ? (inner as Record<string, Type>)[name]! : inner);
    return mapFields(value, (item, name) => this.completeValue(item, field(name), `${path}.${name}`));
  }

  private computeBlock(block: Block, nesting: string, path: string): Value {
    const recipe = this.facts.values?.[path];
    if (!Array.isArray(recipe)) return nesting === 'single' ? null : nesting === 'map' ? {} : [];
    const fields = recipe[0] as ObjectValue;
    const unknowns = Object.fromEntries([
      ...Object.entries(block.attributes).map(([name, { computed }]) => [name, computed ? UNKNOWN : null]),
      ...Object.entries(block.blocks).map(([name, nested]) => [name, nested.nesting === 'single' ? null : []]),
    ]) as ObjectValue;
    return [this.completeBlock(block, { ...unknowns, ...fields }, `${path}.`)];
  }

  private compute(path: string, type: Type): Value {
    const recipe = this.facts.values?.[path];
    // A recipe that depends on itself (a name built from an id that is the name) falls back to the general rule.
    if (recipe === undefined || this.pending.has(path)) return this.byName(path, type);
    this.pending.add(path);
    try {
      return this.fromRecipe(recipe, type, path);
    } finally {
      this.pending.delete(path);
    }
  }

  private fromRecipe(recipe: Recipe | unknown, type: Type, path: string): Value {
    if (typeof recipe === 'function') return (recipe as (self: ComputedValues) => Value)(this);
    if (typeof recipe === 'string') return this.fill(recipe);
    if (!Array.isArray(type)) return recipe as Value;
    const [kind, inner] = type as unknown as readonly [string, Record<string, Type> & Type];
    if (Array.isArray(recipe)) return recipe.map((item) => this.fromRecipe(item, inner, path));
    if (kind !== 'object') return mapFields(recipe as ObjectValue, (item) => this.fromRecipe(item, inner, path));
    const given = recipe as ObjectValue;
    return mapFields(inner as unknown as ObjectValue, (fieldType, name) =>
      given[name] === undefined
        ? this.byName(`${path}.${name}`, fieldType as Type)
        : this.fromRecipe(given[name], fieldType as Type, `${path}.${name}`),
    );
  }

  /** Without a recipe, the value follows from the attribute's name and type. */
  private byName(path: string, type: Type): Value {
    if (type === 'bool') return false;
    if (type === 'number') return 0;
    if (type === 'dynamic') return null;
    if (type !== 'string') {
      if (type[0] === 'map') return {};
      if (type[0] === 'object') {
        return mapFields(type[1] as unknown as ObjectValue, (field, name) =>
          this.byName(`${path}.${name}`, field as unknown as Type),
        );
      }
      return [];
    }
    return this.computeText(path);
  }

  private computeText(path: string): string {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (name === 'arn' || name.endsWith('_arn')) {
      return this.fill(
        `arn:{partition}:${service(this.type)}:{region}:{account}:${name.replace(/_?arn$/, '') || 'resource'}/{hex:17:${name}}`,
      );
    }
    if (name === 'owner_id' || name.endsWith('account_id')) return this.context.account;
    if (name === 'region') return this.region;
    if (name === 'name') return `${this.text('name_prefix') || 'terraform-'}${this.hex(26, 'name')}`;
    if (/(^|_)(date|time|at)$/.test(name)) return EPOCH;
    if (/(^|_)(endpoint|dns_name|fqdn|domain_name|address|host)$/.test(name)) {
      return this.fill(`${name.replaceAll('_', '-')}-{hex:8}.{region}.${this.context.dnsSuffix}`);
    }
    if (/(^|_)ur[il]$/.test(name)) return this.fill(`https://{hex:12}.{region}.${this.context.dnsSuffix}`);
    if (name === 'id' && path === 'id') return `${kindOf(this.type)}-${this.hex(17)}`;
    return `${name.replaceAll('_', '-')}-${this.hex(12, path)}`;
  }
}

function mapObjects(value: Value, complete: (item: ObjectValue) => Value): Value {
  if (Array.isArray(value)) return value.map((item: Value) => (isObject(item) ? complete(item) : item));
  return isObject(value) ? complete(value) : value;
}

function mapFields(object: ObjectValue, map: (value: Value, name: string) => Value): ObjectValue {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value, name)]));
}

function service(type: string): string {
  return type.split('_')[1] ?? type;
}

function kindOf(type: string): string {
  return type.split('_').slice(1).join('-') || type;
}

function uuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
