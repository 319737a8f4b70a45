import { readFlow } from './yaml-flow';

/**
 * The keys of a YAML document, by their paths: enough to find most of what does not parse. Scalars are only read to their
 * end. Source: "YAML 1.2.2", https://yaml.org/spec/1.2.2/
 */

export interface YamlOutline {
  /** Such as `spec.kubelet.config`; the items of a list share their path. */
  readonly keys: readonly string[];
  /** All scalars of lists, by the path of the list. */
  readonly items: readonly { readonly path: string; readonly value: string }[];
}

/** @returns the outline, or what is wrong with the document */
export function parseYaml(text: string): YamlOutline | string {
  if (/^\s*\{/.test(text)) return parseJson(text);
  try {
    return new YamlReader(text).outline();
  } catch (error) {
    if (error instanceof YamlError) return error.message;
    throw error;
  }
}

class YamlError extends Error {}

/** JSON is YAML. */
function parseJson(text: string): YamlOutline | string {
  try {
    const keys: string[] = [];
    const items: { path: string; value: string }[] = [];
    const walk = (value: unknown, path: string): void => {
      if (Array.isArray(value)) {
        for (const item of value) {
          if (typeof item === 'string') items.push({ path, value: item });
          else walk(item, path);
        }
      } else if (typeof value === 'object' && value !== null) {
        for (const [key, item] of Object.entries(value)) {
          keys.push(below(path, key));
          walk(item, below(path, key));
        }
      }
    };
    walk(JSON.parse(text), '');
    return { keys, items };
  } catch (error) {
    return `it begins like JSON, but is not (${(error as Error).message}): write valid JSON, or YAML in lines of key: value`;
  }
}

interface Level {
  readonly column: number;
  readonly kind: 'map' | 'list';
  readonly path: string;
  readonly keys: Set<string>;
  /** The path of the last entry, if it has no value yet. */
  open?: string;
}

const KEY =
  /^((?:[^\s#'"[\]{},&*!|>%@`-]|-(?=\S))(?:[^:#]|:(?=\S)|(?<=\S)#)*|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*:(?=\s|$)/;
const CLOSERS: Readonly<Record<string, string>> = { '"': '"', "'": "'", '[': ']', '{': '}' };
const BLOCK_SCALAR = /^[|>][+-]?\d?[+-]?\s*(?:#.*)?$/;

class YamlReader {
  private readonly lines: readonly string[];
  private line = 0;
  private readonly levels: Level[] = [];
  private readonly keys: string[] = [];
  private readonly items: { path: string; value: string }[] = [];

  constructor(text: string) {
    this.lines = text.split(/\r?\n/);
  }

  outline(): YamlOutline {
    for (; this.line < this.lines.length; this.line += 1) {
      const text = this.lines[this.line]!;
      if (/^\s*(?:#.*)?$/.test(text) || /^(?:---|\.\.\.)(?:\s|$)/.test(text)) continue;
      const indent = /^[ \t]*/.exec(text)![0];
      if (indent.includes('\t')) this.fail('is indented with a tab: use spaces');
      this.node(indent.length, text.slice(indent.length));
    }
    return { keys: this.keys, items: this.items };
  }

  private node(column: number, text: string): void {
    const dash = /^-(?:\s+|$)/.exec(text)?.[0];
    if (dash !== undefined) {
      const list = this.level(column, 'list');
      list.open = list.path;
      const rest = text.slice(dash.length);
      if (rest !== '' && !rest.startsWith('#')) this.node(column + dash.length, rest);
      return;
    }
    const [match, name = ''] = KEY.exec(text) ?? [];
    if (match === undefined) return this.scalar(column, text);
    const map = this.level(column, 'map');
    const key = /^["']/.test(name) ? name.slice(1, -1) : name.trimEnd();
    if (map.keys.has(key)) this.fail(`has the key ${key} twice: remove one`);
    map.keys.add(key);
    const path = below(map.path, key);
    this.keys.push(path);
    const value = text.slice(match.length).trim();
    map.open = value === '' || value.startsWith('#') || /^[&!]\S+$/.test(value) ? path : undefined;
    if (map.open === undefined) this.value(column, value, path);
  }

  /** The open collection at a column, or a new one below the last entry. */
  private level(column: number, kind: Level['kind']): Level {
    while (this.levels.length > 0 && this.levels.at(-1)!.column > column) this.levels.pop();
    let top = this.levels.at(-1);
    // The items of a list may stand below their key, in its column.
    if (kind === 'map' && top?.kind === 'list' && top.column === column) {
      this.levels.pop();
      top = this.levels.at(-1);
    }
    const isListOfKey = kind === 'list' && top?.kind === 'map' && top.column === column && top.open !== undefined;
    if (top?.column === column && !isListOfKey) {
      if (top.kind !== kind)
        this.fail(
          `has ${kind === 'list' ? 'an item of a list' : 'a key'} where none can be: indent it below the key that it belongs to`,
        );
      return top;
    }
    if (top && top.open === undefined)
      this.fail(
        'is indented below an entry that has a value: give it the indentation of that entry, or remove the value',
      );
    if (!top && this.keys.length + this.items.length > 0)
      this.fail('is indented less than the first line: give both the same indentation');
    const level: Level = { column, kind, path: top?.open ?? '', keys: new Set() };
    if (top) top.open = undefined;
    this.levels.push(level);
    return level;
  }

  private scalar(column: number, text: string): void {
    const above = this.levels.findLast((level) => level.column < column);
    if (above === undefined)
      this.fail("has neither a key with a colon nor a list's dash: write it as key: value, or as - value");
    const { kind, open = above.path } = above;
    const isItem = kind === 'list' && above.open !== undefined && !isFlow(text);
    if (isItem) this.items.push({ path: above.path, value: unquoted(text) });
    above.open = undefined;
    this.value(above.column, text, open);
  }

  /** Reads a value to its end, which may be on a later line. */
  private value(column: number, first: string, path: string): void {
    if (BLOCK_SCALAR.test(first)) {
      while (this.isDeeper(column)) this.line += 1;
      return;
    }
    if (!/^["'[{]/.test(first)) {
      if (/:\s/.test(first.replace(/\s#.*$/, '')))
        this.fail('has two colons: put a value with a colon and a space in quotes');
      return;
    }
    const start = this.line;
    let text = first;
    while (!isClosed(text)) {
      this.line += 1;
      if (this.line >= this.lines.length) {
        this.line = start;
        this.fail(`opens ${first[0]!} and does not close it: add ${CLOSERS[first[0]!]}`);
      }
      text += `\n${this.lines[this.line]!}`;
    }
    if (isFlow(first)) this.flow(text, path);
  }

  private flow(text: string, path: string): void {
    const full = (keys: readonly string[]) => keys.reduce(below, path);
    readFlow(text, {
      key: (keys) => this.keys.push(full(keys)),
      item: (keys, value) => this.items.push({ path: full(keys), value }),
    });
  }

  private isDeeper(column: number): boolean {
    const next = this.lines[this.line + 1];
    return next !== undefined && (next.trim() === '' || /^ */.exec(next)![0].length > column);
  }

  private fail(what: string): never {
    throw new YamlError(`line ${this.line + 1} ${what}`);
  }
}

function isFlow(text: string): boolean {
  return /^[[{]/.test(text);
}

/** Whether a quoted scalar or a flow collection is complete. */
function isClosed(text: string): boolean {
  const closers: string[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|(?<=\s)#[^\n]*|[[\]{}"']/g)) {
    if (token === '[' || token === '{') closers.push(token === '[' ? ']' : '}');
    else if (token === ']' || token === '}') {
      if (closers.pop() !== token) return true;
    } else if (token === '"' || token === "'") return false;
  }
  return closers.length === 0;
}

function unquoted(text: string): string {
  return text.replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/s, '$2');
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
