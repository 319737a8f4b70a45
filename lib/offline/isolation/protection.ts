import { isRecord } from '../../core/record';
import { isProtected, protectionOf } from '../facts/protection';
import type { TerraformJson } from '../terraform-json';
import { mapBodies, type Body } from './json-bodies';

/** A resource outside the stack's own file whose deletion something prevents. */
export interface ProtectedResource {
  readonly type: string;
  readonly name: string;
  /** Arguments that turn the protections off. */
  readonly unprotected: Body;
}

/** A configuration whose resources can be destroyed. */
export interface Unprotected {
  readonly json: TerraformJson;
  /** The resources that were protected. */
  readonly addresses: readonly string[];
}

/** Turns deletion protection off, and removes `prevent_destroy`. */
export function withoutProtection(json: TerraformJson): Unprotected {
  const addresses: string[] = [];
  const resource = mapBodies(json.resource, 2, (body, [type = '', name = '']) => {
    const unprotected = unprotectedBody(type, body);
    if (unprotected === body) return body;
    addresses.push(`${type}.${name}`);
    return unprotected;
  });
  return {
    json: addresses.length > 0 ? { ...json, resource: resource as TerraformJson['resource'] } : json,
    addresses,
  };
}

function unprotectedBody(type: string, body: Body): Body {
  const protection = isProtected(type, body) ? protectionOf(type) : undefined;
  const isGuarded = lifecycles(body).some(({ prevent_destroy }) => isSet(prevent_destroy));
  if (!protection && !isGuarded) return body;
  return {
    ...body,
    ...(protection && { [protection.attribute]: protection.off }),
    ...(body['lifecycle'] !== undefined && {
      lifecycle: lifecycles(body).map((one) => freed(one, protection?.attribute)),
    }),
  };
}

/** A lifecycle that neither prevents the destruction nor ignores the changed attribute. */
function freed(lifecycle: Body, attribute: string | undefined): Body {
  const { prevent_destroy: _, ignore_changes: ignored, ...rest } = lifecycle;
  if (ignored === undefined) return rest;
  if (attribute === undefined) return { ...rest, ignore_changes: ignored };
  return Array.isArray(ignored) ? { ...rest, ignore_changes: ignored.filter((name) => name !== attribute) } : rest;
}

function lifecycles(body: Body): readonly Body[] {
  return [body['lifecycle'] ?? []].flat().filter(isRecord);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 'false';
}

/** The protection of a resource of which only the names of the arguments are known. */
export function protectedIn(
  type: string,
  name: string,
  attributes: readonly string[],
  hasPreventDestroy: boolean,
): ProtectedResource | undefined {
  const protection = protectionOf(type);
  const isProtectedType = protection && (protection.byDefault === true || attributes.includes(protection.attribute));
  if (!isProtectedType && !hasPreventDestroy) return undefined;
  const unprotected = {
    ...(isProtectedType && { [protection.attribute]: protection.off }),
    ...(hasPreventDestroy && { lifecycle: { prevent_destroy: false } }),
  };
  return { type, name, unprotected };
}
