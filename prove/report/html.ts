import { causes, failures, verdict, type RunResult } from '../result';

const WIDTH = 1000;
const HEIGHT = 90;
const BUCKET_MS = 250;
const STYLE = `body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c2430}
h2{font-size:1.05rem;margin:2rem 0 .3rem}svg{width:100%;height:auto;background:#f6f8fa;border-radius:4px}
.passed{color:#176f2c}.other{color:#b3261e}table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #dde3ea}td.n{text-align:right}
details{margin:.3rem 0}li{font-variant-numeric:tabular-nums}`;

/** A table of all runs, then a timeline of each: requests and failures by the time at which they were sent. */
export function htmlPage(results: readonly RunResult[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Proving ground</title><style>${STYLE}</style></head><body>
<h1>Proving ground</h1>
<p>Grey: answered requests per ${BUCKET_MS} ms, by the time of sending; red: failed ones. The event is shaded.</p>
<table><tr><th>Run</th><th>Result</th><th>Requests</th><th>Failed</th></tr>${results.map(row).join('')}</table>
${results.map(section).join('\n')}
</body></html>
`;
}

function nameOf({ title, control }: RunResult): string {
  return escape(control === undefined ? title : `${title} (control: ${control})`);
}

function resultOf(result: RunResult): string {
  const said = verdict(result);
  return said === 'failed' && result.control !== undefined ? 'no effect' : said;
}

function row(result: RunResult, index: number): string {
  const said = resultOf(result);
  return `<tr><td><a href="#run-${index}">${nameOf(result)}</a></td><td class="${said === 'passed' ? said : 'other'}">${said}</td>
<td class="n">${result.outcomes.length}</td><td class="n">${failures(result).length}</td></tr>`;
}

function section(result: RunResult, index: number): string {
  const listed = causes(result).map(([cause, count]) => `<li>${count} × ${escape(cause)}</li>`);
  const events = result.events.map(({ at, text }) => `<li>${(at / 1000).toFixed(2)} s: ${escape(text)}</li>`);
  return `<h2 id="run-${index}">${nameOf(result)}</h2>
${result.error === undefined ? '' : `<pre>${escape(result.error)}</pre>`}
${timeline(result)}
${listed.length > 0 ? `<details><summary>Causes of failures</summary><ul>${listed.join('')}</ul></details>` : ''}
<details><summary>${events.length} events</summary><ul>${events.join('')}</ul></details>`;
}

function timeline(result: RunResult): string {
  const length = Math.max(1, ...result.outcomes.map(({ start }) => start));
  const buckets = Array.from({ length: Math.floor(length / BUCKET_MS) + 1 }, () => ({ all: 0, failed: 0 }));
  for (const { start } of result.outcomes) buckets[Math.floor(start / BUCKET_MS)]!.all += 1;
  for (const { start } of failures(result)) buckets[Math.floor(start / BUCKET_MS)]!.failed += 1;
  const most = Math.max(1, ...buckets.map(({ all }) => all));
  const x = (at: number) => ((at / length) * WIDTH).toFixed(1);
  const width = (WIDTH / buckets.length).toFixed(2);
  const bar = (count: number, at: number, color: string) =>
    count === 0
      ? ''
      : `<rect x="${x(at * BUCKET_MS)}" y="${(HEIGHT - (count / most) * HEIGHT).toFixed(1)}" width="${width}" height="${((count / most) * HEIGHT).toFixed(1)}" fill="${color}"/>`;
  const marks = result.events.map(
    ({ at, text }) =>
      `<line x1="${x(at)}" x2="${x(at)}" y1="0" y2="${HEIGHT}" stroke="#4263eb" stroke-opacity=".5"><title>${escape(text)}</title></line>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT + 14}" role="img" aria-label="timeline">
<rect x="${x(result.begin)}" y="0" width="${(((result.end - result.begin) / length) * WIDTH).toFixed(1)}" height="${HEIGHT}" fill="#e7edf5"/>
${buckets.map(({ all }, at) => bar(all, at, '#aab4c0')).join('')}${buckets.map(({ failed }, at) => bar(failed, at, '#d62839')).join('')}
${marks.join('')}
<text x="2" y="${HEIGHT + 11}" font-size="10">0 s</text><text x="${WIDTH - 40}" y="${HEIGHT + 11}" font-size="10">${(length / 1000).toFixed(0)} s</text></svg>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
