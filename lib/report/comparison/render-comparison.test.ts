import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { compareRuns } from '../../compare/compare-runs.ts';
import type { Comparison } from '../../compare/comparison.ts';
import { type EndpointFixture, pairsOf, storedRun } from '../../compare/fixtures.ts';
import { bytesOf, COMMENT_MARKERS, MOST_COMMENT_BYTES } from '../comment.ts';
import { renderHtml } from '../document/render-html.ts';
import { renderMarkdown } from '../document/render-markdown.ts';
import { comparisonDocument } from './comparison-document.ts';
import { renderBenchmarkJson } from './render-benchmark-json.ts';
import { renderComparisonAnnotations } from './render-comparison-annotations.ts';
import { renderComparisonComment, renderComparisonSummary } from './render-comparison-comment.ts';
import { renderComparisonJunit } from './render-comparison-junit.ts';
import { renderComparisonTerminal } from './render-comparison-terminal.ts';

type Endpoints = Readonly<Record<string, EndpointFixture>>;

const LUCK = [0, 0.01, -0.008, 0.004, -0.006, 0.009];

function compared(base: Endpoints, head: Endpoints): Comparison {
  return compareRuns(
    pairsOf(5, (side, pair) => ({
      release: side === 'base' ? '1.4' : '1.5',
      endpoints: Object.fromEntries(
        Object.entries(side === 'base' ? base : head).map(([id, each]) => [
          id,
          { ...each, medianMs: each.medianMs * (1 + (LUCK[(pair * (side === 'head' ? 5 : 1)) % LUCK.length] ?? 0)) },
        ]),
      ),
    })),
  );
}

const THREE: Endpoints = { agents: { medianMs: 40 }, projects: { medianMs: 20 }, services: { medianMs: 80 } };

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  unchanged: compared(THREE, THREE),
  regressed: compared(THREE, { ...THREE, services: { medianMs: 92, outcomes: { ok: 590, server_error: 10 } } }),
  improved: compared(THREE, { ...THREE, agents: { medianMs: 20 } }),
  single: compareRuns({
    base: [storedRun({ runId: 'a', release: '1.4', endpoints: THREE })],
    head: [storedRun({ runId: 'b', release: '1.5', endpoints: { ...THREE, agents: { medianMs: 44 } } })],
  }),
  incomparable: compareRuns({
    base: [storedRun({ runId: 'a', release: '1.4', endpoints: THREE })],
    head: [storedRun({ runId: 'b', release: '1.5', endpoints: THREE, changes: { fingerprint: 'sha256:ffff' } })],
  }),
};

describe.each(Object.entries(COMPARISONS))('a comparison that is %s', (name, comparison) => {
  const document = comparisonDocument(comparison);
  const golden = (extension: string) => `golden/${name}.${extension}`;

  it('as Markdown', async () => {
    await expect(renderMarkdown(document)).toMatchFileSnapshot(golden('md'));
  });

  it('as HTML, with a mark for each chart', async () => {
    const html = renderHtml(
      document,
      (chart) => `<svg><title>${chart.title}</title></svg>`,
      () => 'hash',
    );
    const content = html.slice(html.indexOf('<body'), html.lastIndexOf('<script'));
    await expect(content).toMatchFileSnapshot(golden('html'));
  });

  it('in a terminal', async () => {
    await expect(renderComparisonTerminal(comparison, false)).toMatchFileSnapshot(golden('txt'));
  });

  it('as a comment, which hides its marker and fits', async () => {
    const comment = renderComparisonComment(comparison, { runUrl: 'https://example.org/run/1' });
    expect(comment.startsWith(`${COMMENT_MARKERS.comparison}\n`)).toBe(true);
    expect(bytesOf(comment)).toBeLessThan(MOST_COMMENT_BYTES);
    await expect(comment).toMatchFileSnapshot(golden('comment.md'));
  });

  it('as a step summary, which says the same without the marker', () => {
    expect(renderComparisonSummary(comparison)).not.toContain('<!--');
    expect(renderComparisonSummary(comparison)).toContain(comparison.headline.replace(/[:.].*/, ''));
  });

  it('as JUnit XML that its schema accepts', async () => {
    const xml = renderComparisonJunit(comparison);
    const schema = readFileSync(new URL('../gate/fixtures/junit-subset.xsd', import.meta.url), 'utf8');
    const { valid, errors } = await validateXML({ xml: { fileName: 'junit.xml', contents: xml }, schema });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
    await expect(xml).toMatchFileSnapshot(golden('xml'));
  });

  it('as annotations, the decision first', async () => {
    const annotations = renderComparisonAnnotations(comparison);
    expect(annotations.length).toBeLessThanOrEqual(10);
    await expect(annotations.join('\n')).toMatchFileSnapshot(golden('annotations.txt'));
  });

  it('as JSON for github-action-benchmark', async () => {
    const json = renderBenchmarkJson(comparison);
    for (const entry of JSON.parse(json) as Record<string, unknown>[]) {
      expect(typeof entry.name).toBe('string');
      expect(typeof entry.value).toBe('number');
    }
    await expect(json).toMatchFileSnapshot(golden('benchmark.json'));
  });

  it('without a number that is none', () => {
    const all = [renderMarkdown(document), renderComparisonTerminal(comparison, false)];
    for (const text of all) expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });
});

it('fails in every format when it fails', () => {
  const { regressed } = COMPARISONS;
  if (regressed === undefined) throw new Error('no such comparison');
  expect(regressed.exitCode).toBe(1);
  expect(renderComparisonJunit(regressed)).toContain('<failure');
  expect(renderComparisonAnnotations(regressed)[0]).toMatch(/^::error title=REGRESSED/);
  expect(renderComparisonComment(regressed)).toContain('regressed');
});

it('drops the full table where not everything fits into a comment, and says so', () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`endpoint-${i}`, { medianMs: 20 + i }]));
  const slower = Object.fromEntries(
    Object.entries(many).map(([id, { medianMs }]) => [id, { medianMs: 1.5 * medianMs }]),
  );
  const comment = renderComparisonComment(compared(many, slower));
  expect(bytesOf(comment)).toBeLessThan(MOST_COMMENT_BYTES);
  expect(comment).toContain('other rows');
  expect(comment).not.toContain('<details>');
});
