import type { IConstruct } from 'constructs';
import type { Problem } from '../core/check';
import { Claims, perApp } from '../core/claims';

/** Resources that exist once per account: duplicates would overwrite each other, each from its own state. */
const singletons = perApp(() => new Claims());

/**
 * Records that `scope` declares `what`, such as `the registry scanning of account 1 in region r`.
 * @returns a problem if another construct of the app has already declared it
 */
export function claimSingleton(scope: IConstruct, what: string): Problem {
  const owner = singletons(scope).claim(scope.node, what);
  return owner && `${what} is already declared by ${owner.path}: keep only one of them`;
}
