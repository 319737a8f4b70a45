import { createHash } from 'node:crypto';
import { Token } from 'cdktf';
import type { Problem } from './check';

/**
 * The longest name that AWS takes, in characters, by kind.
 * Sources: the "Quotas" and API reference pages of each service.
 */
export const NAME_LIMITS = {
  'access-log-bucket': 63,
  'auto-scaling-group': 255,
  'ecr-repository': 256,
  'eks-cluster': 100,
  'eks-node-group': 63,
  /** A prefix of it, without the dash that ends it; the provider adds 26 characters. */
  'eks-node-group-prefix': 36,
  'event-rule': 64,
  'iam-instance-profile': 128,
  'iam-policy': 128,
  'iam-role': 64,
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
 * A name from its parts, joined by `-`. One that is too long for its kind is cut and ends in a hash of the whole, so
 * that two long names stay different.
 */
export function physicalName(kind: NameKind, ...parts: readonly string[]): string {
  const full = parts.filter((part) => part !== '').join('-');
  const limit = NAME_LIMITS[kind];
  if (Token.isUnresolved(full) || full.length <= limit) return full;
  return `${full.slice(0, limit - HASH_LENGTH - 1).replace(/-+$/, '')}-${shortHash(full)}`;
}

/**
 * A name that changes with what forces the resource's replacement: needed under `create_before_destroy`, where the old
 * and the new resource exist side by side. What Terraform has yet to compute is left out of the hash: the text of a token
 * changes with whatever else the app holds.
 */
export function replacementName(kind: NameKind, base: string, replacedBy: readonly unknown[]): string {
  const known = JSON.stringify(replacedBy, (_, value: unknown) => (Token.isUnresolved(value) ? null : value));
  const suffix = shortHash(known);
  const room = NAME_LIMITS[kind] - HASH_LENGTH - 1;
  const head = base.length <= room ? base : physicalNameWithin(base, room);
  return `${head}-${suffix}`;
}

/** Eight hexadecimal digits of SHA-256: enough to tell the names of one account apart. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}

/** Says what is wrong with a name that the user chose, which is never cut. */
export function nameTooLong(kind: NameKind, prop: string, name: string): Problem {
  const limit = NAME_LIMITS[kind];
  return (
    !Token.isUnresolved(name) &&
    name.length > limit &&
    `${prop} '${name}' has ${name.length} characters, AWS takes ${limit}: shorten it`
  );
}

function physicalNameWithin(base: string, room: number): string {
  return `${base.slice(0, room - HASH_LENGTH - 1).replace(/-+$/, '')}-${shortHash(base)}`;
}
