import type { StoredRun } from '../core/judge/run-summary.ts';
import { percentileOf } from './deciding-percentile.ts';
import { type PercentileMetric, QUANTILES, type RowDefinition } from './row-definition.ts';
import { ofEachRun } from './row-figure.ts';
import { type RowSubject, subjectIn } from './row-subject.ts';

/** One percentile of what was ok. @param of what that is called: `ok replies` */
export function percentileRow(subject: RowSubject, metric: PercentileMetric, of: string): RowDefinition {
  return {
    ...subject,
    metric,
    title: `${metric} of ${of}`,
    unit: 'ms',
    worse: 'higher',
    family: 'information',
    quantile: QUANTILES[metric],
    figure: ofEachRun((run) => percentileOf(subjectIn(run, subject)?.latencyMs.ok, metric)),
  };
}

/** What was ok, per second of the load. */
export function goodputOf(run: StoredRun, subject: RowSubject): number | undefined {
  const ok = subjectIn(run, subject)?.outcomes.ok ?? 0;
  const { windowSeconds } = run.load;
  return windowSeconds === undefined || windowSeconds <= 0 || ok === 0 ? undefined : ok / windowSeconds;
}
