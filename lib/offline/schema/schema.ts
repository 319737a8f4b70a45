/** A Terraform type constraint, in the JSON form that the plugin protocol uses. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', Type]
  | readonly ['object', Readonly<Record<string, Type>>]
  | readonly ['tuple', readonly Type[]];

export type Nesting = 'single' | 'list' | 'set' | 'map';

/** What a resource, data source, provider or nested block takes and gives. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

export interface Attribute {
  /** Absent where `nested` says it. */
  readonly type?: Type;
  /** An attribute that holds objects with attributes of their own (protocol 6). */
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

/** The schemas of one provider: of the types that a stack uses, not of all. */
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
