import { typeName, type ResourceType } from '../resource-type';
import { matchesPath } from '../find-one';

/** Something that was found in a stack: the address says which. */
export interface Located {
  readonly type: string;
  readonly address: string;
  readonly path: string;
}

/**
 * Resources of a stack: all of a type (`Subnet`), those of a type whose construct path is, ends in, or matches
 * something (`[Subnet, 'private/eu-west-1a']`, `[Subnet, /private/]`), or one that was found (`stack.getResource(Subnet)`).
 */
export type Selector = ResourceType | readonly [type: ResourceType, path: string | RegExp] | Located;

/**
 * @throws Error where there is none: a statement about nothing would always hold
 */
export function select<T extends Located>(
  { name, resources }: { readonly name: string; readonly resources: readonly T[] },
  selector: Selector,
): readonly T[] {
  const found = resources.filter(chooser(selector));
  if (found.length > 0) return found;
  const type = typeOf(selector);
  const there = resources.filter((resource) => resource.type === type).map(({ path }) => path);
  throw new Error(`${name} has no ${title(selector)}; of that type it has: ${there.join(', ') || 'none'}`);
}

/** How a selector is called in a message. */
export function title(selector: Selector): string {
  if (isPair(selector)) return `${typeName(selector[0])} at ${String(selector[1])}`;
  return isLocated(selector) ? `${selector.type} at ${selector.path}` : typeName(selector);
}

function chooser(selector: Selector): (resource: Located) => boolean {
  if (isLocated(selector)) return ({ address }) => address === selector.address;
  const type = typeOf(selector);
  const path = isPair(selector) ? selector[1] : undefined;
  if (path === undefined) return (resource) => resource.type === type;
  const isThere = typeof path === 'string' ? (at: string) => matchesPath(at, path) : (at: string) => path.test(at);
  return (resource) => resource.type === type && isThere(resource.path);
}

function typeOf(selector: Selector): string {
  if (isPair(selector)) return typeName(selector[0]);
  return isLocated(selector) ? selector.type : typeName(selector);
}

function isPair(selector: Selector): selector is readonly [ResourceType, string | RegExp] {
  return Array.isArray(selector);
}

function isLocated(selector: Selector): selector is Located {
  return typeof selector === 'object' && 'address' in selector;
}
