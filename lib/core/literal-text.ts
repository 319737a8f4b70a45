import { Aspects, TerraformElement, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { perStack } from './claims';
import { escapeTemplate } from './escape-template';

/** Any element with attributes, before tokens are resolved. */
interface WithAttributes {
  synthesizeAttributes?(): Readonly<Record<string, unknown>>;
}

const literalScopes = perStack(() => new Set<IConstruct>());

/**
 * Text in the resources of a construct, or in a single resource, is literal: Terraform does not interpolate `${...}` and
 * `%{...}`. cdktf's references stay references, and overrides are written as they are. Takes effect when the stack is
 * synthesized.
 */
export function literalText(scope: IConstruct): void {
  const scopes = literalScopes(scope);
  if (scopes.size === 0) Aspects.of(TerraformStack.of(scope)).add({ visit: (node) => escape(node, scopes) });
  scopes.add(scope);
}

function escape(node: IConstruct, scopes: ReadonlySet<IConstruct>): void {
  if (!TerraformElement.isTerraformElement(node) || !scopes.has(ownerOf(node, scopes))) return;
  const element = node as WithAttributes;
  // A stack may be synthesized twice.
  if (!element.synthesizeAttributes || Object.hasOwn(element, 'synthesizeAttributes')) return;
  const attributes = element.synthesizeAttributes.bind(element);
  element.synthesizeAttributes = () => escapeAll(attributes()) as Readonly<Record<string, unknown>>;
}

/** The element itself, or the construct that it belongs to: groups of resources and elements may be in between. */
function ownerOf(element: IConstruct, scopes: ReadonlySet<IConstruct>): IConstruct {
  if (scopes.has(element)) return element;
  let { scope } = element.node;
  while (scope && !scopes.has(scope) && (scope.constructor === Construct || isPartOfStack(scope))) {
    ({ scope } = scope.node);
  }
  return scope ?? element;
}

function isPartOfStack(scope: IConstruct): boolean {
  return TerraformElement.isTerraformElement(scope) && !TerraformStack.isStack(scope);
}

function escapeAll(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('{') ? escapeTemplate(value) : value;
  if (Array.isArray(value)) return value.map(escapeAll);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [escapeAll(key), escapeAll(item)]));
}
