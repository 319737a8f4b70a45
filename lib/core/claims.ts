import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * A value for each app, created when it is first asked for. An app, not the process, is the scope of what spans
 * constructs: tests and plans build several apps in one process.
 */
export function perApp<T>(create: () => T): (scope: IConstruct) => T {
  return perOwner(create, ({ node }) => node.root);
}

/** As `perApp`, for each stack. */
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

/** Who claims a key: a construct's node, or what else is to be known of it. */
export interface Claimant {
  readonly path: string;
}

/** Keys that can have one owner each, such as the names of an account: `claims.claim(this.node, name)`. */
export class Claims<C extends Claimant = Claimant> {
  private readonly owners = new Map<string, C>();

  /**
   * Claims the keys that name one thing; none of them where one is taken.
   * @returns who has it already
   */
  claim(claimant: C, ...keys: readonly string[]): C | undefined {
    const owner = keys.map((key) => this.owners.get(key)).find((one) => one !== undefined);
    if (!owner) for (const key of keys) this.owners.set(key, claimant);
    return owner;
  }
}
