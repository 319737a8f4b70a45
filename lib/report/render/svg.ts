import type { Arrow, Box, Drawing, Line } from '../drawing/shapes';
import { markup, type Markup } from './markup';

/** A drawing as SVG, with the colours of the page. */
export function drawingSvg({ width, height, boxes, arrows }: Drawing, name: string): Markup {
  return markup`<svg viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-labelledby="drawing-title drawing-text" xmlns="http://www.w3.org/2000/svg">
<title id="drawing-title">Diagram of ${name}</title>
<desc id="drawing-text">${description(boxes)}</desc>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="arrow-head" d="M0 0L8 4L0 8z"/></marker></defs>
${boxes.map(boxSvg)}
${arrows.map(arrowSvg)}
</svg>`;
}

/** For screen readers: the boxes in layout order. The tables have the same content with details. */
function description(boxes: readonly Box[]): string {
  return `${boxes.map(({ tooltip, lines }) => tooltip?.replaceAll('\n', ', ') ?? lines.map(({ text }) => text).join(', ')).join('; ')}.`;
}

function boxSvg({ kind, x, y, width, height, lines, tooltip }: Box): Markup {
  return markup`<g class="box ${kind}">${tooltip === undefined ? undefined : markup`<title>${tooltip}</title>`}<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6"/>${lines.map(lineSvg)}</g>
`;
}

function lineSvg({ text, x, y, size, style }: Line): Markup {
  return markup`<text class="${style}" x="${round(x)}" y="${round(y)}" font-size="${size}">${text}</text>`;
}

function arrowSvg({ from, to }: Arrow): Markup {
  // The head follows the direction of the last segment: a segment of zero length would rotate it.
  const across = from.x === to.x ? '' : `H${round(to.x)}`;
  const path = `M${round(from.x)} ${round(from.y)}V${round(to.y)}${across}`;
  return markup`<path class="arrow" d="${path}" marker-end="url(#arrow)"/>
`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
