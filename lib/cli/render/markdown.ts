/** GitHub's limit for a comment, in characters, less a margin. */
export const LONGEST_COMMENT = 65_000;

export type Alignment = 'left' | 'right';

/** A table; the first column is left-aligned, the others are right-aligned. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => cellText(String(cell))).join(' | ')} |`;
  const rule = `|${header.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`;
  return `${[line(header), rule, ...rows.map(line)].join('\n')}\n`;
}

/** Inline code, whatever backticks the text contains. */
export function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const room = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${room}${text}${room}${fence}`;
}

/** A collapsible section. Its summary is HTML. */
export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n</details>\n`;
}

/** A code block. */
export function fenced(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.endsWith('\n') ? text : `${text}\n`}${fence}\n`;
}

export function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The first lines that fit, and the number of lines left out. */
export function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  const lines = text.split('\n');
  let length = 0;
  const fit = lines.findIndex((line) => (length += line.length + 1) > room - 60);
  const omitted = lines.length - fit;
  const noun = omitted === 1 ? 'line' : 'lines';
  return `${lines.slice(0, Math.max(0, fit)).join('\n')}\n… ${omitted} more ${noun}: see the plan JSON\n`;
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
