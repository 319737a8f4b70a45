import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from '@swc/core';

/** A node of swc's syntax tree, as far as types are looked for. */
interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A declaration by its file and name. */
interface Declared {
  readonly file: string;
  readonly name: string;
}

interface SourceFile {
  readonly imports: ReadonlyMap<string, Declared>;
  readonly reexports: ReadonlyMap<string, Declared>;
  readonly declarations: ReadonlyMap<string, { readonly node: Node; readonly isExported: boolean }>;
}

const LIB = join(__dirname, '..', '..', 'lib');
const files = new Map<string, SourceFile>();

/**
 * Types of the library that appear in what an entry point exports, and that neither it nor one of the others exports, each
 * with the first declaration that mentions it.
 */
export function unexportedTypes(entryPoint: string, others: readonly string[] = []): readonly string[] {
  const exported = exportsOf(entryPoint);
  const known = new Set([entryPoint, ...others].flatMap(exportsOf).map(keyOf));
  const missing = new Map<string, string>();
  const visited = new Set<string>();
  const visit = (declared: Declared): void => {
    if (visited.has(keyOf(declared))) return;
    visited.add(keyOf(declared));
    const { declarations, imports } = sourceFile(declared.file);
    const declaration = declarations.get(declared.name);
    for (const name of declaration ? referencedTypes(declaration.node) : []) {
      const local = declarations.get(name);
      const target = local ? { file: declared.file, name } : imports.get(name);
      if (!target) continue;
      const origin = original(target);
      if (local && !local.isExported) visit(origin);
      else if (!known.has(keyOf(origin))) {
        missing.set(keyOf(origin), `${keyOf(origin)}, of ${declared.name}`);
        visit(origin);
      }
    }
  };
  for (const declared of exported) visit(declared);
  return [...missing.values()].sort();
}

function exportsOf(entryPoint: string): readonly Declared[] {
  return [...sourceFile(join(LIB, entryPoint)).reexports.values()].map(original);
}

/** The names that entry points export. */
export function exportedNames(...entryPoints: readonly string[]): ReadonlySet<string> {
  return new Set(entryPoints.flatMap((entryPoint) => [...sourceFile(join(LIB, entryPoint)).reexports.keys()]));
}

/** The names that a file of the library declares and exports. */
export function declaredIn(file: string): readonly string[] {
  const { declarations } = sourceFile(file);
  return [...declarations].flatMap(([name, { isExported }]) => (isExported ? [name] : []));
}

function keyOf({ file, name }: Declared): string {
  return `${relative(LIB, file)} ${name}`;
}

/** Where a name comes from that files pass on. */
function original(declared: Declared): Declared {
  const passedOn = sourceFile(declared.file).reexports.get(declared.name);
  return passedOn ? original(passedOn) : declared;
}

function sourceFile(file: string): SourceFile {
  const known = files.get(file);
  if (known) return known;
  const { body } = parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' }) as unknown as {
    readonly body: readonly Node[];
  };
  const [imports, reexports] = [new Map<string, Declared>(), new Map<string, Declared>()];
  const declarations = new Map<string, { node: Node; isExported: boolean }>();
  for (const item of body) {
    const source = (item['source'] as { readonly value: string } | undefined)?.value;
    const target = source?.startsWith('.') ? join(dirname(file), `${source}.ts`) : undefined;
    for (const specifier of (item['specifiers'] ?? []) as readonly Record<string, { readonly value: string }>[]) {
      if (target === undefined || !existsSync(target)) continue;
      if (item.type === 'ImportDeclaration') {
        const { local, imported } = specifier;
        imports.set(local!.value, { file: target, name: (imported ?? local)!.value });
      } else {
        const { orig, exported } = specifier;
        reexports.set((exported ?? orig)!.value, { file: target, name: orig!.value });
      }
    }
    const node = item.type === 'ExportDeclaration' ? (item['declaration'] as Node) : item;
    for (const name of declaredNames(node)) declarations.set(name, { node, isExported: node !== item });
  }
  const parsed = { imports, reexports, declarations };
  files.set(file, parsed);
  return parsed;
}

function declaredNames(node: Node): readonly string[] {
  if (node.type === 'VariableDeclaration') {
    return (node['declarations'] as readonly { readonly id: { readonly value?: string } }[]).flatMap(
      ({ id }) => id.value ?? [],
    );
  }
  const identifier = (node['identifier'] ?? node['id']) as { readonly value?: string } | undefined;
  return identifier?.value === undefined ? [] : [identifier.value];
}

/** What nobody outside sees: bodies, initial values, private members. */
const HIDDEN = new Set(['body', 'init', 'value', 'decorators', 'span']);

/** The names of the types that a declaration shows. */
function referencedTypes(root: Node): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: unknown, path: readonly string[]): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, path);
      return;
    }
    if (value === null || typeof value !== 'object') return;
    const node = value as Node;
    if (node['accessibility'] === 'private' && node.type !== 'TsParameterProperty') return;
    if (node.type === 'TsTypeReference') add(node['typeName'] as Node);
    if (node.type === 'TsExpressionWithTypeArguments') add(node['expression'] as Node);
    for (const [key, inner] of Object.entries(node)) {
      // The members of a class and of an interface are its body.
      const isMembers = key === 'body' && (Array.isArray(inner) || (inner as Node | null)?.type === 'TsInterfaceBody');
      if (!HIDDEN.has(key) || isMembers) walk(inner, [...path, key]);
    }
  };
  const add = (name: Node): void => {
    if (name.type === 'Identifier') found.add(String(name['value']));
  };
  walk(root, []);
  return found;
}
