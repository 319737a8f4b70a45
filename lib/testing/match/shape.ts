import { ProviderPackage, SchemaError, UnknownTypeError } from '../../offline/schema/provider-package';
import type { Attribute, Block, Type } from '../../offline/schema/schema';

/** The names in a value, as in the classes of a provider's package. */
export type Shape =
  /** An object, or a collection of such objects, with known fields. */
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, AttributeField>; readonly unordered?: boolean }
  /** Keys are free-form. */
  | { readonly kind: 'map'; readonly values: Shape }
  | { readonly kind: 'plain'; readonly unordered?: boolean }
  /** No schema: names are converted by the general rule. */
  | { readonly kind: 'unknown' };

interface AttributeField {
  /** Terraform's name. */
  readonly name: string;
  readonly shape: Shape;
}

const PLAIN: Shape = { kind: 'plain' };
const UNKNOWN: Shape = { kind: 'unknown' };
/** Meta-arguments, which every resource has. */
const META = ['count', 'for_each', 'lifecycle', 'depends_on', 'provider', 'provisioner', 'connection'];

const known = new Map<string, Shape>();
const packages = new Map<string, ProviderPackage>();

/**
 * The names of a resource type's attributes, from its provider's package; `unknown` if that is not installed.
 * @throws Error if the package is installed and has no such type
 */
export function shapeOf(type: string): Shape {
  const shape = known.get(type) ?? derive(type);
  known.set(type, shape);
  return shape;
}

/** `cidr_block` as in generated classes: `cidrBlock`. A letter after a digit is uppercase. */
export function camelCase(name: string): string {
  return name
    .replace(/_+([a-z0-9])/g, (_, first: string) => first.toUpperCase())
    .replace(/\d[a-z]/g, (pair) => pair.toUpperCase());
}

function derive(type: string): Shape {
  const provider = type.split('_')[0]!;
  try {
    const found = packages.get(provider) ?? ProviderPackage.find(provider, [process.cwd(), __dirname]);
    packages.set(provider, found);
    const fields = blockFields(found.schema('resource', type));
    for (const name of META) fields.set(camelCase(name), { name, shape: UNKNOWN });
    return { kind: 'fields', fields };
  } catch (error) {
    if (error instanceof SchemaError && !(error instanceof UnknownTypeError)) return UNKNOWN;
    throw error;
  }
}

function blockFields({ attributes, blocks }: Block): Map<string, AttributeField> {
  const fields = new Map<string, AttributeField>();
  for (const [name, attribute] of Object.entries(attributes)) add(fields, name, () => attributeShape(attribute));
  for (const [name, { nesting, block }] of Object.entries(blocks)) {
    add(fields, name, () => {
      const shape: Shape = { kind: 'fields', fields: blockFields(block), unordered: nesting === 'set' };
      return nesting === 'map' ? { kind: 'map', values: shape } : shape;
    });
  }
  return fields;
}

/** Resolved lazily: shapes nest deeply, and most parts are never used. */
function add(fields: Map<string, AttributeField>, name: string, shape: () => Shape): void {
  let resolved: Shape | undefined;
  const field = {
    name,
    get shape() {
      return (resolved ??= shape());
    },
  };
  fields.set(camelCase(name), field);
  // Names that are reserved in classes have this suffix.
  fields.set(`${camelCase(name)}Attribute`, field);
}

function attributeShape({ type, nested }: Attribute): Shape {
  if (type !== undefined) return typeShape(type);
  const shape: Shape = { kind: 'fields', fields: blockFields({ attributes: nested!.attributes, blocks: {} }) };
  return nested!.nesting === 'map' ? { kind: 'map', values: shape } : shape;
}

function typeShape(type: Type): Shape {
  if (typeof type === 'string') return PLAIN;
  const [kind, of] = type;
  if (kind === 'map') return { kind: 'map', values: typeShape(of as Type) };
  if (kind === 'object') {
    const fields = new Map<string, AttributeField>();
    for (const [name, inner] of Object.entries(of)) add(fields, name, () => typeShape(inner as Type));
    return { kind: 'fields', fields };
  }
  if (kind === 'tuple') return PLAIN;
  const element = typeShape(of as Type);
  return kind === 'set' && (element.kind === 'plain' || element.kind === 'fields')
    ? { ...element, unordered: true }
    : element;
}
