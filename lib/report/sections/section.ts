/** A section of a report, independent of the format. */
export interface Section {
  /** The fragment of its URL in the HTML page. */
  readonly id: string;
  readonly title: string;
  /** Introduction to the tables. */
  readonly note?: string;
  readonly tables: readonly Table[];
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Text in place of an empty table. */
  readonly none: string;
}

/** One line, several lines, or highlighted lines. */
export type Cell = string | readonly string[] | TonedCell;

export interface TonedCell {
  readonly lines: readonly string[];
  readonly tone: 'attention' | 'fine';
}

export function linesOf(cell: Cell): readonly string[] {
  if (typeof cell === 'string') return [cell];
  return 'tone' in cell ? cell.lines : cell;
}

export function toneOf(cell: Cell): TonedCell['tone'] | undefined {
  return typeof cell === 'object' && 'tone' in cell ? cell.tone : undefined;
}

export function attention(...lines: readonly string[]): TonedCell {
  return { lines, tone: 'attention' };
}

export function fine(...lines: readonly string[]): TonedCell {
  return { lines, tone: 'fine' };
}

export function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** `3`, or `3 to 6`. */
export function range(from: number, to: number): string {
  return from === to ? String(from) : `${from} to ${to}`;
}
