import type { IConstruct } from 'constructs';
import type { Problem } from '../core/check';
import { Claims, perApp } from '../core/claims';

/** What an account has one of: several would overwrite each other, each from its own state. */
const singletons = perApp(() => new Claims());

/**
 * Remembers that `scope` declares `what`, such as `the registry scanning of account 1 in region r`.
 * @returns what is wrong where another construct of the app declares it too
 */
export function claimSingleton(scope: IConstruct, what: string): Problem {
  const owner = singletons(scope).claim(scope.node, what);
  return owner && `${what} is declared by ${owner.path} already, and there is one: keep one of the two`;
}
