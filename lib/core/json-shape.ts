import { Token } from 'cdktf';
import { formatValue } from './format';
import { isRecord } from './record';
import { checkedBy, optional, record, type Shape } from './shape';

/** What JSON can hold: a configuration whose schema is another program's. What is undefined is left out. */
const JSON_VALUE: Shape<unknown> = optional(checkedBy('a value', (given, path) => jsonProblems(given, path, [])));

/** An object of such values. */
export const jsonObject = (expected?: string): Shape<Readonly<Record<string, unknown>>> => record(JSON_VALUE, expected);

/** JSON has no word for the others: they would become null, an empty object, or nothing. */
function jsonProblems(given: unknown, path: string, within: readonly object[]): readonly string[] {
  if (given === null || given === undefined || ['string', 'boolean'].includes(typeof given)) return [];
  if (Token.isUnresolved(given) || Number.isFinite(given)) return [];
  const isPlain = isRecord(given) && [Object.prototype, null].includes(Object.getPrototypeOf(given) as object | null);
  if (!isPlain && !Array.isArray(given)) {
    return [`${path} must be a string, a number, true, false, null, a list or an object, got ${formatOther(given)}`];
  }
  if (within.includes(given)) return [`${path} contains itself: write what it stands for`];
  const item = (key: string, index: boolean) => (index ? `${path}[${key}]` : `${path}.${key}`);
  return Object.entries(given).flatMap(([key, value]) =>
    jsonProblems(value, item(key, Array.isArray(given)), [...within, given]),
  );
}

function formatOther(given: unknown): string {
  if (!isRecord(given)) return typeof given === 'symbol' ? given.toString() : formatValue(given);
  const { name } = given.constructor as { readonly name?: string };
  return formatValue(given).startsWith('the construct') ? formatValue(given) : `an object of class ${name}`;
}
