/**
 * The tables of a TOML document and the keys in them: enough to find what does not parse, and to merge documents. Source:
 * "TOML v1.0.0", https://toml.io/en/v1.0.0
 */

export interface TomlTable {
  /** Undefined for the keys before the first table. */
  readonly path?: readonly string[];
  readonly isArray: boolean;
  /** Paths of the keys, relative to the table. */
  readonly keys: readonly (readonly string[])[];
  /** As it was written, without a comment. */
  readonly header: string;
  /** The lines below the header. */
  readonly body: string;
}

/** @returns the tables in their order, or what is wrong with the document */
export function parseToml(text: string): readonly TomlTable[] | string {
  try {
    return new TomlReader(text).tables();
  } catch (error) {
    if (error instanceof TomlError) return error.message;
    throw error;
  }
}

class TomlError extends Error {}

const BARE_KEY = /[A-Za-z0-9_-]+/y;
const SPACE = /[ \t]*/y;
/** Also between the items of an array, where lines may end. */
const SPACE_AND_LINES = /(?:[ \t\r\n]|#[^\n]*)*/y;
const LINE_END = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
const BLANK = /[ \t]*(?:#[^\n]*)?\r?\n/y;
const BASIC = /"(?:[^"\\\n]|\\(?:[btnfr"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}))*"/y;
const LITERAL = /'[^'\n]*'/y;
const LONG_STRING = /"""(?:[^\\]|\\[\s\S])*?"""(?!")|'''[\s\S]*?'''(?!')/y;
const SCALAR =
  /(?:true|false|[+-]?(?:inf|nan)|0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+|\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})?)?|\d{2}:\d{2}:\d{2}(?:\.\d+)?|[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?)(?![\w.+-])/y;

class TomlReader {
  private position = 0;

  constructor(private readonly text: string) {}

  tables(): readonly TomlTable[] {
    const tables: TomlTable[] = [];
    let table = this.table(undefined, false, '');
    if (table.keys.length > 0) tables.push(table);
    while (this.position < this.text.length) {
      const start = this.position;
      const isArray = this.text.startsWith('[[', start);
      this.position += isArray ? 2 : 1;
      const path = this.keyPath();
      this.expect(isArray ? ']]' : ']');
      const header = this.text.slice(start, this.position);
      this.endLine();
      const twice = !isArray && tables.some((other) => !other.isArray && isSame(other.path, path));
      if (twice) this.fail(`has the table [${path.join('.')}] twice: merge the two`);
      table = this.table(path, isArray, header);
      tables.push(table);
    }
    return tables;
  }

  /** Up to the next header. */
  private table(path: readonly string[] | undefined, isArray: boolean, header: string): TomlTable {
    const start = this.position;
    const keys: (readonly string[])[] = [];
    for (;;) {
      while (this.match(BLANK) !== undefined);
      this.match(SPACE);
      if (this.position >= this.text.length || this.text[this.position] === '[') break;
      if (this.text[this.position] === '#') {
        this.endLine();
        continue;
      }
      const key = this.keyPath();
      if (keys.some((other) => isSame(other, key))) this.fail(`has the key ${key.join('.')} twice: remove one`);
      keys.push(key);
      this.expect('=');
      this.value();
      this.endLine();
    }
    return { path, isArray, header, keys, body: this.text.slice(start, this.position) };
  }

  private keyPath(): readonly string[] {
    const path: string[] = [];
    do {
      this.match(SPACE);
      const quoted = this.match(BASIC) ?? this.match(LITERAL);
      const key = quoted?.slice(1, -1) ?? this.match(BARE_KEY);
      if (key === undefined) this.fail('has no key where one should be: write key = value');
      path.push(key);
      this.match(SPACE);
    } while (this.skip('.'));
    return path;
  }

  private value(): void {
    this.match(SPACE);
    if (this.skip('[')) return this.items(']', SPACE_AND_LINES, () => this.value());
    if (this.skip('{')) {
      return this.items('}', SPACE, () => {
        this.keyPath();
        this.expect('=');
        this.value();
      });
    }
    const value = this.match(LONG_STRING) ?? this.match(BASIC) ?? this.match(LITERAL) ?? this.match(SCALAR);
    if (value === undefined) this.fail('has no valid value: put text in quotes, and close them');
  }

  private items(close: string, space: RegExp, item: () => void): void {
    this.match(space);
    while (!this.skip(close)) {
      item();
      this.match(space);
      if (!this.skip(',') && this.text[this.position] !== close) this.fail(`lacks a comma or ${close}: add it`);
      this.match(space);
    }
  }

  private expect(text: string): void {
    this.match(SPACE);
    if (!this.skip(text)) this.fail(`lacks ${text}: add it`);
  }

  private endLine(): void {
    if (this.match(LINE_END) === undefined) this.fail('has text after a value or a header: start a new line');
  }

  private skip(text: string): boolean {
    const found = this.text.startsWith(text, this.position);
    if (found) this.position += text.length;
    return found;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    this.position += found?.length ?? 0;
    return found;
  }

  private fail(what: string): never {
    const line = this.text.slice(0, this.position).split('\n').length;
    throw new TomlError(`line ${line} ${what}`);
  }
}

function isSame(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a !== undefined && a.length === b.length && a.every((part, index) => part === b[index]);
}
