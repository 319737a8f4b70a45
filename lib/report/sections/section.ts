/** A part of a report, for every format alike. */
export interface Section {
  /** Names the part in a page's address. */
  readonly id: string;
  readonly title: string;
  /** What a reader should know before the tables. */
  readonly note?: string;
  readonly tables: readonly Table[];
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What is said where there are no rows. */
  readonly none: string;
}

/** A text, several lines, or lines that deserve a look or are fine. */
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
