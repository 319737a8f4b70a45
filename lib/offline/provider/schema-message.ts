import { factsOf } from '../facts/facts';
import type { Attribute, Block, NestedBlock, Nesting, ProviderSchemas } from '../schema/schema';
import { message, type ProtobufField } from '../wire/protobuf';

/** The enum values shared by the protocol's messages. */
const NESTING: Readonly<Record<Nesting, number>> = { single: 1, list: 2, set: 3, map: 4 };

/** The response to GetProviderSchema (tfplugin6.proto). */
export function schemaResponse({ name, provider, resources, dataSources }: ProviderSchemas): Buffer {
  return message(
    [1, schemaMessage(provider, [])],
    ...schemaMap(2, resources, (type) => factsOf(name, type).sensitive),
    ...schemaMap(3, dataSources, (type) => factsOf(name, `data.${type}`).sensitive ?? factsOf(name, type).sensitive),
    [6, SERVER_CAPABILITIES],
  );
}

/** No PlanDestroy; MoveResourceState is supported. */
const SERVER_CAPABILITIES = message([3, true]);

function schemaMap(
  field: number,
  schemas: Readonly<Record<string, Block>>,
  sensitive: (type: string) => readonly string[] | undefined,
): ProtobufField[] {
  return Object.entries(schemas).map(([type, block]) => [
    field,
    message([1, type], [2, schemaMessage(block, sensitive(type) ?? [])]),
  ]);
}

function schemaMessage(block: Block, sensitive: readonly string[]): Buffer {
  return message([2, blockMessage(block, '', new Set(sensitive))]);
}

function blockMessage({ attributes, blocks }: Block, prefix: string, sensitive: ReadonlySet<string>): Buffer {
  return message(
    ...Object.entries(attributes).map(([name, attribute]): ProtobufField => [
      2,
      attributeMessage(name, attribute, prefix, sensitive),
    ]),
    ...Object.entries(blocks).map(([name, nested]): ProtobufField => [
      3,
      nestedMessage(name, nested, prefix, sensitive),
    ]),
  );
}

function attributeMessage(
  name: string,
  { type, nested, required, optional, computed, sensitive, writeOnly }: Attribute,
  prefix: string,
  sensitivePaths: ReadonlySet<string>,
): Buffer {
  const path = prefix + name;
  return message(
    [1, name],
    [2, type === undefined ? undefined : JSON.stringify(type)],
    [4, required],
    [5, optional],
    [6, computed],
    [7, sensitive ?? sensitivePaths.has(path)],
    [10, nested && objectMessage(nested, `${path}.`, sensitivePaths)],
    [11, writeOnly],
  );
}

function objectMessage(
  { nesting, attributes }: NonNullable<Attribute['nested']>,
  prefix: string,
  sensitive: ReadonlySet<string>,
): Buffer {
  const fields = Object.entries(attributes).map(([name, attribute]): ProtobufField => [
    1,
    attributeMessage(name, attribute, prefix, sensitive),
  ]);
  return message(...fields, [3, NESTING[nesting]]);
}

function nestedMessage(
  name: string,
  { nesting, block, minItems, maxItems }: NestedBlock,
  prefix: string,
  sensitive: ReadonlySet<string>,
): Buffer {
  return message(
    [1, name],
    [2, blockMessage(block, `${prefix}${name}.`, sensitive)],
    [3, NESTING[nesting]],
    [4, minItems],
    [5, maxItems],
  );
}
