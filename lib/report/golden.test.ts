import { describe, expect, it } from 'vitest';
import { RECORDED_REPORTS } from '../e2e/recorded-reports.ts';
import { renderHtml } from './document/render-html.ts';
import { renderMarkdown } from './document/render-markdown.ts';
import { renderJson } from './json.ts';
import { buildReport } from './model/report.ts';
import { reportDocument } from './sections/report-document.ts';
import { renderTerminal } from './terminal.ts';

describe.each(Object.entries(RECORDED_REPORTS))('the report of the %s run', (name, source) => {
  const report = buildReport(source());
  const document = reportDocument(report);

  it('as Markdown', async () => {
    await expect(renderMarkdown(document)).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it('as HTML, with a mark for each chart', async () => {
    const html = renderHtml(
      document,
      (chart) => `<svg><title>${chart.kind}</title></svg>`,
      () => 'hash',
    );
    // The style and the script are the same in every report, and have tests of their own.
    const content = html.slice(html.indexOf('<body'), html.lastIndexOf('<script'));
    await expect(content).toMatchFileSnapshot(`golden/${name}.html`);
  });

  it('as plain text for a terminal', async () => {
    await expect(renderTerminal(report, false)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('as JSON', async () => {
    await expect(renderJson(report)).toMatchFileSnapshot(`golden/${name}.json`);
  });
});
