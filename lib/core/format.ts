import { types } from 'node:util';
import { Construct } from 'constructs';

/** `1 stack`, `2 stacks`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** `12,345`. `Intl` takes 20 ms to load. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A value of data that is not type-checked, for messages. */
export function formatValue(value: unknown): string {
  if (isConstruct(value)) return `the construct ${value.node.path}`;
  if (typeof value === 'function') return `the function ${value.name}`;
  if (typeof value === 'number') return String(value);
  if (types.isMap(value) || types.isSet(value) || types.isDate(value)) return `a ${value.constructor.name}`;
  if (typeof value === 'string') return `'${value}'`;
  try {
    return JSON.stringify(value, (_key, item: unknown) => (isConstruct(item) ? item.node.path : item)) ?? String(value);
  } catch {
    // A cycle, or a bigint.
    return typeof value === 'object' ? 'an object that is not JSON' : String(value);
  }
}

function isConstruct(value: unknown): value is Construct {
  return Construct.isConstruct(value);
}
