import { isRecord } from '../../core/record';
import type { SkippedProvisioners } from '../results';
import type { TerraformJson } from '../terraform-json';
import { addressesOf, mentions } from '../workspace/read-outputs';
import { mapBodies, type Body } from './json-bodies';

/** A configuration without provisioners and their connections, and what was removed. */
export interface WithoutProvisioners {
  readonly json: TerraformJson;
  readonly skipped: readonly SkippedProvisioners[];
}

/**
 * Removes every provisioner, in all forms that Terraform's JSON syntax allows. What a provisioner refers to becomes a
 * dependency of its resource, so that the order stays the same.
 */
export function withoutProvisioners(json: TerraformJson): WithoutProvisioners {
  const skipped: SkippedProvisioners[] = [];
  const strip = (body: Body, address: string): Body => {
    const { provisioner, connection, ...rest } = body;
    if (provisioner === undefined && connection === undefined) return body;
    const types = provisionerTypes(provisioner);
    if (types.length > 0) skipped.push({ address, types });
    return { ...rest, ...dependencies(json, address, body) };
  };
  const resource = json.resource && mapBodies(json.resource, 2, (body, labels) => strip(body, labels.join('.')));
  const removed = mapBodies(json.removed, 0, (body) => {
    const { provisioner, connection: _, ...rest } = body;
    const types = provisionerTypes(provisioner);
    if (types.length > 0) skipped.push({ address: String(body['from']).replace(/^\$\{(.*)\}$/, '$1'), types });
    return rest;
  });
  return {
    json: {
      ...json,
      ...(resource !== undefined && { resource: resource as TerraformJson['resource'] }),
      ...(removed !== undefined && { removed }),
    },
    skipped,
  };
}

/** `local-exec`, once for each provisioner. */
function provisionerTypes(provisioner: unknown): readonly string[] {
  if (Array.isArray(provisioner)) return provisioner.flatMap(provisionerTypes);
  if (!isRecord(provisioner)) return [];
  return Object.entries(provisioner).flatMap(([type, bodies]) => {
    if (type === '//') return [];
    return Array.isArray(bodies) ? bodies.map(() => type) : [type];
  });
}

function dependencies(json: TerraformJson, own: string, { provisioner, connection, depends_on }: Body): Body {
  const expressions = interpolations(JSON.stringify([provisioner, connection]));
  const found = [...addressesOf(json)].filter(
    (address) => address !== own && expressions.some((text) => mentions(text, address)),
  );
  if (found.length === 0) return {};
  const given = Array.isArray(depends_on) ? (depends_on as readonly string[]) : [];
  return { depends_on: [...new Set([...given, ...found])] };
}

/** What stands between `${` and the matching brace. */
function interpolations(text: string): readonly string[] {
  const found: string[] = [];
  for (const { index } of text.matchAll(/(?<!\$)\$\{|(?<!%)%\{/g)) {
    let depth = 1;
    let at = index + 2;
    for (; at < text.length && depth > 0; at += 1) depth += text[at] === '{' ? 1 : text[at] === '}' ? -1 : 0;
    found.push(text.slice(index, at));
  }
  return found;
}
