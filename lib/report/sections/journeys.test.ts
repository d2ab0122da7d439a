import { describe, expect, it } from 'vitest';
import { contradictionsOf } from '../../core/judge/contradictions/contradictions-of.ts';
import { asStored } from '../../core/judge/run-summary.ts';
import { journeyRun } from '../../testing/journeys.ts';
import { FIXTURES } from '../../testing/runs.ts';
import { renderMarkdown } from '../document/render-markdown.ts';
import { buildReport } from '../model/report.ts';
import { renderTerminal } from '../terminal.ts';
import { reportDocument } from './report-document.ts';

const report = buildReport({ runs: [asStored(journeyRun())] });
const markdown = renderMarkdown(reportDocument(report));

/** The lines of a section, without those between them. */
function section(title: string): string[] {
  const from = markdown.indexOf(`## ${title}\n`);
  const to = markdown.indexOf('\n## ', from + 1);
  return markdown
    .slice(from, to)
    .split('\n')
    .filter((line) => line !== '');
}

it('the run that these tests are made of can be', () => {
  expect(contradictionsOf(journeyRun())).toEqual([]);
});

it('a report of journeys reads on a terminal', async () => {
  await expect(renderTerminal(report, false, 80)).toMatchFileSnapshot('../golden/journeys.txt');
});

describe('the section of journeys', () => {
  it('stands before that of endpoints, and has each journey with its limits', async () => {
    expect(markdown.indexOf('## Journeys')).toBeLessThan(markdown.indexOf('## Endpoints'));
    await expect(`${section('Journeys').join('\n')}\n`).toMatchFileSnapshot('../golden/journeys.md');
  });

  it('is missing in the report of any other test', () => {
    const other = renderMarkdown(reportDocument(buildReport({ runs: [asStored(FIXTURES.healthy)] })));
    expect(other).not.toMatch(/journey/i);
  });

  it('names the scenario of each journey where a report is of several runs', () => {
    const runs = [journeyRun(), journeyRun({ runId: 'another', scenario: 'sale' })].map(asStored);
    const joint = buildReport({ runs });
    expect(joint.journeys.map(({ scenario, name }) => `${scenario}: ${name}`)).toEqual([
      'shop: browse',
      'shop: buy',
      'shop: return',
      'sale: browse',
      'sale: buy',
      'sale: return',
    ]);
    expect(renderMarkdown(reportDocument(joint))).toContain('| Scenario | Journey |');
  });
});

describe('the rest of the report', () => {
  it('calls iterations journeys', () => {
    expect(markdown).toContain('20 journeys/s for 1m');
    expect(markdown).toContain('**Planned journeys:**');
    expect(report.notes).toContain('k6 interrupted 3 journeys. Requests in flight at that moment are not counted.');
    expect(report.reasons.join('\n')).toContain('190 planned journeys (16 %) were dropped');
    expect(report.reasons.join('\n')).toContain('the script threw an exception in 2 journeys');
    expect(markdown).not.toMatch(/iterations/);
  });

  it('says where a percentile of journeys, or of a metric, stands on few of them', () => {
    const few = report.thresholds.filter(({ hasFewSamples }) => hasFewSamples === true);
    expect(few.map(({ journey, custom }) => journey ?? custom)).toEqual(['buy', 'basket_size']);
  });

  it('says which journey was never started', () => {
    expect(report.notes).toContain('The load never started return, so there are no results for this journey.');
  });

  it('finds where journeys stop, and why', () => {
    const finding = report.problems.find(({ id }) => id === 'journeys-stopped');
    expect(finding).toMatchObject({
      severity: 'high',
      summary: '64 of 1,006 journeys that ended (6.4 %) stopped, at order and list.',
      endpoints: ['order', 'list'],
      evidence: [
        'buy: 60 of 306 (20 %) stopped at order; its requests that were not ok: status 409: 60',
        'buy: 4 of 306 (1 %) stopped at list',
      ],
    });
  });

  it('shows the limits of metrics of the script beside their figures', () => {
    expect(section('What else k6 measured').filter((line) => line.startsWith('| '))).toEqual([
      '| Metric | Kind | Figures | Limits |',
      '| --- | --- | --- | --- |',
      expect.stringMatching(/^\| basket\\_size \| trend \| .* \| ❌ p95 of its values &lt; 20: fail \|$/),
      expect.stringMatching(/^\| sold \| counter \| .* \| ✅ count, at least &gt;= 100: pass \|$/),
      expect.stringMatching(/^\| queue \| gauge \| .* \|\s*\|$/),
    ]);
  });

  it('shows what was sent beside the endpoints as a row, and as no endpoint', () => {
    expect(section('Endpoints').join('\n')).toContain('| `not declared` |');
  });
});
