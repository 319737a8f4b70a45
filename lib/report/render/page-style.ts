/** The page's style sheet: light and dark by system preference, responsive, and printable. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1a1f26; --muted: #545d68; --line: #d5dae1; --soft: #f4f6f9; --link: #0a58ca;
  --attention: #8a3b00; --attention-soft: #fff1e2; --fine: #0b6236; --fine-soft: #e3f5ea;
  --public: #eef7ee; --public-line: #4b9460; --private: #edf3fc; --private-line: #4a7fc4;
  --intra: #f3f0fa; --intra-line: #8570bd; --accent: #fff0d9; --accent-line: #b86e00; --box: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181e; --text: #e4e9f0; --muted: #a0abb9; --line: #363e49; --soft: #1c222a; --link: #7fb4ff;
    --attention: #ffb877; --attention-soft: #3a2814; --fine: #7ed6a1; --fine-soft: #143122;
    --public: #17251b; --public-line: #4f9a67; --private: #172232; --private-line: #5b90d6;
    --intra: #211d30; --intra-line: #917dcb; --accent: #33260f; --accent-line: #d08a2a; --box: #1a2027;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 76rem; background: var(--page); color: var(--text);
  font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
a { color: var(--link); }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 3rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid var(--line); font-size: 1.25rem; overflow-wrap: anywhere; }
.place, .note { margin: 0.25rem 0 0; color: var(--muted); max-width: 48rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0.75rem; margin: 1.5rem 0; padding: 0; }
.facts > div { padding: 0.75rem 0.875rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--soft); }
.facts dt { color: var(--muted); font-size: 0.8125rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.facts .value { font-size: 1.375rem; font-weight: 600; line-height: 1.3; }
.facts .detail { color: var(--muted); font-size: 0.8125rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0; padding: 0; list-style: none; }
nav li { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
.drawing { margin: 1.75rem 0 0; }
.drawing svg { display: block; min-width: 47rem; width: 100%; height: auto; max-width: 76rem; }
table { width: 100%; margin-top: 1rem; border-collapse: collapse; font-size: 0.875rem; }
caption { padding: 0.25rem 0; text-align: left; font-weight: 600; overflow-wrap: anywhere; }
th, td { padding: 0.4375rem 0.75rem 0.4375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--muted); font-size: 0.8125rem; font-weight: 500; white-space: nowrap; }
tbody th { font-weight: 500; }
td, tbody th { overflow-wrap: anywhere; min-width: 7.5rem; }
td div + div, th div + div { margin-top: 0.125rem; }
td.short, tbody th.short { min-width: 0; white-space: nowrap; }
.attention, .fine { padding: 0.0625rem 0.375rem; border-radius: 0.25rem; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.attention { background: var(--attention-soft); color: var(--attention); }
.attention::before { content: "! "; font-weight: 700; }
.fine { background: var(--fine-soft); color: var(--fine); }
.none { margin: 1rem 0 0; }
.none b { font-weight: 600; }
footer { margin-top: 3rem; padding-top: 0.75rem; border-top: 1px solid var(--line); color: var(--muted); font-size: 0.8125rem; }
svg text { fill: var(--text); font-family: inherit; }
svg .title { font-weight: 600; }
svg .add-on .title { font-weight: 400; }
svg .detail { fill: var(--muted); }
svg rect { fill: var(--box); stroke: var(--line); }
svg .network > rect { fill: none; stroke: var(--muted); }
svg .zone > rect { fill: none; stroke-dasharray: 4 3; stroke: var(--muted); }
svg .public > rect { fill: var(--public); stroke: var(--public-line); }
svg .private > rect { fill: var(--private); stroke: var(--private-line); }
svg .intra > rect { fill: var(--intra); stroke: var(--intra-line); }
svg .cluster > rect { stroke: var(--intra-line); stroke-width: 1.5; }
svg .load-balancer > rect, svg .ingress-nodes > rect { fill: var(--accent); stroke: var(--accent-line); stroke-width: 1.5; }
svg .clients > rect { fill: var(--soft); stroke: var(--muted); }
svg .nat > rect { stroke: var(--public-line); }
svg .nodes > rect { stroke: var(--private-line); }
svg .inside > rect { fill: var(--soft); }
svg .arrow { fill: none; stroke: var(--accent-line); stroke-width: 1.75; }
svg .arrow-head { fill: var(--accent-line); }
@media (max-width: 40rem) {
  body { padding: 1rem 0.875rem 3rem; }
  .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  table { min-width: 36rem; }
  table.narrow { min-width: 0; }
}
@media print {
  :root {
    --page: #ffffff; --text: #000000; --muted: #444444; --line: #bbbbbb; --soft: #ffffff; --link: #000000;
    --attention: #000000; --attention-soft: #eeeeee; --fine: #000000; --fine-soft: #ffffff;
    --public: #ffffff; --private: #ffffff; --intra: #ffffff; --accent: #eeeeee; --box: #ffffff;
  }
  @page { margin: 12mm; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  nav { display: none; }
  h2, caption, thead { break-after: avoid; }
  tr, .drawing { break-inside: avoid; }
  .scroll { overflow: visible; }
  .drawing svg { min-width: 0; max-height: 200mm; }
  table { font-size: 8pt; }
}
`;
