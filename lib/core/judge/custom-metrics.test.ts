import { describe, expect, it } from 'vitest';
import type { RawSample } from '../../testing/record-lines.ts';
import { recordOfTest, secondsOf, testInRecord } from '../../testing/record-of-run.ts';
import { measuredRun } from '../../testing/runs.ts';
import { readRecord } from '../measure/record/read-record.ts';
import type { CustomBudget } from '../spec/budget.ts';
import { customThresholdsOf } from './budgets.ts';
import { customOfRecord } from './custom-of-record.ts';
import { judgeThreshold } from './judge-threshold.ts';
import { titleOfMetric } from './metrics.ts';
import { describeThreshold } from './threshold-text.ts';

const tags = { phase: 'load' };
const trend = (metric: string, value: number): RawSample => ({ metric, value, contains: 'default', tags });

const SAMPLES: readonly RawSample[] = [
  ...Array.from({ length: 100 }, (_, i) => trend('basket_size', i)),
  // Of the setup, and of a warm-up.
  { ...trend('basket_size', 1e6), tags: {} },
  { metric: 'render_time', value: 70, tags },
  ...[30, 10].map((value): RawSample => ({ metric: 'sold', kind: 'counter', value, tags })),
  ...[1, 1, 1, 0].map((value): RawSample => ({ metric: 'found', kind: 'rate', value, tags })),
  { metric: 'stock', kind: 'gauge', value: 7, tags },
];

interface Recorded {
  readonly limits?: readonly number[];
  readonly samples?: readonly RawSample[];
  readonly makesMetrics?: true;
}

function judged(custom: string, budget: CustomBudget, { limits = [], samples = SAMPLES, makesMetrics }: Recorded = {}) {
  const text = recordOfTest(testInRecord([]), secondsOf([samples]), {
    limits: [{ metric: custom, tags, values: limits }],
  });
  const [threshold] = customThresholdsOf({
    overall: {},
    everyEndpoint: {},
    endpoints: {},
    custom: { [custom]: budget },
  });
  if (threshold === undefined) throw new Error('no threshold');
  const figures = customOfRecord(readRecord(text.split('\n')), {
    thresholds: [threshold],
    ...(makesMetrics && { makesMetrics }),
  });
  return judgeThreshold(threshold, {
    endpoints: [],
    totals: measuredRun([]).totals,
    load: { windowSeconds: 10 },
    ...(figures && { custom: figures }),
  });
}

describe('a budget of a metric of the author’s', () => {
  it.each<[string, CustomBudget, CustomBudget, string]>([
    ['basket_size', { p50: 50 }, { p50: 40 }, 'p50 of its values: 50, must be < 40 (100 samples)'],
    ['basket_size', { p99: 99 }, { p99: 90 }, 'p99 of its values: 98, must be < 90 (100 samples)'],
    ['basket_size', { mean: 49.6 }, { mean: 49.5 }, 'mean of its values: 49.5, must be < 49.5 (100 samples)'],
    ['basket_size', { max: 100 }, { max: 99 }, 'largest of its values: 99, must be < 99 (100 samples)'],
    ['render_time', { max: 71 }, { max: 70 }, 'largest of its values: 70 ms, must be < 70 ms (1 sample)'],
    ['sold', { countAtLeast: 40 }, { countAtLeast: 41 }, 'count, at least: 40, must be >= 41 (2 samples)'],
    ['sold', { countAtMost: 40 }, { countAtMost: 39 }, 'count, at most: 40, must be <= 39 (2 samples)'],
    ['sold', { perSecondAtLeast: 4 }, { perSecondAtLeast: 5 }, 'count per second: 4/s, must be >= 5/s (2 samples)'],
    [
      'found',
      { shareAtLeast: 0.75 },
      { shareAtLeast: 0.8 },
      'share that is true, at least: 75 %, must be >= 80 % (4 samples)',
    ],
    [
      'found',
      { shareAtMost: 0.75 },
      { shareAtMost: 0.7 },
      'share that is true, at most: 75 %, must be <= 70 % (4 samples)',
    ],
  ])('%s %o holds, and %o does not', (metric, held, crossed, text) => {
    expect(judged(metric, held)).toMatchObject({ verdict: 'pass', custom: metric });
    const threshold = judged(metric, crossed);
    expect(threshold.verdict).toBe('fail');
    expect(describeThreshold(threshold)).toBe(`${metric}: ${text}`);
  });

  it('is decided by what was counted beyond its limit, not by a histogram', () => {
    // The p95 is 94.05: a bucket there is 0.5 wide.
    for (const limit of [94.0501, 94.06, 94.2])
      expect(judged('basket_size', { p95: limit }, { limits: [limit] }).verdict).toBe('pass');
    for (const limit of [94.0499, 94.04, 93.9])
      expect(judged('basket_size', { p95: limit }, { limits: [limit] }).verdict).toBe('fail');
  });

  it.each<[string, CustomBudget, string]>([
    ['basket_sizes', { p95: 1 }, 'nothing was measured (did you mean "basket_size"?), must be < 1'],
    [
      'zzz',
      { countAtMost: 1 },
      'nothing was measured (the load added to basket_size, found, render_time, sold, stock), must be <= 1',
    ],
    [
      'sold',
      { p95: 1 },
      'nothing was measured ("p95" is for a trend, and sold is a counter, which has countAtLeast, countAtMost, perSecondAtLeast), must be < 1',
    ],
    [
      'stock',
      { max: 1 },
      'nothing was measured ("max" is for a trend, and stock is a gauge, which has no limits), must be < 1',
    ],
  ])('%s %o is no_data, and says what may be meant', (metric, budget, text) => {
    const threshold = judged(metric, budget);
    const title = titleOfMetric(threshold.metric);
    expect(threshold).toMatchObject({ verdict: 'no_data', samples: 0 });
    expect(describeThreshold(threshold)).toBe(`${metric}: ${title}: ${text}`);
  });

  it('is 0 of a counter that nothing was added to, where the script makes it, and of nothing else', () => {
    const made = { makesMetrics: true } as const;
    expect(judged('lost', { countAtMost: 0 }, made)).toMatchObject({ actual: 0, samples: 0, verdict: 'pass' });
    expect(judged('lost', { countAtLeast: 1 }, made)).toMatchObject({ actual: 0, verdict: 'fail' });
    expect(judged('lost', { perSecondAtLeast: 1 }, made)).toMatchObject({ actual: 0, verdict: 'fail' });
    expect(describeThreshold(judged('lost', { countAtMost: 0 }, made))).toContain(': 0, must be <= 0');
    // Of a record of before, nobody knows that the name is not misspelt.
    expect(judged('lost', { countAtMost: 0 }).verdict).toBe('no_data');
    for (const budget of [{ p95: 1 }, { shareAtMost: 1 }, { shareAtLeast: 0 }])
      expect(judged('lost', budget, made).verdict).toBe('no_data');
    // Nor before the load.
    const samples = [{ metric: 'sold', kind: 'counter', value: 1, tags: {} }] as const;
    expect(judged('lost', { countAtMost: 0 }, { ...made, samples }).verdict).toBe('no_data');
  });
});
