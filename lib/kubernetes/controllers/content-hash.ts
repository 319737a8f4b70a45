import { createHash } from 'node:crypto';
import { Fn, Token } from 'cdktf';
import { escapeTemplate } from '../../core/escape-template';
import { isRecord, sortedRecord } from '../../core/record';

const LENGTH = 8;

/**
 * A short hash of a value, whatever the order of its keys. What is known only after apply is hashed by Terraform, so that it
 * counts by its value and not by the reference to it.
 */
export function contentHash(value: unknown): string {
  const computed: string[] = [];
  const text = JSON.stringify([value], function (this: Readonly<Record<string, unknown>>, key) {
    // Not what JSON.stringify passes, and `canonicalJson` sees: a token has a `toJSON` that hides it. It cannot be replaced before
    // either, since tokens are numbered in the order of the sorted keys, which names of existing jobs depend on.
    const item = this[key];
    if (Token.isUnresolved(item)) return `token ${computed.push(escapeTemplate(Token.asString(item)))}`;
    return isRecord(item) ? sortedRecord(item) : literal(item);
  });
  const known = createHash('sha256').update(text).digest('hex');
  if (computed.length === 0) return known.slice(0, LENGTH);
  return Token.asString(Fn.substr(Fn.sha256(Fn.join(',', [known, ...computed])), 0, LENGTH));
}

/** As the text is written to the stack, which names of existing jobs depend on. Terraform hashes what is beside a reference. */
function literal<T>(item: T): T | string {
  return typeof item === 'string' ? escapeTemplate(item) : item;
}
