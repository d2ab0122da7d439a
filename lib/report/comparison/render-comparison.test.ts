import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { compareRuns } from '../../compare/compare-runs.ts';
import type { Comparison } from '../../compare/comparison.ts';
import { type EndpointFixture, pairsOf, storedRun } from '../../testing/compared-runs.ts';
import { saidIn, saidTwice } from '../../testing/said.ts';
import { bytesOf, COMMENT_MARKERS, MOST_COMMENT_BYTES } from '../comment.ts';
import { htmlBody } from '../document/html-body.ts';
import { renderMarkdown } from '../document/render-markdown.ts';
import { comparisonDocument } from './comparison-document.ts';
import { changedRows } from './comparison-rows.ts';
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

/** One endpoint is gone, and another one is new. */
const OTHER: Endpoints = { agents: { medianMs: 40 }, projects: { medianMs: 60 }, reports: { medianMs: 30 } };

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
    head: [storedRun({ runId: 'b', release: '1.5', endpoints: OTHER, changes: { fingerprint: 'sha256:ffff' } })],
  }),
};

const comparisonThat = (is: string): Comparison => COMPARISONS[is] ?? expect.fail('no such comparison');

describe.each(Object.entries(COMPARISONS))('a comparison that is %s', (name, comparison) => {
  const document = comparisonDocument(comparison);
  const golden = (extension: string) => `golden/${name}.${extension}`;

  it('as Markdown', async () => {
    await expect(renderMarkdown(document)).toMatchFileSnapshot(golden('md'));
  });

  it('in a terminal', async () => {
    await expect(renderComparisonTerminal(comparison, false, 80)).toMatchFileSnapshot(golden('txt'));
  });

  it('in a terminal of 80 columns, on one screen', () => {
    const lines = renderComparisonTerminal(comparison, false, 80).trim().split('\n');
    expect(lines.filter((line) => line.trimEnd().length > 80)).toEqual([]);
    expect(lines.length).toBeLessThanOrEqual(45);
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

  it('on one screen of a comment, of which the rest is folded', () => {
    const [open = ''] = renderComparisonComment(comparison, { runUrl: 'https://example.org/run/1' }).split('<details>');
    expect(open.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });

  it('without a sentence that is said twice', () => {
    expect(saidTwice(saidIn(document.blocks))).toEqual([]);
  });

  it('with one value in each cell, and nothing open that did not change', () => {
    const tables = document.blocks.filter((block) => block.kind === 'table');
    expect(tables.map(({ caption }) => caption)).toEqual(
      changedRows(comparison).length > 0 ? ['Rows that changed'] : [],
    );
    const open = saidIn(document.blocks).filter(({ kind, isFolded }) => kind === 'cell' && !isFolded);
    for (const { text } of open) expect(text).not.toMatch(/unchanged|…/);
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

  it('without a number that is none', () => {
    const all = [renderMarkdown(document), renderComparisonTerminal(comparison, false)];
    for (const text of all) expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });
});

it('as HTML, with a mark for each chart', async () => {
  const html = htmlBody(comparisonDocument(comparisonThat('regressed')), ({ title }) => title);
  await expect(html).toMatchFileSnapshot('golden/regressed.html');
});

describe('JSON for github-action-benchmark', () => {
  const entriesOf = (name: string) =>
    JSON.parse(renderBenchmarkJson(comparisonThat(name))) as Record<string, unknown>[];

  it('has the figures of head, latencies in milliseconds with their noise and shares in percent', () => {
    const entries = entriesOf('regressed');
    expect(entries.slice(0, 2)).toEqual([
      {
        name: 'p95-geomean',
        unit: 'ms',
        value: expect.closeTo(75.6506, 4),
        range: '± 0.0849 ms',
        extra: '1.5, 5 runs',
      },
      {
        name: 'failures',
        unit: '%',
        value: expect.closeTo((100 * 10) / 1800, 4),
        extra: '1.5, 5 runs',
      },
    ]);
    expect(entries.find(({ name }) => name === 'services server-errors')?.value).toBeCloseTo((100 * 10) / 600);
    for (const { name, value } of entries) expect([typeof name, typeof value]).toEqual(['string', 'number']);
  });

  it('has every figure of which less is better, of all endpoints together and of each', () => {
    const ofEach = ['failures', 'p95', 'p50', 'p99', 'timeouts', 'refused', 'server-errors', 'rate-limited'];
    const names = entriesOf('unchanged').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['p95-geomean', ...ofEach]));
    for (const id of ['agents', 'projects', 'services']) {
      const own = [...ofEach, 'over-limit'].map((name) => `${id} ${name}`);
      expect(names).toEqual(expect.arrayContaining(own));
    }
    expect(names).toHaveLength(1 + ofEach.length + 3 * (ofEach.length + 1));
  });

  it('says nothing of noise where there was one run, and nothing at all where nothing can be compared', () => {
    const entries = entriesOf('single');
    expect(entries[0]).toEqual({
      name: 'p95-geomean',
      unit: 'ms',
      value: expect.closeTo(74.4061, 4),
      extra: '1.5, 1 runs',
    });
    expect(entries.filter((entry) => 'range' in entry)).toEqual([]);
    expect(entriesOf('incomparable')).toEqual([]);
  });
});

it('fails in every format when it fails', () => {
  const regressed = comparisonThat('regressed');
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
  expect(comment).toMatch(/^\d+ other rows: .* \(in comparison.html\)\.$/m);
  expect(comment).not.toMatch(/<summary>\d+ other rows/);
});

it('names the environments of both sides, where they have names', () => {
  const { base, head, ...rest } = COMPARISONS.unchanged as Comparison;
  const of = (environment: string, arm: Comparison['base']) => ({
    ...arm,
    runs: arm.runs.map((run) => ({ ...run, environment })),
  });
  const comparison = { ...rest, base: of('staging', base), head: of('production', head) };
  expect(renderComparisonTerminal(comparison, false)).toContain(
    'base 1.4 (5 runs, environment staging), head 1.5 (5 runs, environment production)',
  );
  const markdown = renderMarkdown(comparisonDocument(comparison));
  expect(markdown).toMatch(/\| Commit \| Environment \|/);
  expect(markdown).toMatch(/^\| head \| .*\| production \|/m);
});
