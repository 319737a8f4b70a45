import { createHash } from 'node:crypto';
import { Token } from 'cdktf';
import type { Problem } from './check';

/**
 * The longest name that AWS allows, in characters, by kind.
 * Sources: the "Quotas" and API reference pages of each service.
 */
export const NAME_LIMITS = {
  'access-log-bucket': 63,
  'auto-scaling-group': 255,
  'ecr-repository': 256,
  'eks-cluster': 100,
  'eks-node-group': 63,
  /** A name prefix without its trailing dash; the provider appends 26 characters. */
  'eks-node-group-prefix': 36,
  'event-rule': 64,
  'iam-instance-profile': 128,
  'iam-policy': 128,
  'iam-role': 64,
  /** A name prefix without its trailing dash; the provider appends 26 characters. */
  'iam-role-prefix': 37,
  'kms-alias': 256,
  'launch-template': 128,
  'lifecycle-hook': 255,
  'load-balancer': 32,
  'log-group': 512,
  's3-bucket': 63,
  'security-group': 255,
  'sqs-queue': 80,
  'target-group': 32,
  'web-acl': 128,
} as const;

export type NameKind = keyof typeof NAME_LIMITS;

const HASH_LENGTH = 8;

/**
 * A name from its parts, joined by `-`. If it is too long for its kind, it is truncated and ends in a hash of the full
 * name, so that long names stay unique.
 */
export function physicalName(kind: NameKind, ...parts: readonly string[]): string {
  const full = parts.filter((part) => part !== '').join('-');
  const limit = NAME_LIMITS[kind];
  if (Token.isUnresolved(full) || full.length <= limit) return full;
  return `${full.slice(0, limit - HASH_LENGTH - 1).replace(/-+$/, '')}-${shortHash(full)}`;
}

/**
 * A name that changes with the values that force a replacement: required by `create_before_destroy`, where the old and
 * the new resource exist side by side. Values known after apply are not hashed: the text of a token depends on the rest
 * of the app.
 */
export function replacementName(kind: NameKind, base: string, replacedBy: readonly unknown[]): string {
  const known = JSON.stringify(replacedBy, (_, value: unknown) => (Token.isUnresolved(value) ? null : value));
  const suffix = shortHash(known);
  const room = NAME_LIMITS[kind] - HASH_LENGTH - 1;
  const head = base.length <= room ? base : physicalNameWithin(base, room);
  return `${head}-${suffix}`;
}

/** Eight hexadecimal digits of SHA-256: enough for unique names within an account. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}

/** Validates the length of a name that the user chose: it is never truncated. */
export function nameTooLong(kind: NameKind, prop: string, name: string): Problem {
  const limit = NAME_LIMITS[kind];
  return (
    !Token.isUnresolved(name) &&
    name.length > limit &&
    `${prop} '${name}' has ${name.length} characters, AWS allows at most ${limit}: shorten it`
  );
}

function physicalNameWithin(base: string, room: number): string {
  return `${base.slice(0, room - HASH_LENGTH - 1).replace(/-+$/, '')}-${shortHash(base)}`;
}
