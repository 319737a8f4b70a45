import { attributeType, type Block, type Type } from '../schema/schema';
import { Dynamic, type Value } from '../wire/values';

/**
 * Converts a resource's JSON state to the current schema: attributes that the schema lacks are dropped, attributes that
 * the state lacks are null.
 */
export function fromState(block: Block, state: unknown): Value {
  if (state === null || typeof state !== 'object') return null;
  const json = state as Record<string, unknown>;
  const result: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    result[name] = fromJson(attributeType(attribute), json[name]);
  }
  for (const [name, { nesting, block: nested }] of Object.entries(block.blocks)) {
    const value = json[name];
    if (nesting === 'single') result[name] = fromState(nested, value ?? null);
    else if (nesting === 'map') {
      result[name] = Object.fromEntries(
        Object.entries((value ?? {}) as Record<string, unknown>).map(([key, item]) => [key, fromState(nested, item)]),
      );
    } else result[name] = Array.isArray(value) ? value.map((item) => fromState(nested, item)) : [];
  }
  return result;
}

function fromJson(type: Type, json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (type === 'dynamic') {
    const { type: own, value } = json as { type: Type; value: unknown };
    return new Dynamic(own, fromJson(own, value));
  }
  if (typeof type === 'string') return primitive(type, json);
  switch (type[0]) {
    case 'list':
    case 'set':
      return Array.isArray(json) ? json.map((item) => fromJson(type[1], item)) : null;
    case 'tuple':
      return Array.isArray(json) ? json.map((item, index) => fromJson(type[1][index]!, item)) : null;
    case 'map':
      return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, fromJson(type[1], item)]));
    case 'object':
      return Object.fromEntries(
        Object.entries(type[1]).map(([key, field]) => [key, fromJson(field, (json as Record<string, unknown>)[key])]),
      );
  }
}

/** States of older provider versions contain numbers and booleans as strings. */
function primitive(type: 'string' | 'number' | 'bool', json: unknown): Value {
  if (typeof json === 'object') return null;
  if (type === 'string') return String(json);
  if (type === 'number') return Number(json);
  return json === true || json === 'true';
}
