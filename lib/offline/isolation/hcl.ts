/** A block of Terraform's native syntax, with its place in the text. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** The offsets of the block's first character, and of the one after its closing brace. */
  readonly start: number;
  readonly end: number;
  readonly blocks: readonly HclBlock[];
  /** The names of the attributes that it sets. */
  readonly attributes: readonly string[];
}

/** A text that is not valid HCL. */
export class HclError extends Error {
  constructor(
    problem: string,
    readonly offset: number,
  ) {
    super(problem);
    this.name = 'HclError';
  }
}

const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const SPACES = /[ \t\r\uFEFF]+/y;
const LINE_COMMENT = /(#|\/\/)[^\n]*/y;
const HEREDOC = /<<-?([\p{L}_][\p{L}\p{N}_-]*)\r?\n/uy;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * The structure of a file in Terraform's native syntax; expressions are skipped, not read.
 * Source: "HCL Native Syntax Specification", https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 * @throws HclError
 */
export function hclBlocks(text: string): readonly HclBlock[] {
  return new Reader(text).file();
}

/** The line of an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  file(): readonly HclBlock[] {
    const { blocks } = this.body();
    if (this.at < this.text.length) throw this.error(`unexpected ${this.text[this.at]}`);
    return blocks;
  }

  private body(): Pick<HclBlock, 'blocks' | 'attributes'> {
    const blocks: HclBlock[] = [];
    const attributes: string[] = [];
    for (;;) {
      this.skipSpace(true);
      const start = this.at;
      const name = this.match(IDENTIFIER)?.[0];
      if (name === undefined) return { blocks, attributes };
      const labels = this.labels();
      if (labels.length === 0 && this.take('=')) {
        attributes.push(name);
        this.expression();
      } else if (this.take('{')) {
        const body = this.body();
        if (!this.take('}')) throw this.error(`block ${name} is not closed`, start);
        blocks.push({ type: name, labels, start, end: this.at, ...body });
      } else throw this.error(`neither an attribute nor a block: ${name}`, start);
    }
  }

  private labels(): readonly string[] {
    const labels: string[] = [];
    for (;;) {
      this.skipSpace(false);
      const start = this.at;
      const label = this.match(IDENTIFIER)?.[0];
      if (label !== undefined) labels.push(label);
      else if (this.take('"')) {
        this.template('"');
        labels.push(this.text.slice(start + 1, this.at - 1));
      } else return labels;
    }
  }

  /** Skips an expression: to the end of its line, or of a block on one line. */
  private expression(): void {
    const open: string[] = [];
    for (;;) {
      this.skipSpace(open.length > 0);
      const character = this.text[this.at];
      if (character === undefined) break;
      if (open.length === 0 && (character === '\n' || character === '}')) return;
      if (character === open.at(-1)) {
        open.pop();
        this.at += 1;
      } else this.part(character, open);
    }
    if (open.length > 0) throw this.error(`${open.at(-1)} is missing`);
  }

  private part(character: string, open: string[]): void {
    const heredoc = this.match(HEREDOC);
    if (heredoc) return this.heredoc(heredoc[1]!);
    if (this.match(IDENTIFIER)) return;
    this.at += 1;
    if (character === '"') this.template('"');
    else if (CLOSING[character] !== undefined) open.push(CLOSING[character]);
    else if (')]}'.includes(character)) throw this.error(`unexpected ${character}`, this.at - 1);
  }

  /** Skips the rest of a quoted template, or of an interpolation in one. */
  private template(end: '"'): void {
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined || character === '\n') throw this.error('a string is not closed');
      if (character === '\\') this.at += 2;
      else if (this.take(end)) return;
      else this.templatePart();
    }
  }

  private heredoc(marker: string): void {
    for (;;) {
      if (this.at >= this.text.length) throw this.error(`${marker} is missing`);
      const eol = this.endOfLine();
      if (this.text.slice(this.at, eol).trim() === marker) {
        this.at = eol;
        return;
      }
      while (this.at < this.text.length && this.text[this.at] !== '\n') this.templatePart();
      this.at += 1;
    }
  }

  /** One character of a template, or a whole interpolation or directive. */
  private templatePart(): void {
    const next = this.text.slice(this.at, this.at + 4);
    if (next === '$$${' || next === '%%%{') throw this.error(`${next} is ambiguous`);
    if (next.startsWith('$${') || next.startsWith('%%{')) this.at += 3;
    else if (next.startsWith('${') || next.startsWith('%{')) {
      this.at += 2;
      this.interpolation();
    } else this.at += 1;
  }

  private interpolation(): void {
    const start = this.at;
    const open = ['}'];
    while (open.length > 0) {
      this.skipSpace(true);
      const character = this.text[this.at];
      if (character === undefined) throw this.error('an interpolation is not closed', start);
      if (character === open.at(-1)) {
        open.pop();
        this.at += 1;
      } else this.part(character, open);
    }
  }

  /** Skips spaces and comments; with `lines`, line ends as well. */
  private skipSpace(lines: boolean): void {
    for (;;) {
      const before = this.at;
      this.match(SPACES);
      this.match(LINE_COMMENT);
      if (this.text.startsWith('/*', this.at)) {
        const end = this.text.indexOf('*/', this.at + 2);
        if (end < 0) throw this.error('a comment is not closed');
        this.at = end + 2;
      }
      if (lines && this.text[this.at] === '\n') this.at += 1;
      if (this.at === before) return;
    }
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private endOfLine(): number {
    const end = this.text.indexOf('\n', this.at);
    return end < 0 ? this.text.length : end;
  }

  private error(problem: string, offset = this.at): HclError {
    return new HclError(problem, offset);
  }
}
