const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
} as const;

export type Style = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

/** Colours for a terminal, or none. */
export function style(colour: boolean): Style {
  const entries = Object.entries(CODES).map(([name, [on, off]]) => {
    const paint = (text: string): string => (colour ? `\u001B[${on}m${text}\u001B[${off}m` : text);
    return [name, paint] as const;
  });
  return Object.fromEntries(entries) as Style;
}
