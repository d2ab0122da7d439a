import type { K6Shape } from '../core/foreign/lacks.ts';
import { readK6Summary } from '../core/foreign/read-k6-summary.ts';
import type { ForeignRun } from '../core/judge/run-summary.ts';

/** Thresholds by their expression; true for one that k6 found to hold. */
type Thresholds = Readonly<Record<string, boolean>>;

function metric(type: string, contains: string, values: Readonly<Record<string, number>>, thresholds: Thresholds) {
  const judged = Object.entries(thresholds).map(([expression, ok]) => [expression, { ok }] as const);
  return { type, contains, values, ...(judged.length > 0 ? { thresholds: Object.fromEntries(judged) } : {}) };
}

/** Metrics as k6 hands them to `handleSummary`. */
export const k6Metric = {
  counter: (count: number, thresholds: Thresholds = {}) =>
    metric('counter', 'default', { count, rate: count / 10 }, thresholds),
  /** @param yes samples that were true: of http_req_failed those that failed, of checks those that passed */
  rate: (yes: number, no: number, thresholds: Thresholds = {}) =>
    metric('rate', 'default', { passes: yes, fails: no, rate: yes + no === 0 ? 0 : yes / (yes + no) }, thresholds),
  gauge: (value: number, thresholds: Thresholds = {}) =>
    metric('gauge', 'default', { value, min: value, max: value }, thresholds),
  time: (values: Readonly<Record<string, number>>, thresholds: Thresholds = {}) =>
    metric('trend', 'time', values, thresholds),
  trend: (values: Readonly<Record<string, number>>, thresholds: Thresholds = {}) =>
    metric('trend', 'default', values, thresholds),
};

/** What is read of a k6 summary with these metrics, of a run of 10 s. */
export function readMetrics(
  metrics: Readonly<Record<string, unknown>>,
  rest: Readonly<Record<string, unknown>> = { state: { testRunDurationMs: 10_000 } },
  shape: K6Shape = 'handleSummary',
): ForeignRun {
  return readK6Summary(shape, { metrics, ...rest }, { runId: 'file-1234abcd', name: 'file' });
}
