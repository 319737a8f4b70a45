const GAP = '  ';
/** Columns are not shrunk below this width. */
const NARROWEST = 10;

/** Lines of a table of at most `width` columns: the widest cells are wrapped first. */
export function textTable(rows: readonly (readonly (readonly string[])[])[], width: number): readonly string[] {
  const widths = columnWidths(rows, width);
  return rows.flatMap((row) => {
    const cells = row.map((lines, column) => lines.flatMap((line) => wrap(line, widths[column]!)));
    const height = Math.max(1, ...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, column) => (lines[line] ?? '').padEnd(widths[column]!))
        .join(GAP)
        .trimEnd(),
    );
  });
}

function columnWidths(rows: readonly (readonly (readonly string[])[])[], width: number): readonly number[] {
  const columns = Math.max(...rows.map(({ length }) => length));
  const natural = Array.from({ length: columns }, (_, column) =>
    Math.max(1, ...rows.flatMap((row) => (row[column] ?? []).map(({ length }) => length))),
  );
  const room = width - GAP.length * (columns - 1);
  const widths = [...natural];
  while (sum(widths) > room) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= NARROWEST) break;
    widths[widest]! -= 1;
  }
  return widths;
}

/** Breaks at spaces, otherwise after separators of paths and names, otherwise anywhere. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const at = breakAt(rest, width);
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

function breakAt(text: string, width: number): number {
  const space = text.lastIndexOf(' ', width);
  if (space > 0) return space;
  const separator = Math.max(...['/', ':', ',', '-', '.', '_', '='].map((mark) => text.lastIndexOf(mark, width - 1)));
  return separator > 0 ? separator + 1 : width;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
