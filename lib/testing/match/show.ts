import { isAsymmetric } from './attribute-names';

/** Longer values, such as policies, are truncated in messages. */
const LONGEST = 400;

/** A value on one line, for a message. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value, (_, item: unknown) => (isAsymmetric(item) ? describe(item) : item));
  const plain = text.replaceAll(/"«(.*?)»"/g, (_, inner: string) => inner.replaceAll('\\"', '"'));
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}...` : plain;
}

function describe(matcher: object): string {
  const { sample } = matcher as { readonly sample?: unknown };
  const expected =
    sample === undefined ? '' : `<${sample instanceof RegExp ? String(sample) : JSON.stringify(sample)}>`;
  return `«${String(matcher)}${expected}»`;
}
