import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from '@swc/core';

const ROOT = join(__dirname, '..', '..');
const LIB = join(ROOT, 'lib');

/** A message that a user can get, as it is written in the sources. */
export interface Message {
  /** The text, with `{}` for what is computed. */
  readonly id: string;
  /** Such as `lib/core/cidr.ts`. */
  readonly file: string;
}

/** A node of the syntax tree. */
interface Node {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** Calls whose arguments, from the given one on, are problems. */
const SINKS: ReadonlyMap<string, number> = new Map([
  ['check', 1],
  ['checkData', 1],
  ['checkAtSynth', 1],
  ['checkedBy', 1],
  ['prefixProblems', 1],
  ['ValidationError', 1],
  ['CliError', 0],
  ['UsageError', 0],
]);
/** Types of what functions return: these return problems, whoever calls them. */
const PROBLEM_TYPES = new Set(['Problem', 'CodedProblem']);
/** All messages, by folder of `lib`. */
export function collectMessages(): readonly Message[] {
  const files = sources(LIB).map((path) => new SourceFile(relative(ROOT, path), readFileSync(path, 'utf8')));
  return new Collector(files).collect();
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return entry.name.endsWith('.ts') ? [path] : [];
    })
    .sort();
}

/** What a name stands for in a file: functions, methods and values. */
class SourceFile {
  readonly body: Node;
  readonly declarations = new Map<string, Node[]>();
  readonly imported = new Set<string>();

  constructor(
    readonly file: string,
    text: string,
  ) {
    this.body = parseSync(text, { syntax: 'typescript', target: 'es2022' }) as unknown as Node;
    visit(this.body, (node) => this.declare(node));
  }

  private declare(node: Node): void {
    const add = (name: unknown, value: unknown): void => {
      const { value: text } = (name ?? {}) as { readonly value?: string };
      if (text !== undefined && isNode(value))
        this.declarations.set(text, [...(this.declarations.get(text) ?? []), value]);
    };
    if (node.type === 'FunctionDeclaration') add(node['identifier'], node);
    if (node.type === 'VariableDeclarator') add(node['id'], node['init']);
    if (node.type === 'ClassMethod' || node.type === 'PrivateMethod') add(node['key'], node['function']);
    if (node.type === 'ImportSpecifier') this.imported.add((node['local'] as { value: string }).value);
  }
}

class Collector {
  private readonly found = new Map<string, Message>();
  private readonly seen = new Set<Node>();
  /** The functions and values that any file exports, by name. */
  private readonly shared = new Map<string, { readonly node: Node; readonly source: SourceFile }>();

  constructor(private readonly files: readonly SourceFile[]) {
    for (const source of files) {
      for (const [name, [node]] of source.declarations)
        if (!this.shared.has(name)) this.shared.set(name, { node: node!, source });
    }
  }

  collect(): readonly Message[] {
    for (const source of this.files) visit(source.body, (node) => this.start(node, source));
    return [...this.found.values()];
  }

  private start(node: Node, source: SourceFile): void {
    const from =
      node.type === 'CallExpression' || node.type === 'NewExpression' ? SINKS.get(nameOf(node['callee'])) : undefined;
    if (from !== undefined) {
      for (const { expression } of argumentsOf(node).slice(from)) this.message(expression, source);
    }
    if (node.type === 'CallExpression' && (node['callee'] as Node).type === 'Super') {
      // A list of problems is passed on.
      for (const { expression } of argumentsOf(node))
        if (expression.type === 'ArrayExpression') this.message(expression, source);
    }
    // Of shapes.
    if (node.type === 'KeyValueProperty' && nameOf(node['key']) === 'problems') this.message(node['value'], source);
    if (isFunction(node) && returnsProblems(node)) this.results(node, source);
  }

  /** An expression whose value is a problem, or a list of them. */
  private message(node: unknown, source: SourceFile): void {
    if (!isNode(node)) return;
    const text = textOf(node);
    if (text !== undefined) return this.add(text, source);
    switch (node.type) {
      case 'BinaryExpression':
        if (['&&', '||', '??'].includes(node['operator'] as string)) {
          if (node['operator'] !== '&&') this.message(node['left'], source);
          this.message(node['right'], source);
        }
        return;
      case 'ConditionalExpression':
        this.message(node['consequent'], source);
        return this.message(node['alternate'], source);
      case 'ParenthesisExpression':
      case 'TsAsExpression':
      case 'TsNonNullExpression':
      case 'TsSatisfiesExpression':
      case 'TsConstAssertion':
        return this.message(node['expression'], source);
      case 'ArrayExpression':
        for (const element of node['elements'] as readonly ({ readonly expression: Node } | undefined)[])
          this.message(element?.expression, source);
        return;
      case 'ObjectExpression':
        return this.codedProblem(node, source);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return this.results(node, source);
      case 'Identifier':
        return this.named(node['value'] as string, source);
      case 'MemberExpression':
        // A constant: MESSAGES.missing, or PROBLEMS[kind].
        return this.message(node['object'], source);
      case 'CallExpression':
        return this.call(node, source);
      default:
    }
  }

  private codedProblem(node: Node, source: SourceFile): void {
    for (const property of node['properties'] as readonly Node[]) {
      if (property.type === 'KeyValueProperty') {
        const key = nameOf(property['key']);
        // The code of a rule, what a shape expects, and what a plan reports.
        if (!['code', 'expected', 'summary'].includes(key)) this.message(property['value'], source);
      } else if (property.type === 'Identifier' && property['value'] === 'problem') this.named('problem', source);
      else if (property.type === 'SpreadElement') this.message(property['arguments'], source);
    }
  }

  /** A call in the place of a problem: its function's results, or a list's items. */
  private call(node: Node, source: SourceFile): void {
    const callee = node['callee'] as Node;
    const name = nameOf(callee);
    if (callee.type === 'MemberExpression') this.message((callee as Node)['object'], source);
    if (['map', 'flatMap', 'filter', 'flat', 'concat', 'values', 'entries', 'from'].includes(name)) {
      if (name !== 'filter') for (const { expression } of argumentsOf(node)) this.message(expression, source);
      return;
    }
    if (!SINKS.has(name)) this.named(name, source);
  }

  private named(name: string, source: SourceFile): void {
    const local = source.declarations.get(name);
    if (local) {
      for (const node of local) this.declared(node, source);
      return;
    }
    const other = source.imported.has(name) ? this.shared.get(name) : undefined;
    if (other) this.declared(other.node, other.source);
  }

  private declared(node: Node, source: SourceFile): void {
    if (this.seen.has(node)) return;
    this.seen.add(node);
    if (isFunction(node)) this.results(node, source);
    else this.message(node, source);
  }

  /** What a function returns, or adds to the list that it returns. */
  private results(node: Node, source: SourceFile): void {
    if (node['body'] === undefined) return;
    const body = node['body'] as Node;
    if (body['stmts'] === undefined) return this.message(body, source);
    const returned = new Set<string>();
    visitOwn(body, (one) => {
      if (one.type !== 'ReturnStatement') return;
      this.message(one['argument'], source);
      const argument = one['argument'] as Node | undefined;
      if (argument?.type === 'Identifier') returned.add(argument['value'] as string);
    });
    visitOwn(body, (one) => {
      if (one.type !== 'CallExpression') return;
      const callee = one['callee'] as Node;
      if (callee.type !== 'MemberExpression' || nameOf(callee) !== 'push') return;
      if (!returned.has(nameOf(callee['object']))) return;
      for (const { expression } of argumentsOf(one)) this.message(expression, source);
    });
  }

  private add(id: string, { file }: SourceFile): void {
    // A name, a word, or only what other functions return.
    if (!/[a-z]+ .*[a-z]/i.test(id.replaceAll('{}', ''))) return;
    if (!this.found.has(id)) this.found.set(id, { id, file });
  }
}

/** A literal text with `{}` for its expressions; undefined if it is none. */
function textOf(node: Node): string | undefined {
  if (node.type === 'StringLiteral') return node['value'] as string;
  if (node.type === 'TemplateLiteral' && Array.isArray(node['expressions'])) {
    const quasis = node['quasis'] as readonly { readonly cooked: string }[];
    const expressions = node['expressions'] as readonly Node[];
    return quasis.map(({ cooked }, at) => cooked + (at < expressions.length ? '{}' : '')).join('');
  }
  if (node.type === 'ParenthesisExpression') return textOf(node['expression'] as Node);
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return undefined;
  const [left, right] = [textOf(node['left'] as Node), textOf(node['right'] as Node)];
  return left === undefined && right === undefined ? undefined : `${left ?? '{}'}${right ?? '{}'}`;
}

function argumentsOf(call: Node): readonly { readonly expression: Node }[] {
  return (call['arguments'] ?? []) as readonly { readonly expression: Node }[];
}

function returnsProblems(node: Node): boolean {
  let found = false;
  const returned = node['returnType'];
  if (isNode(returned)) {
    visit(returned, (one) => {
      if (one.type === 'Identifier' && PROBLEM_TYPES.has(one['value'] as string)) found = true;
    });
  }
  return found;
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

function isFunction(node: Node): boolean {
  // A method's function has no type of its own.
  return FUNCTIONS.has(node.type) || (node.type === undefined && isNode(node['body']));
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The last name of a callee or key: `check` of `check`, `map` of `list.map`. */
function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'MemberExpression') return nameOf(node['property']);
  return typeof node['value'] === 'string' ? node['value'] : '';
}

function visit(node: unknown, work: (node: Node) => void): void {
  if (Array.isArray(node)) for (const one of node) visit(one, work);
  else if (isNode(node)) {
    work(node);
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value, work);
  }
}

/** Without what is in other functions. */
function visitOwn(node: unknown, work: (node: Node) => void): void {
  if (Array.isArray(node)) for (const one of node) visitOwn(one, work);
  else if (isNode(node) && !isFunction(node)) {
    work(node);
    for (const value of Object.values(node)) if (typeof value === 'object') visitOwn(value, work);
  }
}
