import type { Report } from '../model';
import { keyFacts, place } from '../sections/overview';
import { linesOf, type Section, type Table } from '../sections/section';
import { sections } from '../sections/sections';
import { textTable, wrap } from './text-table';

const WIDTH = 100;
const INDENT = '  ';

/** A report for a terminal, at most 100 columns wide. */
export function reportText(report: Report): string {
  const title = `${report.name}: ${place(report) || 'no account'}`;
  const facts = keyFacts(report).map(({ name, value, detail }) => [[name], [value], [detail]]);
  const body = sections(report).flatMap((section) => ['', '', ...sectionText(section)]);
  return [title, '='.repeat(title.length), '', ...textTable(facts, WIDTH), ...body, ''].map(printable).join('\n');
}

function sectionText({ title, note, tables }: Section): readonly string[] {
  return [
    title,
    '-'.repeat(title.length),
    ...(note ? wrap(note, WIDTH) : []),
    ...tables.flatMap((table) => ['', ...tableText(table)]),
  ];
}

function tableText({ caption, columns, rows, none }: Table): readonly string[] {
  if (rows.length === 0) return wrap(`${caption}: ${none}`, WIDTH);
  const cells = rows.map((row, index) =>
    row.map((cell, column) => (repeats(rows, index, column) ? [''] : linesOf(cell))),
  );
  const table = textTable([columns.map((name) => [name.toUpperCase()]), ...cells], WIDTH - INDENT.length);
  return [...wrap(caption, WIDTH), ...table.map((line) => INDENT + line)];
}

/** Whether a cell and all cells before it in the row repeat the row above. */
function repeats(rows: Table['rows'], index: number, column: number): boolean {
  const above = rows[index - 1];
  if (!above) return false;
  const [current, previous] = [rows[index]!, above].map((row) => JSON.stringify(row.slice(0, column + 1).map(linesOf)));
  return current === previous && column < rows[index]!.length - 1;
}

/** Replaces control characters, which could manipulate the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\uFFFD');
}
