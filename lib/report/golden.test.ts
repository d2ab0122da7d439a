import { describe, expect, it } from 'vitest';
import { FIXTURES } from './fixtures.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { buildReport } from './model.ts';
import { renderTerminal } from './terminal.ts';

describe.each(Object.entries(FIXTURES))('the report of the %s run', (name, summary) => {
  const report = buildReport(summary);

  it('as Markdown', async () => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it('as plain text for a terminal', async () => {
    await expect(renderTerminal(report, false)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('as JSON', async () => {
    await expect(renderJson(report)).toMatchFileSnapshot(`golden/${name}.json`);
  });
});
