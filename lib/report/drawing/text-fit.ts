/**
 * Width of a text in em. The reader's font is unknown, so this uses DejaVu Sans, which is wider than the default fonts
 * of most systems.
 */
export function textWidth(text: string, { bold = false } = {}): number {
  const width = [...text].reduce((sum, character) => sum + characterWidth(character), 0);
  return bold ? width * BOLD : width;
}

const BOLD = 1.13;
const WIDE = 0.99;

/** The widest character per class. Source: advance widths of DejaVu Sans 2.37. */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[ijl'|.,:;!]/, 0.34],
  [/[ftr()[\]/\\\-{} I·]/, 0.43],
  [/[mMW@%+=<>~→]/, WIDE],
  [/[wGOQNHDU&]/, 0.83],
  [/[A-Z]/, 0.7],
  [/[ -~]/, 0.64],
];

function characterWidth(character: string): number {
  const found = CLASSES.find(([characters]) => characters.test(character));
  // Other scripts and full-width characters.
  return found?.[1] ?? 1.05;
}

/** The text, or as much of its start and end as fits, since most names differ there. */
export function fit(text: string, room: number, size: number, options?: { readonly bold?: boolean }): string {
  const widest = room / size;
  if (textWidth(text, options) <= widest) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 1; kept -= 1) {
    const [head, tail] = [Math.ceil(kept / 2), Math.floor(kept / 2)];
    const shorter = `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
    if (textWidth(shorter, options) <= widest) return shorter;
  }
  return '…';
}
