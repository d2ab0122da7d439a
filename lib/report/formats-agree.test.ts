import { describe, expect, it } from 'vitest';
import { formatCount, formatMs, formatShare } from '../core/spec/units.ts';
import { RECORDED_REPORTS } from '../e2e/recorded-reports.ts';
import { htmlBody } from './document/html-body.ts';
import { renderMarkdown } from './document/render-markdown.ts';
import { renderJson } from './json.ts';
import { buildReport, type Report } from './model/report.ts';
import { reportDocument } from './sections/report-document.ts';
import { renderTerminal } from './terminal.ts';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#x27': "'", '#x3C': '<' };

function decode(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

/** What a reader of the page reads; charts repeat what tables say. */
function textOfHtml(html: string): string {
  return decode(
    html
      .replace(/<nav[\s\S]*?<\/nav>/g, ' ')
      .replace(/<fieldset[\s\S]*?<\/fieldset>/g, ' ')
      .replace(/<figure[\s\S]*?<\/figure>/g, ' ')
      .replace(/<caption[\s\S]*?<\/caption>/g, ' ')
      .replace(/<svg[\s\S]*?<\/svg>/g, ' ')
      .replace(/<[^>]*>/g, ' '),
  );
}

function textOfMarkdown(markdown: string): string {
  return decode(markdown.replace(/\]\([^)]*\)/g, ' ').replace(/\\(?=[^\w\s])/g, ''));
}

/** Every number with its thousands and decimals, and its sign and unit where it has one. */
function numbersOf(text: string): string[] {
  return [...text.matchAll(/[−+]?\d[\d,]*(?:\.\d+)?(?: ?(?:%|ms|s|×)(?![a-z]))?/g)].map(([number]) =>
    number.replace(/,$/, ''),
  );
}

function countsOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

describe.each(Object.entries(RECORDED_REPORTS))('the report of %s', (_name, source) => {
  const model = buildReport(source());
  const document = reportDocument(model);
  const text = textOfMarkdown(renderMarkdown(document));
  // A note stands below its row in HTML, and below the table in Markdown, where it has to name its row.
  const markdown = numbersOf(text.replace(/^\d+\. /gm, '').replace(/^- `[^`]+`(?=: )/gm, ''));
  const html = numbersOf(textOfHtml(htmlBody(document, ({ kind }) => kind)));
  const terminal = renderTerminal(model, false);
  const report = JSON.parse(renderJson(model)) as Report;

  it('says each number as often in HTML as in Markdown', () => {
    expect(markdown.length).toBeGreaterThan(50);
    // Numbered headings are headings in both; numbered lists have their numbers in Markdown alone.
    expect(Object.fromEntries(countsOf(html))).toEqual(Object.fromEntries(countsOf(markdown)));
  });

  it('says nothing in a terminal that the others do not say', () => {
    const said = new Set(markdown);
    const missing = numbersOf(terminal).filter((number) => !said.has(number));
    // A terminal rounds the rate once more, and says how much it leaves out, and how many limits were not met.
    const rate = report.totals.requestsPerSecond?.toFixed(1);
    const left = [...terminal.matchAll(/and (\d+) more/g)].map(([, count]) => count);
    const of = (...verdicts: readonly string[]) =>
      formatCount(report.thresholds.filter(({ verdict }) => verdicts.includes(verdict)).length);
    left.push(of('fail', 'no_data'), of('no_data'));
    expect(missing.filter((number) => number !== rate && !left.includes(number))).toEqual([]);
  });

  it('says the totals, the endpoints and the thresholds of its JSON', () => {
    const said = new Set(markdown);
    const { totals, endpoints, thresholds } = report;
    const numbers = [
      formatCount(totals.requests),
      ...totals.outcomes.flatMap(({ count, share }) => [formatCount(count), formatShare(share)]),
      ...[totals.ok, totals.all].flatMap(({ min, avg, p50, p90, p95, p99, max }) =>
        [min, avg, p50, p90, p95, p99, max].flatMap((ms) => (ms === undefined ? [] : formatMs(ms))),
      ),
      ...endpoints.flatMap(({ requests, outcomes, ok }) => [
        formatCount(requests),
        ...outcomes.map(({ count }) => formatCount(count)),
        ...(ok.p95 === undefined ? [] : [formatMs(ok.p95)]),
      ]),
      formatCount(thresholds.length),
    ];
    expect(numbers.filter((number) => !said.has(number) && !text.includes(number))).toEqual([]);
  });
});
