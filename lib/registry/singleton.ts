import type { IConstruct } from 'constructs';

/** What an account has one of, by app: several would overwrite each other, each from its own state. */
const ownersByApp = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Remembers that `scope` declares `what`, such as `the registry scanning of account 1 in region r`.
 * @returns what is wrong where another construct of the app declares it too
 */
export function claimSingleton(scope: IConstruct, what: string): string | false {
  const owners = ownersByApp.get(scope.node.root) ?? new Map<string, string>();
  ownersByApp.set(scope.node.root, owners);
  const owner = owners.get(what);
  if (owner === undefined) owners.set(what, scope.node.path);
  return owner !== undefined && `${what} is declared by ${owner} already, and there is one: keep one of the two`;
}
