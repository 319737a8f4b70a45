import { fit } from './text-fit';

/** What a box stands for; the page's style says how it looks. */
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
  /** The texts that did not fit, whole. */
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

/** What a box of these lines needs, above and below included. */
export function heightOf(lines: number): number {
  return lines * LINE_HEIGHT + PADDING + 4;
}

/**
 * A box whose first text is its title. Texts are shortened to fit, and then whole in the tooltip.
 * @param reserved what texts leave free on the right
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
