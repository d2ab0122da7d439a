import type { K6SummaryMetric } from '../../measure/measured.ts';
import { LADDER_TREND_STATS, type Latency } from '../../measure/quantile-ladder.ts';

export function counter(count: number): K6SummaryMetric {
  return { type: 'counter', contains: 'default', values: { count } };
}

export function rate(passes: number, total: number): K6SummaryMetric {
  const values = { rate: total > 0 ? passes / total : 0, passes, fails: total - passes };
  return { type: 'rate', contains: 'default', values };
}

export function alike(value: number): K6SummaryMetric['values'] {
  return { value, min: value, max: value };
}

/** k6 writes 0 for every figure of a trend without samples. */
export function trend({ count, avg = 0, p50 = 0, ladder = [] }: Latency): K6SummaryMetric {
  const empty = Object.fromEntries(LADDER_TREND_STATS.map((stat) => [stat, 0]));
  const points = Object.fromEntries(ladder.map(([quantile, ms]) => [statOf(quantile), ms]));
  return { type: 'trend', contains: 'time', values: { ...empty, count, avg, ...points, med: p50 } };
}

function statOf(quantile: number): string {
  if (quantile === 0) return 'min';
  return quantile === 1 ? 'max' : `p(${Number((quantile * 100).toFixed(4))})`;
}

/** k6 divides each count by the duration of the run. */
export function withRates(
  metrics: Readonly<Record<string, K6SummaryMetric>>,
  seconds: number,
): Record<string, K6SummaryMetric> {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, metric]) => {
      const { count } = metric.values;
      if (metric.type !== 'counter' || count === undefined) return [name, metric];
      return [name, { ...metric, values: { count, rate: seconds > 0 ? count / seconds : 0 } }];
    }),
  );
}
