/** A Terraform type constraint, in the JSON format of the plugin protocol. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', Type]
  | readonly ['object', Readonly<Record<string, Type>>]
  | readonly ['tuple', readonly Type[]];

export type Nesting = 'single' | 'list' | 'set' | 'map';

/** The schema of a resource, data source, provider or nested block. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

export interface Attribute {
  /** Absent if `nested` is set. */
  readonly type?: Type;
  /** The nested attributes of an attribute of objects (protocol 6). */
  readonly nested?: { readonly nesting: Nesting; readonly attributes: Readonly<Record<string, Attribute>> };
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
  readonly sensitive?: true;
  readonly writeOnly?: true;
}

export interface NestedBlock {
  readonly nesting: Nesting;
  readonly block: Block;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export type SchemaKind = 'resource' | 'data' | 'provider';

/** The schemas of one provider, for the types that a stack uses. */
export interface ProviderSchemas {
  /** The last part of the provider's source: `aws`. */
  readonly name: string;
  readonly provider: Block;
  readonly resources: Readonly<Record<string, Block>>;
  readonly dataSources: Readonly<Record<string, Block>>;
}

/** The type of a block's value. */
export function objectType(block: Block): readonly ['object', Readonly<Record<string, Type>>] {
  const fields: Record<string, Type> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) fields[name] = attributeType(attribute);
  for (const [name, nested] of Object.entries(block.blocks)) {
    fields[name] = collectionOf(nested.nesting, objectType(nested.block));
  }
  return ['object', fields];
}

export function attributeType(attribute: Attribute): Type {
  if (attribute.type !== undefined) return attribute.type;
  const { nesting, attributes } = attribute.nested!;
  return collectionOf(nesting, objectType({ attributes, blocks: {} }));
}

export function collectionOf(nesting: Nesting, element: Type): Type {
  return nesting === 'single' ? element : [nesting, element];
}
