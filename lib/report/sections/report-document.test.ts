import { describe, expect, it } from 'vitest';
import type { StoredRun } from '../../core/judge/run-summary.ts';
import { asStored, type RunSummary } from '../../core/judge/run-summary.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { unfolded } from '../../testing/documents.ts';
import {
  type EndpointFixture,
  endpointSummary,
  FIXTURES,
  loadRecord,
  measuredRun,
  runSummary,
} from '../../testing/runs.ts';
import { plainText } from '../../testing/said.ts';
import { releasePolicyOf } from '../model/release-policy.ts';
import { buildReport, type ReportSource } from '../model/report.ts';
import { reportDocument } from './report-document.ts';

const RATE_LIMIT = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

const blocksOf = (summary: RunSummary) => unfolded(reportDocument(buildReport({ runs: [asStored(summary)] })).blocks);
const runOf = (endpoints: Readonly<Record<string, EndpointFixture>>) =>
  runSummary(
    measuredRun(
      Object.entries(endpoints).map(([id, fixture]) => endpointSummary(id, fixture)),
      { load: loadRecord({ windowSeconds: 59 }) },
    ),
  );

function headings(blocks: readonly Block[], level: number): string[] {
  return blocks.flatMap((block) => (block.kind === 'heading' && block.level === level ? [plainText(block.text)] : []));
}

function tableOf(blocks: readonly Block[], caption: string): readonly (readonly Cell[])[] {
  const [table] = blocks.filter((block) => block.kind === 'table' && block.caption === caption);
  if (table?.kind !== 'table') throw new Error(`There is no table ${caption}`);
  return table.rows;
}

const SECTIONS = ['Findings', 'Endpoints', 'Over time', 'Thresholds', 'Details'];

it.each(Object.entries(FIXTURES))(
  'the report of the %s run says what to do, then has its sections in order',
  (_name, summary) => {
    const { blocks } = reportDocument(buildReport({ runs: [asStored(summary)] }));
    expect(
      blocks
        .slice(
          0,
          blocks.findIndex(({ kind }) => kind === 'heading'),
        )
        .map(({ kind }) => kind),
    ).toEqual(['verdict', 'paragraph', 'list', 'tiles', 'paragraph']);
    expect(headings(blocks, 2).filter((title) => title !== 'Notes')).toEqual(SECTIONS);
  },
);

it('no report gives more than three reasons before its figures', () => {
  const blocks = blocksOf(FIXTURES.failing);
  const [reasons] = blocks.filter((block) => block.kind === 'list');
  const items = reasons?.kind === 'list' ? reasons.items.map(plainText) : [];
  expect(items).toHaveLength(3);
});

it('what stands among the reasons is not said again in its finding', () => {
  const { problems, decision } = buildReport({ runs: [asStored(FIXTURES.failing)] });
  const [reason = 'no reason'] = decision.advice.reasons;
  expect(problems.map(({ summary }) => summary.replace(/\.$/, ''))).toContain(reason.replace(/\.$/, ''));
  const texts = blocksOf(FIXTURES.failing).flatMap((block) =>
    block.kind === 'paragraph' ? [plainText(block.text)] : block.kind === 'list' ? block.items.map(plainText) : [],
  );
  expect(texts.filter((text) => text.includes(reason.replace(/\.$/, '')))).toHaveLength(1);
});

it('files are named among the details, where there are some', () => {
  const report = buildReport({
    runs: [asStored(FIXTURES.healthy)],
    files: [{ path: 'report.html', content: 'This report' }],
  });
  const items = unfolded(reportDocument(report).blocks).flatMap((block) =>
    block.kind === 'facts' ? block.facts.map(({ name, text }) => `${name}: ${plainText(text)}`) : [],
  );
  expect(items).toContain('File: report.html, This report');
});

describe('429 responses in the table of outcomes are', () => {
  const statusOf = (endpoints: Readonly<Record<string, EndpointFixture>>) =>
    tableOf(blocksOf(runOf(endpoints)), 'Requests by outcome')
      .map((row) => row.map(({ text }) => plainText(text)))
      .find(([label]) => label === 'rate limited (429)')
      ?.at(-1);
  const outcomes: OutcomeCounts = { ok: 50, rate_limited: 5 };
  const declared = { outcomes, rateLimit: RATE_LIMIT };

  it.each([
    ['expected, a limit is declared', { a: declared, b: { outcomes: { ok: 5 } } }],
    ['partly without a declared limit', { a: declared, b: { outcomes } }],
    ['no limit is declared', { a: { outcomes }, b: { ...declared, outcomes: { ok: 5 } } }],
  ])('%s', (status, endpoints) => {
    expect(statusOf(endpoints)).toBe(status);
  });

  it('not called expected in a source that knows nothing of limits', () => {
    const run = asStored(runOf({ a: { outcomes } }));
    const foreign = { ...run, endpoints: run.endpoints.map(({ method: _, ...endpoint }) => endpoint) };
    const rows = tableOf(
      unfolded(reportDocument(buildReport({ runs: [foreign as unknown as StoredRun] })).blocks),
      'Requests by outcome',
    );
    expect(rows.flat().map(({ text }) => plainText(text))).toContain('no limit is declared');
  });
});

it('an outcome is called as bad as the finding about it', () => {
  const rows = tableOf(blocksOf(FIXTURES.failing), 'Requests by outcome');
  const status = Object.fromEntries(
    rows.map((row) => [plainText(row[0]?.text ?? ''), plainText(row.at(-1)?.text ?? '')]),
  );
  expect(status).toMatchObject({
    ok: 'success',
    'connection refused': 'critical',
    timeout: 'high',
    'server error (5xx)': 'high',
    'not found (404)': 'critical',
  });
});

it('what was not measured is a dash, never a 0', () => {
  const blocks = blocksOf(FIXTURES.unmeasured);
  const [ok] = tableOf(blocks, 'Latency');
  expect(ok?.map(({ text }) => plainText(text))).toEqual([
    'successful responses',
    '0',
    '–',
    '–',
    '–',
    '–',
    '–',
    '–',
    '–',
  ]);
  const [all] = tableOf(blocks, 'Requests by outcome');
  expect(all?.map(({ text }) => plainText(text)).slice(1, 3)).toEqual(['0', '–']);
});

describe('endpoints', () => {
  it('have a row each, the worst first, with what is wrong below', () => {
    const [table] = blocksOf(FIXTURES.failing).filter(
      (block) => block.kind === 'table' && block.caption === 'Endpoints',
    );
    if (table?.kind !== 'table') throw new Error('There is no table of endpoints');
    expect(table.rows).toHaveLength(FIXTURES.failing.endpoints.length);
    const states = table.rows.map(([, state]) => plainText(state?.text ?? ''));
    expect(states).toEqual(['broken', 'failing', 'failing', 'failing']);
    expect(table.notes?.map((note) => note?.anchor)).toEqual(['endpoint-1', 'endpoint-2', 'endpoint-3', 'endpoint-4']);
    for (const note of table.notes ?? []) expect(plainText(note?.text ?? '')).not.toBe('');
  });

  it('are led to by the findings about them', () => {
    const links = blocksOf(FIXTURES.failing).flatMap((block) =>
      block.kind === 'paragraph' && typeof block.text !== 'string'
        ? block.text.flatMap((part) => (typeof part !== 'string' && 'link' in part ? [part.link] : []))
        : [],
    );
    expect(links).toContain('#endpoint-1');
  });

  it('of many, those that need no look are folded', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`e${i}`, { outcomes: i < 2 ? { server_error: 9 } : { ok: 10 } }]),
    );
    const { blocks } = reportDocument(buildReport({ runs: [asStored(runOf(many))] }));
    expect(tableOf(blocks, 'Endpoints')).toHaveLength(2);
    expect(tableOf(unfolded(blocks), 'Healthy endpoints')).toHaveLength(38);
    expect(blocks.flatMap((block) => (block.kind === 'details' ? [block.title] : []))).toContainEqual(
      expect.stringMatching(/^38 endpoints without a problem/),
    );
  });
});

describe('thresholds', () => {
  it('that do not hold are open, and those that hold folded', () => {
    const { blocks } = reportDocument(buildReport({ runs: [asStored(FIXTURES.failing)] }));
    const verdictsOf = (caption: string, of: readonly Block[]) =>
      tableOf(of, caption).map((row) => plainText(row.at(-1)?.text ?? ''));
    const crossed = FIXTURES.failing.thresholds.filter(({ verdict }) => verdict !== 'pass');
    expect(verdictsOf('Thresholds that do not hold', blocks)).toHaveLength(crossed.length);
    expect(verdictsOf('Thresholds that do not hold', blocks)).not.toContain('pass');
    expect(new Set(verdictsOf('Thresholds that hold', unfolded(blocks)))).toEqual(new Set(['pass']));
    expect(() => tableOf(blocks, 'Thresholds that hold')).toThrow();
  });

  it('that say the same of a hundred endpoints are one row, with their number', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`e${i}`, { outcomes: { ok: 10 + i } }]));
    const rows = tableOf(blocksOf(runOf(many)), 'Thresholds that hold').map((row) =>
      row.map(({ text }) => plainText(text)),
    );
    expect(rows).toContainEqual([
      'success rate (excluding expected 429s)',
      '100 endpoints',
      '>= 99 %',
      '100 %',
      '0 %',
      '10',
      'pass',
    ]);
    expect(rows).toContainEqual(['successful responses', '100 endpoints', '>= 1', '10', '–', '10', 'pass']);
  });

  it('of hundreds that hold, the sixty nearest to their limits are shown, and how many there are is said', () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`e${i}`, { outcomes: { ok: 10 + i }, p95Ms: 100 + i }]),
    );
    const blocks = blocksOf(runOf(many));
    const { length } = tableOf(blocks, 'Thresholds that hold');
    expect(length).toBeLessThanOrEqual(60);
  });
});

it('a gap says which scenario would close it', () => {
  const report = buildReport({ runs: [asStored(FIXTURES.healthy)], scenarios: ['sustained', 'soak', 'checkout'] });
  const text = unfolded(reportDocument(report).blocks)
    .flatMap((block) => (block.kind === 'paragraph' ? [plainText(block.text)] : []))
    .join('\n');
  expect(text).toContain('soak (not run): Does it leak or slow down over hours?');
  expect(text).toContain('websocket (this project has none): How many sockets can it hold?');
  expect(text).toContain('checkout (not run): a scenario of this project.');
  expect(text).not.toContain('sustained (');
});

describe('a release policy', () => {
  const policy = releasePolicyOf({ needs: ['sustained'] });
  const passing = runOf({ a: { outcomes: { ok: 9999, check_failed: 1 } } });
  const documentOf = (summary: RunSummary, source: Partial<ReportSource> = {}) =>
    unfolded(reportDocument(buildReport({ runs: [asStored(summary)], ...source })).blocks);

  it('is a table of what it asks, with what was shown of it', () => {
    const rows = tableOf(documentOf(passing, { policy }), 'Release policy').map((row) =>
      row.map(({ text }) => plainText(text)),
    );
    expect(rows).toContainEqual(['sustained: at least 1m of load', '59s', 'not met']);
    expect(rows).toContainEqual(['no critical finding', 'none', 'met']);
  });

  it('is declared in a way that is told once, where there is none', () => {
    const told = documentOf(passing).filter(
      (block) => block.kind === 'paragraph' && /needs a release policy/.test(plainText(block.text)),
    );
    expect(told).toHaveLength(1);
  });
});
