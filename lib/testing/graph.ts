import type { TerraformJson } from '../offline/terraform-json';

/** The direct dependencies of each resource, data source, module and local value: references and `depends_on`. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Nodes between resources in the graph. */
const NAMED = { module: 'module', locals: 'local' };
const META_KEYS = new Set(['//']);
/** The text between `${` and `}`, allowing quotes and nested braces; sufficient for cdktf's output. */
const INTERPOLATION = /\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*)\}/g;
const REFERENCE = /\b(?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z][\w-]*/g;

/** Reads the edges of Terraform's graph from a synthesized stack. */
export function graphOf(json: TerraformJson): Graph {
  const nodes = nodesOf(json);
  return new Map([...nodes].map(([address, attributes]) => [address, within(attributes, nodes, address)]));
}

/** The addresses that a part of a stack refers to. */
export function referencesIn(part: unknown, json: TerraformJson): ReadonlySet<string> {
  return within(part, nodesOf(json));
}

function within(part: unknown, nodes: ReadonlyMap<string, unknown>, self?: string): ReadonlySet<string> {
  const found = new Set<string>();
  collect(part, found, nodes);
  if (self !== undefined) found.delete(self);
  return found;
}

function nodesOf(json: TerraformJson): ReadonlyMap<string, unknown> {
  const nodes = new Map<string, unknown>();
  for (const [prefix, section] of [
    ['', json.resource],
    ['data.', json.data],
  ] as const) {
    for (const [type, byId] of Object.entries(section ?? {})) {
      for (const [id, attributes] of Object.entries(byId)) nodes.set(`${prefix}${type}.${id}`, attributes);
    }
  }
  for (const [section, prefix] of Object.entries(NAMED)) {
    for (const [id, value] of Object.entries(json[section as 'module'] ?? {})) nodes.set(`${prefix}.${id}`, value);
  }
  return nodes;
}

/** Whether `address` depends on `other`, directly or transitively: it is created after it and destroyed before it. */
export function needs(graph: Graph, address: string, other: string): boolean {
  const seen = new Set<string>();
  const open = [address];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const needed of graph.get(next) ?? []) {
      if (needed === other) return true;
      if (!seen.has(needed)) {
        seen.add(needed);
        open.push(needed);
      }
    }
  }
  return false;
}

function collect(value: unknown, found: Set<string>, nodes: ReadonlyMap<string, unknown>): void {
  if (typeof value === 'string') {
    if (nodes.has(value)) found.add(value);
    for (const [, expression] of value.matchAll(INTERPOLATION)) {
      for (const [reference] of (expression ?? '').matchAll(REFERENCE)) if (nodes.has(reference)) found.add(reference);
    }
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, found, nodes);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) if (!META_KEYS.has(key)) collect(item, found, nodes);
  }
}
