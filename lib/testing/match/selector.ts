import { typeName, type ResourceType } from '../resource-type';
import { matchesPath } from '../find-one';

/** A resource found in a stack, identified by its address. */
export interface Located {
  readonly type: string;
  readonly address: string;
  readonly path: string;
}

/**
 * Resources of a stack: all of a type (`Subnet`), those of a type whose construct path equals or ends with a string or
 * matches a regular expression (`[Subnet, 'private/eu-west-1a']`, `[Subnet, /private/]`), or one resource
 * (`stack.getResource(Subnet)`).
 */
export type Selector = ResourceType | readonly [type: ResourceType, path: string | RegExp] | Located;

/** @throws Error if nothing matches: an assertion about nothing would always pass */
export function select<T extends Located>(
  { name, resources }: { readonly name: string; readonly resources: readonly T[] },
  selector: Selector,
): readonly T[] {
  const found = resources.filter(predicate(selector));
  if (found.length > 0) return found;
  const type = typeOf(selector);
  const existing = resources.filter((resource) => resource.type === type).map(({ path }) => path);
  throw new Error(`${name} has no ${title(selector)}; of this type: ${existing.join(', ') || 'none'}`);
}

/** A selector's text in messages. */
export function title(selector: Selector): string {
  if (isPair(selector)) return `${typeName(selector[0])} at ${String(selector[1])}`;
  return isLocated(selector) ? `${selector.type} at ${selector.path}` : typeName(selector);
}

function predicate(selector: Selector): (resource: Located) => boolean {
  if (isLocated(selector)) return ({ address }) => address === selector.address;
  const type = typeOf(selector);
  const path = isPair(selector) ? selector[1] : undefined;
  if (path === undefined) return (resource) => resource.type === type;
  const matches = typeof path === 'string' ? (at: string) => matchesPath(at, path) : (at: string) => path.test(at);
  return (resource) => resource.type === type && matches(resource.path);
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
