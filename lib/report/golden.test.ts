import { describe, expect, it } from 'vitest';
import { RECORDED_REPORTS } from '../e2e/recorded-reports.ts';
import { htmlBody } from './document/html-body.ts';
import { renderMarkdown } from './document/render-markdown.ts';
import { buildReport } from './model/report.ts';
import { reportDocument } from './sections/report-document.ts';
import { renderTerminal } from './terminal.ts';

describe.each(Object.entries(RECORDED_REPORTS))('the report of the %s run', (name, source) => {
  const report = buildReport(source());
  const document = reportDocument(report);

  it('as Markdown', async () => {
    await expect(renderMarkdown(document)).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it('as plain text for a terminal', async () => {
    await expect(renderTerminal(report, false, 80)).toMatchFileSnapshot(`golden/${name}.txt`);
  });
});

function htmlOf(name: string): string {
  const source = RECORDED_REPORTS[name] ?? expect.fail('no such report');
  return htmlBody(reportDocument(buildReport(source())), ({ kind }) => kind);
}

// HTML is written from the same blocks as Markdown: these show each kind of them, the others would show them again.
it.each(['healthy', 'joint', 'bad-answers'])(
  'the report of the %s run as HTML, with a mark for each chart',
  async (name) => {
    await expect(htmlOf(name)).toMatchFileSnapshot(`golden/${name}.html`);
  },
);

// 387,000 bytes when this was written, charts aside: about 1,700 for each endpoint, in two tables, and one of 60 rows. A tenth more is two
// cells more in each row, or a class on every cell: whoever adds them should have meant to.
it('a report of 200 endpoints stays a page that a browser opens at once', () => {
  expect(Buffer.byteLength(htmlOf('200-endpoints'))).toBeLessThan(430_000);
});

it('the Markdown of a green run has at most 150 lines', () => {
  const source = RECORDED_REPORTS.healthy ?? expect.fail('no such report');
  expect(
    renderMarkdown(reportDocument(buildReport(source())))
      .trimEnd()
      .split('\n').length,
  ).toBeLessThanOrEqual(150);
});
