import type { Report } from '../model';
import { layout } from '../drawing/layout';
import { keyFacts, place } from '../sections/overview';
import { linesOf, toneOf, type Cell, type Section, type Table } from '../sections/section';
import { sections } from '../sections/sections';
import { Markup, markup } from './markup';
import { PAGE_STYLE } from './page-style';
import { drawingSvg } from './svg';

/** Blocks external resources and scripts, whatever a name contains. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A report as a self-contained page. */
export function reportHtml(report: Report): string {
  const parts = sections(report);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>Environment ${report.name}</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>${report.name}</h1>
<p class="place">${place(report)}</p>
</header>
<main>
${facts(report, parts)}
<nav aria-label="Sections"><ul>${parts.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${drawing(report)}
${parts.map(sectionHtml)}
</main>
<footer>Generated from the synthesized stacks ${report.stacks.map(({ name }) => name).join(', ')}. Values in braces are known after apply.</footer>
</body>
</html>
`;
  return page.text;
}

function facts(report: Report, parts: readonly Section[]): Markup {
  const all = keyFacts(report).map(({ name, value, detail, section }) => {
    const exists = parts.some(({ id }) => id === section);
    const linked = exists ? markup`<a href="#${section}">${name}</a>` : markup`${name}`;
    return markup`<div><dt>${linked}</dt><dd class="value">${value}</dd><dd class="detail">${detail}</dd></div>`;
  });
  return markup`<dl class="facts">${all}</dl>`;
}

function drawing(report: Report): Markup | undefined {
  const drawn = layout(report);
  if (!drawn) return undefined;
  return markup`<div class="drawing scroll" role="region" aria-label="Diagram of the environment" tabindex="0">
${drawingSvg(drawn, report.name)}
</div>`;
}

function sectionHtml({ id, title, note, tables }: Section): Markup {
  return markup`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${note ? markup`<p class="note">${note}</p>` : undefined}
${tables.map(tableHtml)}
</section>
`;
}

function tableHtml({ caption, columns, rows, none }: Table): Markup {
  if (rows.length === 0) return markup`<p class="none"><b>${caption}:</b> ${none}</p>\n`;
  // A table of two columns fits any screen; wider ones must be scrollable, also by keyboard.
  const isNarrow = columns.length <= 2;
  const scroll = isNarrow ? undefined : markup` role="region" aria-label="${caption}" tabindex="0"`;
  return markup`<div class="scroll"${scroll}>
<table${isNarrow && markup` class="narrow"`}>
<caption>${caption}</caption>
<thead><tr>${columns.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row, index) => rowHtml(row, spanOf(rows, index)))}</tbody>
</table>
</div>
`;
}

/** Row span of the first cell; 0 if the cell above spans this row. */
function spanOf(rows: Table['rows'], index: number): number {
  const first = rows.map(([cell = '']) => JSON.stringify(linesOf(cell)));
  if (index > 0 && first[index - 1] === first[index]) return 0;
  const next = first.findIndex((text, at) => at > index && text !== first[index]);
  return (next < 0 ? rows.length : next) - index;
}

function rowHtml([first = '', ...others]: readonly Cell[], span: number): Markup {
  const scope = span > 1 ? markup`scope="rowgroup" rowspan="${span}"` : markup`scope="row"`;
  const head = span > 0 && markup`<th ${scope}${lengthOf(first)}>${content(first)}</th>`;
  return markup`<tr>${head}${others.map(cellHtml)}</tr>
`;
}

/** Numbers, codes and short names are not wrapped. */
const SHORT = 18;

function lengthOf(cell: Cell): Markup | false {
  return linesOf(cell).every(({ length }) => length <= SHORT) && markup` class="short"`;
}

function cellHtml(cell: Cell): Markup {
  return markup`<td${lengthOf(cell)}>${content(cell)}</td>`;
}

function content(cell: Cell): readonly Markup[] {
  const [lines, tone] = [linesOf(cell), toneOf(cell)];
  return lines.map((line) => {
    const text = tone ? markup`<span class="${tone}">${breakable(line)}</span>` : breakable(line);
    return lines.length > 1 ? markup`<div>${text}</div>` : text;
  });
}

/** Names may wrap after separators, and long ones at capital letters; IP addresses may not. */
function breakable(text: string): Markup {
  const words = text.split(/(?<=\s)/).map((word) => {
    const [first = '', ...others] = word
      .split(/(?<=[\w)}*][/:=@]+)(?=[A-Za-z{])/)
      .flatMap((part) => (part.length > SHORT ? part.split(/(?<=[a-z])(?=[A-Z])/) : [part]));
    return markup`${first}${others.map((part) => markup`<wbr/>${part}`)}`;
  });
  return markup`${words}`;
}
