import { describe, expect, it } from 'vitest';
import type { StoredRun } from '../../core/judge/run-summary.ts';
import { asStored, type RunSummary } from '../../core/judge/run-summary.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import type { Block, Cell, Text } from '../../core/spec/document/blocks.ts';
import {
  type EndpointFixture,
  endpointSummary,
  FIXTURES,
  loadRecord,
  measuredRun,
  runSummary,
} from '../../testing/runs.ts';
import { releasePolicyOf } from '../model/release-policy.ts';
import { buildReport, type ReportSource } from '../model/report.ts';
import { reportDocument } from './report-document.ts';

const RATE_LIMIT = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

function plain(text: Text): string {
  if (typeof text === 'string') return text;
  return text
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('code' in part) return part.code;
      return 'strong' in part ? part.strong : 'judged' in part ? part.judged : part.text;
    })
    .join('');
}

const blocksOf = (summary: RunSummary) => reportDocument(buildReport({ runs: [asStored(summary)] })).blocks;
const runOf = (endpoints: Readonly<Record<string, EndpointFixture>>) =>
  runSummary(
    measuredRun(
      Object.entries(endpoints).map(([id, fixture]) => endpointSummary(id, fixture)),
      { load: loadRecord({ windowSeconds: 59 }) },
    ),
  );

function headings(blocks: readonly Block[], level: number): string[] {
  return blocks.flatMap((block) => (block.kind === 'heading' && block.level === level ? [plain(block.text)] : []));
}

function tableOf(blocks: readonly Block[], caption: string): readonly (readonly Cell[])[] {
  const [table] = blocks.filter((block) => block.kind === 'table' && block.caption === caption);
  if (table?.kind !== 'table') throw new Error(`There is no table ${caption}`);
  return table.rows;
}

const SECTIONS = [
  'Verdict',
  'Methodology',
  'Is this measurement sound?',
  'Overall statistics',
  'Over time',
  'Per endpoint',
  'Findings',
  'Positive findings',
  'Sequential against concurrent',
  'Success criteria',
  'Release policy',
  'Risk assessment',
  'Testing gaps',
  'Scenarios',
  'Conclusion',
];

it.each(Object.entries(FIXTURES))('the report of the %s run has every section, in order', (_name, summary) => {
  const blocks = blocksOf(summary);
  expect(blocks[0]?.kind).toBe('facts');
  expect(headings(blocks, 2)).toEqual(SECTIONS);
});

it('files are a section of their own, where there are some', () => {
  const report = buildReport({
    runs: [asStored(FIXTURES.healthy)],
    files: [{ path: 'report.html', content: 'This report' }],
  });
  const { blocks } = reportDocument(report);
  expect(headings(blocks, 2)).toEqual([...SECTIONS.slice(0, -1), 'Files delivered', 'Conclusion']);
});

describe('429 replies in the table of outcomes are', () => {
  const statusOf = (endpoints: Readonly<Record<string, EndpointFixture>>) =>
    tableOf(blocksOf(runOf(endpoints)), 'Requests by outcome')
      .map((row) => row.map(({ text }) => plain(text)))
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
      reportDocument(buildReport({ runs: [foreign as unknown as StoredRun] })).blocks,
      'Requests by outcome',
    );
    expect(rows.flat().map(({ text }) => plain(text))).toContain('no limit is declared');
  });
});

it('an outcome is called as bad as the finding about it', () => {
  const rows = tableOf(blocksOf(FIXTURES.failing), 'Requests by outcome');
  const status = Object.fromEntries(rows.map((row) => [plain(row[0]?.text ?? ''), plain(row.at(-1)?.text ?? '')]));
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
  expect(ok?.map(({ text }) => plain(text))).toEqual(['ok replies', '0', '–', '–', '–', '–', '–', '–', '–']);
  const [all] = tableOf(blocks, 'Requests by outcome');
  expect(all?.map(({ text }) => plain(text)).slice(1, 3)).toEqual(['0', '–']);
});

it('each group of endpoints has a table with as many rows as its heading says', () => {
  const blocks = blocksOf(FIXTURES.failing);
  const titles = headings(blocks, 3).flatMap((text) => {
    const [, title, count] =
      /^(Broken, load or not|Failing under load|Slow|Rate limited|Healthy|Not measured) \((\d+)\)$/.exec(text) ?? [];
    return title === undefined ? [] : [{ title, count: Number(count) }];
  });
  expect(titles.length).toBeGreaterThan(1);
  for (const { title, count } of titles) expect(tableOf(blocks, title)).toHaveLength(count);
});

describe('thresholds', () => {
  it('are all in the table, those that fail first', () => {
    const rows = tableOf(blocksOf(FIXTURES.failing), 'Thresholds').map((row) => plain(row.at(-1)?.text ?? ''));
    expect(rows).toHaveLength(FIXTURES.failing.thresholds.length);
    expect(rows).toEqual([
      ...rows.filter((verdict) => verdict !== 'pass'),
      ...rows.filter((verdict) => verdict === 'pass'),
    ]);
  });

  it('of hundreds that hold, the sixty nearest to their limits are shown, and how many there are is said', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`e${i}`, { outcomes: { ok: 10 + i } }]));
    const blocks = blocksOf(runOf(many));
    expect(tableOf(blocks, 'Thresholds')).toHaveLength(60);
    const texts = blocks.flatMap((block) => (block.kind === 'paragraph' ? [plain(block.text)] : []));
    expect(texts).toContainEqual(
      '305 of 305 thresholds hold. Shown are the 60 nearest to their limits or beyond; report.json has them all.',
    );
  });
});

it('a gap says which scenario would close it', () => {
  const report = buildReport({ runs: [asStored(FIXTURES.healthy)], scenarios: ['sustained', 'soak', 'checkout'] });
  const items = reportDocument(report).blocks.flatMap((block) => (block.kind === 'list' ? block.items.map(plain) : []));
  expect(items).toContain('Does it leak or slow down over hours? (soak: not run)');
  expect(items).toContain('How many sockets can it hold? (websocket: this project has no such scenario)');
  expect(items).toContain('A scenario of this project (checkout: not run)');
  expect(items.join('\n')).not.toContain('(sustained');
});

describe('a release policy', () => {
  const policy = releasePolicyOf({ needs: ['sustained'] });
  const passing = runOf({ a: { outcomes: { ok: 9999, check_failed: 1 } } });
  const documentOf = (summary: RunSummary, source: Partial<ReportSource> = {}) =>
    reportDocument(buildReport({ runs: [asStored(summary)], ...source })).blocks;

  it('decides by when what must be done is to be done', () => {
    expect(passing.verdict).toBe('pass');
    const titlesOf = (summary: RunSummary, source: Partial<ReportSource>) => headings(documentOf(summary, source), 3);
    expect(titlesOf(FIXTURES.failing, { policy })).toContain('Must do before deploying');
    const long = { ...passing, load: { ...passing.load, windowSeconds: 60 } };
    expect(titlesOf(long, { policy })).toContain('Must do soon');
    for (const summary of [FIXTURES.failing, passing]) expect(titlesOf(summary, {})).toContain('Must do');
  });

  it('is a table of what it asks, with what was shown of it', () => {
    const rows = tableOf(documentOf(passing, { policy }), 'Release policy').map((row) =>
      row.map(({ text }) => plain(text)),
    );
    expect(rows).toContainEqual(['sustained: at least 1m of load', '59s', 'not met']);
    expect(rows).toContainEqual(['no critical finding', 'none', 'met']);
  });

  it('is declared in a way that is told once, where there is none', () => {
    const told = documentOf(passing).filter(
      (block) => block.kind === 'paragraph' && /release policy/.test(plain(block.text)),
    );
    expect(told).toHaveLength(1);
  });
});
