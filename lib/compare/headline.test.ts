import { describe, expect, it } from 'vitest';
import type { ComparedRow } from './comparison.ts';
import { headlineOf } from './headline.ts';

const ROW: ComparedRow = {
  metric: 'p95-geomean',
  title: 'p95 (geometric mean)',
  unit: 'ms',
  worse: 'higher',
  family: 'primary',
  state: 'inconclusive',
  baseValues: [],
  headValues: [],
};

const P50: ComparedRow = {
  ...ROW,
  metric: 'p50',
  endpoint: 'projects',
  title: 'p50 of successful responses',
  family: 'information',
  state: 'regressed',
  change: 3.618,
};

const headline = (...rows: readonly ComparedRow[]) =>
  headlineOf('inconclusive', rows, { isSelfCheck: false, isCompared: true });

describe('what is inconclusive', () => {
  it('says that nothing can be told where nothing is', () => {
    expect(headline(ROW)).toBe('INCONCLUSIVE: these runs cannot show whether anything got worse.');
  });

  it('says what regressed where a row did that is not gated', () => {
    expect(headline(ROW, P50)).toBe('INCONCLUSIVE: 1 row regressed (not gated): projects: p50 +362 %.');
  });

  it('says what regressed where a row did that is accepted', () => {
    const accepted = { until: '2026-12-31', reason: 'PERF-12' };
    expect(headline(ROW, { ...P50, metric: 'p95', title: 'p95', family: 'endpoint latency', accepted })).toBe(
      'INCONCLUSIVE: 1 row regressed (accepted): projects: p95 +362 %.',
    );
  });

  it('names three rows at most, and how many there are', () => {
    expect(headline(ROW, P50, P50, P50, P50)).toMatch(
      /^INCONCLUSIVE: 4 rows regressed \(not gated\): .*; and 1 more\.$/,
    );
  });
});
