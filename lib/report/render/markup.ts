/** Text that is already markup. All other template values are escaped. */
export class Markup {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type Value = Markup | string | number | undefined | false | readonly Markup[];

/** `markup\`<p>${name}</p>\``: values that are not markup are escaped, so that a name cannot inject elements. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(strings.reduce((text, part, index) => text + formatValue(values[index - 1]) + part));
}

function formatValue(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escape(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text and in quotes. Control characters and lone surrogates, which are not valid in a page, are replaced. */
function escape(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replaceAll(/[^\P{Cc}\n\t]|\p{Cs}/gu, '\uFFFD');
}
