import { Token } from 'cdktf';
import { formatValue } from './format';
import { isRecord } from './record';
import { checkedBy, type Shape } from './shape';

/** Source: "Tag naming limits and requirements", AWS Tagging Best Practices. */
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;
/** Of a resource. Each has those of the stack. */
const MAX_TAGS = 50;

/** Tags of AWS resources. */
export const TAGS: Shape<Readonly<Record<string, string>>> = checkedBy('an object of strings', tagProblems);

function tagProblems(tags: unknown, path: string): readonly string[] {
  if (!isRecord(tags)) return [`${path} must be an object of strings, got ${formatValue(tags)}`];
  const keys = Object.keys(tags);
  return [
    ...(keys.length > MAX_TAGS
      ? [
          `${path} has ${keys.length} keys, AWS allows at most ${MAX_TAGS} per resource, with its own: remove at least ${keys.length - MAX_TAGS}`,
        ]
      : []),
    ...keys.flatMap((key) => keyProblems(path, key)),
    ...Object.entries(tags).flatMap(([key, value]) => valueProblems(`${path}.${key}`, value)),
    ...keys.flatMap((key, index) => sameKeyProblems(path, key, keys.slice(0, index))),
  ];
}

function keyProblems(path: string, key: string): readonly string[] {
  if (Token.isUnresolved(key)) return [];
  if (key.toLowerCase().startsWith('aws:')) {
    return [`${path} has the key '${key}': use another prefix, AWS reserves aws:`];
  }
  return key === '' || key.length > MAX_TAG_KEY
    ? [`${path} has the key '${key}': use 1 to ${MAX_TAG_KEY} characters`]
    : [];
}

function valueProblems(path: string, value: unknown): readonly string[] {
  if (Token.isUnresolved(value)) return [];
  if (typeof value !== 'string') return [`${path} must be a string, got ${formatValue(value)}`];
  return value.length > MAX_TAG_VALUE
    ? [`${path} has ${value.length} characters, AWS allows at most ${MAX_TAG_VALUE}: shorten it`]
    : [];
}

/**
 * Source: "Case sensitivity" of "Rules for tagging in IAM and AWS STS",
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
function sameKeyProblems(path: string, key: string, earlier: readonly string[]): readonly string[] {
  return earlier
    .filter((other) => other.toLowerCase() === key.toLowerCase())
    .map((other) => `${path} has the keys '${other}' and '${key}', which are the same key for IAM: remove one`);
}

/** Source: "Tag", https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html */
const IAM_TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Of tags that IAM roles have too: other services allow any characters. */
export function iamTagProblems(path: string, tags: Readonly<Record<string, string>>): readonly string[] {
  const isRejected = (text: string) => !Token.isUnresolved(text) && !IAM_TAG_TEXT.test(text);
  return Object.entries(tags).flatMap(([key, value]) => {
    if (!isRejected(key) && !isRejected(value)) return [];
    return [`${path} has '${key}': '${value}', which IAM rejects: use letters, digits, spaces and _.:/=+-@`];
  });
}
