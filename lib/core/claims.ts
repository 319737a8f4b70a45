import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * A value per app, created on first use. Per app, not per process: tests and plans build several apps in one process.
 */
export function perApp<T>(create: () => T): (scope: IConstruct) => T {
  return perOwner(create, ({ node }) => node.root);
}

/** Like `perApp`, per stack. */
export function perStack<T>(create: () => T): (scope: IConstruct) => T {
  return perOwner(create, (scope) => TerraformStack.of(scope));
}

function perOwner<T>(create: () => T, ownerOf: (scope: IConstruct) => IConstruct): (scope: IConstruct) => T {
  const values = new WeakMap<IConstruct, T>();
  return (scope) => {
    const owner = ownerOf(scope);
    const value = values.get(owner) ?? create();
    values.set(owner, value);
    return value;
  };
}

/** The owner of a key: a construct's node, or an object with more details. */
export interface Claimant {
  readonly path: string;
}

/** Keys with one owner each, such as names that are unique per account: `claims.claim(this.node, name)`. */
export class Claims<C extends Claimant = Claimant> {
  private readonly owners = new Map<string, C>();

  /**
   * Claims all the keys, or none if one is taken.
   * @returns the existing owner
   */
  claim(claimant: C, ...keys: readonly string[]): C | undefined {
    const owner = keys.map((key) => this.owners.get(key)).find((one) => one !== undefined);
    if (!owner) for (const key of keys) this.owners.set(key, claimant);
    return owner;
  }
}
