import { colourProperties } from './colours.ts';
import { CHOICE_STYLE } from './html-choice.ts';

/** The look of a report: on a screen in both colour schemes, on a phone, on paper. */
export const STYLE = `
:root { color-scheme: light dark; ${colourProperties('light')} }
@media screen and (prefers-color-scheme: dark) { :root { ${colourProperties('dark')} } }

*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  overflow-wrap: break-word;
}
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code { font-size: 0.875em; overflow-wrap: anywhere; }
p code, li code, dd code { padding: 0.1em 0.35em; background: var(--surface); border: 1px solid var(--border); border-radius: 4px; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }

.page { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1, h2, h3, h4 { line-height: 1.25; font-weight: 650; text-wrap: balance; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; letter-spacing: -0.01em; }
h2 { margin: 0 0 1rem; padding-top: 1.6rem; font-size: 1.35rem; letter-spacing: -0.005em; border-top: 1px solid var(--border); }
section { margin-top: 2.25rem; }
h3 { margin: 2.25rem 0 0.75rem; font-size: 1.1rem; }
h4 { margin: 1.75rem 0 0.5rem; font-size: 1rem; }
p, ul, ol, dl { margin: 0 0 1.1rem; }
p, li { max-width: 46rem; }
ul, ol { padding-left: 1.4rem; }
li { margin: 0.3rem 0; }
li::marker { color: var(--muted); }

.verdict {
  display: flex;
  gap: 0.85rem;
  align-items: flex-start;
  max-width: none;
  margin: 0 0 1rem;
  padding: 0.8rem 1.1rem;
  font-size: 1.1rem;
  line-height: 1.45;
  background: var(--surface);
  border: 1px solid var(--border);
  border-left: 5px solid var(--muted);
  border-radius: 6px;
}
.verdict strong { font-weight: 600; min-width: 0; overflow-wrap: anywhere; }
.verdict .mark { flex: none; width: 1.6rem; height: 1.6rem; }
.verdict.good { background: var(--good-surface); border-color: var(--good); }
.verdict.bad { background: var(--bad-surface); border-color: var(--bad); }
.verdict.caution { background: var(--caution-surface); border-color: var(--caution); }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.75rem; max-width: none; margin: 0 0 1rem; padding: 0; list-style: none; }
.tiles li { display: flex; flex-direction: column; max-width: none; margin: 0; padding: 0.6rem 0.9rem; background: var(--surface); border: 1px solid var(--border); border-radius: 6px; }
.tiles .name, .tiles .limit { color: var(--muted); font-size: 0.8125rem; line-height: 1.4; }
.tiles strong { font-size: 1.35rem; font-weight: 650; line-height: 1.35; font-variant-numeric: tabular-nums; }
.tiles .bad { border-color: var(--bad); background: var(--bad-surface); }
.tiles .caution { border-color: var(--caution); background: var(--caution-surface); }
.tiles .mark { width: 0.75em; height: 0.75em; }
header > p:last-child { color: var(--muted); font-size: 0.9rem; max-width: none; margin-bottom: 0; }

details { margin: 0 0 0.6rem; border: 1px solid var(--border); border-radius: 6px; }
summary { padding: 0.5rem 0.9rem; cursor: pointer; font-weight: 600; font-size: 0.925rem; color: var(--text); }
summary:hover { background: var(--surface); }
details[open] > summary { border-bottom: 1px solid var(--border); margin-bottom: 1rem; background: var(--surface); }
details > :not(summary) { margin-left: 0.9rem; margin-right: 0.9rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.filter { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; margin: 0 0 0.6rem; font-size: 0.875rem; }
.filter input[type="search"] { min-width: 14rem; padding: 0.3rem 0.5rem; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--border); border-radius: 4px; }

dl { display: grid; grid-template-columns: minmax(0, 1fr); border-top: 1px solid var(--border); }
dl > div { display: grid; grid-template-columns: 12rem minmax(0, 1fr); gap: 0 1.5rem; padding: 0.45rem 0; border-bottom: 1px solid var(--border); font-size: 0.925rem; }
dt { color: var(--muted); overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; }

.scroll { max-width: 100%; overflow-x: auto; margin: 0 0 1.5rem; }
.scroll:has(> table:not(.bars)) { width: fit-content; border: 1px solid var(--border); border-radius: 6px; }
.scroll:has(> .wide) { width: auto; }
table { border: 0; border-collapse: collapse; font-size: 0.875rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
.wide { width: 100%; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: 0.5rem 0.8rem; border: 0; border-bottom: 1px solid var(--border); text-align: left; vertical-align: top; }
:where(.wide) :is(th, td) { padding-inline: 0.6rem; }
tbody > tr:last-child > * { border-bottom: 0; }
thead th { background: var(--surface); color: var(--muted); font-weight: 600; white-space: nowrap; vertical-align: bottom; }
tbody th { font-weight: 500; }
tbody th:not(.number):not(.brief) { min-width: 11rem; }
tbody tr:hover > * { background: var(--surface); }
.noted > * { border-bottom: 0; }
.note td { padding-top: 0; color: var(--muted); font-size: 0.8125rem; }
.used { display: inline-block; margin-right: 0.5rem; vertical-align: middle; border-radius: 2px; }
tr:target > * { background: var(--caution-surface); }
.number, .long { text-align: right; }
.number { white-space: nowrap; }
.long { white-space: normal; }
td:not(.number):not(.brief) { min-width: 9rem; }
.brief { white-space: nowrap; min-width: 0; }
.tone { font-weight: 600; }
.tone.good { color: var(--good); }
.tone.bad { color: var(--bad); }
.tone.caution { color: var(--caution); }
.tone .mark { width: 0.95em; height: 0.95em; margin-right: 0.15em; vertical-align: -0.1em; }

th button { all: unset; cursor: pointer; display: inline-flex; gap: 0.3rem; align-items: baseline; white-space: nowrap; }
th button:hover { color: var(--text); }
th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
th button::after { content: "↕" / ""; opacity: 0.45; font-size: 0.85em; }
th[aria-sort="ascending"] button::after { content: "↑" / ""; opacity: 1; }
th[aria-sort="descending"] button::after { content: "↓" / ""; opacity: 1; }
th[aria-sort="ascending"], th[aria-sort="descending"] { color: var(--text); }

.bars { width: 100%; max-width: 46rem; }
.bars caption { position: static; width: auto; height: auto; clip-path: none; overflow: visible; padding: 0 0 0.4rem; text-align: left; white-space: normal; font-weight: 600; font-size: 0.95rem; }
.bars th, .bars td { padding: 0.25rem 0.8rem 0.25rem 0; border: 0; vertical-align: middle; }
.bars tbody tr:hover > * { background: none; }
.bars tbody th { min-width: 7rem; font-weight: 400; }
.bars .number { width: 1%; }
.bars .bar { width: 70%; min-width: 6rem; padding-right: 0; }
.bars svg { display: block; width: 100%; height: 0.8rem; border-radius: 2px; }

figure { margin: 0 0 1.5rem; max-width: 28rem; min-width: 0; }
figure .scroll { margin: 0 0 0.5rem; }
figure svg { display: block; width: 100%; max-width: 28rem; height: auto; }
figure text { font-family: inherit; font-variant-numeric: tabular-nums; }
.crosshair { stroke: var(--muted); stroke-width: 1; pointer-events: none; }
.reading { display: block; min-height: 1.4em; font-size: 0.8125rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
figcaption { color: var(--muted); font-size: 0.875rem; line-height: 1.5; overflow-wrap: anywhere; }
figcaption strong { color: var(--text); font-weight: 600; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0.5rem 2.25rem; align-items: start; }
fieldset { display: flex; flex-wrap: wrap; gap: 0.15rem 1.25rem; min-width: 0; margin: 0 0 1rem; padding: 0.3rem 0.8rem 0.5rem; border: 1px solid var(--border); border-radius: 6px; font-size: 0.8125rem; }
legend { padding: 0 0.4rem; color: var(--muted); }
label { overflow-wrap: anywhere; }
fieldset label { display: flex; gap: 0.4rem; align-items: center; min-width: 0; cursor: pointer; }
.sample { flex: none; }
${CHOICE_STYLE}

pre { margin: 0 0 1.5rem; padding: 0.9rem 1.1rem; overflow-x: auto; background: var(--surface); border: 1px solid var(--border); border-radius: 6px; font-size: 0.875rem; line-height: 1.5; }
pre code { font-size: inherit; overflow-wrap: normal; }

nav { margin: 0 0 1.5rem; font-size: 0.9rem; }
nav p { margin: 0 0 0.4rem; color: var(--muted); font-weight: 600; }
nav ol { display: flex; flex-wrap: wrap; gap: 0.15rem 1.1rem; margin: 0; padding: 0; list-style: none; }
nav li { margin: 0; min-width: 0; overflow-wrap: anywhere; }
nav a { display: inline-block; padding: 0.2rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav a[aria-current] { font-weight: 650; text-decoration: underline; }

@media (min-width: 72rem) {
  .page:has(> nav) { display: grid; grid-template-columns: 12rem minmax(0, 1fr); grid-template-rows: auto 1fr; column-gap: 3.5rem; max-width: 87.5rem; }
  .page:has(> nav) > :not(nav) { grid-column: 2; }
  nav { grid-column: 1; grid-row: 1 / span 2; position: sticky; top: 2rem; align-self: start; max-height: calc(100vh - 4rem); overflow-y: auto; padding-top: 0.55rem; }
  nav ol { flex-direction: column; }
}

@media (max-width: 40rem) {
  .page { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.4rem; }
  h2 { font-size: 1.2rem; padding-top: 1.5rem; }
  section { margin-top: 1.75rem; }
  .verdict { font-size: 1rem; padding: 0.85rem 1rem; gap: 0.7rem; }
  dl > div { grid-template-columns: minmax(0, 1fr); }
  th, td { padding: 0.4rem 0.6rem; }
  table { font-size: 0.8125rem; }
  tbody th:not(.number):not(.brief) { min-width: 9rem; max-width: 12rem; }
  .tiles { grid-template-columns: repeat(auto-fit, minmax(6.2rem, 1fr)); gap: 0.5rem; }
  .tiles li { padding: 0.4rem 0.6rem; }
  .tiles strong { font-size: 1.1rem; }
}

@media print {
  @page { margin: 14mm; }
  body { font-size: 10pt; line-height: 1.45; }
  .page { max-width: none; padding: 0; }
  nav, .skip, .filter, .reading, th button::after { display: none; }
  section { margin-top: 1.25rem; }
  h1 { font-size: 17pt; }
  h2 { font-size: 13pt; padding-top: 0.9rem; }
  h3 { font-size: 11pt; }
  h1, h2, h3, h4 { break-after: avoid; }
  p, li { orphans: 3; widows: 3; }
  .scroll { overflow: visible; }
  .verdict, figure, pre, .short, tr, dl > div, .charts > * { break-inside: avoid; }
  thead { display: table-header-group; }
  table { font-size: 8pt; }
  .note td { font-size: 1em; }
  th, td { padding: 0.3rem 0.45rem; }
  tbody th, td:not(.number), td:not(.number):not(.brief) { min-width: 0; overflow-wrap: anywhere; }
  figure svg { max-width: 120mm; }
  .charts { grid-template-columns: 1fr 1fr; gap: 0 6mm; }
  pre { white-space: pre-wrap; }
  a { color: inherit; }
  .verdict, .mark, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
