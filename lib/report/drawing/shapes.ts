import { fit } from './text-fit';

/** What a box represents; its appearance is defined by the page's style sheet. */
export type BoxKind =
  | 'clients'
  | 'network'
  | 'zone'
  | 'public'
  | 'private'
  | 'intra'
  | 'load-balancer'
  | 'nat'
  | 'nodes'
  | 'ingress-nodes'
  | 'cluster'
  | 'inside'
  | 'add-on';

export interface Box {
  readonly kind: BoxKind;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  /** The full texts, if some were shortened. */
  readonly tooltip?: string;
}

export interface Line {
  readonly text: string;
  readonly x: number;
  /** Of its baseline. */
  readonly y: number;
  readonly size: number;
  readonly style: 'title' | 'detail';
}

export interface Arrow {
  readonly from: Point;
  readonly to: Point;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

export const PADDING = 10;
export const GAP = 10;
const TITLE_SIZE = 13;
const DETAIL_SIZE = 11;
const LINE_HEIGHT = 16;

/** Height of a box with this number of lines, including padding. */
export function heightOf(lines: number): number {
  return lines * LINE_HEIGHT + PADDING + 4;
}

/**
 * A box whose first text is its title. Texts are shortened to fit; the tooltip then has the full texts.
 * @param reserved space on the right without text
 */
export function box(
  kind: BoxKind,
  place: Omit<Box, 'kind' | 'lines' | 'tooltip'>,
  texts: readonly string[],
  reserved = 0,
): Box {
  const room = place.width - 2 * PADDING - reserved;
  const lines = texts.map((text, index): Line => {
    const style = index === 0 ? 'title' : 'detail';
    const size = style === 'title' ? TITLE_SIZE : DETAIL_SIZE;
    return {
      text: fit(text, room, size, { bold: style === 'title' && kind !== 'add-on' }),
      x: place.x + PADDING,
      y: place.y + PADDING + TITLE_SIZE - 2 + index * LINE_HEIGHT,
      size,
      style,
    };
  });
  const isShortened = lines.some(({ text }, index) => text !== texts[index]);
  return { kind, ...place, lines, ...(isShortened && { tooltip: texts.join('\n') }) };
}
